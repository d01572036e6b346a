"""Header fields: split, unfolded and decoded, however broken the program that wrote them.

Nothing here raises. Encoded words (RFC 2047) are read when they stand inside quotes, lack padding, hold spaces, split a
character in two or name an unknown charset; parameters are read in the old form and in that of RFC 2231.
"""

import binascii
import datetime
import email.utils
import re
from urllib.parse import unquote_to_bytes

from . import charsets

MOST_BYTES = 256_000  # of a header block that are looked at
MOST_VALUE = 16_000  # of one field

FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:[ \t]*(.*)", re.DOTALL)
ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,8000})\?=")
PARAMETER = re.compile(
    r';\s*([A-Za-z0-9!#$&+\-^_.*]{1,60})\s*=\s*("(?:[^"\\]|\\.){0,2000}"?|[^;\s]{0,2000}[^;]{0,200})'
)
MESSAGE_ID = re.compile(r"<([^<>\s]{1,900})>")
ADDRESS = re.compile(r"[^\s<>(),;:\"'\[\]]{1,128}@[^\s<>(),;:\"'\]]{1,255}")
CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def split(raw):
    """(fields, body) of bytes with \\n line ends; fields are (lower-case name, unfolded bytes) in order."""
    start = 0
    while raw.startswith(b"\n", start):
        start += 1
    if raw.startswith((b"From ", b">From "), start):
        start = raw.find(b"\n", start) + 1 or len(raw)
    fields, position, left = [], start, MOST_BYTES
    while position < len(raw) and left > 0:
        end = raw.find(b"\n", position)
        end = len(raw) if end < 0 else end
        line = raw[position : min(end, position + MOST_VALUE)]
        left -= len(line) + 1
        if not line.strip():
            if not line or not _goes_on(raw, end + 1):
                return fields, raw[end + 1 :]
            position = end + 1  # a field folded into a line of blanks
            continue
        match = FIELD.match(line)
        if line[:1] in b" \t" and fields:
            if len(fields[-1][1]) < MOST_VALUE:
                fields[-1][1].extend(b" " + line.strip())
        elif match:
            fields.append((match[1].decode("ascii").lower(), bytearray(match[2].strip())))
        elif not _goes_on(raw, end + 1):
            return fields, raw[position:]
        position = end + 1
    body = raw.find(b"\n\n", position - 1)  # of more fields than anybody looks at
    return fields, raw[body + 2 :] if position < len(raw) and body >= 0 else b""


def _goes_on(raw, position):
    """After a line that is no field: does the next one look like a field of mail again?"""
    end = raw.find(b"\n", position)
    match = FIELD.match(raw[position : end if end >= 0 else position + 200])
    return bool(match) and match[1].lower() in KNOWN_FIELDS


KNOWN_FIELDS = set(
    b"from to cc date subject message-id mime-version content-type content-transfer-encoding received reply-to sender "
    b"references in-reply-to return-path delivered-to content-disposition x-mailer user-agent list-id "
    b"precedence".split()
)


def text(value, declared=""):
    """Decoded text of a field's bytes: one line, no control or direction signs.

    `declared` is the charset that the mail names for its body: programs that put raw letters in a field use that one.
    """
    value = bytes(value[:MOST_VALUE])
    plain = value.decode("ascii") if value.isascii() else charsets.decode(value, declared)
    if "\x1b" in plain:
        plain = charsets.decode(value)
    return CONTROLS.sub(" ", decode_words(plain)).strip()


def decode_words(plain):
    """Replace encoded words; neighbours of one charset are joined as bytes, for a character may be split between."""
    if "=?" not in plain:
        return plain
    out, position, pending, pending_charset = [], 0, b"", None
    for match in ENCODED_WORD.finditer(plain):
        between = plain[position : match.start()]
        charset = match[1].partition("*")[0].lower()
        if pending_charset is not None and (between.strip() or charset != pending_charset):
            out.append(charsets.decode(pending, pending_charset))
            pending, pending_charset = b"", None
            if between.strip():
                out.append(between)
        elif pending_charset is None:
            out.append(between)
        pending += _word_bytes(match[2], match[3])
        pending_charset, position = charset, match.end()
    if pending_charset is not None:
        out.append(charsets.decode(pending, pending_charset))
    out.append(plain[position:])
    return "".join(out)


def _word_bytes(encoding, payload):
    data = payload.encode("utf-8", "replace")
    if encoding in "bB":
        return base64(data)
    return binascii.a2b_qp(data.replace(b"_", b" "), header=False)


def base64(data):
    """Bytes of base64 with anything around and between it, padded or not."""
    data = re.sub(rb"[^A-Za-z0-9+/]+", b"", data)
    data = data[: len(data) - 1] if len(data) % 4 == 1 else data
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def parameters(value):
    """(main value in lower case, {name: text}) of a Content-Type or Content-Disposition field's bytes."""
    line = bytes(value[:MOST_VALUE])
    plain = line.decode("ascii") if line.isascii() else charsets.decode(line)
    main, semicolon, rest = plain.partition(";")
    found = {}
    for match in PARAMETER.finditer(semicolon + rest):
        found.setdefault(match[1].lower(), _unquoted(match[2]))
    return main.strip().strip('"').lower(), _joined(found)


def _unquoted(value):
    value = value.strip()
    if value.startswith('"'):
        value = re.sub(r"\\(.)", r"\1", value[1:].removesuffix('"'))
    return value


def _joined(found):
    """Parameters of RFC 2231 (`name*0*=utf-8'en'...`) put together; plain ones have their encoded words read."""
    plain, pieces = {}, {}
    for name, value in found.items():
        base, star, number = name.partition("*")
        if star:
            pieces.setdefault(base, []).append(
                (int(number.rstrip("*") or 0) if number.rstrip("*").isdecimal() else 0, name, value)
            )
        else:
            plain[name] = CONTROLS.sub(" ", decode_words(value)).strip()
    for base, parts in pieces.items():
        charset, data = "", b""
        for index, (_number, name, value) in enumerate(sorted(parts)):
            if not name.endswith("*"):
                data += value.encode("utf-8", "replace")
                continue
            if index == 0 and value.count("'") >= 2:
                charset, _language, value = value.split("'", 2)
            data += unquote_to_bytes(value)
        plain[base] = CONTROLS.sub(" ", charsets.decode(data, charset)).strip()
    return plain


def address(value, declared=""):
    """(name, address in lower case) of the first mailbox in a From field's bytes; ("", "") when there is none."""
    line = bytes(value[:MOST_VALUE])
    plain = line.decode("ascii") if line.isascii() else charsets.decode(line, declared)
    angle = re.search(r"<([^<>]{1,400})>", plain)
    found = ADDRESS.search(angle[1]) if angle else None
    if found:
        name = plain[: angle.start()]
    else:
        decoded = decode_words(plain)
        found = ADDRESS.search(decoded)
        if not found:
            return text(value).strip("\"' <>"), ""
        comment = re.search(r"\(([^()]{1,400})\)", decoded)
        name = comment[1] if comment else decoded[: found.start()]
    name = name.strip().rpartition('",')[2] if '",' in name else name
    name = CONTROLS.sub(" ", decode_words(name)).strip()
    return re.sub(r"\\(.)", r"\1", name.strip(" ,;<").strip("\"'").strip()), found[0].lower().strip(".")


def mailboxes(value):
    """The set of addresses, in lower case, that a From field's bytes name outside of quoted names and comments.

    A mail server that checks DMARC reads these (RFC 5322 sections 3.2.2 to 3.4), and no encoded words.
    """
    line = bytes(value[:MOST_VALUE])
    plain = line.decode("ascii") if line.isascii() else charsets.decode(line)
    outside, depth, is_quoted, signs = [], 0, False, iter(plain)
    for sign in signs:
        if sign == "\\" and (is_quoted or depth):
            next(signs, "")
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
            outside.append(" ")
        elif is_quoted:
            continue
        elif sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
            outside.append(" ")
        elif not depth:
            outside.append(sign)
    if is_quoted or depth:  # what never ends may hide anything
        outside = plain
    return {found.lower().strip(".") for found in ADDRESS.findall("".join(outside))}


def message_ids(value):
    """Message-IDs in a field's bytes, without their angle brackets, in order."""
    plain = bytes(value[:MOST_VALUE]).decode("utf-8", "replace")
    found = MESSAGE_ID.findall(plain)
    return tuple(found) if found else tuple(word for word in plain.split()[:1] if "@" in word)


def date(value):
    """Aware datetime in UTC of a Date field's bytes, or None. A year of two digits is read as RFC 5322 4.3 says."""
    try:
        moment = email.utils.parsedate_to_datetime(text(value)[:200])
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
