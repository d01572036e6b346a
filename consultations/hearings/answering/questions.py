"""Live questions by mail: ASK: …, ENDORSE Q12 and ANSWER Q12: … to an item, and an answer to the letter that asks for
one.
"""

import hashlib
import re

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.hearings.answering import items, soon
from consultations.hearings.models import Hearing, LiveQuestion
from consultations.hearings.models.questions import WAITING, QuestionState
from consultations.hearings.rules import questions as rules
from consultations.hearings.services import endorsements, questions, written_answers
from consultations.hearings.words import questions as words
from core.access import Refused
from forum.models.posts import Channel
from notifications import answers, references

_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/H(\d{1,5})[ /]Q(\d{1,6})?")
ALL = LiveQuestion.objects.select_related("hearing__workspace__journal", "item__thread", "author", "organisation")
MOST_NAMED = 5
LISTED = 30  # questions in one mail


# -- Orders to an item -------------------------------------------------------------------------------------


def ask(member, item, order, said):
    """`ASK: Who pays?` One mail may hold several; each is a question of its own."""
    question = questions.put(
        by=member,
        item=item,
        text=order.text,
        language=member.language,
        organisation=said.organisation,
        channel=Channel.MAIL,
        key=_key(said, f"ask:{order.text}"),
    )
    facts = {"code": question.code, "label": item.label}
    if question.is_held:
        note = _("your question %(code)s on item %(label)s waits for a moderator") % facts
    else:
        note = _("your question %(code)s on item %(label)s is asked") % facts
    return answers.Taken(question.reference, is_waiting=question.is_held, note=note)


def endorse(member, item, order, said):
    """`ENDORSE Q12, Q14`: any questions of the hearing."""
    return _each(member, item, order, said, lambda question: _endorsed(member, question))


def show(member, item, order, said):
    """`SHOW Q3, Q4`: a moderator lets them appear."""

    def let_in(question):
        questions.show(by=member, question=question)
        return answers.Taken(question.reference, note=_("question %(code)s appears") % {"code": question.code})

    return _each(member, item, order, said, let_in)


def decline(member, item, order, said):
    """`DECLINE Q4 off the subject`: its author is told the reason."""
    number, reason = words.answered(order.text)
    question = _numbered(member, item, number) if number is not None else None
    if question is None:
        raise Refused(_which(item, items.offered("decline")), text=said.text)
    questions.decline(by=member, question=question, reason=reason)
    return answers.Taken(question.reference, note=_("question %(code)s is declined") % {"code": question.code})


def _each(member, item, order, said, deed):
    """Do it with each question an order names; those with which it cannot be done come back with the reason."""
    numbers = words.numbers(order.text)
    if not numbers:
        raise Refused(_which(item, items.offered(order.name)), text=said.text)
    done, refused = [], {}
    for number in numbers[: words.MOST]:
        question = _numbered(member, item, number)
        try:
            if question is None:
                raise Refused(_("There is no question %(number)s at this hearing.") % {"number": number})
            done.append(deed(question))
        except Refused as no:
            refused[str(no.reason)] = None
    if more := ", ".join(f"Q{number}" for number in numbers[words.MOST :][:MOST_NAMED]):
        refused[_("Too many at once; not from %(first)s on.") % {"first": more.partition(",")[0]}] = None
    if not done:
        raise Refused("\n".join(refused), text=said.text)
    notes = [taken.note for taken in done]
    return answers.Taken(done[0].result, note="; ".join([*notes, *refused]), is_partly=bool(refused))


def answer(member, item, order, said):
    """`ANSWER Q12: The meters are paid by …`; without a number, the only one this member was asked to answer."""
    number, text = words.answered(order.text)
    if number is None:
        asked = list(ALL.filter(item=item, addressee=member).exclude(state=QuestionState.ANSWERED)[:2])
        question = asked[0] if len(asked) == 1 else None
    else:
        question = _numbered(member, item, number)
    if question is None:
        raise Refused(_which(item, items.offered("answer")), text=said.text)
    return _answered(member, question, text, said)


# -- A letter about a question -----------------------------------------------------------------------------


def find(member, pk):
    return ALL.visible_to(member).filter(pk=pk).first()


def is_open(member, question):
    """Whoever was asked to answer can always; others endorse it while it waits."""
    if rules.answer(member, question):
        return True
    own = question.author_id == member.pk
    return rules.take_part(member, question.hearing) if own else rules.endorse(member, question)


def take(member, question, said):
    """An answer in writing by whoever was asked for it; an order; or an endorsement."""
    orders = items.orders_of(member, said.text)
    if not orders and rules.answer(member, question):
        return _answered(member, question, said.text, said)
    if len(orders) == 1 and orders[0].name == "endorse" and not orders[0].text:
        return _endorsed(member, question)
    if len(orders) == 1 and orders[0].name == "withdraw" and not orders[0].text:
        questions.withdraw(by=member, question=question)
        return answers.Taken(question.reference, note=_("question %(code)s is withdrawn") % {"code": question.code})
    if len(orders) == 1 and orders[0].name == "answer" and words.answered(orders[0].text)[0] is None:
        return _answered(member, question, orders[0].text, said)
    if orders:
        return items.instead(member, question.item, said)
    facts = {"ask": items.offered("ask"), "endorse": items.offered("endorse")}
    raise Refused(
        _("This was not understood. Write %(endorse)s to endorse the question, or %(ask)s: and a question of your own.")
        % facts,
        text=said.text,
    )


def tell(member, question):
    """(title, text) of a question with what was answered, for GET."""
    lines = [question.text, question.asked_by, str(question.get_state_display())]
    written = question.answers.order_by("-number").first()
    if written:
        lines += [_("%(who)s answered:") % {"who": written.written_by.shown_name}, written.text]
    return str(question), "\n\n".join(lines)


def look(member, reference):
    """What `ALP/2026/H2/Q12` names for this member, or `ALP/2026/H2/Q`: all of them."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1] != settings.REFERENCE_PREFIX.upper():
        return ""
    hearing = Hearing.objects.visible_to(member).filter(year=int(match[2]), number=int(match[3])).first()
    if hearing is None or not match[4]:
        return f"live_questions:{hearing.pk}" if hearing else ""
    found = LiveQuestion.objects.visible_to(member).filter(hearing=hearing, number=int(match[4])).first()
    return found.reference if found else ""


def tell_list(_member, hearing):
    """(title, text): what is asked, wanted most first, and how one endorses it."""
    rows = ALL.filter(hearing=hearing, state__in=WAITING).wanted_most()
    lines = [
        f"{row.code} (+{row.endorsement_count})  {' '.join(row.text.split())}\n{row.asked_by}" for row in rows[:LISTED]
    ]
    how = [f"{items.offered('endorse')} Q12", f"{items.offered('ask')}: …"]
    title = f"{hearing.code}  {_('Questions')}"
    return title, "\n\n".join([title, *(lines or [_("Nothing is asked yet.")]), "\n".join(how)])


def register():
    """Called once, when the app is ready."""
    references.register(look)
    items.register_word(words.ASK, ask)
    items.register_word(words.ENDORSE, endorse)
    items.register_word(words.ANSWER, answer)
    items.register_word(words.SHOW, show)
    items.register_word(words.DECLINE, decline)
    answers.register(
        "live_question",
        answers.Answerable(
            find=find,
            is_open=is_open,
            take=take,
            place=lambda question: question.reference,
            tell=tell,
            hears_soon=lambda member, question: soon.is_due(member, question.hearing),
            is_one=True,
            takes_files=False,
        ),
    )
    answers.register(
        "live_questions",
        answers.Answerable(
            find=items.find_hearing,
            is_open=items.hearing_is_open,
            take=items.take_hearing,
            place=lambda hearing: f"live_questions:{hearing.pk}",
            tell=tell_list,
            hears_soon=soon.is_due,
            is_one=True,
            takes_files=False,
            is_for_organisations=True,
        ),
    )


def _endorsed(member, question):
    counted = endorsements.endorse(by=member, question=question, channel=Channel.MAIL)
    note = _("you endorse question %(code)s") % {"code": counted.code}
    return answers.Taken(counted.reference, note=note)


def _answered(member, question, text, said):
    written_answers.answer(
        by=member,
        question=question,
        text=text,
        language=member.language,
        channel=Channel.MAIL,
        key=_key(said, f"answer:{question.pk}"),
    )
    return answers.Taken(question.reference, note=_("your answer to question %(code)s") % {"code": question.code})


def _numbered(member, item, number):
    return ALL.visible_to(member).filter(hearing=item.hearing, number=number).first()


def _which(item, word):
    """The refusal of an order that names no question, with those there are."""
    rows = ALL.filter(hearing=item.hearing, state__in=WAITING).wanted_most()[:MOST_NAMED]
    told = _("Name the question: %(word)s Q12.") % {"word": word}
    return "\n".join([told, *(f"{word} {row.code}  {' '.join(row.text.split())[:60]}" for row in rows)])


def _key(said, about):
    """One mail read twice is one question: the key stands for the mail and the words. None where it has none."""
    if not said.key:
        return None
    digest = hashlib.sha256(f"{said.key}\n{about}".encode()).hexdigest()
    return f"mail:{digest[:60]}"
