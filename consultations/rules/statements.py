"""Who may propose a statement, say what they think of one, and decide which are shown."""

from django.utils.translation import gettext as _

from consultations.models.phases import PhaseKind, PhaseState
from consultations.models.statements import Opinion, StatementState
from consultations.rules import consultations, contributions
from consultations.wording.times import moment
from core.access import No
from forum import rules


def propose(member, phase, attempt):
    """Whoever takes part proposes statements while their phase is open; facilitators write the first ones before."""
    if consultations.change(member, phase.consultation) and phase.state_at(attempt.at) != PhaseState.CLOSED:
        return True
    return take_part(member, phase, attempt)


def take_part(member, phase, attempt):
    """Who is asked what they think of the statements of this phase, now."""
    return (
        contributions.takes_part(member, phase.consultation)
        and rules.is_open(phase.consultation.workspace)
        and contributions.in_window(phase, attempt)
    )


def answer(member, statement, attempt):
    """Whoever takes part says what they think of a statement that is shown, while its phase is open."""
    return (
        contributions.takes_part(member, statement.consultation)
        and rules.is_open(statement.consultation.workspace)
        and is_shown(statement)
        and contributions.in_window(statement.phase, attempt)
    )


def declare(member, consultation):
    """Whom one is counted with is said until the first statements one answered close: the tables by group stand from
    then on, and what moves in them tells of the one who moved.
    """
    may = contributions.takes_part(member, consultation) and rules.is_open(consultation.workspace)
    over = [phase for phase in consultation.timetable if phase.state == PhaseState.CLOSED]
    said = Opinion.objects.filter(statement__phase__in=over, member=member) if over else Opinion.objects.none()
    stands = said.order_by("statement__phase__closes_at").values_list("statement__phase", flat=True).first()
    statements = [phase for phase in consultation.timetable if phase.kind == PhaseKind.STATEMENTS]
    if stands is None and statements and statements[-1].state == PhaseState.CLOSED:
        stands = statements[-1].pk
    if not may or stands is None:
        return may
    phase = next(phase for phase in over if phase.pk == stands)
    facts = {"phase": phase, "code": consultation.code, "closes": moment(phase.closes_at)}
    return No(_("“%(phase)s” of %(code)s closed on %(closes)s.") % facts)


def decide(member, statement):
    """A facilitator lets a statement appear, or declines it; what is declined can be shown later."""
    return consultations.facilitate(member, statement.consultation) and (
        (statement.state != StatementState.SHOWN or No(_("This statement is shown already.")))
        and (not statement.is_hidden or is_shown(statement))
    )


def hide(member, statement):
    """A facilitator takes down a statement that is shown, after the close too."""
    return consultations.facilitate(member, statement.consultation) and is_shown(statement)


def restore(member, statement):
    """A facilitator shows a statement again that was taken down."""
    return consultations.facilitate(member, statement.consultation) and (
        statement.is_hidden or No(_("This statement was not taken down."))
    )


def is_shown(statement):
    """Is it shown? The refusal says why one was taken down."""
    if statement.is_hidden:
        return No(_("This statement was taken down: %(reason)s") % {"reason": statement.state_reason})
    return statement.state == StatementState.SHOWN or No(_("This statement is not shown."))
