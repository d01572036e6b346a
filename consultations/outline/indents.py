"""Indents: lists of Markdown as people indent them, set as CommonMark wants them.

People nest by two blanks or by four, whatever the width of the number above; CommonMark wants the item's own column,
and takes four blanks more for code. So each line moves to the column of the item that it stands in. A numbered heading
underlined with dashes gets its signs, for CommonMark takes it for a list.
"""

import dataclasses
import re

from consultations.outline import labels, lines

NESTED = 2  # columns beyond the sign of an item above from which on a line stands in that item
CODE = 4  # columns beyond its place from which on a line is code
TAB = 4
FULL = 50  # columns of a line that was broken, not ended
_FENCE = re.compile(r" *(?:```|~~~)")
_ITEM = re.compile(r"(?:\d{1,9}[.)]|[-+*])(?: +|\Z)")
_NUMBER = re.compile(r"(\d{1,9})[.)] ")
_RULE = re.compile(r" {0,3}(?:-{3,}|={3,}) *\Z")
_BREAK = re.compile(r"(?:[-*_] *){3,}\Z")


@dataclasses.dataclass
class _Item:
    """An open item: the column of its sign, the columns of its text as typed and as moved.

    What CommonMark takes for no item, `(a)`, has the columns of the item around it.
    """

    sign: int
    text: int
    moved: int


def settle(text):
    """The text with every line of a list in its place."""
    source = _headed(text.split("\n"))
    settled, items, counted, fenced, blank, above = [], [], {}, False, True, ""
    opened = {
        match[1]: n
        for n, line in enumerate(source)
        if (match := _NUMBER.match(line)) and not "".join(source[n - 1 : n]).strip()
    }
    for n, line in enumerate(source):
        body = line.lstrip(" \t")
        if not body:
            settled.append("")
            blank = True
            continue
        indent = len(line.expandtabs(TAB)) - len(line.expandtabs(TAB).lstrip())
        fence = _FENCE.match(line) is not None
        marked = None if fenced or fence else _mark(body)
        inside = not items or indent >= items[-1].sign + NESTED
        if not fenced and (marked or blank):
            while items and indent < items[-1].sign + NESTED:
                items.pop()
        moved = items[-1].moved if items else 0
        number = _NUMBER.match(body) if not fenced else None
        if marked and not blank and inside and _is_dash(body, above):
            body = "\\" + body
        elif (
            number and not blank and _is_figure(number[1], counted.get(indent, 0), above, opened.get(number[1], 0) > n)
        ):
            body = f"{number[1]}\\{body[number.end(1) :]}"
        elif marked:
            moved = moved if items else indent
            around = items[-1].text if items else 0
            items.append(
                _Item(indent, indent + marked[0], moved + marked[0]) if marked[1] else _Item(indent, around, moved)
            )
        elif not items or indent < NESTED:
            moved = indent
        elif fenced or fence or indent >= items[-1].text + CODE:
            moved = max(moved, indent - items[-1].text + moved)
        if number and marked and body[number.end(1)] != "\\":
            counted[indent] = int(number[1])
        settled.append(" " * moved + body)
        fenced = fenced != fence
        blank, above = False, body
    return "\n".join(settled)


def _is_dash(body, above):
    """Whether a dash stands first on its line in mid-sentence."""
    return body[0] in "-*+" and lines.width(above) > FULL and not lines.is_finished(above) and above[0] not in "-*+"


def _is_figure(number, last, above, again):
    """Whether a number at a line's start ends a sentence that began above: no item's, or one that opens `again`."""
    lazy = int(number) == last <= 1
    follows = lazy or (int(number) == last + 1 and not again)
    return not follows and lines.width(above) > FULL and not lines.is_finished(above)


def _mark(body):
    """How wide the sign is that opens an item, and whether CommonMark knows it; None where a line opens none."""
    item = _ITEM.match(body)
    if item is not None and not _BREAK.match(body):
        return (len(item[0]) if item.end() < len(body) else len(item[0]) + 1), True
    bare = body.lstrip("*_")
    label = labels.parse(bare)
    if label is None or label.style in {"none", "dash", "colon"}:
        return None
    return len(body) - len(bare) + label.length + 1, False


def _headed(source):
    """The lines, with `#` before a numbered heading that is underlined."""
    found = []
    for n, line in enumerate(source):
        under = found and _RULE.match(line) and labels.parse(found[-1]) is not None
        if under and not lines.is_sentence(found[-1]) and (n < 2 or not source[n - 2].strip()):
            found[-1] = "## " + re.sub(r"\A(\d+)([.)])", r"\1\\\2", found[-1])
            continue
        found.append(line)
    return found
