"""Sessions are scheduled, moved, cancelled, opened and closed; and the hearing is ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings import matters
from consultations.hearings.forms.sessions import CancelForm, SessionForm
from consultations.hearings.models import Session
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import hearings
from consultations.hearings.services import sessions as service
from consultations.hearings.views.setup import of, setup_of
from core.access import find
from core.deeds import came_from, deed, perform, posted
from forum.models import Seat


def find_session(request, year, number, session):
    hearing = of(request, year, number)
    found = find(Session, request.user, hearing=hearing, pk=session)
    found.hearing = hearing
    return found


def changes(member, session):
    return rules.change(member, session.hearing)


def presides(member, session):
    return rules.preside(member, session.hearing)


def conducts(member, session):
    return rules.conduct(member, session.hearing)


@deed
def schedule(request, year, number):
    hearing = of(request, year, number)
    return perform(
        request,
        "hearings/schedule.html",
        form=SessionForm(posted(request), hearing=hearing),
        do=lambda **fields: service.schedule(by=request.user, hearing=hearing, **fields),
        rule=rules.change,
        about=hearing,
        said=_("The session is scheduled."),
        back=lambda session: setup_of(hearing, "#sessions"),
        context={"hearing": hearing},
    )


@deed
def reschedule(request, year, number, session):
    """Other times; once it is published with a reason, which is mailed to everyone with a seat."""
    session = find_session(request, year, number, session)
    hearing = session.hearing
    asks_why = hearing.is_published
    return perform(
        request,
        "hearings/reschedule.html",
        form=SessionForm(posted(request), hearing=hearing, session=session, asks_why=asks_why),
        do=lambda **fields: service.reschedule(by=request.user, session=session, **fields),
        rule=changes,
        sees=presides,
        about=session,
        said=_("The times are changed. Everyone with a seat is mailed.") if asks_why else _("The times are changed."),
        back=setup_of(hearing, "#sessions"),
        context={"hearing": hearing, "seats": _seats(hearing)},
    )


@deed
def cancel(request, year, number, session):
    session = find_session(request, year, number, session)
    return perform(
        request,
        "hearings/cancel.html",
        form=CancelForm(posted(request)),
        do=lambda reason: service.cancel(by=request.user, session=session, reason=reason),
        rule=conducts,
        sees=presides,
        about=session,
        said=_("The session is cancelled. Everyone with a seat is mailed."),
        back=setup_of(session, "#sessions"),
        context={"hearing": session.hearing, "seats": _seats(session.hearing)},
    )


@deed
def drop_session(request, year, number, session):
    session = find_session(request, year, number, session)
    return perform(
        request,
        "hearings/drop_session.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop_session(by=request.user, session=session),
        rule=changes,
        about=session,
        said=_("The session is taken out."),
        back=setup_of(session, "#sessions"),
        context={"hearing": session.hearing},
    )


@deed
def open_session(request, year, number, session):
    """The chair declares it open; also from the console, which says where to go on."""
    session = find_session(request, year, number, session)
    return press(
        request,
        session.hearing,
        session,
        do=lambda: service.open_session(by=request.user, session=session),
        heading=_("Open the session"),
        said=_("The session is open."),
    )


@deed
def close_session(request, year, number, session):
    session = find_session(request, year, number, session)
    return press(
        request,
        session.hearing,
        session,
        do=lambda: service.close_session(by=request.user, session=session),
        left=matters.of_session,
        heading=_("Close the session"),
        said=_("The session is closed."),
    )


@deed
def end(request, year, number):
    """Close what is open, for good."""
    hearing = of(request, year, number)
    return press(
        request,
        hearing,
        hearing,
        do=lambda: hearings.end(by=request.user, hearing=hearing),
        left=matters.of_hearing,
        heading=_("End the hearing"),
        said=_("The hearing is ended. Its record is written now."),
    )


def press(request, hearing, thing, *, do, heading, said, left=lambda hearing: ()):
    """A deed of the chair that needs no words: a button elsewhere, or the page that asks once more and says what is
    open: left(hearing).
    """
    open_now = left(hearing) if rules.preside(request.user, hearing) else ()
    return perform(
        request,
        "hearings/press.html",
        form=forms.Form(posted(request)),
        do=do,
        rule=lambda member, _thing: rules.conduct(member, hearing),
        about=thing,
        said=said,
        back=came_from(request) or hearing.get_absolute_url(),
        context={
            "hearing": hearing,
            "heading": heading,
            "next": came_from(request),
            "first": [one for one in open_now if one.is_first],
            "left": [one for one in open_now if not one.is_first],
        },
    )


def _seats(hearing):
    return Seat.objects.filter(workspace=hearing.workspace_id, member__is_active=True).count()
