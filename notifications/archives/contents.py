"""What a mail says, for its post: text, files, author, and what had to be left out. Pure, for it runs in processes
that know no database.

An archive is kept as it was written: quotes and signatures stay.
"""

import os
import re
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from core import sizes
from core import text as texts
from forum.services import attachments
from forum.services.writing import MAX_CHARACTERS
from notifications.archives import mbox, subjects
from notifications.archives.heads import digest
from notifications.reading import mime

# Proof of bytes that no longer exist once a mail is a post.
SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
FOOTER = re.compile(
    r"\n_{20,}[ \t]*\n|\n-{1,3}[ \t]*\nTo unsubscribe|\n-{40,}[ \t]*\n(?=.{0,200}(?:unsubscribe|mailing list))"
)
FOLDER_DATA = "DON'T DELETE THIS MESSAGE"  # how UW IMAP and its heirs begin an mbox
FOOTER_WITHIN = 2_000  # characters from the end
NOTICE_ROOM = 2_000  # characters kept free for what is said about files
LISTS = ("list-id", "list-post", "x-mailing-list", "to", "cc")
OBFUSCATED = re.compile(r"(\S{1,64}) at (\S{1,100}\.\S{1,60})")
LIST_NAME = re.compile(r"[\w.+-]{2,60}")


@dataclass
class Content:
    """What a post is made of. `refused` says why it cannot be one; `notes` are for the report."""

    title: str = ""
    name: str = ""
    address: str = ""
    text: str = ""
    html: str = ""
    html_version: int = 0
    words: bytes = b""
    files: list = field(default_factory=list)  # of attachments.Upload, checked
    notes: list = field(default_factory=list)
    refused: str = ""


def raw(path, kind, start, length):
    """The bytes of a mail where they stand."""
    fd = _opened(path)
    data = os.pread(fd, length, start)
    return mbox.unescaped(data) if kind == "mbox" else data


@lru_cache(maxsize=1)
def _open_files():
    return {}


def _opened(path):
    """A file descriptor, kept for the next mail; a Maildir has a file for each, so only the last few are kept."""
    files = _open_files()
    if path not in files:
        while len(files) >= 8:
            os.close(files.pop(next(iter(files))))
        files[path] = os.open(path, os.O_RDONLY)
    return files[path]


def close():
    """Close what `raw` has opened."""
    files = _open_files()
    while files:
        os.close(files.popitem()[1])


def words(data):
    """A digest of what a mail says, the same for the copies that several lists sent of it."""
    return _words(mime.parse(data))


def _words(mail):
    text = mail.text()
    tail = FOOTER.search(text, max(0, len(text) - FOOTER_WITHIN))
    text = "".join((text[: tail.start()] if tail else text).split())
    return digest(text) if text else digest(*(part.body for part in mail.content if isinstance(part, mime.Part)))


def read(data):
    """The Content of a mail in bytes. Never raises: what cannot be read is refused with the reason."""
    try:
        return _read(data)
    except Exception as error:  # one bad mail must not stop an archive
        return Content(refused=f"it could not be read ({type(error).__name__}: {error})")


def _read(data):
    mail = mime.parse(data)
    if mail.subject.startswith(FOLDER_DATA):
        return Content(refused="it is a note that a mail program keeps for itself")
    content = Content(title=_title(mail), words=_words(mail))
    content.name, content.address = _author(mail)
    content.notes += [f"problem: {problem}" for problem in mail.problems]
    text = texts.clean_text(mail.text()).strip("\n")
    uploads = _uploads(mail, content)
    if len(text) > MAX_CHARACTERS - NOTICE_ROOM:
        uploads.insert(0, attachments.Upload(name="message.txt", content=text.encode()))
        text = _cut(text)
        content.notes.append("its text is long: the whole of it is in message.txt")
    left_out = _keep(content, uploads)
    if not text.strip():
        if not content.files and not left_out:
            content.refused = "it has no text and no files"
            return content
        text = _("(This mail has no text, only files.)")
    content.text = "\n\n".join([text.rstrip("\n"), *left_out])
    content.html, content.html_version = texts.render(content.text), texts.RENDERER_VERSION
    return content


def _title(mail):
    named = " ".join(mail.header(name) for name in LISTS)
    return texts.clean_line(subjects.title(mail.subject, LIST_NAME.findall(named)), 200)


def _author(mail):
    """(name, address). Without a name, what stands before the @ names a person and leads to no mailbox."""
    name, address = mail.from_name, mail.from_address
    if not address and (match := OBFUSCATED.search(mail.header("from"))):
        address = f"{match[1]}@{match[2]}".lower()  # as Pipermail writes it
        comment = re.search(r"\(([^()]{1,300})\)", mail.header("from"))
        name = comment[1] if comment else ""
    if via := re.match(r"(.{1,200}?)\s{1,5}via\s{1,5}\S", name):  # a list that rewrites From against DMARC
        name = via[1]
    name = texts.clean_line(name.strip("\"' "), 120)
    if "@" in name or not name:
        name = texts.clean_line((name or address).partition("@")[0], 120)
    is_address = address.isprintable() and re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,189}", address)
    return name, address if is_address else ""


def _uploads(mail, content):
    """The mail's files, text among them as UTF-8."""
    found = []
    for part in mail.content:
        if not isinstance(part, mime.Part):
            continue
        file = mime.as_file(part)
        if part.type in SIGNATURES:
            content.notes.append(f"a signature was left out: {file.name}")
            continue
        data = file.data
        if part.type.startswith("text/") and not _is_utf8(data):
            data = part.text().encode()
        found.append(attachments.Upload(name=file.name, content=data))
    return found


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _keep(content, uploads):
    """Sort the files by the rules of uploads; returns a line for each that was left out, for the reader of the post."""
    names, lines = set(), []
    for upload in uploads:
        if upload.name in names:
            upload = attachments.Upload(name=f"{len(names) + 1}-{upload.name}", content=upload.content)
        names.add(upload.name)
        accepted, _problems = attachments.checked([upload])
        if accepted and len(content.files) < settings.MAX_FILES_PER_POST:
            content.files.append(accepted[0][0])
        elif len(lines) < 20:
            size = sizes.said(len(upload.content))
            name = texts.clean_line(upload.name, 80)
            lines.append(
                _("[The file “%(name)s” (%(size)s) was left out of this archive.]") % {"name": name, "size": size}
            )
            content.notes.append(f"a file was left out: {name} ({len(upload.content)} bytes)")
    return ["\n".join(lines)] if lines else []


def _cut(text):
    """The first part of a long text, up to the end of a paragraph or line, and where the rest is."""
    room = MAX_CHARACTERS - 2 * NOTICE_ROOM
    end = next((at for mark in ("\n\n", "\n", " ") if (at := text.rfind(mark, room - 5_000, room)) > 0), room)
    return text[:end].rstrip() + "\n\n" + _("[The text is cut here. All of it is in the file “message.txt”.]")
