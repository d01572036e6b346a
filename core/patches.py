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
    source = _line(state, start)
    following = _line(state, start + 1) if start + 1 < end else ""
    if not (
        _HUNK.match(source)
        or (source.startswith("--- ") and following.startswith("+++ "))
        or (source.startswith(("diff -", "Index: ")) and _BETWEEN_HUNKS.match(following))
    ):
        return False
    if silent:
        return True
    line = last = start
    old = new = 0
    while line < end and state.sCount[line] >= 0:
        source = _line(state, line)
        if hunk := _HUNK.match(source):
            old, new = int((hunk[1] or "1")[:6]), int((hunk[2] or "1")[:6])
        elif old > 0 or new > 0:
            sign = source[:1] or " "
            if sign not in " \t+-\\":
                break
            old -= sign in " \t-"
            new -= sign in " \t+"
        elif (source.strip() and not _BETWEEN_HUNKS.match(source) and not source.startswith("\\")) or (
            not source.strip() and line > last + 1
        ):
            break
        line += 1
        if source.strip():
            last = line - 1
    state.line = last + 1
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, last + 1, state.blkIndent, False).rstrip() + "\n"
    return True


def _line(state, line):
    return state.getLines(line, line + 1, state.blkIndent, False)
