"""Statements on the web: one at a time with three buttons, a new one, whom one is counted with, the facilitators'
queue, and after the close what came out.
"""

from django import forms
from django.db.models import Count
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations.checklist import Check
from consultations.forms.statements import DeclarationForm, StatementForm
from consultations.models import Phase, Statement
from consultations.models.phases import PhaseKind, PhaseState
from consultations.models.statements import Answer, StatementState
from consultations.rules import consultations as consultation_rules
from consultations.rules import contributions as contribution_rules
from consultations.rules import statements as rules
from consultations.services import statements as service
from consultations.views.places import Link
from core import languages
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.forms import ReasonForm
from forum.keepers import Attempt

WITH_ROOM = Statement.objects.select_related("consultation__workspace__journal", "phase__consultation", "author")
PHASES = Phase.objects.filter(kind=PhaseKind.STATEMENTS).select_related("consultation__workspace__journal")
QUEUE = 50  # statements on one page of the queue
A_MINUTE = 60  # answers of one member


def _phase(request, pk):
    return find(PHASES, request.user, pk=pk)


def _address(phase, name="statements"):
    return reverse(f"consultations:{name}", args=[phase.pk])


def section(member, consultation, request):
    """The statements on the page of a consultation, from the opening of their phase on; one query."""
    begun = [
        phase
        for phase in consultation.timetable
        if phase.kind == PhaseKind.STATEMENTS and phase.state != PhaseState.COMING
    ]
    if not begun:
        return ""
    shown = Statement.objects.shown().filter(phase__in=begun).order_by()
    counts = dict(shown.values_list("phase").annotate(n=Count("pk")))
    rows = [(phase, counts.get(phase.pk, 0)) for phase in begun]
    return render_to_string("consultations/_statements.html", {"rows": rows}, request=request)


def tools(member, consultation):
    """The statements of a phase that is not over, which facilitators begin to write before it opens."""
    phases = [phase for phase in consultation.timetable if phase.kind == PhaseKind.STATEMENTS]
    return [Link(_address(phase), _("Statements")) for phase in phases if phase.state != PhaseState.CLOSED]


def checks(consultation):
    """A phase of statements that begins with none; one query, and none where there is no such phase."""
    phases = [phase for phase in consultation.timetable if phase.kind == PhaseKind.STATEMENTS]
    written = set(Statement.objects.shown().filter(phase__in=phases).values_list("phase", flat=True)) if phases else ()
    for phase in phases:
        if phase.pk in written:
            yield Check(True, _("The first statements of “%(phase)s” are there.") % {"phase": phase}, _address(phase))
        else:
            text = _("“%(phase)s” begins without a statement. Write the first ones.") % {"phase": phase}
            yield Check(False, text, _address(phase))


@require_safe
def statements(request, pk):
    """The next statement for this member with its buttons; after the close the results."""
    phase = _phase(request, pk)
    context = {"phase": phase, "consultation": phase.consultation, "workspace": phase.consultation.workspace}
    context["facilitates"] = bool(consultation_rules.facilitate(request.user, phase.consultation))
    if context["facilitates"]:
        context["waiting"] = phase.statements.filter(state=StatementState.WAITING).count()
    if phase.state == PhaseState.CLOSED:
        return render(request, "consultations/statement_results.html", context | _results(request, phase))
    may = rules.take_part(request.user, phase, Attempt(is_asked=True))
    context |= {"may": bool(may), "why_not": "" if may else may.reason, "total": phase.statements.shown().count()}
    if rules.propose(request.user, phase, Attempt(is_asked=True)):
        context["form"] = StatementForm(initial={"language": languages.own_code(request.LANGUAGE_CODE)})
    if may:
        context |= _next(request, phase)
    else:
        context["listed"] = phase.statements.shown().order_by("number")[:QUEUE]
    return render(request, "consultations/statements.html", context)


def _next(request, phase):
    """What the member is asked now, what they asked to see, and how far they are."""
    left = phase.statements.left_for(request.user)
    chosen = request.GET.get("number", "")
    if chosen.isdecimal():
        statement = phase.statements.shown().filter(number=min(int(chosen[:5]), 32_767)).first()
    else:
        skipped = request.GET.get("after", "")
        after = left.exclude(number=min(int(skipped[:5]), 32_767)) if skipped.isdecimal() else left
        statement = after.first() or left.first()
    own = statement.opinions.filter(member=request.user).first() if statement else None
    return {
        "statement": statement,
        "own": own.answer if own else "",
        "left": left.count(),
        "answers": Answer.choices,
        "declaration": service.declaration_of(request.user, phase.consultation),
    }


def _results(request, phase):
    """Totals, and one table by group where `?by=` asks for it."""
    group = request.GET.get("by", "")
    rows = service.results(phase)
    tables = service.by_group(phase, group) if group in service.GROUPS else {}
    rows = [(statement, counts, tables.get(statement.pk)) for statement, counts in rows]
    until = None if service.is_settled(phase) else phase.closes_at + contribution_rules.grace(phase)
    return {"rows": rows, "by": group, "until": until}


def takes_part(member, thing):
    return contribution_rules.takes_part(member, thing.consultation)


def facilitates(member, thing):
    return consultation_rules.facilitate(member, thing.consultation)


@deed
def answer_statement(request, pk):
    """Agree, disagree or pass; then the next one."""
    statement = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/answer_statement.html",
        form=AnswerForm(posted(request)),
        do=lambda answer: service.answer(member=request.user, statement=statement, answer=answer),
        rule=lambda member, one: rules.answer(member, one, Attempt(is_asked=True)),
        sees=takes_part,
        about=statement,
        said=lambda opinion: (
            _("Statement %(number)s: %(answer)s.") % {"number": statement.number, "answer": service.said(opinion)}
        ),
        back=lambda opinion: _address(statement.phase),
        most=A_MINUTE,
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=gettext_lazy("Your answer"), choices=Answer, widget=forms.RadioSelect)


@deed
def propose_statement(request, pk):
    phase = _phase(request, pk)
    return perform(
        request,
        "consultations/propose_statement.html",
        form=StatementForm(posted(request), initial={"language": languages.own_code(request.LANGUAGE_CODE)}),
        do=lambda **fields: service.propose(by=request.user, phase=phase, **fields),
        rule=lambda member, what: rules.propose(member, what, Attempt(is_asked=True)),
        sees=takes_part,
        about=phase,
        said=lambda made: (
            _("Your statement is shown.")
            if made.state == StatementState.SHOWN
            else _("Your statement waits for a facilitator. You are told what comes of it.")
        ),
        back=lambda made: _address(phase),
    )


@deed
def declare(request, pk):
    """Whom the member is counted with in this consultation."""
    phase = _phase(request, pk)
    row = None if request.method == "POST" else _declared(request, phase)
    initial = {"category": row.category, "region": row.region_id} if row else {}
    return perform(
        request,
        "consultations/declare.html",
        form=DeclarationForm(posted(request), initial=initial),
        do=lambda **fields: service.declare(member=request.user, consultation=phase.consultation, **fields),
        rule=lambda member, what: rules.declare(member, what.consultation),
        about=phase,
        said=_("Your answers are counted with this group from now on."),
        back=lambda made: _address(phase),
    )


def _declared(request, phase):
    takes_part = contribution_rules.takes_part(request.user, phase.consultation)
    return service.declaration_of(request.user, phase.consultation) if takes_part else None


@deed
def statement_queue(request, pk):
    """What waits for a facilitator, and what was declined or taken down; with `?shown` what could be taken down."""
    phase = _phase(request, pk)
    require(consultation_rules.facilitate, request.user, phase.consultation)
    rows, is_shown, more = phase.statements.select_related("author"), "shown" in request.GET, None
    if is_shown:
        after = request.GET.get("after", "")
        after = min(int(after[:5]), 32_767) if after.isdecimal() else 0
        rows = list(rows.shown().filter(number__gt=after).order_by("number")[: QUEUE + 1])
        more = rows[QUEUE - 1].number if len(rows) > QUEUE else None
    else:
        rows = rows.exclude(state=StatementState.SHOWN).order_by("-state", "number")
    context = {"phase": phase, "consultation": phase.consultation, "statements": rows[:QUEUE]}
    context |= {"is_shown": is_shown, "more": more}
    return render(request, "consultations/statement_queue.html", context)


@deed
def show_statement(request, pk):
    statement = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/show_statement.html",
        form=forms.Form(posted(request)),
        do=lambda: service.show(by=request.user, statement=statement),
        rule=rules.decide,
        about=statement,
        said=_("The statement is shown. It goes out with the next digests."),
        back=lambda made: _address(made.phase, "statement_queue"),
    )


@deed
def decline_statement(request, pk):
    statement = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/decline_statement.html",
        form=ReasonForm(posted(request)),
        do=lambda reason: service.decline(by=request.user, statement=statement, reason=reason),
        rule=rules.decide,
        sees=facilitates,
        about=statement,
        said=_("The statement is declined. Its author is told why."),
        back=lambda made: _address(made.phase, "statement_queue"),
    )


@deed
def hide_statement(request, pk):
    statement = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/hide_statement.html",
        form=ReasonForm(posted(request)),
        do=lambda reason: service.hide(by=request.user, statement=statement, reason=reason),
        rule=rules.hide,
        sees=facilitates,
        about=statement,
        said=_("The statement is taken down. Its author is told why."),
        back=lambda made: _address(made.phase, "statement_queue"),
    )


@deed
def restore_statement(request, pk):
    statement = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/restore_statement.html",
        form=forms.Form(posted(request)),
        do=lambda: service.restore(by=request.user, statement=statement),
        rule=rules.restore,
        about=statement,
        said=_("The statement is shown again."),
        back=lambda made: _address(made.phase, "statement_queue"),
    )
