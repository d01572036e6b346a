"""Coverage: which organisations have answered which questions, which are writing, and which are silent.

Who opened a mail is not tracked, so it cannot be shown. Each function takes the same few queries, however many
organisations and questions there are.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consultations.models import Contribution, Draft
from consultations.models.phases import PhaseState
from consultations.models.positions import DraftState
from consultations.services.silence import unreachable
from members.models import Mandate, Organisation

ROWS = 50  # organisations on one page
COLUMNS = 20  # questions on one page
UNDER_WAY = (DraftState.WRITING, DraftState.ASKED, DraftState.REFUSED)
ANSWERED, DRAFTING, SILENT = "answered", "drafting", "silent"


@dataclass
class Row:
    """An organisation: `cells`, one of ANSWERED, DRAFTING and SILENT for each question of the page; how many of all
    questions it answered; its speakers, and whether mail reaches any of them.
    """

    organisation: Organisation
    cells: list = field(default_factory=list)
    answered: int = 0
    speakers: list = field(default_factory=list)
    is_unreachable: bool = False


def expected(consultation):
    """The organisations one can hear from: those spoken for by somebody with a seat, and those that spoke."""
    seated = consultation.workspace.seats.filter(member=OuterRef("member"))
    speaking = Mandate.objects.in_force().filter(organisation=OuterRef("pk"), member__is_active=True)
    spoke = Contribution.objects.filter(consultation=consultation, organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(speaking.filter(Exists(seated))) | Exists(spoke))


def page(consultation, *, after="", first=1):
    """A page of the board: (questions, rows, name after which the next page of rows begins or "").

    after: the name of the last organisation of the page before. first: the number of the first question.
    """
    questions = list(consultation.questions.filter(number__gte=first).order_by("number")[:COLUMNS])
    found = expected(consultation)
    if after:
        found = found.filter(name__gt=after)
    found = list(found.order_by("name")[: ROWS + 1])
    rows = {organisation.pk: Row(organisation) for organisation in found[:ROWS]}
    answered = _answered(consultation, rows)
    drafting = _drafting(consultation, rows)
    for pk, row in rows.items():
        row.answered = len(answered[pk])
        row.cells = [
            ANSWERED if one.pk in answered[pk] else DRAFTING if one.pk in drafting[pk] else SILENT for one in questions
        ]
    _add_speakers(consultation, rows)
    return questions, list(rows.values()), found[ROWS - 1].name if len(found) > ROWS else ""


def totals(consultation):
    """{"expected", "spoke", "silent"}: organisations; three small queries."""
    everyone = expected(consultation).count()
    standing = Contribution.objects.standing().filter(consultation=consultation, organisation__isnull=False)
    spoke = standing.values("organisation").distinct().count()
    return {"expected": everyone, "spoke": spoke, "silent": everyone - spoke}


def unanswered(consultation, *, partly=False, now=None):
    """[(organisation, its open questions without an answer or a draft)], by name: of those that said nothing at all, or
    with `partly` of those too that have answered some questions.
    """
    now = now or timezone.now()
    asked = [
        question
        for question in consultation.questions.filter(thread__isnull=False).select_related("phase").order_by("number")
        if question.phase.state_at(now) == PhaseState.OPEN
    ]
    found = {organisation.pk: organisation for organisation in expected(consultation).order_by("name")}
    answered, drafting = _answered(consultation, found), _drafting(consultation, found)
    rows = []
    for pk, organisation in found.items():
        left = [one for one in asked if one.pk not in answered[pk] and one.pk not in drafting[pk]]
        has_spoken = answered[pk] or drafting[pk]
        if left and (partly or not has_spoken):
            rows.append((organisation, left))
    return rows


def speakers(consultation, organisations):
    """{organisation's id: [mandate, ...]} of speakers with a seat: focal points, or everyone where there is none."""
    seated = consultation.workspace.seats.filter(member=OuterRef("member"))
    mandates = Mandate.objects.in_force().filter(Exists(seated), organisation__in=organisations, member__is_active=True)
    found = defaultdict(list)
    for mandate in mandates.select_related("member").order_by("-is_focal_point", "member__name", "pk"):
        found[mandate.organisation_id].append(mandate)
    return {pk: [mandate for mandate in theirs if mandate.is_focal_point] or theirs for pk, theirs in found.items()}


def _answered(consultation, organisations):
    """{organisation's id: ids of the questions it answered}; what it associated itself with counts as well."""
    found = defaultdict(set)
    standing = Contribution.objects.standing().filter(consultation=consultation, question__isnull=False)
    for pk, question in standing.filter(organisation__in=organisations).values_list("organisation", "question"):
        found[pk].add(question)
    joined = standing.filter(associations__organisation__in=organisations)
    for pk, question in joined.values_list("associations__organisation", "question"):
        found[pk].add(question)
    return found


def _drafting(consultation, organisations):
    found = defaultdict(set)
    drafts = Draft.objects.filter(
        Q(state__in=UNDER_WAY), question__consultation=consultation, organisation__in=organisations
    )
    for pk, question in drafts.values_list("organisation", "question"):
        found[pk].add(question)
    return found


def _add_speakers(consultation, rows):
    spoken_for = speakers(consultation, rows)
    lost = unreachable([mandate.member_id for theirs in spoken_for.values() for mandate in theirs])
    for pk, theirs in spoken_for.items():
        rows[pk].speakers = [mandate.member for mandate in theirs]
        rows[pk].is_unreachable = all(mandate.member_id in lost for mandate in theirs)
