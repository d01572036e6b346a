"""Commands in a mail are carried out one by one; each is answered by a mail of its own (EMAIL.md section 5)."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import languages
from forum.models import Post, Workspace
from notifications import addresses, answers, subscriptions
from notifications.intake import cases, rooms
from notifications.intake.outcomes import Outcome, held
from notifications.models import Answer, MailProfile
from notifications.models.subscriptions import Cadence

MOST = 20  # commands of one mail that are carried out
MOST_POSTS = 30  # of a thread that one mail brings
MOST_SHOWN = 20  # answers listed by STATUS
DAYS = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30}


def carry_out(case):
    """Do what the commands of a mail ask."""
    for command in case.reading.commands[:MOST]:
        do = COMMANDS.get(command.verb, _unknown)
        do(case, command.argument if command.verb in COMMANDS else command.verb)


def help_asked(case):
    """A mail to the help address: how everything works; what it says besides is for a person."""
    if not case.reading.commands:
        _help(case, "")
    return held("question") if case.text else Outcome("asked")


def _help(case, argument):
    case.replies.append(("help", {"workspaces": _seats(case)}))


def _list(case, argument):
    visible = Workspace.objects.visible_to(case.member).filter(closed_at=None).order_by("name")[:200]
    seated = set(case.member.seats.values_list("workspace", flat=True))
    rooms_shown = [(room, addresses.of_workspace(room.slug), room.pk in seated) for room in visible]
    case.replies.append(("workspaces", {"rooms": rooms_shown}))


def _status(case, argument):
    rows = Answer.objects.filter(member=case.member).select_related("arrival").order_by("-pk")[:MOST_SHOWN]
    cadences = []
    for room in _seats(case):
        cadence, _is_own = subscriptions.cadence_of(case.member, workspace=room)
        cadences.append((room, Cadence(cadence).label))
    profile = subscriptions.profile_of(case.member)
    case.replies.append(("status", {"rows": rows, "cadences": cadences, "profile": profile}))


def _get(case, argument):
    """`312`, `312 THREAD`: a whole post, or the thread it is in."""
    number, _space, more = argument.partition(" ")
    item = cases.item(case, number) if number.isdecimal() else None
    found = answers.find(case.member, item.about) if item else None
    if found is None or found.thing is None:
        case.replies.append(("get_nothing", {"wanted": argument}))
        return
    thread, post = (found.thing.thread, found.thing) if isinstance(found.thing, Post) else (found.thing, None)
    visible = thread.posts.published().in_order().select_related("author")
    if post is None or more == "THREAD":
        posts, left = list(visible[:MOST_POSTS]), max(0, visible.count() - MOST_POSTS)
    else:
        posts, left = list(visible.filter(pk=post.pk)), 0
    case.replies.append(("get", {"number": number, "thread": thread, "posts": posts, "left": left}))


def _set(case, argument):
    name, _space, value = argument.partition(" ")
    if name.lower() in rooms.CADENCES:
        for room in _seats(case):
            subscriptions.follow(member=case.member, workspace=room, cadence=name.lower())
        return _done(case)
    change = SETTINGS.get(name)
    if change is None or not change(case, value):
        return _unknown(case, f"SET {argument}")
    return _done(case)


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


def _pause(case, argument):
    count, _space, unit = argument.partition(" ")
    days = int(count) * DAYS[unit] if count.isdecimal() and unit in DAYS else 0
    if not 0 < days <= 366:
        return _unknown(case, f"PAUSE {argument}")
    subscriptions.pause(member=case.member, until=timezone.now() + timedelta(days=days))
    return _done(case)


def _resume(case, argument):
    subscriptions.resume(member=case.member)
    _done(case)


def _stop(case, argument):
    """No mail any more, after one last issue; the seats stay."""
    with transaction.atomic():
        for row in case.member.subscriptions.filter(cadence=Cadence.EACH).select_related("workspace", "thread"):
            room = None if row.thread else row.workspace
            subscriptions.follow(member=case.member, workspace=room, thread=row.thread, cadence=Cadence.NONE)
        subscriptions.stop_digests(member=case.member)
    case.replies.append(("stopped", {}))


def _done(case):
    if ("set_done", {}) not in case.replies:
        case.replies.append(("set_done", {}))


def _room_deed(deed):
    def do(case, name):
        outcome = deed(case, name)
        if outcome.explain:
            case.replies.append((outcome.explain, outcome.context))

    return do


def _unknown(case, verb):
    case.replies.append(("command_unknown", {"wanted": verb}))


def _seats(case):
    return list(Workspace.objects.seated(case.member).order_by("name"))


COMMANDS = {
    "HELP": _help,
    "LIST": _list,
    "STATUS": _status,
    "GET": _get,
    "SET": _set,
    "PAUSE": _pause,
    "RESUME": _resume,
    "STOP": _stop,
    "JOIN": _room_deed(rooms.join),
    "LEAVE": _room_deed(rooms.leave),
}
