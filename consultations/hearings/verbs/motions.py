"""How entries about motions and the votes on them read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from consultations.hearings.models import Motion
from consultations.hearings.services import calls
from core.languages import apart
from journal import verbs
from members.verbs import who

MOTIONS = {
    "motion.moved": gettext_noop("Motion %(number)s was moved: “%(motion)s”"),
    "motion.seconded": gettext_noop("Motion %(number)s was seconded: “%(motion)s”"),
    "motion.withdrawn": gettext_noop("Motion %(number)s was withdrawn: “%(motion)s”"),
    "motion.ruled_out": gettext_noop("The chair ruled motion %(number)s out of order: %(reason)s"),
    "motion.entered": gettext_noop("%(who)s entered votes on motion %(number)s, for a second officer to confirm"),
    "motion.disputed": gettext_noop("Two officers counted differently on motion %(number)s; nothing counts yet"),
    "motion.discarded": gettext_noop("%(who)s discarded votes entered on motion %(number)s"),
    "motion.confirmed": gettext_noop("Votes entered on motion %(number)s were confirmed by %(who)s"),
    "motion.explained": gettext_noop("%(who)s explained their vote on motion %(number)s"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in MOTIONS.items():
        verbs.register(verb, line=_line(sentence))
    verbs.register("motion.opened", line=opened)
    verbs.register("motion.drawn", line=drawn)
    verbs.register("motion.said", line=said)
    verbs.register("motion.turnout", line=turnout)


def opened(entry):
    """A straw poll says that it is one."""
    if (entry.data or {}).get("form") == Motion.Form.STRAW:
        return _line(gettext_noop("Straw poll %(number)s began: “%(motion)s”"))(entry)
    return _line(gettext_noop("Motion %(number)s was put to the vote: “%(motion)s”"))(entry)


def drawn(entry):
    """The lot: who is called first."""
    data = entry.data or {}
    names, place = data.get("names") or [], data.get("drawn", 0)
    name = names[place][1] if place < len(names) else ""
    return _("The roll call begins with %(name)s, drawn by lot") % {"name": name}


def said(entry):
    """`Bob: yes`; a correction says what stood before."""
    data, motion = entry.data or {}, _motion(entry)
    ballot = motion and motion.ballot
    if not (ballot and data.get("said")):
        return _("A vote of a roll call")
    facts = {"name": data.get("name", ""), "said": calls.word(ballot, data["said"])}
    if data.get("was"):
        facts["was"] = calls.word(ballot, data["was"])
        return _("%(name)s: %(said)s, corrected from: %(was)s") % facts
    return _("%(name)s: %(said)s") % facts


def turnout(entry):
    """How many have voted by then."""
    motion, cast = _motion(entry), (entry.data or {}).get("cast", 0)
    words = ngettext("%(cast)s vote on motion %(number)s so far", "%(cast)s votes on motion %(number)s so far", cast)
    return words % {"cast": cast, "number": motion.number if motion else ""}


def _line(sentence):
    def line(entry):
        motion = _motion(entry)
        facts = {"number": motion.number if motion else "", "motion": apart(motion or _("a motion"))}
        return _(sentence) % {**facts, "who": who(entry.actor), "reason": (entry.data or {}).get("reason", "")}

    return line


def _motion(entry):
    return Motion.objects.select_related("ballot").filter(pk=entry.about_id).first()
