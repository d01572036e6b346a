"""How entries about consultations, their phases, questions and contributions read in one line."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.models import Consultation, Contribution, Phase, Question
from consultations.wording.times import moment
from journal import verbs
from members.verbs import who

CONSULTATIONS = {
    "consultation.prepared": gettext_noop("%(who)s began to prepare the consultation “%(about)s”"),
    "consultation.changed": gettext_noop("%(who)s changed the consultation “%(about)s”"),
    "consultation.published": gettext_noop("%(who)s published the consultation “%(about)s”"),
}
PHASES = {
    "phase.scheduled": gettext_noop("%(who)s scheduled the phase “%(about)s”"),
    "phase.dropped": gettext_noop("%(who)s took a phase out of the timetable"),
    "phase.opened": gettext_noop("The phase “%(about)s” opened"),
    "phase.closed": gettext_noop("The phase “%(about)s” closed"),
}
QUESTIONS = {
    "question.asked": gettext_noop("%(who)s asked: “%(about)s”"),
    "question.changed": gettext_noop("%(who)s reworded the question “%(about)s”"),
    "question.dropped": gettext_noop("%(who)s removed a question"),
}
CONTRIBUTIONS = {
    "contribution.received": gettext_noop("%(who)s contributed %(about)s"),
}


def register():
    """Called once, when the app is ready."""
    for table, model in (
        (CONSULTATIONS, Consultation),
        (PHASES, Phase),
        (QUESTIONS, Question),
        (CONTRIBUTIONS, Contribution),
    ):
        for verb, sentence in table.items():
            verbs.register(verb, line=_line(sentence, model))
    verbs.register("phase.changed", line=changed)


def changed(entry):
    """Notice 3: “Comments” closes on ... instead of ...; without a number while the timetable was being made."""
    data = entry.data or {}
    phase = Phase.objects.filter(pk=entry.about_id).first()
    facts = {
        "who": who(entry.actor),
        "number": data.get("notice", ""),
        "about": phase or _("a phase"),
        **{name: _moment(data, name, "closes") for name in ("old", "new")},
        **{f"{name}_open": _moment(data, name, "opens") for name in ("old", "new")},
    }
    if "notice" not in data:
        return _("%(who)s changed the times of “%(about)s”") % facts
    if facts["old_open"] != facts["new_open"]:
        return (
            _("Notice %(number)s: “%(about)s” is open from %(new_open)s to %(new)s instead of %(old_open)s to %(old)s")
            % facts
        )
    return _("Notice %(number)s: “%(about)s” closes on %(new)s instead of %(old)s") % facts


def _moment(data, which, name):
    at = parse_datetime((data.get(which) or {}).get(name, ""))
    return moment(at) if at else ""


def _line(sentence, model):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "about": _about(model, entry)}


def _about(model, entry):
    thing = model.objects.select_related(*(["consultation"] if model is Contribution else [])).filter(pk=entry.about_id)
    return thing.first() or (entry.data or {}).get("code", "")
