"""Settings: how often mail comes, when, how large, in which form and language; pauses, and the end of it."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import languages
from notifications import subscriptions
from notifications.intake import rooms
from notifications.intake.commands import told
from notifications.models import MailProfile
from notifications.models.subscriptions import Cadence

DAYS = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30}


def change(case, argument):
    name, _space, value = argument.partition(" ")
    if name.lower() in rooms.CADENCES:
        for room in told.seats_of(case):
            subscriptions.follow(member=case.member, workspace=room, cadence=name.lower())
        return told.done(case)
    change = SETTINGS.get(name)
    if change is None or not change(case, value):
        return told.unknown(case, f"SET {argument}")
    return told.done(case)


def _set_size(case, value):
    digits = re.match(r"\d+", value)
    size = int(digits[0]) * 1000 if digits else 0
    return 10_000 <= size <= 100_000 and subscriptions.set_profile(member=case.member, size=size)


def _set_hour(case, value):
    digits = re.match(r"\d{1,2}", value)
    return digits and int(digits[0]) < 24 and subscriptions.set_profile(member=case.member, hour=int(digits[0]))


def _set_language(case, value):
    wanted = value.strip().lower()
    names = {own.lower(): code for code, (own, _direction, _django) in languages.LANGUAGES.items()}
    code = names.get(wanted) or wanted.split("-")[0]
    if code in languages.LANGUAGES:
        case.member.language = code
        case.member.save(update_fields=["language"])
    return code in languages.LANGUAGES


SETTINGS = {
    "SIZE": _set_size,
    "HOUR": _set_hour,
    "LANGUAGE": _set_language,
    "HTML": lambda case, value: subscriptions.set_profile(member=case.member, form=MailProfile.Form.HTML),
    "TEXT": lambda case, value: subscriptions.set_profile(member=case.member, form=MailProfile.Form.TEXT),
}


def pause(case, argument):
    count, _space, unit = argument.partition(" ")
    days = int(count) * DAYS[unit] if count.isdecimal() and unit in DAYS else 0
    if not 0 < days <= 366:
        return told.unknown(case, f"PAUSE {argument}")
    subscriptions.pause(member=case.member, until=timezone.now() + timedelta(days=days))
    return told.done(case)


def resume(case, argument):
    subscriptions.resume(member=case.member)
    told.done(case)


def stop(case, argument):
    """No mail any more, after one last issue; the seats stay."""
    with transaction.atomic():
        for row in case.member.subscriptions.filter(cadence=Cadence.EACH).select_related("workspace", "thread"):
            room = None if row.thread else row.workspace
            subscriptions.follow(member=case.member, workspace=room, thread=row.thread, cadence=Cadence.NONE)
        subscriptions.stop_digests(member=case.member)
    case.replies.append(("stopped", {}))
