"""Settings: how often mail comes, when, how large, in which form and language; pauses, and the end of it."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import languages, sizes
from core.languages import apart
from forum.models import Workspace
from members import zones
from members.services import members
from notifications import subscriptions
from notifications.intake import rooms
from notifications.intake.commands import forms
from notifications.intake.told import Line, not_done
from notifications.models import MailProfile
from notifications.models.subscriptions import Cadence

DAYS = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30}
MOST_DAYS = 366


def change(case, argument):
    """`SET WEEKLY`, for one workspace `SET WEEKLY plenary`, `SET SIZE 20K`, `SET HOUR 6` and so on."""
    name, _space, value = argument.partition(" ")
    if name.lower() in rooms.CADENCES:
        return rooms.by_command(case, name.lower(), value) if value else _everywhere(case, name.lower())
    if name == "ZONE":
        return _zone(case, value)
    if name == "SIZE" and value[:1].isdecimal():
        argument = argument.upper()  # 20K, as it is written everywhere
    said = SETTINGS[name](case, value) if name in SETTINGS else None
    return Line(f"SET {argument}", said) if said else forms.wrong("SET", argument)


def is_about_words(command):
    """Does it change how all that is told is said: its language, the hours in it?"""
    return command.verb == "SET" and command.argument.startswith(("LANGUAGE ", "ZONE "))


def _everywhere(case, cadence):
    seated = list(Workspace.objects.seated(case.member).order_by("name"))
    asked = f"SET {cadence.upper()}"
    if not seated:
        return not_done(asked, _("You have a seat in no workspace yet. LIST brings those that are open to you."))
    with transaction.atomic():
        for room in seated:
            subscriptions.follow(member=case.member, workspace=room, cadence=cadence)
    label = Cadence(cadence).label
    return Line(asked, _("Mail from all your workspaces: %(cadence)s.") % {"cadence": label})


def _size(case, value):
    size = _number(value) * 1000
    if MailProfile.LEAST_SIZE <= size <= MailProfile.MOST_SIZE:
        case.member.mail = subscriptions.set_profile(member=case.member, size=size)
        return _("A mail has at most %(size)s from now on.") % {"size": sizes.said(size)}
    return None


def _hour(case, value):
    hour = _number(value)
    if 0 <= hour < 24:
        subscriptions.set_profile(member=case.member, hour=hour)
        facts = {"hour": apart(f"{hour}:00"), "zone": apart(case.member.timezone)}
        return _("Digests come at %(hour)s (%(zone)s).") % facts
    return None


def _zone(case, value):
    found = zones.find(value, country=case.member.country)
    if not found.name:
        likely = pgettext("between names of a list", ", ").join(map(apart, found.likely))
        reason = _("Perhaps you mean: %(names)s.") % {"names": likely} if likely else ""
        return forms.wrong("SET", f"ZONE {value}", reason)
    members.change(by=case.member, profile=case.member, timezone=found.name)
    case.member.timezone = found.name
    timezone.activate(case.member.zone)  # until the case is closed
    facts = {"zone": apart(found.name), "now": apart(date_format(timezone.localtime(), "TIME_FORMAT"))}
    return Line(f"SET ZONE {found.name}", _("Your time zone is %(zone)s. It is %(now)s there now.") % facts)


def _language(case, value):
    wanted = value.strip().lower()
    names = {own.lower(): code for code, (own, _direction, _django) in languages.LANGUAGES.items()}
    code = names.get(wanted) or wanted.split("-")[0]
    if code not in languages.LANGUAGES:
        return None
    members.change(by=case.member, profile=case.member, language=code)
    case.member.language = code
    translation.activate(languages.django_code(code))  # until the case is closed
    return _("We write to you in this language from now on. You write in yours, whichever it is.")


def _form(form):
    def change(case, value):
        subscriptions.set_profile(member=case.member, form=form)
        return _("Digests come in this form from now on: %(form)s.") % {"form": form.label}

    return change


def _number(value):
    digits = re.match(r"\d{1,3}", value)
    return int(digits[0]) if digits else -1


SETTINGS = {
    "SIZE": _size,
    "HOUR": _hour,
    "LANGUAGE": _language,
    "HTML": _form(MailProfile.Form.HTML),
    "TEXT": _form(MailProfile.Form.TEXT),
}


def pause(case, argument):
    """`PAUSE 3 WEEKS`."""
    count, _space, unit = argument.partition(" ")
    days = int(count) * DAYS[unit] if count.isdecimal() and unit in DAYS else 0
    if not 0 < days <= MOST_DAYS:
        return forms.wrong("PAUSE", argument)
    until = timezone.now() + timedelta(days=days)
    subscriptions.pause(member=case.member, until=until)
    day = date_format(timezone.localtime(until), "DATE_FORMAT")
    return Line(
        f"PAUSE {argument}",
        _("No digests until %(day)s; then one brings what you missed. RESUME ends the pause earlier.") % {"day": day},
    )


def resume(case, argument):
    """End a pause now."""
    profile = subscriptions.profile_of(case.member)
    if not profile.paused_until or profile.paused_until < timezone.now():
        return Line("RESUME", _("Your digests are not paused. If none come, SET DAILY or SET WEEKLY starts them."))
    subscriptions.resume(member=case.member)
    return Line("RESUME", _("The pause has ended. The next digest comes at its hour, with all you missed."))


def stop(case, argument):
    """No mail any more, after one last issue; the seats stay."""
    with transaction.atomic():
        for row in case.member.subscriptions.filter(cadence=Cadence.EACH).select_related("workspace", "thread"):
            room = None if row.thread else row.workspace
            subscriptions.follow(member=case.member, workspace=room, thread=row.thread, cadence=Cadence.NONE)
        subscriptions.stop_digests(member=case.member)
    return Line(
        "STOP",
        _(
            "Mail from your workspaces has stopped; what waited comes in one last digest. You keep your seats, and "
            "what you wrote stays. To start it again, write SET DAILY, SET WEEKLY or SET MONTHLY."
        ),
        title=_("No more mail"),
    )


def revoke(case, argument):
    """`REVOKE`: nobody can answer what was sent so far, as after somebody else read the mailbox."""
    subscriptions.revoke_addresses(member=case.member)
    return Line(
        "REVOKE",
        _(
            "The answer addresses of all mails up to now are void: nobody can answer those mails any more, nor can "
            "you. Mails from now on have new ones, this one, too. What was posted stays."
        ),
    )
