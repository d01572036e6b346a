"""Until when a letter can be answered, and from when on an answer address says nothing any more.

An address is valid for `addresses.REPLY_DAYS`. For as long again it still gets a mail in: its member is told that it
is too old, with their text, which says more than a refusal by their mail server. Then it is refused.
"""

from datetime import timedelta

from django.utils import timezone

from notifications import addresses
from notifications.models import Letter

VALID, EXPIRED, GONE, REVOKED = "valid", "expired", "gone", "revoked"


def of_letter(letter):
    """VALID, EXPIRED (to be explained), GONE or REVOKED (refused at the door)."""
    if letter is None:
        return GONE
    member = letter.member
    if member is None:
        return of_row(letter.created_at, None, None)
    profile = member.mail if hasattr(member, "mail") else None
    return of_row(letter.created_at, member.is_active, profile and profile.addresses_valid_from)


def is_valid(letter):
    """Can this letter still be answered?"""
    return of_letter(letter) == VALID


def of_code(code):
    """The same of the letter with this code; one query."""
    fields = ("created_at", "member__is_active", "member__mail__addresses_valid_from")
    row = Letter.objects.filter(code=code).values_list(*fields).first()
    return of_row(*row) if row else GONE


def of_row(created_at, is_active, valid_from):
    """is_active is None for a letter to somebody who is no member."""
    if is_active is False or (valid_from and created_at < valid_from):
        return REVOKED
    age = timezone.now() - created_at
    if age < timedelta(days=addresses.REPLY_DAYS):
        return VALID
    return EXPIRED if age < timedelta(days=2 * addresses.REPLY_DAYS) else GONE
