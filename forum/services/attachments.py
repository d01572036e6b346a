"""Files that hang on posts: kept under a name of our own, their type read from their bytes.

`checked` is asked before anything is written: it gives what may be kept, and names what may not and why. It takes
time for pictures, which are encoded anew; a form and a mail ask it before they take any lock.
"""

import hashlib
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import sizes
from core import text as texts
from core.access import Refused
from forum import filetypes
from forum.light import versions
from forum.models import Attachment


@dataclass(frozen=True)
class Upload:
    """A file as it comes in: the name its sender gave it, and its bytes. `kind` is set once it was checked."""

    name: str
    content: bytes
    kind: str = ""
    size: int = 0  # of the whole file, when `content` is only the beginning of one that is too large

    @classmethod
    def received(cls, file):
        """An upload of Django's; of a file that is too large only as much is read as shows it."""
        return cls(file.name or "", file.read(settings.MAX_FILE_BYTES + 1), size=file.size or 0)


def attach(post, uploads):
    """Keep files with a post; raises Refused, before anything is kept, when one of them may not be."""
    accepted, problems = checked(uploads)
    if problems:
        raise Refused(" ".join(problems), text=post.text)
    for upload, content_type in accepted:
        attachment, is_new = Attachment.objects.get_or_create(
            post=post,
            sha256=hashlib.sha256(upload.content).hexdigest(),
            name=upload.name,
            defaults={"content_type": content_type, "size": len(upload.content)},
        )
        if is_new:
            _keep(attachment, upload.content)
    if accepted:
        post.file_count = post.attachments.count()
        post.save(update_fields=["file_count"])


def checked(uploads):
    """Sort uploads: `(accepted, problems)`, pairs (upload, type) that may be kept, and sentences on those not.

    An accepted upload may differ from what came in: pictures are encoded anew, endings corrected.
    """
    accepted, problems = [], []
    for upload in uploads:
        upload, problem = (upload, "") if upload.kind else _check(upload)
        if problem:
            problems.append(problem)
        elif len(accepted) >= settings.MAX_FILES_PER_POST:
            most = settings.MAX_FILES_PER_POST
            reason = ngettext(
                "“%(name)s” was left out: a post holds %(most)s file.",
                "“%(name)s” was left out: a post holds %(most)s files.",
                most,
            )
            problems.append(reason % {"name": upload.name, "most": most})
        else:
            accepted.append((upload, upload.kind))
    return accepted, problems


def _check(upload):
    """`(the upload as it may be kept, "")`, or `(it, why not)`."""
    name = texts.clean_line(upload.name.replace("\\", "/").rpartition("/")[2], 140) or _("file")
    if not upload.content:
        return upload, _("“%(name)s” is empty.") % {"name": name}
    if len(upload.content) > settings.MAX_FILE_BYTES:
        return upload, _("“%(name)s” has %(size)s; a file may have %(most)s. Make it smaller or split it.") % {
            "name": name,
            "size": sizes.said(max(upload.size, len(upload.content))),
            "most": sizes.said(settings.MAX_FILE_BYTES),
        }
    try:
        kind = filetypes.recognise(name, upload.content)
        content = filetypes.clean_image(upload.content, kind) if kind in filetypes.IMAGES else upload.content
    except filetypes.Unfit:
        return upload, _(
            "“%(name)s” cannot be read, is larger inside than we can take, or is damaged. Save it again and send that."
        ) % {"name": name}
    if not kind:
        return upload, _("“%(name)s” is not a kind of file we keep. Send it as %(kinds)s.") % {
            "name": name,
            "kinds": filetypes.NAMES,
        }
    return Upload(filetypes.named(name, kind), content, kind=kind), ""


def discard(post):
    """Remove a post's files for good, once that is committed; bytes that another post also holds stay."""
    for attachment in post.attachments.all():
        is_shared = Attachment.objects.filter(sha256=attachment.sha256).exclude(post=post).exists()
        if not is_shared:
            transaction.on_commit(partial(attachment.file.storage.delete, attachment.file.name))
            transaction.on_commit(partial(versions.discard, attachment))
        attachment.delete()


def _keep(attachment, content):
    """Store the bytes once per content: the same file sent twice lies there once."""
    storage = attachment.file.storage
    path = attachment.file.field.generate_filename(attachment, attachment.name)
    if storage.exists(path) and storage.size(path) != len(content):
        storage.delete(path)  # a crash cut it short
    if not storage.exists(path):
        path = storage.save(path, ContentFile(content))
    attachment.file.name = path
    attachment.save(update_fields=["file"])
