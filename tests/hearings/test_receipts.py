"""What is said to a hearing by mail is answered while it matters: soon, in one letter, and never in a storm of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.hearings.models import LiveQuestion, Session, Speech
from notifications import letters, subscriptions
from notifications.intake import receipts
from notifications.models import Answer, Letter
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Postman, words


@pytest.fixture
def postman(world):
    world.dora.language = "en"
    world.dora.save()
    return Postman()


def told(member, after=receipts.QUIET):
    """The receipts that were written by then, oldest first."""
    receipts.write_due(now=timezone.now() + after)
    rows = Letter.objects.filter(member=member, key__startswith="soon:").order_by("pk")
    return [words(f"{letter.subject} {letters.text_of(letter)}") for letter in rows]


def test_one_letter_tells_soon_what_became_of_three_mails(world, item, postman):
    letter = postman.letter(world.dora, item)
    for text in ("ASK: Who pays for the meters?", "ASK: And who reads them?", "SPEAK\nTEXT: Four springs.\n\nDora"):
        postman.replies(letter, text)
    assert told(world.dora, timedelta()) == []
    [receipt] = told(world.dora)

    assert receipt.startswith("3 answers received")
    assert "your question Q2 on item 2 is asked" in receipt
    assert "which ends “Four springs.”, is kept until you have spoken" in receipt
    assert "left out at its end: “Dora”" in receipt
    assert Speech.objects.get().text == "Four springs."
    postman.replies(letter, "ASK: By when?")
    assert len(told(world.dora)) == 1
    assert "Q3" in told(world.dora, receipts.PAUSE * 2)[1]
    assert not Answer.objects.filter(told_at=None).exists()


def test_the_letter_on_the_list_is_receipt_enough_and_what_is_far_off_waits_for_the_digest(world, postman):
    hearing = scene.announced(world)
    item, letter = scene.item(hearing), postman.letter(world.dora, scene.item(hearing))
    subscriptions.follow(member=world.dora, workspace=hearing.workspace, cadence="weekly")
    postman.replies(letter, "SPEAK")
    postman.replies(letter, "Thank you, Dora")
    assert told(world.dora) == []
    for days in (9, 6):
        starts_at = timezone.now() + timedelta(days=days)
        Session.objects.filter(hearing=hearing).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        postman.replies(letter, f"ASK: Who comes in {days} days?")
    [receipt] = told(world.dora)

    assert "Q2" in receipt
    assert "Q1" not in receipt
    assert not item.thread.posts.filter(author=world.dora).exists()


def test_a_refusal_that_was_told_at_once_is_not_told_again_and_a_loop_ends(world, item, postman):
    letter = postman.letter(world.dora, item)
    for _time in range(3):
        postman.replies(letter, "CONFIRM")
    [at_once] = postman.told(world.dora)

    assert "To be on it, answer SPEAK" in words(at_once)
    assert told(world.dora) == []
    assert not Answer.objects.filter(told_at=None).exists()


def test_there_is_a_most_in_a_day_and_the_rest_waits_for_the_issue(world, item, postman, monkeypatch):
    monkeypatch.setattr(receipts, "MOST", 1)
    letter = postman.letter(world.dora, item)
    postman.replies(letter, "ASK: Who pays?")
    assert len(told(world.dora)) == 1
    postman.replies(letter, "ASK: Who reads?")

    assert len(told(world.dora, receipts.PAUSE * 2)) == 1
    assert LiveQuestion.objects.count() == 2
    assert Answer.objects.get(told_at=None).tell_at is None
