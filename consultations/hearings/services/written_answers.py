"""Questions answered in writing, on the day or after it, by whoever was asked to and by chair and secretaries."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import LiveQuestion, WrittenAnswer
from consultations.hearings.models.questions import QuestionState
from consultations.hearings.rules import questions as rules
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal.services import record
from members.models import Member

LONGEST = 20_000  # characters of an answer
MOST = 30  # wordings of one answer


def put_to(*, by, question, address, at=None):
    """Ask the member of this address to answer in writing: they are told by mail, and answer that mail or on the web.

    Raises Refused where no member who may read the question has it.
    """
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rules.put_to, by, question, text=address)
        member = Member.objects.filter(email__iexact=address.strip(), is_active=True).first()
        if member is None or not LiveQuestion.objects.visible_to(member).filter(pk=question.pk).exists():
            raise Refused(
                _("No member who can see this hearing has this address. Check it, or invite them first."), text=address
            )
        question.addressee = member
        question.save(update_fields=["addressee"])
        data = {"number": question.number, "to": member.pk, "name": str(member.shown_name)}
        record("asked.addressed", actor=by, about=question, data=data, at=at)
    return question


def answer(*, by, question, text, language="", channel=Channel.WEB, key=None, at=None):
    """Answer a question in writing; returns the WrittenAnswer. A later one takes the place of the one before, which
    stays readable. The same key again is the same answer.
    """
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        if key and (earlier := WrittenAnswer.objects.filter(key=key).first()):
            return earlier
        require(rules.answer, by, question, text=text)
        said = texts.clean_text(text).strip()
        count = question.answers.count()
        if not said:
            raise Refused(_("There was no text to post. Write something first."))
        if len(said) > LONGEST or count >= MOST:
            raise Refused(_("This is too long for an answer. Shorten it, or publish it as a document."), text=text)
        written = WrittenAnswer.objects.create(
            question=question,
            number=count + 1,
            text=said,
            html=texts.render(said),
            language=language or question.language,
            written_by=by,
            channel=channel,
            written_at=at or timezone.now(),
            key=key,
        )
        question.state = QuestionState.ANSWERED
        question.save(update_fields=["state"])
        data = {
            "number": question.number,
            "item": question.item.label,
            "asked_by": question.asked_by,
            "answer": written.number,
            "answered_by": str(by.shown_name),
            "sha256": hashlib.sha256(said.encode()).hexdigest(),
        }
        record("asked.answered", actor=by, about=question, data=data, at=at)
    return written
