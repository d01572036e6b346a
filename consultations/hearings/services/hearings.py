"""Hearings are prepared, changed, published and ended.

Locks are always taken in this order: hearing, workspace, thread, ballot, journal.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Officer
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import agenda, delegates, sessions
from consultations.services import rooms
from core import text as texts
from core.access import Refused, require
from forum.models.workspaces import Joining
from forum.services import seats
from journal.services import record

SETTABLE = (
    "timezone",
    "place",
    "visibility",
    "is_by_invitation",
    "confirms",
    "most_per_organisation",
    "seconds",
    "seconds_by_kind",
    "most_replies",
    "replies_at_end_of_day",
    "needs_second",
    "holds_questions",
)


def prepare(*, by, slug, wordings, chairs=(), secretaries=(), note_takers=(), room=None, at=None, **fields):
    """Begin a hearing in a room of its own; returns it. Only its officers see it until it is published.

    wordings: {language: (title, concept note)}, the original first. fields: those of SETTABLE. room: fields of the
    workspace (joining, moderation, themes, regions). Raises Refused when the member may not, without a title, or when
    the mail name is taken.
    """
    require(rules.prepare, by)
    moment = at or timezone.now()
    with transaction.atomic():
        hearing = Hearing(created_by=by, created_at=moment, year=moment.year)
        _word(hearing, wordings)
        _set(hearing, fields)
        moderators = list(dict.fromkeys([*chairs, *secretaries])) or [by]
        room = {"joining": Joining.OPEN} | (room or {})
        rooms.make(hearing, by=by, slug=slug, moderators=moderators, at=at, **room)
        record(
            "hearing.prepared", actor=by, about=hearing, data=facts(hearing), audience=agenda.seen_by(hearing), at=at
        )
        _appoint(by, hearing, chairs or [by], Officer.Role.CHAIR, at)
        _appoint(by, hearing, secretaries, Officer.Role.SECRETARY, at)
        _appoint(by, hearing, note_takers, Officer.Role.NOTE_TAKER, at)
    return hearing


def change(*, by, hearing, wordings=None, at=None, **fields):
    """Change the concept note, the rules of speaking, the place, or who will follow; the entry tells old and new."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing)
        before = facts(hearing)
        if wordings:
            _word(hearing, wordings)
        _set(hearing, fields)
        hearing.save()
        rooms.rename(hearing)
        after = facts(hearing)
        if any(before[name] != after[name] for name in ("place", "wordings")):  # calendars show them
            moved = {"change_count": F("change_count") + 1, "changed_at": at or timezone.now()}
            hearing.sessions.filter(closed_at=None).update(**moved)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        record(
            "hearing.changed",
            actor=by,
            about=hearing,
            data={"changed": changed},
            audience=agenda.seen_by(hearing),
            at=at,
        )
    return hearing


def reword(*, by, hearing, language, title, text, at=None):
    """Give the concept note its words in one language; empty ones take that version away."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        return change(by=by, hearing=hearing, wordings=hearing.wordings | {language: (title, text)}, at=at)


def publish(*, by, hearing, files=(), at=None):
    """Announce the hearing to all who may read its room: concept note, agenda with a thread for each item, sessions.

    Raises Refused when there is no session or no item.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.publish, by, hearing)
        if all(session.cancelled_at for session in hearing.sittings):
            raise Refused(_("A hearing needs at least one session. Say when it is, then publish it."))
        if not hearing.items.exists():
            raise Refused(_("A hearing needs an agenda. Write at least one item, then publish it."))
        listed = [[item.reference, agenda.facts(item)] for item in hearing.items.order_by("sort_key")]
        data = facts(hearing) | {"agenda": listed}
        workspace = rooms.publish(hearing, by=by, verb="hearing.published", data=data, files=files, at=at)
        for item in hearing.items.order_by("sort_key"):
            agenda.give_thread(by, hearing, workspace, item, at=at)
        delegates.give_seats(by, hearing, hearing.invitees.values("organisation"), at=at)
    return hearing


def end(*, by, hearing, at=None):
    """Close what is open; from now on there is only the record to write."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.conduct, by, hearing)
        for item in hearing.items.filter(opened_at__isnull=False, closed_at=None).select_related("thread"):
            agenda.close(by=by, item=item, at=at)
        for session in hearing.sessions.filter(opened_at__isnull=False, closed_at=None):
            sessions.close_session(by=by, session=session, at=at)
        hearing = Hearing.objects.locked(hearing.pk)
        hearing.ended_at = at or timezone.now()
        hearing.save(update_fields=["ended_at"])
        record("hearing.ended", actor=by, about=hearing, at=at)
    return hearing


def facts(hearing):
    """What the journal keeps of a hearing: its rules in full, its words as they stand."""
    rules_kept = {name: getattr(hearing, name) for name in SETTABLE}
    return {"code": hearing.code, "wordings": hearing.said(), **rules_kept, "visibility": str(hearing.visibility)}


def _appoint(by, hearing, people, role, at):
    for member in people:
        _officer, is_new = Officer.objects.get_or_create(hearing=hearing, member=member, defaults={"role": role})
        if is_new:
            data = {"member": member.pk, "role": str(role)}
            record("officer.appointed", actor=by, about=hearing, data=data, at=at)
        if hearing.workspace.seat_of(member) is None:
            seats.give(by=by, workspace=hearing.workspace, member=member, at=at)


def _word(hearing, wordings):
    hearing.word(wordings)
    if not hearing.title:
        raise Refused(_("A hearing needs a title in the language it is written in."), text=hearing.text)


def _set(hearing, fields):
    for name in SETTABLE:
        if name in fields:
            setattr(hearing, name, fields[name])
    hearing.place = texts.clean_line(hearing.place, 200)
