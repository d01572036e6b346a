"""Listing: files never ride along; a line says what there is and how to get it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.text import clean_line
from notifications.intake.told import apart

MOST_LISTED = 10  # files of one post


def kilobytes(size):
    """`12 KB`, rounded up: kilobytes are what one pays for."""
    return _("%(count)s KB") % {"count": number_format(-(-int(size or 0) // 1000))}


def line(attachment):
    """`File minutes.pdf, 120 KB: GET F3`"""
    facts = {"name": _name(attachment), "size": kilobytes(attachment.size), "get": apart(f"GET {code(attachment)}")}
    return _("File %(name)s, %(size)s: %(get)s") % facts


def described(attachment):
    """`minutes.pdf, 120 KB`"""
    return _("%(name)s, %(size)s") % {"name": _name(attachment), "size": kilobytes(attachment.size)}


def of_post(post):
    """Lines on the files of a post; none for most posts."""
    return [line(file) for file in list(post.attachments.all())[:MOST_LISTED]] if post.file_count else []


def code(attachment):
    """What a member writes to get it."""
    return f"F{attachment.pk}"


def _name(attachment):
    return apart(clean_line(attachment.name, 60))
