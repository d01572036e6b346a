"""Live questions: put, endorsed once a person, merged, taken and answered; in the journal as everyone may see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.hearings.models import LiveQuestion
from consultations.hearings.models.questions import QuestionState
from consultations.hearings.services import endorsements, mergers, questions, shortlists, written_answers
from core.access import Refused
from journal.models import Entry
from tests.hearings import hearing as scene

TEXT = "Who pays for the **meters**?"


def verbs(hearing, audience="everyone"):
    rows = Entry.objects.filter(journal=hearing.journal, verb__startswith="asked.", audience=audience)
    return list(rows.order_by("seq").values_list("verb", flat=True))


def test_a_question_is_shown_at_once_and_bob_has_three_of_an_item(world, item):
    question = questions.put(by=world.bob, item=item, text=TEXT, key="once")

    assert questions.put(by=world.bob, item=item, text=TEXT, key="once") == question
    assert (question.number, question.state, question.asked_by) == (1, QuestionState.SHOWN, "Bob")
    assert "<strong>meters</strong>" in question.html
    with pytest.raises(Refused, match="question 1"):
        questions.put(by=world.dora, item=item, text=TEXT.upper())
    for text in ("Two?", "Three?"):
        questions.put(by=world.bob, item=item, text=text)
    with pytest.raises(Refused, match="wait already") as refused:
        questions.put(by=world.bob, item=item, text="Four?")
    assert refused.value.text == "Four?"
    assert verbs(item.hearing) == ["asked.put"] * 3


def test_a_question_waits_where_the_hearing_holds_them_and_its_author_learns_why_it_is_declined(world):
    item = scene.item(scene.running(world, holds_questions=True))
    held = questions.put(by=world.bob, item=item, text=TEXT)

    assert held.is_held
    assert verbs(item.hearing) == []
    assert not LiveQuestion.objects.visible_to(world.dora).exists()
    assert LiveQuestion.objects.visible_to(world.bob).exists()
    with pytest.raises(Refused, match="moderator"):
        questions.show(by=world.bob, question=held)
    with pytest.raises(Refused, match="Say why"):
        questions.decline(by=world.alice, question=held, reason=" ")
    questions.decline(by=world.alice, question=held, reason="Ask about item 3 there.")
    shown = questions.show(by=world.alice, question=held)
    assert (shown.state, shown.state_reason) == (QuestionState.SHOWN, "")
    assert verbs(item.hearing) == ["asked.shown"]
    assert verbs(item.hearing, "moderators") == ["asked.held", "asked.declined"]
