"""What the pages of a consultation show of its ballots: a section, a tool of the facilitators, and a check."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.checklist import Check
from consultations.models import Ballot
from consultations.models.phases import PhaseKind, PhaseState
from consultations.rules import ballots as rules
from consultations.views.places import Link

SHOWN = 30


def section(member, consultation, request):
    """The ballots of its phases, the one that closes first on top; one query."""
    rows = Ballot.objects.visible_to(member).filter(phase__consultation=consultation)
    rows = list(rows.order_by("closes_at", "pk")[:SHOWN])
    if not rows:
        return ""
    return render_to_string("consultations/_ballots_section.html", {"ballots": rows}, request=request)


def tools(member, consultation):
    """Opening a ballot, where a phase for ballots is not over."""
    now = timezone.now()
    phases = [phase for phase in consultation.timetable if phase.kind == PhaseKind.BALLOT]
    if all(phase.state_at(now) == PhaseState.CLOSED for phase in phases):
        return []
    if not rules.open_ballot(member, consultation.workspace):
        return []
    url = reverse("consultations:open_ballot", args=[consultation.workspace.slug])
    return [Link(url, gettext_lazy("Open a ballot"))]


def checks(consultation):
    """A phase for ballots in which nothing is put to the vote; one query, and none where there is no such phase."""
    phases = [phase for phase in consultation.timetable if phase.kind == PhaseKind.BALLOT]
    if not phases:
        return
    asked = set(Ballot.objects.filter(phase__in=phases).values_list("phase", flat=True))
    url = reverse("consultations:open_ballot", args=[consultation.workspace.slug])
    for phase in phases:
        if phase.pk in asked:
            yield Check(True, _("Something is put to the vote in “%(phase)s”.") % {"phase": phase}, url)
        else:
            yield Check(False, _("Nothing is put to the vote in “%(phase)s” yet.") % {"phase": phase}, url)
