"""Listing: files never ride along; a line says what there is and how to get it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.text import clean_line
from notifications.intake.told import apart


def kilobytes(size):
    """`12 KB`, rounded up: kilobytes are what one pays for."""
    return _("%(count)s KB") % {"count": number_format(-(-int(size or 0) // 1000))}


def line(attachment):
    """`File F3: minutes.pdf, 120 KB`"""
    facts = {
        "code": apart(code(attachment)),
        "name": apart(clean_line(attachment.name, 60)),
        "size": kilobytes(attachment.size),
    }
    return _("File %(code)s: %(name)s, %(size)s") % facts


def of_post(post):
    """Lines on the files of a post, and how to get them; none for most posts."""
    files = list(post.attachments.all()) if post.file_count else []
    if not files:
        return []
    return ["", *[f"- {line(file)}" for file in files], _("To get one:") + f"  {apart(f'GET {code(files[0])}')}"]


def code(attachment):
    """What a member writes to get it."""
    return f"F{attachment.pk}"
