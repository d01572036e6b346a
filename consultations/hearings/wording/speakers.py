"""How speakers are told where they stand: their place, about when it is their turn, why a place was suggested."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.hearings import balance, estimates
from consultations.hearings.models import Speaker
from consultations.hearings.services import points, waiting
from core.languages import apart
from members import zones
from members.models import Category, Region
from notifications.digests import prose

MOST_LISTED = 40  # in a mail
ENDS = tuple(".!?…。！？؟۔")  # of a sentence
ADDS = {
    balance.FIRST_TIME: gettext_lazy("speaks for the first time"),
    balance.CATEGORY: gettext_lazy("nobody of this group was heard yet: %(what)s"),
    balance.REGION: gettext_lazy("nobody from this region was heard yet: %(what)s"),
    balance.GENDER: gettext_lazy("no speaker who declares this gender was heard yet: %(what)s"),
}


def about(at):
    """`14:35 (UTC+1)` in the reader's zone, with the day where it is not today; to five minutes."""
    local = localtime(estimates.rounded(at))
    form = "TIME_FORMAT" if local.date() == localtime(timezone.now()).date() else "DATETIME_FORMAT"
    return f"{date_format(local, form)} ({zones.offset(local)})"


def turn(found):
    """Of a Turn: `You are number 7 on the list of speakers; your turn is at about 14:35 (UTC+1).`"""
    if found.at is None:
        return _("You are number %(place)s on the list of speakers. It cannot be said yet when it is your turn.") % {
            "place": found.place
        }
    return _("You are number %(place)s on the list of speakers. Your turn is at about %(time)s.") % {
        "place": found.place,
        "time": about(found.at),
    }


def noted(speaker):
    """The same for a receipt, of whoever asked by mail."""
    if speaker.state == Speaker.State.REQUESTED:
        return _("your request to speak on item %(label)s is noted; confirm it to be on the list") % {
            "label": speaker.item.label
        }
    found = waiting.of(speaker)
    facts = {"label": speaker.item.label, "place": found.place if found else ""}
    if found and found.at:
        said = _("you are number %(place)s on the list of item %(label)s, at about %(time)s")
        return said % {**facts, "time": about(found.at)}
    return _("you are number %(place)s on the list of item %(label)s") % facts


def listed(item):
    """The list of an item for a mail, a line for each who waits: `1. Bob (Alpine Springs), about 14:35 (UTC+1)`."""
    found = waiting.turns(item)
    lines = []
    for one in found[:MOST_LISTED]:
        name, organisation = one.speaker.name, one.speaker.organisation
        if organisation:
            name = _("%(name)s (%(organisation)s)") % {"name": name, "organisation": organisation}
        when = ", " + _("about %(hour)s") % {"hour": about(one.at)} if one.at else ""
        lines.append(f"{one.place}. {prose.title(name)}{when}")
    if len(found) > MOST_LISTED:
        lines.append(f"… {len(found)}")
    return "\n".join([_("Speakers") + ":", *lines]) if lines else ""


def adds(speaker, reasons):
    """Why a place was suggested: `nobody from this region was heard yet: Asia; speaks for the first time`."""
    group = dict(Category.choices).get(speaker.category, speaker.category)
    gender = dict(Speaker.Gender.choices).get(speaker.gender, speaker.gender)
    what = {balance.CATEGORY: group, balance.REGION: Region.called(speaker.region), balance.GENDER: gender}
    return "; ".join(str(ADDS[one]) % {"what": what.get(one, "")} for one in reasons)


def ruled(speaker):
    """What the chair ruled on a point of order and why, and what the hearing said to that."""
    facts = {"name": apart(speaker.name), "ruling": speaker.get_ruling_display()}
    said = _("The chair ruled on the point of order of %(name)s: %(ruling)s") % facts
    reason = speaker.ruling_reason
    reason = reason if not reason or reason.endswith(ENDS) else f"{reason}."
    return " ".join(filter(None, [f"{said}.", apart(reason), appealed(speaker)]))


def appealed(speaker):
    """What became of the appeal against a ruling; "" where there is none."""
    return on_appeal(points.is_overruled(speaker)) if speaker.appealed_at else ""


def on_appeal(is_overruled):
    """What the hearing said of a ruling that somebody appealed against; None: nothing yet."""
    if is_overruled is None:
        return _("Somebody appealed against the ruling. It stands unless the hearing votes to overrule it.")
    return _("On appeal, the hearing overruled the ruling.") if is_overruled else _("On appeal, the ruling stood.")


def standing(speaker):
    """What a speech that was handed in stands as, where it was never said; "" elsewhere."""
    gone = speaker.state not in (Speaker.State.SPOKE, Speaker.State.SPEAKING)
    return _("Submitted, not delivered") if gone else ""
