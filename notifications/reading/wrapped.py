"""Wrappings that are not MIME: a message inside an S/MIME signature (RFC 8551), and Outlook's winmail.dat (MS-OXTNEF).

Only what is needed to read the words is taken out. No signature is checked here. Any bytes may come; a wrapping that
is broken gives None, and the part stays a file.
"""

import struct

from . import charsets

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
MOST_PIECES = 10_000

TNEF = 0x223E9F78
MESSAGE_BODY, CODE_PAGE, PROPERTIES = 0x800C, 0x9007, 0x9003
BODY, BODY_HTML = 0x1000, 0x1013
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}  # bytes of each property type


def signed_content(data):
    """The MIME entity inside an opaque signature, or None when the bytes are encrypted or no signature at all."""
    start = data.find(SIGNED_DATA, 0, 60)
    at = data.find(DATA, start, start + 4_000) if start >= 0 else -1
    if at < 0:
        return None
    at += len(DATA)
    tag, at, _end = _element(data, at)
    if tag != 0xA0:
        return None
    tag, at, end = _element(data, at)
    if tag == 0x04:
        return data[at:end].replace(b"\r\n", b"\n") or None
    if tag != 0x24:  # an octet string in pieces
        return None
    out = bytearray()
    for _piece in range(MOST_PIECES):
        if at >= end or at >= len(data):
            break
        tag, at, piece_end = _element(data, at)
        if tag != 0x04:
            break
        out += data[at:piece_end]
        at = piece_end
    return bytes(out).replace(b"\r\n", b"\n") or None


def _element(data, at):
    """(tag, start, end) of the element that begins at `at` (X.690); one of unknown length ends with the bytes."""
    head = data[at : at + 2]
    if len(head) < 2:
        return -1, len(data), len(data)
    tag, length = head
    at += 2
    if length == 0x80:
        return tag, at, len(data)
    if length > 0x80:
        size = length & 0x7F
        if size > 8:
            return -1, len(data), len(data)
        length = int.from_bytes(data[at : at + size], "big")
        at += size
    return tag, at, min(at + length, len(data))


def outlook_text(data):
    """(text, is_html) of a winmail.dat, or None when no words stand in it that can be read (compressed RTF is left)."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != TNEF:
        return None
    at, page, plain, found = 6, "", b"", {}
    for _attribute in range(MOST_PIECES):
        if at + 9 > len(data):
            break
        name, _kind, length = struct.unpack_from("<HHI", data, at + 1)
        value = data[at + 9 : at + 9 + length]
        at += 9 + length + 2
        if name == MESSAGE_BODY:
            plain = value
        elif name == CODE_PAGE and len(value) >= 4:
            page = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == PROPERTIES:
            found = _properties(value)
    if found.get(BODY, b"").strip(b"\0"):
        return found[BODY].decode("utf-8", "replace").rstrip("\0"), False
    if plain.strip(b"\0 \r\n"):
        return charsets.decode(plain.rstrip(b"\0"), page), False
    if found.get(BODY_HTML, b"").strip():
        return charsets.decode(found[BODY_HTML], page), True
    return None


def _properties(data):
    """{number: bytes} of the message's two body properties; text is given back as UTF-8."""
    found, at = {}, 4
    for _property in range(1_000):
        if at + 4 > len(data):
            break
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:
            at = _past_name(data, at)
        kind, many = kind & 0x0FFF, kind & 0x1000
        count = 1
        if many or kind in (13, 30, 31, 258):
            if at + 4 > len(data):
                break
            count = min(struct.unpack_from("<I", data, at)[0], 1_000)
            at += 4
        for _value in range(count):
            if kind in FIXED:
                at += FIXED[kind]
                continue
            if kind not in (13, 30, 31, 258) or at + 4 > len(data):
                return found
            length = struct.unpack_from("<I", data, at)[0]
            value = data[at + 4 : at + 4 + length]
            at += 4 + (length + 3) // 4 * 4
            if number in (BODY, BODY_HTML):
                text = value.decode("utf-16-le", "replace") if kind == 31 else charsets.decode(value)
                found[number] = value if number == BODY_HTML and kind == 258 else text.encode("utf-8", "replace")
    return found


def _past_name(data, at):
    """Where a named property's value begins."""
    if at + 24 > len(data):
        return len(data)
    is_text, size = struct.unpack_from("<II", data, at + 16)
    return at + 24 + ((size + 3) // 4 * 4 if is_text else 0)
