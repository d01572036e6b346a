"""Files that hang on posts: kept under a name of our own, their type read from their bytes.

`checked` is asked before anything is written: it gives what may be kept, and names what may not and why.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused
from forum import filetypes
from forum.models import Attachment


@dataclass(frozen=True)
class Upload:
    """A file as it comes in: the name its sender gave it, and its bytes."""

    name: str
    content: bytes


def attach(post, uploads):
    """Keep files with a post; raises Refused, before anything is kept, when one of them may not be."""
    accepted, problems = checked(uploads)
    if problems:
        raise Refused(" ".join(problems), text=post.text)
    for upload, content_type in accepted:
        digest = hashlib.sha256(upload.content).hexdigest()
        attachment, is_new = Attachment.objects.get_or_create(
            post=post,
            sha256=digest,
            name=texts.clean_line(upload.name, 150) or _("file"),
            defaults={"content_type": content_type, "size": len(upload.content)},
        )
        if is_new:
            _keep(attachment, upload.content)
    if accepted:
        post.file_count = post.attachments.count()
        post.save(update_fields=["file_count"])


def checked(uploads):
    """Sort uploads: `(accepted, problems)`, pairs (upload, type) that may be kept, and sentences on those not."""
    accepted, problems = [], []
    for upload in uploads:
        name = texts.clean_line(upload.name, 150)
        if len(accepted) >= settings.MAX_FILES_PER_POST:
            problems.append(
                _("“%(name)s” was left out: a post holds %(most)s files.")
                % {"name": name, "most": settings.MAX_FILES_PER_POST}
            )
        elif len(upload.content) > settings.MAX_FILE_BYTES:
            problems.append(
                _("“%(name)s” has %(size)s; a file may have %(most)s. Make it smaller or split it.")
                % {
                    "name": name,
                    "size": filesizeformat(len(upload.content)),
                    "most": filesizeformat(settings.MAX_FILE_BYTES),
                }
            )
        elif content_type := filetypes.recognise(upload.name, upload.content):
            accepted.append((upload, content_type))
        else:
            problems.append(
                _("“%(name)s” is not a kind of file we keep. Send it as %(kinds)s.")
                % {"name": name, "kinds": filetypes.NAMES}
            )
    return accepted, problems


def discard(post):
    """Remove a post's files for good; bytes that another post also holds stay."""
    for attachment in post.attachments.all():
        is_shared = Attachment.objects.filter(sha256=attachment.sha256).exclude(post=post).exists()
        if not is_shared:
            attachment.file.delete(save=False)
        attachment.delete()


def _keep(attachment, content):
    """Store the bytes once per content: the same file sent twice lies there once."""
    storage = attachment.file.storage
    path = attachment.file.field.generate_filename(attachment, attachment.name)
    if not storage.exists(path):
        path = storage.save(path, ContentFile(content))
    attachment.file.name = path
    attachment.save(update_fields=["file"])
