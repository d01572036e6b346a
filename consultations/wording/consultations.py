"""Sentences about consultations that pages and mails share: windows, who takes part, the grace, how words came."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.models.consultations import Clearing, Participation
from consultations.models.contributions import Stamp
from consultations.models.phases import PhaseKind, PhaseState
from consultations.rules.contributions import FINISHING
from consultations.wording.times import left, moment


def window(phase, now):
    """When a phase opens or closes, in the time zone that is active, and how long that is from `now`."""
    state = phase.state_at(now)
    if state == PhaseState.COMING:
        return _("Opens on %(opens)s, in %(left)s.") % {
            "opens": moment(phase.opens_at),
            "left": left(phase.opens_at - now),
        }
    if state == PhaseState.CLOSED:
        return _("Closed on %(closes)s.") % {"closes": moment(phase.closes_at)}
    return _("Closes on %(closes)s, in %(left)s.") % {
        "closes": moment(phase.closes_at),
        "left": left(phase.closes_at - now),
    }


def who(consultation):
    """Who may take part, in a sentence or two."""
    words = {
        Participation.SEATED: _(
            "Everyone with a seat in the workspace takes part, for themselves or for an organisation."
        ),
        Participation.MEMBERS: _(
            "Every member takes part, for themselves or for an organisation. Your first contribution gives you a seat."
        ),
        Participation.ORGANISATIONS: _(
            "Organisations take part, with one position each on a question. "
            "Whoever holds a mandate speaks; a later position takes the place of the earlier one, which stays readable."
        ),
    }[consultation.participation]
    if consultation.clearing == Clearing.COLLEAGUE:
        words += " " + _("An answer for an organisation counts once a colleague with a mandate has agreed to it.")
        if any(phase.kind == PhaseKind.DRAFT for phase in consultation.timetable):
            words += " " + _("What is said of a paragraph of a draft text counts at once.")
    return words


def grace(consultation):
    """The rule that is fair to slow links, in words."""
    minutes = int(FINISHING.total_seconds() // 60)
    begun = ngettext(
        "What you began to write here before the close can be sent for %(minutes)s minute after it.",
        "What you began to write here before the close can be sent for %(minutes)s minutes after it.",
        minutes,
    ) % {"minutes": minutes}
    if not consultation.grace_hours:
        return begun
    mail = ngettext(
        "A mail that was provably sent before the close counts if it arrives within %(hours)s hour after it.",
        "A mail that was provably sent before the close counts if it arrives within %(hours)s hours after it.",
        consultation.grace_hours,
    ) % {"hours": consultation.grace_hours}
    return f"{mail} {begun} " + _("Either is marked as such.")


def came(contribution):
    """In which part of the window a contribution counts, and why, in a sentence."""
    facts = {"moment": moment(contribution.moment), "came": moment(contribution.post.created_at)}
    if contribution.stamp == Stamp.EXTENDED:
        return _("It came in the extended period, on %(moment)s.") % facts
    if contribution.stamp == Stamp.GRACE:
        return _("It was sent or begun before the close, on %(moment)s, and arrived after it, on %(came)s.") % facts
    if contribution.stamp == Stamp.LATE:
        facts |= {
            "who": contribution.accepted_by.shown_name if contribution.accepted_by else _("a facilitator"),
            "why": contribution.accepted_because,
        }
        return _("It came late, on %(moment)s, and was accepted by %(who)s: %(why)s") % facts
    return _("It came in the original period, on %(moment)s.") % facts


def stamped(contribution):
    """The line under a post: `ALP/2026/C3/14 · extended period`; translated when it is shown."""
    label = Stamp(contribution.stamp).label
    said = format_lazy("{} · {}", contribution.code, label)
    if contribution.superseded_by_id:
        return format_lazy("{} · {}", said, gettext_lazy("a later position took its place"))
    return said
