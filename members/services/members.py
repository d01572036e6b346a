"""Members describe themselves, add addresses they also write from, and leave for good."""

from django.db import transaction

from core import text as texts
from core.access import require
from journal.services import record
from members import rules
from members.models import Member

PROFILE = ("name", "language", "timezone", "country", "about")

_afterwards = []


def register_change(deed):
    """Have `deed(profile, changed)` called when a profile has changed, in the same transaction, with the names of the
    fields; for what floors above keep that hangs on one of them."""
    _afterwards.append(deed)


def change(*, by, profile, **fields):
    """Change a profile; the entry names the fields, never what stood in them."""
    with transaction.atomic():
        require(rules.edit_profile, by, profile)
        profile = Member.objects.select_for_update(no_key=True).get(pk=profile.pk)
        changed = [name for name in PROFILE if name in fields and getattr(profile, name) != fields[name]]
        for name in changed:
            setattr(profile, name, fields[name])
        profile.name = texts.clean_line(profile.name, 120)
        profile.about = texts.clean_text(profile.about)
        profile.save(update_fields=PROFILE)
        if changed:
            record("member.changed", actor=by, about=profile, data={"fields": changed})
            for deed in _afterwards:
                deed(profile, changed)
    return profile


def join(*, member):
    """Record that a new member has signed up; allauth has written the row."""
    with transaction.atomic():
        record("member.joined", actor=member, about=member)
    return member


def admit(*, address, name, language):
    """Make a member of somebody who answered, from their own address, a mail we sent there.

    That proves the address as a code typed on a page does. Raises IntegrityError when the address is a member's.
    """
    with transaction.atomic():
        member = Member.objects.create_user(address, name=texts.clean_line(name, 120), language=language)
        record("member.joined", actor=member, about=member, data={"by": "mail"})
    return member


def deactivate(*, by, member):
    """Close a member's account: nobody signs in with it or writes from its addresses any more, and it gets no mail;
    what was written stays. Closing twice is closing once. Raises Refused when `by` may not.
    """
    return _turn(by, member, "member.deactivated", is_active=False)


def reactivate(*, by, member):
    """Open a closed account again; likewise."""
    return _turn(by, member, "member.reactivated", is_active=True)


def _turn(by, member, verb, *, is_active):
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        require(rules.deactivate, by, member)
        if member.is_active != is_active:
            member.is_active = is_active
            member.save(update_fields=["is_active"])
            record(verb, actor=by, about=member)
    return member
