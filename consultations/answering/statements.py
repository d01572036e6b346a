"""Statements as things a mail can answer: agree, disagree, pass, or `new:` and a statement of one's own."""

from django.utils.translation import gettext as _

from consultations.models import Consultation, Statement
from consultations.models.statements import StatementState
from consultations.rules import statements as rules
from consultations.services import statements
from consultations.words import statements as words
from consultations.words import votes
from core.access import Refused
from forum.keepers import Attempt
from forum.models.posts import Channel
from notifications import answers

ALL = Statement.objects.select_related("consultation__workspace__journal", "phase__consultation")


def find(member, pk):
    """The statement, in a consultation the member may read; one that was taken down too, to say so."""
    hidden = ALL.filter(state=StatementState.HIDDEN, consultation__in=Consultation.objects.visible_to(member))
    return (ALL.visible_to(member).filter(pk=pk) | hidden.filter(pk=pk)).first()


def is_open(member, statement):
    return rules.answer(member, statement, Attempt(is_asked=True))


def take(member, statement, said):
    """Keep the opinion as of the moment the mail came to us, or take a new statement; the receipt says which."""
    attempt = answers.attempt_of(said, lambda attempt: rules.answer(member, statement, attempt)) or Attempt()
    try:
        kind, value = words.read(said.text, name=member.name)
    except votes.Unclear as unclear:
        raise Refused(
            _(
                "This was not understood, so it was not counted. Write nothing but agree, disagree or pass; "
                "or write new: and a statement of your own."
            ),
            text=said.text,
        ) from unclear
    if kind == "new":
        made = statements.propose(
            by=member, phase=statement.phase, text=value, channel=Channel.MAIL, key=said.key, attempt=attempt
        )
        note = _("your statement %(number)s waits for a facilitator") % {"number": made.number}
        return answers.Taken(made.reference, note=note)
    opinion = statements.answer(member=member, statement=statement, answer=value, channel=Channel.MAIL, attempt=attempt)
    note = _("statement %(number)s: %(answer)s") % {"number": statement.number, "answer": statements.said(opinion)}
    return answers.Taken(statement.reference, note=note)


def tell(member, statement):
    """(title, text) of a statement, for GET."""
    title = _("Statement %(number)s") % {"number": statement.number}
    if statement.is_hidden:
        return title, str(rules.is_shown(statement).reason)
    return title, "\n\n".join([statement.text, _("To answer, write agree, disagree or pass.")])


def register():
    answers.register(
        "statement",
        answers.Answerable(
            find=find,
            is_open=is_open,
            take=take,
            place=lambda one: one.reference,
            tell=tell,
            is_one=True,
            takes_files=False,
        ),
    )
