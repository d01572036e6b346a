"""Listing: files never ride along; a line says what there is and how to get it."""

from django.utils.translation import gettext as _

from core import sizes
from core.languages import apart
from core.text import clean_line

MOST_LISTED = 10  # files of one post


def line(attachment):
    """`File minutes.pdf, 120 KB: GET F3`"""
    facts = {"name": _name(attachment), "size": sizes.said(attachment.size), "get": apart(f"GET {code(attachment)}")}
    return _("File %(name)s, %(size)s: %(get)s") % facts


def described(attachment):
    """`minutes.pdf, 120 KB`"""
    return _("%(name)s, %(size)s") % {"name": _name(attachment), "size": sizes.said(attachment.size)}


def of_post(post):
    """Lines on the files of a post; none for most posts."""
    return [line(file) for file in list(post.attachments.all())[:MOST_LISTED]] if post.file_count else []


def code(attachment):
    """What a member writes to get it."""
    return f"F{attachment.pk}"


def _name(attachment):
    return apart(clean_line(attachment.name, 60))
