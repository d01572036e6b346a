"""Hearings are prepared, changed, published and ended; their sessions are opened and closed.

Locks are always taken in this order: hearing, workspace, thread, ballot, journal.
"""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Delivery, Hearing, Officer, Session
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import agenda, delegates, motions, plans
from consultations.services import rooms
from core import text as texts
from core.access import Refused, require
from forum.models.workspaces import Joining
from forum.services import seats
from journal.models import Audience
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
            close_session(by=by, session=session, at=at)
        hearing = Hearing.objects.locked(hearing.pk)
        hearing.ended_at = at or timezone.now()
        hearing.save(update_fields=["ended_at"])
        record("hearing.ended", actor=by, about=hearing, at=at)
    return hearing


def schedule(*, by, hearing, starts_at, ends_at, title="", at=None):
    """Add a session; returns it. Sessions are numbered in the order in which they were added."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing)
        plans.check_times(starts_at, ends_at)
        plans.check_apart(hearing.sessions.all(), starts_at, ends_at)
        number = (hearing.sessions.aggregate(last=Max("number"))["last"] or 0) + 1
        session = Session.objects.create(
            hearing=hearing,
            number=number,
            title=texts.clean_line(title, 200),
            starts_at=starts_at,
            ends_at=ends_at,
            changed_at=at or timezone.now(),
        )
        record("session.scheduled", actor=by, about=session, data=plans.times(session), at=at)
    return session


def reschedule(*, by, session, starts_at, ends_at, title=None, reason="", at=None):
    """Move a session; calendars that follow the hearing move it too. Mailed to all once the hearing is published, and
    so a reason is needed then.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.change, by, hearing, text=reason)
        plans.check_times(starts_at, ends_at)
        plans.check_reason(hearing, reason)
        session = hearing.sessions.get(pk=session.pk)
        plans.check_ahead(session, reason)
        plans.check_apart(hearing.sessions.exclude(pk=session.pk), starts_at, ends_at, reason)
        old = plans.times(session)
        session.starts_at, session.ends_at = starts_at, ends_at
        session.change_count, session.changed_at = session.change_count + 1, at or timezone.now()
        if title is not None:
            session.title = texts.clean_line(title, 200)
        session.save()
        data = {"old": old, "new": plans.times(session), "reason": texts.clean_line(reason, 1000)}
        record("session.rescheduled", actor=by, about=session, data=data, at=at)
    return session


def cancel(*, by, session, reason, at=None):
    """Call off a session of a published hearing; it stays on the pages and in calendars, as cancelled."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.conduct, by, hearing, text=reason)
        session = hearing.sessions.get(pk=session.pk)
        plans.check_ahead(session, reason)
        if session.opened_at:
            raise Refused(_("This session has begun. Close it instead."), text=reason)
        plans.check_reason(hearing, reason)
        session.cancelled_at = session.changed_at = at or timezone.now()
        session.change_count += 1
        session.save(update_fields=["cancelled_at", "changed_at", "change_count"])
        data = {**plans.times(session), "reason": texts.clean_line(reason, 1000)}
        record("session.cancelled", actor=by, about=session, data=data, at=at)
    return session


def drop_session(*, by, session):
    """Take a session out of a hearing that is not published; its items stay on the agenda."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.change, by, hearing)
        if hearing.is_published:
            raise Refused(_("The hearing is published with this session. Cancel it instead, and say why."))
        session = hearing.sessions.get(pk=session.pk)
        record("session.dropped", actor=by, about=session, data=plans.times(session), audience=Audience.MODERATORS)
        session.delete()


def open_session(*, by, session, at=None):
    """The chair declares the session open. One that was closed is opened again. Raises Refused while another is on."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.conduct, by, hearing)
        session = hearing.sessions.get(pk=session.pk)
        if session.is_open:
            return session
        if session.cancelled_at:
            raise Refused(_("This session was cancelled. Schedule another one."))
        if hearing.open_session:
            raise Refused(_("“%(session)s” is still open. Close it first.") % {"session": hearing.open_session})
        session.opened_at, session.closed_at = session.opened_at or at or timezone.now(), None
        session.save(update_fields=["opened_at", "closed_at"])
        record("session.opened", actor=by, about=session, data={"number": session.number}, at=at)
    return session


def close_session(*, by, session, at=None):
    """The chair declares the session closed; items under way go on in the next one. Votes are closed before, and nobody
    has the floor.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.conduct, by, hearing)
        session = hearing.sessions.get(pk=session.pk)
        motions.require_none_open(hearing)
        if session.is_open and (having := Delivery.objects.filter(hearing=hearing, ended_at=None).first()):
            raise Refused(_("%(speaker)s has the floor. End their time first.") % {"speaker": having.speaker})
        if session.is_open:
            session.closed_at = at or timezone.now()
            session.save(update_fields=["closed_at"])
            record("session.closed", actor=by, about=session, data={"number": session.number}, at=at)
    return session


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
