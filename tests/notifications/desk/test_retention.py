"""Retention: bytes are let go after their days and not before, and what became of each mail stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.services import posts
from notifications import subscriptions
from notifications.desk import retention
from notifications.digests import run
from notifications.models import Arrival, Edition, Letter
from tests.notifications.bounces.conftest import left


@pytest.fixture(autouse=True)
def days(settings):
    settings.KEEP_ARRIVALS_DAYS, settings.KEEP_REPORTS_DAYS, settings.KEEP_LETTERS_DAYS = 1000, 90, 200


def older(thing, days):
    """The mail as if it had come, or had been written, so many days ago."""
    name = "received_at" if isinstance(thing, Arrival) else "created_at"
    type(thing).objects.filter(pk=thing.pk).update(**{name: timezone.now() - timedelta(days=days)})
    return thing


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_a_done_mail_loses_its_bytes_after_its_days_and_keeps_what_became_of_it(world, postman):
    old = older(postman.replies(postman.letter(world.dora, world.answer), "Chez nous aussi."), 1001)
    young = older(postman.replies(postman.letter(world.dora, world.answer), "Et en mai."), 999)

    assert retention.let_go() == 1

    kept = again(old)
    assert (bytes(kept.raw), kept.outcome, kept.member) == (b"", "posted", world.dora)
    assert kept.sha256
    assert kept.size
    assert kept.answers.get().text == "Chez nous aussi."
    assert bytes(again(young).raw)
    assert retention.let_go() == 0


def test_what_is_held_or_failed_is_never_let_go(world, postman):
    held = older(postman.brings(postman.mail("s@example.net", "x", "Hello."), to="help@localhost"), 5000)
    failed = older(postman.replies(postman.letter(world.dora, world.answer), "Oui."), 5000)
    Arrival.objects.filter(pk=failed.pk).update(state=Arrival.State.FAILED)

    retention.let_go()

    assert again(held).state == Arrival.State.HELD
    assert bytes(again(held).raw)
    assert bytes(again(failed).raw)


def test_what_programs_wrote_goes_sooner(world, postman, bounced):
    report = older(bounced(world.dora), 91)
    person = older(postman.replies(postman.letter(world.dora, world.answer), "Oui."), 91)

    retention.let_go()

    assert (bytes(again(report).raw), again(report).outcome) == (b"", "bounce")
    assert bytes(again(person).raw)


def test_letters_that_left_are_let_go_and_those_that_wait_or_failed_are_not(world, postman):
    gone = older(left(postman.letter(world.dora, world.post)), 201)
    waiting = older(postman.letter(world.bob, world.post), 201)
    failed = older(postman.letter(world.alice, world.answer), 201)
    Letter.objects.filter(pk=failed.pk).update(state=Letter.State.FAILED)

    retention.let_go()

    assert (bytes(again(gone).raw), again(gone).message_id) == (b"", gone.message_id)
    assert bytes(again(waiting).raw)
    assert bytes(again(failed).raw)


def test_a_letter_that_can_be_answered_keeps_its_text_whatever_the_setting(world, postman, settings):
    settings.KEEP_LETTERS_DAYS = 10
    letter = older(left(postman.letter(world.dora, world.post)), 179)

    retention.let_go()

    assert bytes(again(letter).raw)


def test_the_words_of_a_digest_go_with_the_last_of_its_letters(world):
    subscriptions.open_for_new_seats()
    posts.reply(author=world.bob, thread=world.thread, text="Said in the digest.")
    letter = left(run.write_now(world.alice))
    edition = letter.issue.edition
    assert retention.let_go() == 0
    assert "Said in the digest." in Edition.objects.get(pk=edition.pk).text

    older(letter, 300)
    assert retention.let_go() == 1
    assert Edition.objects.get(pk=edition.pk).text == ""
    assert again(letter).raw == b""


def test_zero_days_keep_everything(world, postman, settings):
    settings.KEEP_LETTERS_DAYS = settings.KEEP_ARRIVALS_DAYS = settings.KEEP_REPORTS_DAYS = 0
    older(left(postman.letter(world.dora, world.post)), 9000)
    older(postman.replies(postman.letter(world.dora, world.answer), "Oui."), 9000)

    assert retention.let_go() == 0
