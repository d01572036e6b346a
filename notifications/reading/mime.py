"""The MIME step: bytes become a `Mail` with decoded headers, text bodies and attachments.

Tolerant of everything: no bytes make it raise, and what a mail program got wrong (line ends, boundaries, charsets,
transfer encodings, missing headers) is read the way the writer meant it. The archive importer uses it too:

    mail = mime.parse(raw)
    mail.subject, mail.from_name, mail.from_address, mail.message_id, mail.references, mail.date
    mail.text()              the whole text, quotes included (HTML turned into text when there is no plain part)
    mail.attachments()       File objects, in order

Caps (`MOST_*`) keep time and memory in bounds; a mail that meets one says so in `mail.problems`.
"""

import binascii
import dataclasses
import functools
import re

from . import charsets, headers, htmltext, inline, people, wrapped
from .result import File

MOST_DEPTH = 20
MOST_PARTS = 100
MOST_TEXT = 1_000_000  # bytes of one text part that are read
MOST_SEARCHED = 12_000_000  # bytes of a text in which files are looked for
NAMED = re.compile(r"[\\/\x00-\x1f]+")


@dataclasses.dataclass(slots=True)
class Part:
    """One leaf of the tree, its body still encoded."""

    fields: list
    body: bytes
    type: str
    params: dict
    disposition: str
    filename: str

    def header(self, name):
        return next((value for key, value in self.fields if key == name), b"")

    def data(self):
        """The body with its transfer encoding undone."""
        encoding = self.header("content-transfer-encoding").strip().lower()
        if encoding.startswith(b"base64"):
            return self.body if self._is_plain_after_all() else self._base64()
        if encoding.startswith(b"quoted"):
            return binascii.a2b_qp(self.body)
        if b"uue" in encoding:
            return _uudecoded(self.body)
        return self.body

    def _base64(self):
        """Lists and scanners put words below a text that is in base64: they stay words."""
        rows = self.body.split(b"\n") if self.type.startswith("text") else []
        end = next((index for index, row in enumerate(rows) if not BASE64_ROW.match(row)), len(rows))
        if end and any(len(row.split()) > 1 for row in rows[end : end + 20]):
            return headers.base64(b"".join(rows[:end])) + b"\n" + b"\n".join(rows[end:])
        return headers.base64(self.body)

    def _is_plain_after_all(self):
        """Declared as base64, but words stand there: base64 has no spaces between them, and comes in fours."""
        if not self.type.startswith("text"):
            return False
        rows = self.body[:4_000].split(b"\n")
        if sum(b" " in row.strip() for row in rows) * 2 > sum(bool(row.strip()) for row in rows):
            return True
        return len(self.body) < 80 and b"=" not in self.body and len(b"".join(self.body.split())) % 4 == 1

    def text(self):
        """Decoded text, cut at MOST_TEXT bytes, with \\n line ends."""
        data = self.data()[:MOST_TEXT]
        text = charsets.decode(data, self.params.get("charset") or (_meta_charset(data) if self.is_html else ""))
        if self.type in ENRICHED:
            text = ENRICHED_SIGN.sub("", text).replace("<<", "<")
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

    @property
    def is_html(self):
        return self.type == "text/html"

    @property
    def is_text(self):
        """A body to read: text that is not put forward as a file."""
        if self.disposition == "attachment" or self.type not in READABLE:
            return False
        return not (self.filename and self.disposition != "inline")


BASE64_ROW = re.compile(rb"[A-Za-z0-9+/]*={0,3}\s*$")
ENRICHED = ("text/enriched", "text/richtext")  # RFC 1896
ENRICHED_SIGN = re.compile(r"<param>[^<]{0,200}</param>|(?<!<)</?[a-z-]{1,60}>", re.IGNORECASE)
SIGNED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
READABLE = {"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-markdown", "text/markdown", "text"}


@dataclasses.dataclass(slots=True)
class Body:
    """One stretch of a mail's text: its plain form, its HTML form, or both when they are alternatives."""

    plain: Part | None = None
    html: Part | None = None


@dataclasses.dataclass
class Mail:
    """A parsed mail. `content` lists Body and Part (files) in the order in which they stand."""

    fields: list
    content: list
    types: list  # every part's type, the multiparts' included, from the outside in
    parts: list  # every leaf
    params: dict  # of the outermost Content-Type
    problems: list

    def raw(self, name):
        return next((bytes(value) for key, value in self.fields if key == name), b"")

    def header(self, name):
        """Decoded text of the first field of that name, or ""."""
        return headers.text(self.raw(name), self._charset)

    def all(self, name):
        return [headers.text(value, self._charset) for key, value in self.fields if key == name]

    def has(self, name):
        return any(key == name for key, _value in self.fields)

    @functools.cached_property
    def subject(self):
        return self.header("subject")

    @functools.cached_property
    def _from(self):
        return headers.address(self.raw("from") or self.raw("sender") or self.raw("reply-to"), self._charset)

    @functools.cached_property
    def _charset(self):
        """What its text is declared to be in: raw letters in its fields are in the same."""
        found = [part.params.get("charset", "") for part in self.parts[:10] if part.type in READABLE]
        return next((charset for charset in found if charset), "")

    @property
    def from_name(self):
        return self._from[0]

    @property
    def from_address(self):
        return self._from[1]

    @property
    def message_id(self):
        return next(iter(headers.message_ids(self.raw("message-id"))), "")

    @property
    def in_reply_to(self):
        return next(iter(headers.message_ids(self.raw("in-reply-to"))), "")

    @property
    def references(self):
        return headers.message_ids(self.raw("references"))

    @property
    def date(self):
        return headers.date(self.raw("date"))

    def text(self):
        """The whole text as a person reads it, quotes marked with ">"; plain parts preferred."""
        return self._text

    @functools.cached_property
    def _text(self):
        out = []
        for body in self.bodies():
            plain = body.plain.text() if body.plain else ""
            out.append(plain if plain.strip() or not body.html else htmltext.to_text(body.html.text()))
        return "\n\n".join(piece.strip("\n") for piece in out if piece.strip())

    def bodies(self):
        return [item for item in self.content if isinstance(item, Body)]

    def attachments(self):
        """A File for each part that is no body text, in order."""
        return [as_file(part) for part in self.content if isinstance(part, Part)]


def as_file(part):
    """The File of a part that is not body text; its name has no path and no controls."""
    name = NAMED.sub("_", part.filename)[-150:].strip(" .") or _default_name(part)
    data = part.body if part.type.startswith("message/") else part.data()
    return File(name=name, type=part.type, data=data)


def parse(raw):
    """The Mail in `raw` (bytes, any)."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    fields, body = headers.split(raw)
    mail = Mail(fields=fields, content=[], types=[], parts=[], params={}, problems=[])
    _read(mail, fields, body, depth=0, container="")
    _read_outlook(mail)
    if people.is_click_to_stop(mail):
        mail.content.clear()  # the words are the program's
    return mail


def _read_outlook(mail):
    """Words that stand in nothing but a winmail.dat; the file stays a file."""
    if "application/ms-tnef" not in mail.types or mail.bodies():
        return
    for part in [part for part in mail.parts if part.type == "application/ms-tnef"][:3]:
        found = wrapped.outlook_text(part.data()[: MOST_TEXT * 10])
        if found:
            kind = "text/html" if found[1] else "text/plain"
            words = Part([], found[0].encode("utf-8", "replace"), kind, {"charset": "utf-8"}, "", "")
            mail.content.insert(0, _content(words))
            return


def _read(mail, fields, body, depth, container):
    """Add what stands in one entity to the mail; goes down at most MOST_DEPTH levels."""
    part = _part(fields, body, default="message/rfc822" if container == "multipart/digest" else "text/plain")
    if depth == 0:
        mail.params = part.params
    if part.type.startswith("multipart/"):
        pieces = split(body, part.params.get("boundary", ""))
        if pieces:
            mail.types.append(part.type)
            if depth >= MOST_DEPTH:
                return _note(mail, "too_many_parts")
            return _read_pieces(mail, part.type, pieces, depth)
        part = dataclasses.replace(part, type="text/html" if _is_html(body) else "text/plain")
    mail.types.append(part.type)
    if len(mail.parts) >= MOST_PARTS:
        return _note(mail, "too_many_parts")
    inside = wrapped.signed_content(part.data()) if part.type in SIGNED and depth < MOST_DEPTH else None
    if inside:
        return _read(mail, *headers.split(inside), depth + 1, "multipart/signed")
    part, files = _without_files(part)
    mail.parts += [part, *files]
    mail.content += [_content(part), *files]


def _without_files(part):
    """(the part, [Part]): a text whose uuencoded files are parts of their own."""
    if part.type != "text/plain" or not part.is_text or len(part.body) > MOST_SEARCHED or b"begin " not in part.body:
        return part, []
    left, found = inline.take_out(part.data())
    if not found:
        return part, []
    files = [Part([], data, "application/octet-stream", {}, "attachment", name) for name, data in found]
    return dataclasses.replace(part, fields=[], body=left), files


def _read_pieces(mail, kind, pieces, depth):
    before = len(mail.content)
    for piece in pieces:
        if len(mail.parts) >= MOST_PARTS:
            _note(mail, "too_many_parts")
            break
        piece_fields, piece_body = headers.split(piece) if not piece.startswith(b"\n") else ([], piece[1:])
        _read(mail, piece_fields, piece_body, depth + 1, kind)
    if kind == "multipart/alternative":
        mail.content[before:] = _one_alternative(mail.content[before:])


def _one_alternative(content):
    """Alternatives say the same twice: one Body with both forms, then the files among them."""
    bodies = [item for item in content if isinstance(item, Body)]
    if not bodies:
        return content
    merged = Body(
        plain=next((body.plain for body in bodies if body.plain), None),
        html=next((body.html for body in bodies if body.html), None),
    )
    # Apple Mail puts "text, picture, more text" inside one alternative as HTML; its further texts are kept.
    return [merged, *(item for item in content if not isinstance(item, Body))]


def _content(part):
    if not part.is_text:
        return part
    return Body(html=part) if part.is_html else Body(plain=part)


def _note(mail, problem):
    if problem not in mail.problems:
        mail.problems.append(problem)


def _part(fields, body, default):
    wanted = {key: value for key, value in reversed(fields) if key.startswith("content-")}
    type_, params = headers.parameters(wanted.get("content-type", b""))
    disposition, more = headers.parameters(wanted.get("content-disposition", b""))
    type_ = re.split(r"[\s,]", type_, maxsplit=1)[0] if type_ else ""
    if "/" not in type_:
        type_ = {"text": "text/plain", "html": "text/html"}.get(type_) or _default_type(body, default)
    filename = more.get("filename") or params.get("name") or ""
    if type_ == "application/octet-stream" and filename.lower().endswith(".p7m"):
        type_ = "application/pkcs7-mime"
    return Part(fields, body, type_, params, disposition, filename)


def _default_type(body, default):
    return "text/html" if default == "text/plain" and _is_html(body) else default


def _is_html(body):
    return bool(re.match(rb"\s{0,200}(?:<!doctype html|<html|<head|<body)", body[:400], re.IGNORECASE))


def split(body, boundary):
    """The pieces of a multipart body, up to its close or the end of the bytes; [] when no boundary stands in it."""
    mark = b"--" + boundary.encode("utf-8", "replace").rstrip()
    if len(mark) < 3 or mark not in body:
        guessed = re.search(rb"(?m)^--(?!-- ?$)[!-~]{6,70}$(?=\n[Cc]ontent-)", body[:20_000])
        if not guessed:
            return []
        mark = guessed[0]
    pieces, start = [], None
    for found in re.finditer(rb"(?m)^" + re.escape(mark) + rb"[ \t]*+(--)?[ \t]*+$", body):
        if start is not None:
            pieces.append(body[start : max(start, found.start() - 1)])
        start = found.end() + 1
        if found[1] or len(pieces) > MOST_PARTS:
            return pieces
    if start is not None and start < len(body) and len(pieces) <= MOST_PARTS:
        pieces.append(body[start:])
    return pieces


def _meta_charset(data):
    match = re.search(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_\-]{3,40})", data[:2_000])
    return match[1].decode("ascii") if match else ""


def _uudecoded(body):
    out = bytearray()
    for line in body.split(b"\n"):
        if line.startswith((b"begin ", b"end")) or not line:
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return bytes(out)


def _default_name(part):
    if part.type == "message/rfc822":
        return "message.eml"
    main, _slash, sub = part.type.partition("/")
    ending = {"jpeg": "jpg", "plain": "txt", "calendar": "ics"}.get(sub, re.sub(r"[^a-z0-9]", "", sub)[:8] or "bin")
    return f"{main if main in ('image', 'audio', 'video', 'text') else 'file'}.{ending}"
