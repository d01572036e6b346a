"""Patches in mails: found by the headers `diff` writes, followed by counting the lines of each hunk.

Quoted patches are often cut short, so a hunk also ends with the first line that cannot belong to it; but where a mail
program wrapped a long line, what it wrapped does. A piece of a patch without its headers, as quotations have it between
remarks, is told by three lines or more that begin with "+" or "-" and look like nothing else that people write.
"""

import re

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_STARTS = ("diff -", "Index: ", "@@ -", "--- ", "+", "-")
# Lines of a piece: one of them bears witness, whose "+" is neither a bullet nor a vote (+1).
_PIECE = re.compile(r"[+-](?:[^ +-]|[ ]{2}|$)")
_WITNESS = re.compile(r"\+(?:\t\t|[^\s\d+-]|[ \t]*$)")
_BETWEEN_HUNKS = re.compile(
    r"diff -|Index: |index [0-9a-f]|={20}|--- |\+\+\+ |@@ -|new file mode|deleted file mode|old mode|new mode"
    r"|similarity index|dissimilarity index|rename |copy |Binary files |Only in "
)


def block(state, start, end, silent):
    """The markdown-it rule: takes the lines of a patch, from its first header to the last line of its last hunk."""
    if not state.src.startswith(_STARTS, state.bMarks[start] + state.tShift[start]):
        return False
    if state.sCount[start] != state.blkIndent:  # indented: it is code already
        return False

    def line(number):
        if number >= end or state.sCount[number] < 0:
            return None
        return state.getLines(number, number + 1, state.blkIndent, False)

    if not _is_head(line, start):
        return False
    if silent:
        return True
    after = _end(line, start)
    state.line = after
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, after, state.blkIndent, False).rstrip() + "\n"
    return True


def without(text, mark):
    """The text with each patch in it replaced by a paragraph that says `mark`."""
    lines = text.split("\n")
    kept, place = [], 0

    def line(number):
        return lines[number] if number < len(lines) else None

    while place < len(lines):
        if lines[place].startswith(_STARTS) and _is_head(line, place):
            kept += ["", mark, ""]
            place = _end(line, place)
        else:
            kept.append(lines[place])
            place += 1
    return "\n".join(kept)


def _is_head(line, start):
    source, following = line(start), line(start + 1) or ""
    return bool(
        _HUNK.match(source)
        or (source.startswith("--- ") and following.startswith("+++ "))
        or (source.startswith(("diff -", "Index: ")) and _BETWEEN_HUNKS.match(following))
        or _is_piece(line, start)
    )


def _is_piece(line, start):
    signed = [line(number) or "" for number in range(start, start + 3)]
    return all(map(_PIECE.match, signed)) and any(map(_WITNESS.match, signed))


def _end(line, start):
    """The line after the last one of the patch that begins at `start`; `line` gives None where there is none."""
    if _is_piece(line, start):
        return _end_of_piece(line, start)
    number = last = start
    old = new = 0
    while (source := line(number)) is not None:
        if hunk := _HUNK.match(source):
            old, new = int((hunk[1] or "1")[:6]), int((hunk[2] or "1")[:6])
        elif old > 0 or new > 0:
            sign = source[:1] or " "
            if sign not in " \t+-\\":
                if not _is_wrapped(line, number):
                    break
                sign = "\\"
            old -= sign in " \t-"
            new -= sign in " \t+"
        elif (source.strip() and not _BETWEEN_HUNKS.match(source) and not source.startswith("\\")) or (
            not source.strip() and number > last + 1
        ):
            break
        number += 1
        if source.strip():
            last = number - 1
    return last + 1


def _end_of_piece(line, start):
    number = start
    while (source := line(number)) and (source[0] in " \t+-" or _is_wrapped(line, number)):
        number += 1
    return number


def _is_wrapped(line, number):
    """Whether a line without a sign is the end of the one before it: the patch goes on right after it."""
    return (line(number + 1) or "?")[0] in " \t+-@"
