"""The times of sessions: what they must be, and how the journal keeps them."""

from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused


def times(session):
    """When a session is, as the journal keeps it."""
    return {
        "number": session.number,
        "title": session.title,
        "starts": session.starts_at.isoformat(),
        "ends": session.ends_at.isoformat(),
    }


def check_ahead(session, reason):
    """Raises Refused for a session that is over or cancelled."""
    if session.closed_at:
        raise Refused(_("This session is over, so its times stay as they are."), text=reason)
    if session.cancelled_at:
        raise Refused(_("This session was cancelled. Schedule another one."), text=reason)


def check_reason(hearing, reason):
    """Raises Refused without a reason for what everyone is mailed."""
    if hearing.is_published and not texts.clean_line(reason, 1000):
        raise Refused(_("Say why: everyone with a seat is mailed the reason."))


def check_times(starts_at, ends_at):
    """Raises Refused for an end before the beginning."""
    if ends_at <= starts_at:
        raise Refused(_("A session ends after it began. Choose a later end."))


def check_apart(sessions, starts_at, ends_at, reason=""):
    """Raises Refused where one of these sessions is at that time."""
    if other := sessions.filter(cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at).first():
        raise Refused(_("“%(session)s” is at that time. Choose another one.") % {"session": other}, text=reason)
