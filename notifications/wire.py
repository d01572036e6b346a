"""The bytes of a mail: headers folded and encoded, bodies in the smallest encoding (RFC 5322, 2045, 2047).

Pure and fast: a digest run writes a thousand of these in a second, and what is written here is sent as it stands.
"""

import base64
import binascii
import re
import unicodedata
from datetime import UTC
from email.utils import format_datetime

from core.text import clean_line

LINE = 76  # columns of a header line; RFC 2047 section 2 allows 76 for lines with encoded words
MIME = "MIME-Version: 1.0\r\n"  # below it stand the header lines of the body
MAX_LINE = 998  # octets of a body line, RFC 5322 section 2.1.1
_PLAIN = re.compile(r"[ -~]*\Z")
_ATOM = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*\Z")
_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")


def header(name, value):
    """One header line for a value of our own making (tokens, addresses), folded at spaces. ASCII only."""
    return f"{name}: {_fold(value, len(name) + 2)}\r\n"


def text_header(name, text, max_length=400):
    """A header whose value people wrote: cleaned of anything that could start another header, encoded, folded."""
    text = clean_line(text, max_length)
    if _is_plain(text):
        return f"{name}: {_fold(text, len(name) + 2)}\r\n"
    return f"{name}: {_encoded(text, len(name) + 2)}\r\n"


def address_header(name, shown, address):
    """`Name: Shown <address>`, the shown name cleaned, quoted or encoded as it needs."""
    shown, address = clean_line(shown, 200), plain_address(address)
    if not shown:
        return f"{name}: {address}\r\n"
    room = len(name) + 2
    if not _is_plain(shown):
        phrase = _encoded(shown, room)
    elif _ATOM.match(shown):
        phrase = _fold(shown, room)
    else:
        escaped = re.sub(r'([\\"])', r"\\\1", shown)
        phrase = _fold(f'"{escaped}"', room)
    last = len(phrase.rpartition("\r\n")[2]) + (room if "\r\n" not in phrase else 0)
    gap = " " if last + len(address) + 3 <= LINE else "\r\n "
    return f"{name}: {phrase}{gap}<{address}>\r\n"


def date_header(at):
    return f"Date: {format_datetime(at.astimezone(UTC))}\r\n"


def plain_address(address):
    """An address in ASCII, its domain as IDNA where it must be; raises ValueError where there is no such form."""
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode("ascii")
    address = f"{local}@{domain}"
    if not address.isascii() or re.search(r"[\s<>\x00-\x1f\x7f]", address):
        raise ValueError("An address with characters that a mail header cannot carry.")
    return address


def message(headers, *, text, html=None, boundary):
    """The whole mail as bytes: header lines, then the text alone, or text and HTML as alternatives."""
    head = "".join(headers) + MIME
    if not html:
        return head.encode("ascii") + _part(text, "plain")
    head += f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    border = f"--{boundary}\r\n".encode("ascii")
    parts = (border + _part(text, "plain") + b"\r\n", border + _part(html, "html") + b"\r\n")
    return head.encode("ascii") + b"".join(parts) + f"--{boundary}--\r\n".encode("ascii")


def encode(text):
    """(name, bytes) of the smallest Content-Transfer-Encoding that carries the text unharmed."""
    raw = text.encode()
    if not _has_long_line(raw):
        # 8bit is never longer than the other two. A server without 8BITMIME gets base64 made when sent, RFC 6152.
        return ("7bit" if text.isascii() else "8bit"), raw.replace(b"\n", b"\r\n")
    raw = raw.replace(b"\n", b"\r\n")
    quoted = binascii.b2a_qp(raw, istext=True)
    coded = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    return ("quoted-printable", quoted) if len(quoted) <= len(coded) else ("base64", coded)


def _has_long_line(raw):
    """Is a line longer than MAX_LINE? Leaps from line end to line end, for a digest has hundreds of short lines."""
    start = 0
    while len(raw) - start > MAX_LINE:
        end = raw.rfind(b"\n", start, start + MAX_LINE + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def seven_bit(raw):
    """The same mail for a server that takes only seven bits (RFC 6152 section 3): 8bit parts become base64.

    Stable: the same bytes always give the same bytes.
    """
    head, _, body = raw.partition(b"\r\n\r\n")
    if found := re.search(rb'boundary="([^"]+)"', head):
        border = b"--" + found[1]
        pieces = body.split(border)
        pieces[1:-1] = [b"\r\n" + seven_bit(piece[2:-2]) + b"\r\n" for piece in pieces[1:-1]]
        return head + b"\r\n\r\n" + border.join(pieces)
    if b"Content-Transfer-Encoding: 8bit" not in head:
        return raw
    head = head.replace(b"Content-Transfer-Encoding: 8bit", b"Content-Transfer-Encoding: base64")
    return head + b"\r\n\r\n" + base64.encodebytes(body).replace(b"\n", b"\r\n")


def _part(text, subtype):
    encoding, content = encode(text)
    charset = "us-ascii" if text.isascii() else "utf-8"
    head = f"Content-Type: text/{subtype}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode("ascii") + content


def _is_plain(text):
    return _PLAIN.match(text) is not None and "=?" not in text


def _fold(value, used):
    if used + len(value) <= LINE:
        return value
    lines, line = [], ""
    for word in value.split(" "):
        if line and used + len(line) + 1 + len(word) > LINE:
            lines.append(line)
            line, used = word, 1
        else:
            line = f"{line} {word}" if line else word
    return "\r\n ".join([*lines, line])


def _encoded(text, used):
    """Encoded words of RFC 2047, each at most 75 characters long, cut between whole characters."""
    quoted = sum(1 if byte in _Q_SAFE or byte == 32 else 3 for byte in text.encode())
    in_q = quoted <= len(text.encode()) * 4 / 3
    words, piece, size = [], "", 0
    room = min(75, LINE - used) - 24  # the first 12 are =?utf-8?q??=, the others for marks on a letter
    most = room if in_q else room // 4 * 3
    for char in text:
        raw = char.encode()
        cost = sum(1 if byte in _Q_SAFE or byte == 32 else 3 for byte in raw) if in_q else len(raw)
        full = size + cost > most
        if piece and full and (not unicodedata.combining(char) or size + cost > most + 9):
            words.append(piece)
            piece, size, room = "", 0, 75 - 24
            most = room if in_q else room // 4 * 3
        piece, size = piece + char, size + cost
    words.append(piece)
    return "\r\n ".join(_word(word, in_q) for word in words)


def _word(text, in_q):
    raw = text.encode()
    if in_q:
        safe = "".join(chr(byte) if byte in _Q_SAFE else "_" if byte == 32 else f"={byte:02X}" for byte in raw)
        return f"=?utf-8?q?{safe}?="
    return f"=?utf-8?b?{base64.b64encode(raw).decode('ascii')}?="
