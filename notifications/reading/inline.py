"""Files that stand amid the words of a text: uuencoded (POSIX) or in yEnc, as old programs and phones still send them.

Only whole blocks whose every line has the length that it names are taken out; all else stays text.
"""

import binascii
import re

MOST_FILES = 20

UU_BEGIN = re.compile(rb"begin [0-7]{3,4}\b ?([^\n]{0,150})")
Y_BEGIN = re.compile(rb"=ybegin [^\n]{0,100}\bname=([^\n]{1,150})")
Y_ESCAPED = re.compile(rb"=(.)", re.DOTALL)


def take_out(data):
    """(what is left, [(name, bytes)]) of the bytes of a text with \\n line ends."""
    if b"begin" not in data:
        return data, []
    rows, left, files, index = data.split(b"\n"), [], [], 0
    while index < len(rows):
        found = _uu(rows, index) or _yenc(rows, index) if len(files) < MOST_FILES else None
        if found:
            name, content, index = found
            files.append((name.decode("utf-8", "replace").strip(), content))
            continue
        left.append(rows[index])
        index += 1
    return (b"\n".join(left), files) if files else (data, [])


def _uu(rows, start):
    begin = UU_BEGIN.fullmatch(rows[start].rstrip())
    if not begin:
        return None
    content = []
    for index in range(start + 1, len(rows)):
        row = rows[index].rstrip()
        if row == b"end":
            return (begin[1], b"".join(content), index + 1) if content else None
        if row in (b"", b"`"):
            continue
        try:
            content.append(binascii.a2b_uu(row))
        except binascii.Error:
            return None
        if len(row) < ((row[0] - 32) & 63) * 4 // 3:
            return None
    return None


def _yenc(rows, start):
    begin = Y_BEGIN.match(rows[start])
    if not begin:
        return None
    for index in range(start + 1, len(rows)):
        if rows[index].startswith(b"=ybegin"):
            return None
        if rows[index].startswith(b"=yend"):
            lines = b"".join(row for row in rows[start + 1 : index] if not row.startswith(b"=ypart "))
            plain = Y_ESCAPED.sub(lambda found: bytes([(found[1][0] - 64) % 256]), lines)
            return begin[1], bytes((byte - 42) % 256 for byte in plain), index + 1
    return None
