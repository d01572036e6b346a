"""The sections `motion`, what is put to the vote and what came out last, and `confirm`, what officers entered and a
second one has to confirm.

Of a vote that is open everybody is told how many have voted, and of a roll call each answer as it is called.
"""

from collections import Counter

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from consultations.hearings import state
from consultations.hearings.models import Call, Motion
from consultations.hearings.services import calls, sheets
from consultations.services import counting, voting
from consultations.wording import ballots as wording
from consultations.wording import outcomes
from core import languages

MOTION = (
    "motion.moved",
    "motion.seconded",
    "motion.withdrawn",
    "motion.redacted",
    "motion.ruled_out",
    "motion.opened",
    "motion.drawn",
    "motion.said",
    "motion.confirmed",
    "motion.turnout",
    "ballot.opened",
    "ballot.closed",
    "ballot.counted",
    "ballot.annulled",
)
CONFIRM = (
    *("motion.entered", "motion.disputed", "motion.discarded", "motion.confirmed"),
    *("ballot.closed", "ballot.annulled"),
)
MOVED = ("motion.moved", "motion.seconded", "motion.withdrawn", "motion.ruled_out", "motion.redacted", "motion.opened")
OPEN = 5  # votes that are told of at once
LATEST = 1
CALLED = 12  # answers of a roll call that a page is sent, the last ones


def register():
    """Called once, when the app is ready."""
    state.register("motion", motion, MOTION)
    state.register("moved", moved, MOVED, for_moderators=True)
    state.register("confirm", to_confirm, CONFIRM, for_moderators=True)


def motion(hearing):
    """`open`: votes that are being taken, the latest first; `counting`: one that is closed and waits for mail;
    `latest`: the last that was decided, or annulled; `moved`: how many wait to be put to the vote.
    """
    now = timezone.now()
    rows = Motion.objects.filter(hearing=hearing).with_all()
    running = rows.open_at(now).order_by("-ballot__opens_at")[:OPEN]
    standing = rows.filter(ballot__counted_at=None, ballot__annulled_at=None)
    counting_now = standing.filter(ballot__closes_at__lte=now).order_by("-ballot__closes_at")[:1]
    ended = Coalesce("ballot__counted_at", "ballot__annulled_at")
    decided = rows.annotate(ended_at=ended).filter(ended_at__isnull=False).order_by("-ended_at")[:LATEST]
    return {
        "open": [vote(row) for row in running],
        "counting": next((_head(row) for row in counting_now), None),
        "latest": next((result(row) for row in decided), None),
        "moved": Motion.objects.filter(hearing=hearing).waiting().count(),
    }


def to_confirm(hearing):
    """What waits for a second officer, without the figures: they count for themselves."""
    return [
        {
            "id": sheet.pk,
            "motion": sheet.motion.number,
            "title": sheet.motion.title,
            "name": sheet.elector.name if sheet.elector else None,
            "entered_by": sheet.entered_by.shown_name,
            "is_disputed": sheet.is_disputed,
            "url": reverse("hearings:enter_votes", args=sheet.motion.url_key),
        }
        for sheet in sheets.waiting(hearing)[:50]
    ]


def moved(hearing):
    """For the chair: the first that wait. `wants_second`: somebody has to second it before the vote."""
    rows = Motion.objects.filter(hearing=hearing).waiting()[:OPEN]
    for row in rows:
        row.hearing = hearing
    return [
        {
            "id": row.number,
            "title": row.title,
            "mover": row.mover,
            "url": row.get_absolute_url(),
            "wants_second": bool(hearing.needs_second and row.mover and not row.seconder),
        }
        for row in rows
    ]


def vote(motion):
    """One that is open. `answers`: [value, words] of each, where one may be given on a screen with one press."""
    ballot = motion.ballot
    roll, cast, _present = counting.turnout(ballot)
    answers = [] if ballot.is_secret else voting.answers(ballot)
    return {
        "id": motion.number,
        **_head(motion),
        "opened_at": state.moment(ballot.opens_at),
        "mail_until": state.moment(ballot.mail_until),
        "answers": [[one, _runs(wording.said(ballot, one))] for one in answers],
        "roll_of": str(ballot.roll_of),
        "roll": roll,
        "cast": cast + sum((ballot.hall or {}).values()),
        "call": roll_call(motion) if ballot.is_called else None,
    }


def roll_call(motion):
    """Who is called now, the last answers, and how many of each."""
    rows = list(Call.objects.filter(motion=motion).order_by("place"))
    said = [call for call in rows if call.said]
    counts = Counter(call.said for call in said)
    known = [*voting.answers(motion.ballot), Call.ABSENT, *([Call.PASSED] if counts[Call.PASSED] else [])]
    waiting = [call for call in rows if not call.said]
    return {
        "url": reverse("hearings:call_roll", args=motion.url_key),
        "names": len(rows),
        "called": len(said),
        "first": rows[0].name if rows else None,
        "now": waiting[0].name if waiting else None,
        "next": [call.name for call in waiting[1:4]],
        "said": [answer(motion.ballot, call) for call in sorted(said, key=lambda call: call.said_at)[-CALLED:]],
        "counts": [[calls.word(motion.ballot, one), counts[one]] for one in known],
    }


def answer(ballot, call):
    return {"name": call.name, "value": call.said, "said": calls.word(ballot, call.said)}


def result(motion):
    """One that is decided, in words and figures; of one that was annulled, why."""
    ballot = motion.ballot
    if ballot.annulled_at:
        told = {"counted_at": state.moment(ballot.annulled_at), "adopted": None, "figures": [], "undecided": ""}
        return {**_head(motion), **told, "said": wording.annulled(ballot)}
    facts = counting.final(ballot).facts
    labels = {option.letter: _runs(str(option)) for option in ballot.choices}
    return {
        **_head(motion),
        "counted_at": state.moment(ballot.counted_at),
        "adopted": facts.get("adopted"),
        "said": wording.result(ballot, facts),
        "undecided": outcomes.undecided(facts),
        "figures": [[labels.get(one) or wording.said(ballot, one), number] for one, number in facts["order"]],
    }


def _runs(words):
    """With a mark before them where they run from right to left: the letter of an option, `A)`, says otherwise."""
    return f"\u200f{words}" if languages.runs(words) == "rtl" else words


def _head(motion):
    return {
        "number": motion.number,
        "title": motion.title,
        "item": motion.item.label,
        "form": str(motion.form),
        "form_name": str(motion.get_form_display()),
        "manner": str(motion.manner),
        "manner_name": str(motion.get_manner_display()),
        "is_straw": motion.is_straw,
        "url": motion.get_absolute_url(),
    }
