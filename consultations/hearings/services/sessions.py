"""Sessions are scheduled, moved and cancelled; the chair opens and closes them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Delivery, Hearing, Session
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import votes
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record


def schedule(*, by, hearing, starts_at, ends_at, title="", at=None):
    """Add a session; returns it. Sessions are numbered in the order in which they were added."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing)
        _check_times(starts_at, ends_at)
        _check_apart(hearing.sessions.all(), starts_at, ends_at)
        number = (hearing.sessions.aggregate(last=Max("number"))["last"] or 0) + 1
        session = Session.objects.create(
            hearing=hearing,
            number=number,
            title=texts.clean_line(title, 200),
            starts_at=starts_at,
            ends_at=ends_at,
            changed_at=at or timezone.now(),
        )
        record("session.scheduled", actor=by, about=session, data=times(session), at=at)
    return session


def reschedule(*, by, session, starts_at, ends_at, title=None, reason="", at=None):
    """Move a session; calendars that follow the hearing move it too. Mailed to all once the hearing is published, and
    so a reason is needed then.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.change, by, hearing, text=reason)
        _check_times(starts_at, ends_at)
        _check_reason(hearing, reason)
        session = hearing.sessions.get(pk=session.pk)
        _check_ahead(session, reason)
        _check_apart(hearing.sessions.exclude(pk=session.pk), starts_at, ends_at, reason)
        old = times(session)
        session.starts_at, session.ends_at = starts_at, ends_at
        session.change_count, session.changed_at = session.change_count + 1, at or timezone.now()
        if title is not None:
            session.title = texts.clean_line(title, 200)
        session.save()
        data = {"old": old, "new": times(session), "reason": texts.clean_line(reason, 1000)}
        record("session.rescheduled", actor=by, about=session, data=data, at=at)
    return session


def cancel(*, by, session, reason, at=None):
    """Call off a session of a published hearing; it stays on the pages and in calendars, as cancelled."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(session.hearing_id)
        require(rules.conduct, by, hearing, text=reason)
        session = hearing.sessions.get(pk=session.pk)
        _check_ahead(session, reason)
        if session.opened_at:
            raise Refused(_("This session has begun. Close it instead."), text=reason)
        _check_reason(hearing, reason)
        session.cancelled_at = session.changed_at = at or timezone.now()
        session.change_count += 1
        session.save(update_fields=["cancelled_at", "changed_at", "change_count"])
        data = {**times(session), "reason": texts.clean_line(reason, 1000)}
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
        record("session.dropped", actor=by, about=session, data=times(session), audience=Audience.MODERATORS)
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
        votes.require_none_open(hearing)
        if session.is_open and (having := Delivery.objects.filter(hearing=hearing, ended_at=None).first()):
            raise Refused(_("%(speaker)s has the floor. End their time first.") % {"speaker": having.speaker})
        if session.is_open:
            session.closed_at = at or timezone.now()
            session.save(update_fields=["closed_at"])
            record("session.closed", actor=by, about=session, data={"number": session.number}, at=at)
    return session


def times(session):
    """When a session is, as the journal keeps it."""
    return {
        "number": session.number,
        "title": session.title,
        "starts": session.starts_at.isoformat(),
        "ends": session.ends_at.isoformat(),
    }


def _check_ahead(session, reason):
    """Raises Refused for a session that is over or cancelled."""
    if session.closed_at:
        raise Refused(_("This session is over, so its times stay as they are."), text=reason)
    if session.cancelled_at:
        raise Refused(_("This session was cancelled. Schedule another one."), text=reason)


def _check_reason(hearing, reason):
    """Raises Refused without a reason for what everyone is mailed."""
    if hearing.is_published and not texts.clean_line(reason, 1000):
        raise Refused(_("Say why: everyone with a seat is mailed the reason."))


def _check_times(starts_at, ends_at):
    """Raises Refused for an end before the beginning."""
    if ends_at <= starts_at:
        raise Refused(_("A session ends after it began. Choose a later end."))


def _check_apart(sessions, starts_at, ends_at, reason=""):
    """Raises Refused where one of these sessions is at that time."""
    if other := sessions.filter(cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at).first():
        raise Refused(_("“%(session)s” is at that time. Choose another one.") % {"session": other}, text=reason)
