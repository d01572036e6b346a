"""Patches in mails: found by the headers `diff` writes, followed by counting the lines of each hunk.

Quoted patches are often cut short, so a hunk also ends with the first line that cannot belong to it.
"""

import re

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_STARTS = ("diff -", "Index: ", "@@ -", "--- ")
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
    )


def _end(line, start):
    """The line after the last one of the patch that begins at `start`; `line` gives None where there is none."""
    number = last = start
    old = new = 0
    while (source := line(number)) is not None:
        if hunk := _HUNK.match(source):
            old, new = int((hunk[1] or "1")[:6]), int((hunk[2] or "1")[:6])
        elif old > 0 or new > 0:
            sign = source[:1] or " "
            if sign not in " \t+-\\":
                break
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
