"""How entries about speakers, the floor, points of order and speeches read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.languages import apart
from journal import verbs
from members.verbs import who

SPEAKERS = {
    "speaker.requested": gettext_noop("%(name)s asked for the floor on item %(label)s"),
    "speaker.confirmed": gettext_noop("%(name)s confirmed their request to speak on item %(label)s"),
    "speaker.changed": gettext_noop("The request of %(name)s to speak on item %(label)s was changed"),
    "speaker.moved": gettext_noop("%(who)s moved %(name)s to place %(place)s on item %(label)s: %(reason)s"),
    "speaker.withdrawn": gettext_noop("%(name)s is no longer on the list of speakers of item %(label)s"),
    "speaker.absent": gettext_noop("%(name)s was called on item %(label)s and was not there"),
    "speaker.relisted": gettext_noop("%(name)s is on the list of speakers of item %(label)s again"),
    "floor.given": gettext_noop("%(name)s has the floor on item %(label)s"),
    "floor.paused": gettext_noop("The time of %(name)s stands still"),
    "floor.resumed": gettext_noop("The time of %(name)s goes on"),
    "floor.extended": gettext_noop("%(name)s was given more time: %(extended)s"),
    "floor.ended": gettext_noop("%(name)s spoke on item %(label)s for %(used)s"),
    "floor.corrected": gettext_noop("The time of %(name)s on item %(label)s was set right: %(reason)s"),
    "point.raised": gettext_noop("%(name)s raised a point of order on item %(label)s"),
    "point.ruled": gettext_noop("The chair ruled on the point of order of %(name)s: %(ruling)s"),
    "point.appealed": gettext_noop("%(who)s appealed against the ruling on the point of order of %(name)s"),
    "point.put": gettext_noop("The appeal against the ruling on the point of order of %(name)s goes to the vote"),
    "reply.requested": gettext_noop("%(name)s asked for a right of reply on item %(label)s"),
    "speech.handed_in": gettext_noop("The text of %(name)s on item %(label)s was handed in"),
    "speech.delivered": gettext_noop("The words of %(name)s on item %(label)s were written down as delivered"),
    "speech.shown": gettext_noop("The text of %(name)s on item %(label)s stands as submitted, not delivered"),
}
LISTS = {
    "list.opened": gettext_noop("The list of speakers of item %(label)s opened"),
    "list.closed": gettext_noop("The list of speakers of item %(label)s closed"),
}
ACCOUNTS = {
    "account.set": gettext_noop("%(who)s set the shared time “%(name)s” to %(used)s"),
    "account.corrected": gettext_noop("%(who)s corrected the shared time “%(name)s”: %(reason)s"),
}
RULINGS = {"upheld": gettext_noop("upheld"), "overruled": gettext_noop("not upheld")}


def register():
    """Called once, when the app is ready."""
    for table in (SPEAKERS, LISTS, ACCOUNTS):
        for verb, sentence in table.items():
            verbs.register(verb, line=_line(sentence))


def minutes(seconds):
    """`3:05`, as clocks show it."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _line(sentence):
    return lambda entry: _(sentence) % _said(entry)


def _said(entry):
    """From the entry alone, so that a line costs no query; what was erased is left out."""
    data = entry.data or {}
    name, organisation = data.get("name", ""), data.get("organisation", "")
    if name and organisation:
        name = _("%(name)s (%(organisation)s)") % {"name": name, "organisation": organisation}
    ruling = data.get("ruling", "")
    return {
        "who": who(entry.actor) if entry.verb in NAMED else "",
        "name": apart(name or organisation),
        "label": data.get("label", ""),
        "place": data.get("place") or "",
        "reason": apart(data.get("reason", "")),
        "extended": minutes(data.get("extended") or 0),
        "ruling": _(RULINGS[ruling]) if ruling in RULINGS else ruling,
        "used": minutes(data.get("used", data.get("seconds") or 0)),
    }


NAMED = frozenset(verb for table in (SPEAKERS, ACCOUNTS) for verb, sentence in table.items() if "(who)" in sentence)
