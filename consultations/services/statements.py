"""Statements are proposed, let in or declined, answered, taken down and put back; what came out is counted by declared
group.
"""

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import suppression
from consultations.models import Consultation, Declaration, Opinion, Statement
from consultations.models.statements import LONGEST, Answer, StatementState
from consultations.rules import consultations as consultation_rules
from consultations.rules import contributions as contribution_rules
from consultations.rules import statements as rules
from consultations.services import contributions
from core import text as texts
from core.access import Refused, require
from forum.keepers import Attempt
from forum.models.posts import Channel
from journal.models import Audience
from journal.services import blank, record
from members.models import Category, Region

MOST = 500  # statements of one consultation
MOST_WAITING = 20  # of one member
GROUPS = ("region", "category")
GONE = (StatementState.DECLINED, StatementState.HIDDEN)
SAYS_IT = ("statement.proposed", "statement.shown", "statement.restored")  # the words stand in these entries


def propose(*, by, phase, text, language="", channel=Channel.WEB, key=None, attempt=None, at=None):
    """Write a statement; returns it. A facilitator's is shown at once, others wait for one.

    Raises Refused when the member may not, outside the window, when it says nothing or more than LONGEST characters,
    and when the very same one is there already. The same key again is the same statement.
    """
    attempt = attempt or Attempt(at=at or timezone.now())
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        if key and (earlier := Statement.objects.filter(key=key).first()):
            return earlier
        phase = _fresh(consultation, phase.pk)
        is_facilitator = bool(consultation_rules.change(by, consultation))
        require(lambda member, what: rules.propose(member, what, attempt), by, phase, text=text)
        said = " ".join(texts.clean_text(text).split())
        _check(consultation, said, text)
        waiting = consultation.statements.filter(author=by, state=StatementState.WAITING)
        if not is_facilitator and waiting.count() >= MOST_WAITING:
            raise Refused(
                _("So many of your statements wait already that no more are taken. Send it when they are decided."),
                text=text,
            )
        contributions.seat(by, consultation)
        statement = Statement.objects.create(
            consultation=consultation,
            phase=phase,
            number=(consultation.statements.aggregate(last=Max("number"))["last"] or 0) + 1,
            author=by,
            text=said,
            language=language,
            channel=channel,
            state=StatementState.SHOWN if is_facilitator else StatementState.WAITING,
            created_at=attempt.at,
            key=key,
        )
        audience = Audience.EVERYONE if is_facilitator else Audience.MODERATORS
        record("statement.proposed", actor=by, about=statement, data=_facts(statement), audience=audience, at=at)
    return statement


def show(*, by, statement, at=None):
    """Let a statement appear."""
    with transaction.atomic():
        statement = _locked(statement)
        require(rules.decide, by, statement)
        statement.state, statement.state_reason = StatementState.SHOWN, ""
        statement.save(update_fields=["state", "state_reason"])
        record("statement.shown", actor=by, about=statement, data=_facts(statement), at=at)
    return statement


def decline(*, by, statement, reason):
    """Decline a statement; its author is told the reason by mail."""
    with transaction.atomic():
        statement = _locked(statement)
        require(rules.decide, by, statement)
        reason = texts.clean_line(reason, 400)
        if not reason:
            raise Refused(_("Say why the statement is declined: its author sees the reason."))
        statement.state, statement.state_reason = StatementState.DECLINED, reason
        statement.save(update_fields=["state", "state_reason"])
        author = statement.author.reference
        record("statement.declined", actor=by, about=statement, data={"reason": reason}, audience=author)
    return statement


def hide(*, by, statement, reason, at=None):
    """Take down a statement that is shown: its words go from the record too, the reason stands in their place, and its
    author is told. What was answered stays counted, so that nobody makes an outcome disappear with the words.
    """
    with transaction.atomic():
        statement = _locked(statement)
        require(rules.hide, by, statement)
        reason = texts.clean_line(reason, 400)
        if not reason:
            raise Refused(_("Say why the statement is taken down: its author and all readers see the reason."))
        statement.state, statement.state_reason = StatementState.HIDDEN, reason
        statement.save(update_fields=["state", "state_reason"])
        data = {"number": statement.number, "reason": reason, "seqs": blank(about=statement, verbs=SAYS_IT)}
        record("statement.hidden", actor=by, about=statement, data=data, at=at)
    return statement


def restore(*, by, statement, at=None):
    """Show a statement again that was taken down; its words stand in the record again from then on."""
    with transaction.atomic():
        statement = _locked(statement)
        require(rules.restore, by, statement)
        statement.state, statement.state_reason = StatementState.SHOWN, ""
        statement.save(update_fields=["state", "state_reason"])
        record("statement.restored", actor=by, about=statement, data=_facts(statement), at=at)
    return statement


def answer(*, member, statement, answer, channel=Channel.WEB, attempt=None, at=None):
    """Say agree, disagree or pass to a statement; returns the opinion. The one whose moment is later stands.

    Raises Refused when the member may not, outside the window, or for any other word.
    """
    attempt = attempt or Attempt(at=at or timezone.now())
    if answer not in Answer.values:
        raise Refused(_("Answer a statement with agree, disagree or pass. Nothing was counted."), text=str(answer))
    with transaction.atomic():
        statement = _locked(statement)
        require(lambda who, what: rules.answer(who, what, attempt), member, statement)
        contributions.seat(member, statement.consultation)
        opinion = Opinion.objects.filter(statement=statement, member=member).first()
        if opinion and opinion.said_at > attempt.at:
            raise Refused(_("You answered this again later, and that stands: %(answer)s.") % {"answer": said(opinion)})
        if opinion is None:
            opinion = Opinion(statement=statement, member=member)
            Statement.objects.filter(pk=statement.pk).update(opinion_count=F("opinion_count") + 1)
        opinion.answer, opinion.channel, opinion.said_at = answer, channel, attempt.at
        opinion.save()
        declared(member, statement.consultation)
        data = {"answer": str(answer), "channel": str(channel)}
        record("statement.answered", actor=member, about=statement, data=data, audience=member.reference, at=at)
    return opinion


def declare(*, member, consultation, category="", region=None):
    """Say whom one is counted with; returns the declaration."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.declare, member, consultation)
        row, _is_new = Declaration.objects.update_or_create(
            consultation=consultation, member=member, defaults={"category": category, "region": region}
        )
        record("statement.declared", actor=member, about=consultation, audience=member.reference)
    return row


def declared(member, consultation):
    """Whom a member is counted with, kept from their first answer on."""
    row = declaration_of(member, consultation)
    if row.pk is None:
        row.save(force_insert=True)
    return row


def declaration_of(member, consultation):
    """What they declared; else what the organisation they speak for is, if it is one, which nobody has kept yet."""
    row = Declaration.objects.filter(consultation=consultation, member=member).first()
    if row:
        return row
    mandates = list(member.mandates.in_force().select_related("organisation")[:2])
    only = mandates[0].organisation if len(mandates) == 1 else None
    return Declaration(
        consultation=consultation,
        member=member,
        category=only.category if only else "",
        region=only.region if only else None,
    )


def results(phase):
    """What was said to each statement that was shown, be it taken down since: [(statement, {answer: count} of all)];
    two queries.
    """
    counts = {}
    rows = Opinion.objects.filter(statement__phase=phase).values_list("statement", "answer").annotate(n=Count("pk"))
    for statement, answer, number in rows.order_by():
        counts.setdefault(statement, {})[answer] = number
    shown = phase.statements.in_results().order_by("number")
    return [
        (statement, {answer: counts.get(statement.pk, {}).get(answer, 0) for answer in Answer.values})
        for statement in shown
    ]


def by_group(phase, group):
    """The same by `region` or `category` as people declared it: {statement's id: {group's name: {answer: count}}}.

    Cells that would tell of fewer than five people are None (see `suppression`). Nothing before late mail has had its
    grace: what moves in a table tells of the one who was late. Two queries, whatever their number.
    """
    if group not in GROUPS:
        raise ValueError(f"Opinions are counted by {' or '.join(GROUPS)}.")
    if not is_settled(phase):
        return {}
    names = dict(Category.choices) if group == "category" else dict(Region.objects.values_list("pk", "name"))
    of_member = Declaration.objects.filter(consultation=phase.consultation_id, member=OuterRef("member"))
    rows = Opinion.objects.filter(statement__in=phase.statements.in_results().order_by()).order_by()
    rows = rows.annotate(group=Subquery(of_member.values(group)[:1])).values_list("statement", "group", "answer")
    tables = {}
    for statement, key, answer, number in rows.annotate(n=Count("pk")):
        table = tables.setdefault(statement, {})
        name = str(names.get(key) or _("not declared"))
        table.setdefault(name, dict.fromkeys(Answer.values, 0))[answer] += number
    return {statement: suppression.suppress(dict(sorted(table.items()))) for statement, table in tables.items()}


def is_settled(phase):
    """Is the phase over, and has late mail had its grace?"""
    return timezone.now() >= phase.closes_at + contribution_rules.grace(phase)


def said(opinion):
    """The answer in the reader's language."""
    return opinion.get_answer_display()


def _check(consultation, said_, text):
    if not said_:
        raise Refused(_("There is no statement in this. Write one sentence, then send it."), text=text)
    if len(said_) > LONGEST:
        reason = ngettext(
            "A statement holds %(most)s characters; yours has %(length)s. Shorten it, or write two.",
            "A statement holds %(most)s characters; yours has %(length)s. Shorten it, or write two.",
            len(said_),
        )
        raise Refused(reason % {"most": LONGEST, "length": len(said_)}, text=text)
    if same := consultation.statements.filter(text__iexact=said_).exclude(state__in=GONE).first():
        facts = {"number": same.number}
        raise Refused(_("This is there already, as statement %(number)s. Say what you think of it.") % facts, text=text)
    if consultation.statements.exclude(state=StatementState.DECLINED).count() >= MOST:
        told = _("No more statements fit into a consultation: the most is %(most)s.")
        raise Refused(told % {"most": MOST}, text=text)


def _fresh(consultation, phase_id):
    phase = consultation.phases.get(pk=phase_id)
    phase.consultation = consultation
    return phase


def _locked(statement):
    """The statement fetched anew, its consultation locked for the transaction."""
    consultation = Consultation.objects.locked(statement.consultation_id)
    statement = Statement.objects.select_related("author").get(pk=statement.pk)
    statement.consultation = consultation
    statement.phase = _fresh(consultation, statement.phase_id)
    return statement


def _facts(statement):
    return {"number": statement.number, "text": statement.text, "phase": statement.phase_id}
