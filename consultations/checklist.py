"""What is missing before a consultation can be published, and what would be better: a line each, and where to mend it.

A noun of its own (a draft text, a ballot) adds its lines with `register`, in `ours.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models.consultations import Participation
from consultations.models.phases import PhaseKind
from core import languages
from forum.models.workspaces import Visibility

_more: dict[str, Callable] = {}


@dataclass(frozen=True)
class Check:
    """`is_needed`: without it nothing is published."""

    is_met: bool
    text: str
    url: str
    is_needed: bool = False


def register(name, checks):
    """Add lines: `checks(consultation)` returns Checks, with a bounded number of queries."""
    if name in _more:
        raise ValueError(f"The checks {name} are registered twice.")
    _more[name] = checks


def checks(consultation):
    """Every line for a consultation that is being prepared, what is needed first."""
    found = [*_timetable(consultation), *_words(consultation), *_questions(consultation)]
    found += _people(consultation)
    for more in _more.values():
        found += more(consultation)
    return sorted(found, key=lambda check: not check.is_needed)


def may_publish(found):
    return all(check.is_met for check in found if check.is_needed)


def _timetable(consultation):
    phases = consultation.timetable
    url = reverse("consultations:schedule", args=consultation.url_key)
    if not phases:
        yield Check(False, _("There is no timetable. Schedule at least one phase."), url, is_needed=True)
        return
    is_ahead = phases[-1].closes_at > timezone.now()
    text = _("The timetable is laid out.") if is_ahead else _("All phases are over. Change their times.")
    where = url if is_ahead else reverse("consultations:change_window", args=[*consultation.url_key, phases[-1].pk])
    yield Check(is_ahead, text, where, is_needed=True)


def _words(consultation):
    key, has_note = consultation.url_key, bool(consultation.text.strip())
    text = _("The topic note is written.") if has_note else _("The topic note is empty. Say what it is about, and why.")
    yield Check(has_note, text, reverse("consultations:reword", args=[*key, consultation.language]))
    missing = [code for code in consultation.workspace.languages if code not in consultation.languages]
    for code in missing:
        name = languages.LANGUAGES.get(code, (code,))[0]
        text = _("There is no version of the topic note in %(language)s, a language of its workspace.")
        yield Check(False, text % {"language": name}, reverse("consultations:reword", args=[*key, code]))


def _people(consultation):
    if consultation.participation == Participation.MEMBERS and consultation.visibility == Visibility.PRIVATE:
        text = _("Every member takes part, but only those with a seat may read it. Change one of the two.")
        yield Check(False, text, reverse("consultations:change", args=consultation.url_key))


def _questions(consultation):
    phases = [phase for phase in consultation.timetable if phase.kind == PhaseKind.QUESTIONS]
    if not phases:
        return
    url = reverse("consultations:ask", args=consultation.url_key)
    asked = dict.fromkeys((phase.pk for phase in phases), 0)
    for pk in consultation.questions.filter(phase__in=phases).values_list("phase", flat=True):
        asked[pk] += 1
    for phase in phases:
        facts = {"phase": phase, "count": asked[phase.pk]}
        if not asked[phase.pk]:
            yield Check(False, _("Nothing is asked in “%(phase)s”. Write its questions.") % facts, url)
            continue
        text = ngettext(
            "%(count)s question is asked in “%(phase)s”.",
            "%(count)s questions are asked in “%(phase)s”.",
            facts["count"],
        )
        yield Check(True, text % facts, url)
