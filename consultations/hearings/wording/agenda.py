"""The agenda in a few lines, and how one asks for the floor by mail: in letters, in digests, on request."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.wording.hearings import ask, full, hour, speak, speak_for
from consultations.wording.times import moment
from core.languages import apart
from notifications.digests import prose

MOST = 40  # lines of an agenda in a mail


def lines(items, most=MOST):
    """A line for each item, with when it is likely to come up and how long it takes: items as `glance.agenda` has them.

    Of a long agenda first what lies deep is left out, then its end.
    """
    shown = items
    for depth in (1, 0):
        if len(shown) > most:
            shown = [item for item in items if item.depth <= depth]
    left = len(items) - min(len(shown), most)
    found = [_line(item) for item in shown[:most]]
    if left:
        more = ngettext("%(count)s more item stands on the web.", "%(count)s more items stand on the web.", left)
        found.append(more % {"count": left})
    return found


def _line(item):
    facts = []
    if item.begins and item.opened_at is None:
        facts.append(_("about %(hour)s") % {"hour": hour(item.begins)})
    if item.minutes:
        said = ngettext("%(count)s minute", "%(count)s minutes", item.minutes)
        facts.append(said % {"count": item.minutes})
    if item.opened_at:
        facts.append(str(item.state.label))
    return f"{item.label}. {prose.title(str(item))}" + (f" ({', '.join(facts)})" if facts else "")


def sessions(hearing):
    """A line for each session: its name where there are several, and when it is, for the reader and in the room."""
    rows = sorted(hearing.sittings, key=lambda one: one.starts_at)
    return [
        (f"{prose.title(str(row))}: " if len(rows) > 1 or row.title else "")
        + full(row, hearing)
        + (f" ({_('cancelled')})" if row.cancelled_at else "")
        for row in rows
    ]


def how(hearing, items, now, organisation=""):
    """How to ask for the floor, for this organisation if one is named, and a question, by mail, a line for each; ""
    where neither can be done.
    """
    return "\n".join(filter(None, [_how_to_speak(hearing, items, now, organisation), _how_to_ask(hearing, items, now)]))


def _how_to_ask(hearing, items, now):
    """With the number of an item whose list is open, where there is one."""
    asking = [item for item in items if item.closed_at is None and item.asking_closed_at is None]
    if hearing.ended_at or not asking:
        return ""
    label = next((item.label for item in asking if item.list_is_open_at(now)), asking[0].label)
    return _("To ask a question: %(line)s") % {"line": apart(f"{ask()} {label}: …")}


def _how_to_speak(hearing, items, now, organisation):
    listing = [item for item in items if item.list_is_open_at(now)]
    if not listing:
        return ""
    said = _("To ask for the floor, reply with a line like this one, with the number of the item: %(line)s") % {
        "line": apart(f"{speak()} {listing[0].label}{speak_for(organisation)}")
    }
    closes = {item.list_closes_at for item in listing}
    if len(closes) == 1 and (at := closes.pop()):
        said += " " + _("The list closes on %(closes)s.") % {"closes": moment(at)}
    if hearing.confirms:
        said += " " + _("Requests are confirmed by the speaker before the day.")
    return said


def place(hearing):
    """Where it is; "" where it is only online."""
    return _("Place: %(place)s") % {"place": prose.title(hearing.place)} if hearing.place else ""
