"""How entries about positions on their way, associations, paper and late contributions read in one line."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.models import Contribution, Draft, Phase
from consultations.wording.times import moment
from journal import verbs
from members.verbs import who

ABOUT_CONTRIBUTIONS = {
    "contribution.associated": gettext_noop("%(organisation)s is associated with %(about)s"),
    "contribution.dissociated": gettext_noop("%(organisation)s is no longer associated with %(about)s"),
    "contribution.stands": gettext_noop("%(about)s stands again, for the position after it is hidden"),
}
ABOUT_DRAFTS = {
    "position.drafted": gettext_noop("%(who)s wrote a draft position of %(organisation)s"),
    "position.asked": gettext_noop("%(who)s asked colleagues to agree to a position of %(organisation)s"),
    "position.cleared": gettext_noop("%(who)s agreed to a position of %(organisation)s"),
    "position.refused": gettext_noop("%(who)s did not agree to a position of %(organisation)s"),
    "position.dropped": gettext_noop("%(who)s dropped a draft position of %(organisation)s"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in ABOUT_CONTRIBUTIONS.items():
        verbs.register(verb, line=_about_contribution(sentence))
    for verb, sentence in ABOUT_DRAFTS.items():
        verbs.register(verb, line=_about_draft(sentence))
    verbs.register("phase.closing", line=closing)


def closing(entry):
    """“Comments” closes on ..."""
    at = parse_datetime((entry.data or {}).get("closes", ""))
    phase = Phase.objects.filter(pk=entry.about_id).first() or _("a phase")
    return _("“%(phase)s” closes on %(closes)s") % {"phase": phase, "closes": moment(at) if at else ""}


def _about_contribution(sentence):
    def line(entry):
        data = entry.data or {}
        row = Contribution.objects.select_related("consultation").filter(pk=entry.about_id).first()
        about = row or data.get("code", "")
        return _(sentence) % {"who": who(entry.actor), "about": about, "organisation": data.get("name", "")}

    return line


def _about_draft(sentence):
    def line(entry):
        draft = Draft.objects.select_related("organisation").filter(pk=entry.about_id).first()
        name = draft.organisation if draft else (entry.data or {}).get("name", "")
        return _(sentence) % {"who": who(entry.actor), "organisation": name}

    return line
