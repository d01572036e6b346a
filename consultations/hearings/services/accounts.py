"""Time that several share: what is used of it, what is left, and how the chair sets it right.

Who speaks on a shared time is allotted no more than is left of it, and no extension goes beyond it; who spoke longer
all the same has used up the others' time, which the next of them is told.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models import Delivery, Hearing, TimeAccount
from consultations.hearings.rules import hearings as rules
from core import text as texts
from core.access import Refused, require
from journal.services import record

WARNS_AT = 60  # seconds left
MOST = 60  # of one hearing


def share(*, by, hearing, name, seconds, at=None):
    """Set up time that several share (a Major Group, a region), or change how much there is; returns it."""
    name = texts.clean_line(name, 120)
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing, text=name)
        if not name or seconds <= 0:
            raise Refused(_("A shared time needs a name and some time."), text=name)
        if hearing.accounts.exclude(name=name).count() >= MOST:
            most = ngettext(
                "A hearing has %(most)s shared time at most.", "A hearing has %(most)s shared times at most.", MOST
            )
            raise Refused(most % {"most": MOST}, text=name)
        account, is_new = TimeAccount.objects.get_or_create(hearing=hearing, name=name, defaults={"seconds": seconds})
        if not is_new and account.seconds == seconds:
            return account
        old, account.seconds = None if is_new else account.seconds, seconds
        account.save(update_fields=["seconds"])
        record("account.set", actor=by, about=account, data={"name": name, "old": old, "seconds": seconds}, at=at)
    return account


def correct(*, by, account, seconds, reason, at=None):
    """Give a shared time so many seconds more, or fewer where it is below zero; the reason stands in the record."""
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        hearing = Hearing.objects.locked(account.hearing_id)
        require(rules.conduct, by, hearing, text=reason)
        if not reason or not seconds:
            raise Refused(_("Say how many seconds more or fewer, and why: it stands in the record."), text=reason)
        account = TimeAccount.objects.get(pk=account.pk)
        account.correction += seconds
        account.save(update_fields=["correction"])
        data = {"name": account.name, "seconds": seconds, "left": left(account), "reason": reason}
        record("account.corrected", actor=by, about=account, data=data, at=at)
    return account


def used(account, now=None):
    """Seconds that were spoken on it, by now."""
    now = now or timezone.now()
    spoken = Delivery.objects.filter(speaker__account=account)
    return sum(int(delivery.used_at(now).total_seconds()) for delivery in spoken)


def left(account, now=None):
    """Seconds left on it, never below zero."""
    return max(0, account.seconds + account.correction - used(account, now))


def is_short(account):
    """Is it all but used up?"""
    return left(account) <= WARNS_AT


def allowed(speaker, seconds):
    """What somebody is allotted of so many seconds. Raises Refused when nothing is left of what they share."""
    if speaker.account_id is None:
        return seconds
    rest = left(speaker.account)
    if rest == 0:
        raise Refused(
            _("The time of “%(account)s” is used up. Give it more, or give %(speaker)s a time of their own.")
            % {"account": speaker.account, "speaker": speaker.name}
        )
    return min(seconds, rest)


def check(speaker, delivery, seconds, moment):
    """May they have so many seconds more of what they share?"""
    if speaker.account_id is None:
        return
    rest = left(speaker.account, moment) - max(0, delivery.clock.left_at(moment))
    if seconds > rest:
        rest = max(0, rest)
        said = ngettext(
            "“%(account)s” has %(left)s second left besides. Give it more time first.",
            "“%(account)s” has %(left)s seconds left besides. Give it more time first.",
            rest,
        )
        raise Refused(said % {"account": speaker.account, "left": rest})
