"""Letters about hearings, at once: to everyone with a seat that one is published, or that a session was added, moved or
cancelled; and one invitation to everyone who speaks for an invited organisation.

A reader of the journals that comes by itself. A reply to such a letter asks for the floor (answering/items.py).
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import glance
from consultations.hearings.models import Hearing, Session
from consultations.hearings.services import delegates
from consultations.hearings.services.officers import PRESIDING
from consultations.hearings.wording import agenda
from consultations.hearings.wording import hearings as wording
from consultations.letters import writing
from consultations.letters.ballots import everyone
from consultations.wording.lines import on_the_web
from core.languages import apart
from members.models import Mandate, Member, Organisation
from notifications import journals
from notifications.digests import prose

READER = "hearings"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news
MOST_NAMES = 6  # organisations that one invitation names


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb not in _LETTERS or timezone.now() - entry.at >= NEWS:
            continue
        kind, _colon, pk = entry.about.partition(":")
        session = Session.objects.filter(pk=pk).first() if kind == "session" else None
        rows = Hearing.objects.select_related("workspace__journal").prefetch_related("sessions")
        hearing = rows.filter(pk=session.hearing_id if session else pk).first()
        if hearing is None:
            continue
        # What was planned before publication is told with it; whom it makes an officer hears at once.
        is_told = hearing.published_at is not None and not (session and entry.at < hearing.published_at)
        if not is_told and entry.verb != "officer.appointed":
            continue
        _LETTERS[entry.verb](entry, hearing)


# -- Who gets them -----------------------------------------------------------------------------------------


def _published(entry, hearing):
    organisations = list(hearing.invitees.values_list("organisation", flat=True))
    invited = delegates.speaking_for(organisations)
    _write(entry, hearing, _members(everyone(hearing.workspace)).exclude(pk__in=invited.values("pk")), published)
    invite(entry, hearing, organisations)


def _invited(entry, hearing):
    invite(entry, hearing, (entry.data or {}).get("organisations", ()))


def invite(entry, hearing, organisations):
    """One letter for each who speaks for one of these, however many it is."""
    standing = hearing.invitees.filter(organisation__in=organisations).values("organisation")
    names = {}
    rows = Mandate.objects.in_force().filter(organisation__in=standing).order_by("organisation__name")
    for member, name in rows.values_list("member", "organisation__name"):
        names.setdefault(member, []).append(name)
    write = lambda entry, hearing, member: invitation(hearing, names.get(member.pk, ()))  # noqa: E731
    members = delegates.speaking_for(Organisation.objects.filter(pk__in=standing))
    _write(entry, hearing, members, write, key=f"hearing-invitation:{hearing.pk}")


def _changed(entry, hearing):
    _write(entry, hearing, _members(everyone(hearing.workspace)), changed)


def _appointed(entry, hearing):
    """The officer themself, unless they did it; a note-taker sees nothing of a hearing that is not published."""
    officer = hearing.officers.filter(member=(entry.data or {}).get("member")).first()
    if officer is None or entry.actor == f"member:{officer.member_id}":
        return
    if hearing.is_published or officer.role in PRESIDING:
        write = lambda entry, hearing, member: appointment(hearing, officer)  # noqa: E731
        _write(entry, hearing, Member.objects.filter(pk=officer.member_id, is_active=True), write)


def _members(seats):
    return Member.objects.filter(pk__in=seats.values("member"))


def _write(entry, hearing, members, write, *, key=None):
    for piece in writing.pieces(members):
        writing.many(
            piece,
            lambda member: write(entry, hearing, member),
            about=hearing.reference,
            key=key or f"notice:{entry.pk}",
            workspace=hearing.workspace,
        )


# -- What they say -----------------------------------------------------------------------------------------


def published(_entry, hearing, _member):
    """That there is a hearing: when, where, its agenda, how to take part."""
    facts = _facts(hearing)
    return _("Hearing %(code)s: %(title)s") % facts, [
        _("The hearing %(code)s, “%(title)s”, is announced.") % facts,
        *whole(hearing),
    ]


def invitation(hearing, names):
    """The letter to somebody who speaks for these organisations."""
    facts = _facts(hearing) | {"organisation": _named(names)}
    return _("Invitation to the hearing %(code)s: %(title)s") % facts, [
        _("%(organisation)s is invited to the hearing %(code)s, “%(title)s”.") % facts,
        *whole(hearing, prose.title(names[0]) if len(names) == 1 else ""),
    ]


def appointment(hearing, officer):
    """That one is an officer now, and where the work is."""
    facts = _facts(hearing) | {"role": officer.get_role_display()}
    place = reverse("hearings:setup", args=hearing.url_key) if officer.role in PRESIDING else hearing.get_absolute_url()
    return _("%(role)s of the hearing %(code)s: %(title)s") % facts, [
        _("You are appointed for the hearing %(code)s, “%(title)s”, as: %(role)s.") % facts,
        "\n".join(agenda.sessions(hearing)),
        on_the_web(place),
    ]


def whole(hearing, organisation=""):
    """The paragraphs that every first letter has: dates, place, agenda, how to take part by mail, for an organisation
    if one is named, and on the web.
    """
    now = timezone.now()
    items = _agenda(hearing, now)
    return [
        "\n".join(filter(None, [*agenda.sessions(hearing), agenda.place(hearing)])),
        "\n".join([_("Agenda"), *agenda.lines(items)]),
        agenda.how(hearing, items, now, organisation),
        _("The concept note: %(get)s") % {"get": apart(f"GET {hearing.code}")},
        on_the_web(hearing.get_absolute_url()),
    ]


def changed(entry, hearing, _member):
    """That a session was added, moved or cancelled, and when all of them are now."""
    data, session = entry.data or {}, next(one for one in hearing.sittings if one.reference == entry.about)
    facts = _facts(hearing) | {
        "session": prose.title(str(session)),
        "window": wording.planned(session, data.get("new") or data, hearing),
        "old": wording.planned(session, data.get("old") or data, hearing),
        "reason": prose.title(data.get("reason", "")),
    }
    subject, said = {
        "session.scheduled": (
            _("%(code)s: another session, %(window)s"),
            _("The hearing %(code)s, “%(title)s”, has another session: %(window)s"),
        ),
        "session.rescheduled": (
            _("%(code)s: new times, %(window)s"),
            _("“%(session)s” of the hearing %(code)s, “%(title)s”, is now: %(window)s") + "\n" + _("Before: %(old)s"),
        ),
        "session.cancelled": (
            _("%(code)s: cancelled, %(window)s"),
            _("“%(session)s” of the hearing %(code)s, “%(title)s”, is cancelled: %(window)s"),
        ),
    }[entry.verb]
    now = timezone.now()
    items = _agenda(hearing, now)
    return subject % facts, [
        said % facts,
        _("Reason: %(reason)s") % facts if facts["reason"] else "",
        "\n".join([_("Agenda"), *agenda.lines(items)]),
        agenda.how(hearing, items, now),
        on_the_web(hearing.get_absolute_url()),
    ]


def _agenda(hearing, now):
    """The items, fetched once for all letters of a hearing."""
    if not hasattr(hearing, "_agenda_told"):
        hearing._agenda_told = glance.agenda(hearing, now)
    return hearing._agenda_told


def _facts(hearing):
    return {"code": hearing.code, "title": prose.title(hearing.worded().title)}


def _named(names):
    shown = [prose.title(name) for name in names[:MOST_NAMES]]
    return ", ".join(shown) + (" …" if len(names) > MOST_NAMES else "")


_LETTERS = {
    "hearing.published": _published,
    "hearing.invited": _invited,
    "officer.appointed": _appointed,
    "session.scheduled": _changed,
    "session.rescheduled": _changed,
    "session.cancelled": _changed,
}
