"""What the pages of a consultation show at a glance: where it stands, what is asked, and what was said.

Each function takes one query or two, however many questions, contributions and organisations there are. Counted is what
stands: contributions that are shown and that no later position of the same organisation has taken the place of.
"""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.db.models.functions import Left

from consultations.models import Consultation, Contribution, Phase, Question
from consultations.models.phases import ASKING, PhaseState
from core import text as texts
from forum.models import Attachment, Post, Seat
from forum.models.posts import State
from members.models import Organisation

QUESTIONS = 30  # on one page
EXCERPT = 400  # characters
BEGINNING = 1_000  # characters fetched of a text, for an excerpt
ROWS = 30  # contributions or organisations on one page
FILES = 50
RECENT = 300  # contributions looked at first for the latest

WITH_TIMETABLE = Consultation.objects.select_related("workspace__journal", "thread").prefetch_related(
    Prefetch("phases", Phase.objects.order_by("opens_at")), "phases__changes__made_by"
)


@dataclass(frozen=True)
class Where:
    """Where a consultation stands at a moment: `phase` is the open one, else the next one, else the last."""

    state: str  # of PhaseState: whether it has begun, and whether all is over
    phase: Phase | None
    is_pause: bool = False  # it has begun, and no phase is open

    @property
    def asks(self):
        """Can something be answered now, or next?"""
        return self.phase is not None and self.state != PhaseState.CLOSED and self.phase.kind in ASKING


def where(consultation, now):
    phases = consultation.timetable
    if phase := consultation.phase_at(now):
        return Where(PhaseState.OPEN, phase)
    if phase := consultation.next_phase(now):
        has_begun = phases[0].opens_at <= now
        return Where(PhaseState.OPEN if has_begun else PhaseState.COMING, phase, is_pause=has_begun)
    return Where(PhaseState.CLOSED, phases[-1]) if phases else Where(PhaseState.COMING, None)


def questions(consultation, *, start=1):
    """A page of questions from the one with this number: (questions, the number the next page begins with or None)."""
    found = consultation.questions.filter(number__gte=start).order_by("number")
    found = list(found.select_related("phase")[: QUESTIONS + 1])
    for question in found:
        question.consultation = consultation
    return found[:QUESTIONS], found[QUESTIONS].number if len(found) > QUESTIONS else None


def count(member, questions):
    """Give each question `received`, how many contributions stand, `organisations`, how many of these speak in them,
    and `own`: what the member said, or an organisation they speak for.
    """
    standing = Contribution.objects.standing().filter(question__in=questions).order_by()
    rows = standing.values("question").annotate(received=Count("pk"), spoken=Count("organisation", distinct=True))
    counted = {row["question"]: row for row in rows}
    said = _own(member, questions)
    for question in questions:
        row = counted.get(question.pk, {})
        question.received, question.spoken = row.get("received", 0), row.get("spoken", 0)
        question.own = said.get(question.pk)


def _own(member, questions):
    """{id of a question: the latest Contribution of the member, or of an organisation they speak for}."""
    if not member.is_authenticated:
        return {}
    theirs = Q(post__author=member) | Q(post__carried_by=member)
    theirs |= Q(organisation__in=member.mandates.in_force().values("organisation"))
    found = Contribution.objects.standing().filter(theirs, question__in=questions)
    return {row.question_id: row for row in found.select_related("consultation").order_by("number")}


def totals(consultation):
    """How much was received from how many: {"received", "organisations", "countries"}."""
    return (
        Contribution.objects.standing()
        .filter(consultation=consultation)
        .aggregate(
            received=Count("pk"),
            organisations=Count("organisation", distinct=True),
            countries=Count("post__country", distinct=True, filter=~Q(post__country="")),
        )
    )


def stand(consultations, now):
    """Give each consultation of a list `where` it stands, and `received`, how many contributions stand; one query."""
    rows = Contribution.objects.standing().filter(consultation__in=consultations).order_by()
    counted = dict(rows.values_list("consultation").annotate(n=Count("pk"))) if consultations else {}
    for one in consultations:
        one.where, one.received = where(one, now), counted.get(one.pk, 0)
    return consultations


def progress(member, consultations):
    """Give each consultation of a list `asked`, how many questions are open to a member who takes part in it, and
    `answered`, how many of these they or an organisation of theirs have answered; three queries.
    """
    phases = [one.where.phase.pk for one in consultations if one.where.asks and not one.where.is_pause]
    rooms = set(member.seats.values_list("workspace", flat=True)) if member.is_authenticated and phases else ()
    asked = list(Question.objects.filter(phase__in=phases, thread__isnull=False)) if rooms else []
    said = _own(member, asked) if asked else {}
    for one in consultations:
        theirs = [row.pk for row in asked if row.consultation_id == one.pk] if one.workspace_id in rooms else []
        one.asked, one.answered = len(theirs), len(said.keys() & set(theirs))
    return consultations


def received(member, consultation, *, moderates):
    """The contributions this member may be shown, or that something stands there; with what a row shows of each."""
    placed = Post.objects.placed_for(member, moderates=moderates)
    rows = Contribution.objects.filter(consultation=consultation, post__in=placed.values("pk"))
    rows = rows.select_related("question", "organisation", "post__author", "post__carried_by", "post__thread")
    return rows.defer("post__text", "post__html").annotate(beginning=Left("post__text", BEGINNING))


def latest(member, consultation, *, moderates, most=5):
    """What was said last, that stands and is shown."""
    rows = received(member, consultation, moderates=moderates).filter(post__state=State.PUBLISHED, superseded_by=None)
    rows = rows.order_by("-number")
    # The last few hundred hold them nearly always, and are found by the index.
    found = _of(consultation, rows.filter(number__gt=consultation.last_number - RECENT)[:most])
    return found if len(found) == most or consultation.last_number <= RECENT else _of(consultation, rows[:most])


def page(consultation, rows, *, after=0):
    """Rows in the order of their numbers, after a number: (rows, the number the next page comes after or None)."""
    found = _of(consultation, rows.filter(number__gt=after).order_by("number")[: ROWS + 1])
    return found[:ROWS], found[ROWS - 1].number if len(found) > ROWS else None


def _of(consultation, rows):
    found = list(rows)
    for row in found:
        row.consultation = consultation
        row.excerpt = texts.excerpt(row.beginning, EXCERPT) if row.post.state == State.PUBLISHED else ""
    return found


def organisations(consultation, *, after=0):
    """A page of the organisations that spoke, by name, with `received` and `answered` (questions): (page, the id of
    the one the next page comes after or None).
    """
    of_it = Q(contributions__consultation=consultation, contributions__post__state=State.PUBLISHED)
    standing = of_it & Q(contributions__superseded_by=None)
    found = Organisation.objects.filter(standing).annotate(
        received=Count("contributions", filter=standing, distinct=True),
        answered=Count("contributions__question", filter=standing, distinct=True),
    )
    if after:
        found = found.filter(name__gt=Organisation.objects.filter(pk=after).values("name")[:1])
    found = list(found.order_by("name", "pk")[: ROWS + 1])
    return found[:ROWS], found[ROWS - 1].pk if len(found) > ROWS else None


def facilitators(consultation):
    rows = Seat.objects.filter(workspace=consultation.workspace_id, role=Seat.Role.MODERATOR)
    return [seat.member for seat in rows.select_related("member").order_by("pk")[:20]]


def files(member, consultation):
    """The background files: those of the post with which it was published."""
    if consultation.thread_id is None:
        return []
    shown = Attachment.objects.visible_to(member)
    return list(shown.filter(post__thread=consultation.thread_id, post__number=1)[:FILES])
