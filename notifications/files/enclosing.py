"""Enclosing: a file goes along with a letter that is written already (RFC 2046 section 5.1.3)."""

from email import policy
from email.message import MIMEPart

_VERSION = b"MIME-Version: 1.0\r\n"


def enclose(raw, *, file, boundary):
    """The bytes of a letter with a file (see intake.told.File) behind its text."""
    head, _version, body = raw.partition(b"\r\n" + _VERSION)  # at the beginning of a line: a subject may say it
    head += b"\r\n"
    border = b"--" + boundary.encode("ascii")
    head += _VERSION + b'Content-Type: multipart/mixed; boundary="' + boundary.encode("ascii") + b'"\r\n\r\n'
    return b"\r\n".join((head + border, body, border, as_part(file), border + b"--\r\n"))


def as_part(file):
    """The file as a part of a mail: its name in any script, its content in base64."""
    part = MIMEPart(policy=policy.SMTP)
    maintype, _slash, subtype = file.content_type.partition("/")
    part.set_content(
        file.content, maintype=maintype, subtype=subtype or "octet-stream", disposition="attachment", filename=file.name
    )
    return part.as_bytes().rstrip(b"\r\n")
