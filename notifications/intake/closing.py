"""Closing a case: what became of the arrival is written down, and its sender is told where they must be.

Answers that were taken are told in the next issue, or at once to members who want it so; whatever was not taken is
told at once.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from forum.models.workspaces import Joining
from notifications import addresses, answers
from notifications.intake import explaining, rooms, sealing, telling
from notifications.models import Answer, Arrival

SAVED = (
    "state klass outcome problems error member subject from_address message_id issue letter done_at claimed_until "
    "authenticity"
).split()


def close(case, outcome):
    """Write the outcome down and compose what the sender hears, together or not at all."""
    arrival = case.arrival
    arrival.state, arrival.outcome, arrival.error = outcome.state, outcome.word, ""
    arrival.claimed_until = None
    arrival.done_at = timezone.now() if outcome.state == Arrival.State.DONE else None
    with transaction.atomic():
        if outcome.explain == "report":
            _report(case)
        elif outcome.explain:
            explaining.explain(case, outcome.explain, cause=outcome.cause, context=outcome.context)
        for name, context in case.replies:
            explaining.reply(case, name, context)
        telling.tell(case)
        arrival.save(update_fields=SAVED)
        if outcome.state == Arrival.State.DONE:
            sealing.let_go(case)


def _report(case):
    """One mail on all answers of this one, when something was not taken or the member wants each told."""
    causes = _causes(case)
    if not causes and _wants_receipts(case.member):
        causes = [f"receipt:{case.arrival.pk}"]
    if not causes:
        return
    taken = case.answers_in(Answer.State.TAKEN)
    context = {
        "taken": [row for row in taken if not _is_on_its_way(row)],
        "on_its_way": list(filter(_is_on_its_way, taken)),
        "is_partly": any(map(_is_partly, taken)),
        "waiting": case.answers_in(Answer.State.WAITING),
        "refused": case.answers_in(Answer.State.REFUSED),
        "held": case.answers_in(Answer.State.HELD),
        "file_problems": case.file_problems,
        "is_cut": bool({"too_long", "too_many_parts"} & set(case.reading.problems)),
    }
    if refused := context["refused"]:
        context["join"] = next(filter(None, (_joinable(case.member, row.about) for row in refused)), None)
        context["moderators"] = "" if context["join"] else next(filter(None, map(_moderators, refused)), "")
    if context["held"] or "unknown_item" in case.arrival.problems or any(map(_is_over, context["refused"])):
        context["open_items"] = _open_items(case)
    about = _only(case, context["on_its_way"])
    context["how"] = about.how if about else ""
    if explaining.explain(case, "report", cause=" ".join(causes), context=context, about=about.result if about else ""):
        rows = [row.pk for row in case.answers]
        Answer.objects.filter(pk__in=rows, told_at=None).update(told_at=timezone.now())


def _causes(case):
    """What the sender must hear of now; the same is told once a day."""
    refused = case.answers_in(Answer.State.REFUSED)
    causes = {f"refused:{row.about}:{_digest(row.reason)}" for row in refused if row.about}
    causes |= {f"on its way:{row.pk}" for row in case.answers if _is_on_its_way(row)}
    causes |= {f"partly:{row.pk}" for row in case.answers if _is_partly(row)}
    if any(not row.about for row in refused):
        causes.add("unknown_item")
    causes |= {f"unassigned:{_digest(row.text)}" for row in case.answers_in(Answer.State.HELD)}
    causes |= {f"waiting:{row.about}" for row in case.answers_in(Answer.State.WAITING)}
    causes |= {f"files:{problem}" for problem in case.file_problems}
    if {"too_long", "too_many_parts"} & set(case.reading.problems):
        causes.add("too_long")
    return sorted(causes)


def _is_on_its_way(row):
    """Is this kept, and does not count yet?"""
    return bool(getattr(row, "how", ""))


def _is_partly(row):
    """Was a part of this refused?"""
    return getattr(row, "is_partly", False)


def _only(case, rows):
    """The one answer that the whole mail was, where it does not count yet: a reply to what tells of it is about it."""
    return rows[0] if len(rows) == 1 == len(case.answers) and not case.file_problems else None


def _digest(text):
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _wants_receipts(member):
    profile = member.mail if hasattr(member, "mail") else None
    return profile is not None and profile.receipts_at_once


def _joinable(member, about):
    """The workspace in which something was refused, where the member has no seat and may take or ask for one."""
    thing = answers.find(member, about).thing if about else None
    room = rooms.of(thing) if thing is not None else None
    return room if room and room.joining != Joining.INVITATION and not room.seat_of(member) else None


def _moderators(row):
    """Whom to ask where an answer is not taken any more: it came too late, or the discussion is closed."""
    found = answers.find(row.member, row.about) if row.about else None
    room = rooms.of(found.thing) if found and found.thing is not None and not found.is_open else None
    return addresses.of_workspace(room.slug, "moderators") if room else ""


def _is_over(row):
    """Was an item refused that is not open any more? What is open is named then."""
    return bool(row.number and row.about) and not answers.find(row.member, row.about).is_open


def _open_items(case):
    items = case.issue.items if case.issue else ()
    return [item for item in items if answers.find(case.member, item.about).is_open]
