"""The four forms a consultation can begin with, in one table: who takes part, and a timetable after the start.

Sources: FAO's online consultations run three to six weeks on a topic note with a few questions; peer reviews of draft
texts under the CBD take comments of governments and organisations on numbered paragraphs for six weeks and more.
Everything can be changed before publication, and the timetable by notice afterwards.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Clearing, Participation, Preset
from consultations.models.phases import PhaseKind


@dataclass(frozen=True)
class Stretch:
    """A phase to be: its kind and its length in days of the calendar. One follows the other."""

    kind: PhaseKind
    days: int
    title: object = ""


@dataclass(frozen=True)
class Plan:
    says: object  # when to choose it
    participation: Participation
    stretches: tuple[Stretch, ...]
    clearing: Clearing = Clearing.NONE
    grace_hours: int = 24

    @property
    def fields(self):
        """What the consultation begins with."""
        return {"participation": self.participation, "clearing": self.clearing, "grace_hours": self.grace_hours}


PRESETS = {
    Preset.DISCUSSION: Plan(
        says=_("a topic note and a few questions; every member answers for four weeks, then the synthesis is written"),
        participation=Participation.MEMBERS,
        stretches=(
            Stretch(PhaseKind.QUESTIONS, 28),
            Stretch(PhaseKind.SYNTHESIS, 21),
            Stretch(PhaseKind.RESULTS, 182),
        ),
    ),
    Preset.DRAFT: Plan(
        says=_("organisations comment on the numbered paragraphs of a text for six weeks, and propose wordings"),
        participation=Participation.ORGANISATIONS,
        stretches=(
            Stretch(PhaseKind.DRAFT, 42),
            Stretch(PhaseKind.SYNTHESIS, 28),
            Stretch(PhaseKind.RESULTS, 182),
        ),
    ),
    Preset.SURVEY: Plan(
        says=_("two weeks of statements that everyone agrees or disagrees with, then two weeks of closed questions"),
        participation=Participation.MEMBERS,
        stretches=(
            Stretch(PhaseKind.STATEMENTS, 14),
            Stretch(PhaseKind.BALLOT, 14),
            Stretch(PhaseKind.RESULTS, 182),
        ),
    ),
    Preset.TWO_ROUNDS: Plan(
        says=_("organisations comment on a text, it is revised for three weeks, and they comment on the new version"),
        participation=Participation.ORGANISATIONS,
        stretches=(
            Stretch(PhaseKind.DRAFT, 28, _("First round")),
            Stretch(PhaseKind.SYNTHESIS, 21, _("Revision of the text")),
            Stretch(PhaseKind.DRAFT, 28, _("Second round")),
            Stretch(PhaseKind.SYNTHESIS, 21, _("Synthesis")),
            Stretch(PhaseKind.RESULTS, 182),
        ),
    ),
}


def timetable(preset, starts_at):
    """[(Stretch, opens_at, closes_at)], one after the other, each closing at the hour at which it opened.

    starts_at: aware; a day is one of its zone, so that nine o'clock stays nine o'clock when clocks change.
    """
    rows = []
    for stretch in PRESETS[preset].stretches:
        closes_at = starts_at + timedelta(days=stretch.days)
        rows.append((stretch, starts_at, closes_at))
        starts_at = closes_at
    return rows
