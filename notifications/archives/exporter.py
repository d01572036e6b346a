"""The way out: a workspace's published posts as one mbox (its variant mboxrd), thread by thread, parents first.

Mails are made so that `import_mbox` rebuilds the same threads from them, and any mail program shows them as such.
"""

import re
from email import charset as charsets
from email import encoders
from email.generator import BytesGenerator
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from io import BytesIO

from django.conf import settings

from forum.models import Post
from notifications import addresses
from notifications.archives.heads import ALONE

MOST_REFERENCES = 20
FROM_LINE = re.compile(rb"(?m)^(>*From )")
QUOTED_PRINTABLE = charsets.Charset("utf-8")
QUOTED_PRINTABLE.body_encoding = charsets.QP
BASE64 = charsets.Charset("utf-8")
CHUNK = 100  # posts fetched at a time


def write(workspace, out, *, with_addresses=False):
    """Write the workspace's published posts to a binary file; returns how many there are.

    Addresses of people are left out unless asked for: every mail then comes from the same address, which takes none.
    """
    count, thread, names = 0, None, {}
    for post in _posts(workspace):
        if post.thread_id != thread:
            thread, names = post.thread_id, {}
        names[post.pk] = (_message_id(post), post.parent_id)
        mail = _mail(post, names, with_addresses)
        out.write(_envelope(post))
        out.write(FROM_LINE.sub(rb">\1", _bytes(mail)))
        out.write(b"\n")
        count += 1
    return count


def _posts(workspace):
    posts = Post.objects.published().filter(thread__workspace=workspace).order_by("thread__number", "number")
    related = posts.select_related("thread__workspace", "author", "imported_mail").prefetch_related("attachments")
    return related.iterator(chunk_size=CHUNK)


def _message_id(post):
    """The one the mail came with, else one of our own, always the same."""
    mail = getattr(post, "imported_mail", None)
    return mail.message_id if mail else f"post.{post.pk}@{settings.REPLY_DOMAIN}"


def _envelope(post):
    return f"From noreply@{settings.REPLY_DOMAIN} {post.sent_at:%a %b %d %H:%M:%S %Y}\n".encode()


def _mail(post, names, with_addresses):
    files = list(post.attachments.all()) if post.file_count else []
    body = _body(post.text)
    mail = body
    if files:
        mail = MIMEMultipart("mixed", boundary=f"=_post.{post.pk}.of.{post.thread_id}")
        mail.attach(body)
        for file in files:
            mail.attach(_file(file))
    thread = post.thread
    mail["Message-ID"] = f"<{names[post.pk][0]}>"
    mail["Date"] = format_datetime(post.sent_at)
    mail["From"] = _sender(post, with_addresses)
    mail["To"] = addresses.of_workspace(thread.workspace.slug)
    subject = thread.title if post.number == 1 else f"Re: {thread.title}"
    mail["Subject"] = Header(subject, "us-ascii" if subject.isascii() else "utf-8")
    if post.parent_id in names:
        mail["In-Reply-To"] = f"<{names[post.parent_id][0]}>"
        mail["References"] = "\n ".join(f"<{name}>" for name in _ancestors(post.parent_id, names))
    elif len(names) > 1:
        # It answers no post, but stands in the same thread: other programs see an answer to the first.
        mail["References"] = f"<{next(iter(names.values()))[0]}>"
        mail[ALONE] = "yes"
    return mail


def _ancestors(parent, names):
    """Message-IDs from the thread's first post to the parent; of a long row the first and the last ones."""
    chain = []
    while parent in names:
        name, parent = names[parent]
        chain.append(name)
    chain.reverse()
    return chain if len(chain) <= MOST_REFERENCES else [chain[0], *chain[1 - MOST_REFERENCES :]]


def _sender(post, with_addresses):
    address = (post.author.email if post.author else post.byline_address) if with_addresses else ""
    return formataddr((str(post.author_name), address or f"noreply@{settings.REPLY_DOMAIN}"), "utf-8")


def _body(text):
    """Lines that begin with "From " are changed by many a program on the way, so such a text is encoded as a whole."""
    is_plain = text.isascii() and not re.search(r"(?m)^>*From ", text)
    return MIMEText(text + "\n", "plain", QUOTED_PRINTABLE if is_plain else BASE64)


def _file(attachment):
    part = MIMEBase(*attachment.content_type.split("/", 1))
    with attachment.file.open("rb") as file:
        part.set_payload(file.read())
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", attachment.name))
    return part


def _bytes(mail):
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(mail)
    return out.getvalue()
