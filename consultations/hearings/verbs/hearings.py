"""How entries about hearings, their sessions and the agenda read in one line."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.hearings.models import Hearing, Item, Officer, Session
from consultations.wording.times import moment
from journal import verbs
from members.verbs import who

HEARINGS = {
    "hearing.prepared": gettext_noop("%(who)s began to prepare the hearing “%(about)s”"),
    "hearing.changed": gettext_noop("%(who)s changed the hearing “%(about)s”"),
    "hearing.invited": gettext_noop("%(who)s invited organisations to the hearing “%(about)s”"),
    "hearing.uninvited": gettext_noop("%(who)s took an invitation to the hearing “%(about)s” back"),
    "officer.appointed": gettext_noop("%(who)s appointed %(officer)s: %(role)s"),
    "officer.dismissed": gettext_noop("%(who)s ended the office of %(officer)s: %(role)s"),
    "hearing.published": gettext_noop("%(who)s published the hearing “%(about)s”"),
    "hearing.ended": gettext_noop("The hearing “%(about)s” ended"),
}
SESSIONS = {
    "session.scheduled": gettext_noop("%(who)s scheduled “%(about)s” for %(begins)s"),
    "session.rescheduled": gettext_noop("%(who)s moved “%(about)s” to %(begins)s"),
    "session.cancelled": gettext_noop("%(who)s cancelled “%(about)s”"),
    "session.dropped": gettext_noop("%(who)s took a session out of the timetable"),
    "session.opened": gettext_noop("“%(about)s” was opened"),
    "session.closed": gettext_noop("“%(about)s” was closed"),
}
ITEMS = {
    "item.added": gettext_noop("%(who)s added an item to the agenda: %(about)s"),
    "item.changed": gettext_noop("%(who)s changed an item of the agenda: %(about)s"),
    "item.moved": gettext_noop("%(who)s moved an item of the agenda: %(about)s"),
    "item.dropped": gettext_noop("%(who)s removed an item of the agenda: %(about)s"),
    "item.opened": gettext_noop("Item %(about)s was taken up"),
    "item.closed": gettext_noop("Item %(about)s was concluded"),
}


def register():
    """Called once, when the app is ready."""
    for table, model in ((HEARINGS, Hearing), (SESSIONS, Session), (ITEMS, Item)):
        for verb, sentence in table.items():
            verbs.register(verb, line=_line(sentence, model))


def _line(sentence, model):
    more = {Session: _begins, Hearing: _officer}.get(model, lambda entry: {})
    return lambda entry: _(sentence) % {"who": who(entry.actor), "about": _about(model, entry), **more(entry)}


def _begins(entry):
    data = entry.data or {}
    at = parse_datetime((data.get("new") or data).get("starts", ""))
    return {"begins": moment(at) if at else ""}


def _officer(entry):
    if not entry.verb.startswith("officer."):
        return {}
    data = entry.data or {}
    role = dict(Officer.Role.choices).get(data.get("role"), "")
    return {"officer": who(f"member:{data['member']}" if "member" in data else ""), "role": role}


def _about(model, entry):
    thing = model.objects.filter(pk=entry.about_id).first()
    if model is Item:
        data = entry.data or {}
        return (
            f"{thing.label}. {thing.worded().title}" if thing else f"{data.get('label', '')}. {data.get('title', '')}"
        )
    return thing or ""
