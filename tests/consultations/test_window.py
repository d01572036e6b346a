"""What comes in the window counts, what comes after it does not, and the database keeps phases apart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.models import Contribution, Phase
from consultations.models.contributions import Stamp
from consultations.services import phases
from core.access import Refused
from forum.keepers import Attempt
from forum.services import posts
from tests.consultations import consulting

HOUR = timedelta(hours=1)


def test_an_answer_is_numbered_and_stamped(world, question):
    contribution = consulting.answer(world.bob, question, "The spring at Gurtnellen, in July.")

    assert contribution.code.endswith("/C1/1")
    assert contribution.stamp == Stamp.ORIGINAL
    assert contribution.question == question


def test_what_the_facilitator_says_is_no_contribution(world, question):
    posts.reply(author=world.alice, thread=question.thread, text="Please name the month.")

    assert not Contribution.objects.exists()


def test_an_answer_after_the_close_is_refused_with_the_time_and_the_text(world, consultation, question):
    consulting.close(consultation)

    with pytest.raises(Refused, match="closed on") as refused:
        consulting.answer(world.bob, question, "Too late?")

    assert refused.value.text == "Too late?"
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("came", "proven", "counts"),
    [
        (HOUR, -HOUR, True),
        (23 * HOUR, -HOUR, True),
        (25 * HOUR, -HOUR, False),
        (HOUR, HOUR / 2, False),
        (HOUR, None, False),
    ],
)
def test_a_mail_sent_before_the_close_has_its_grace(world, consultation, question, came, proven, counts):
    consultation = consulting.close(consultation, ago=30 * HOUR)
    closed = consultation.timetable[0].closes_at
    attempt = Attempt(at=closed + came, proven_at=closed + proven if proven else None)

    if not counts:
        with pytest.raises(Refused):
            posts.reply(author=world.bob, thread=question.thread, text="Slow line.", attempt=attempt)
        return
    contribution = posts.reply(
        author=world.bob, thread=question.thread, text="Slow line.", attempt=attempt
    ).contribution

    assert contribution.stamp == Stamp.GRACE
    assert contribution.moment == closed + proven


@pytest.mark.parametrize(("begun", "sent", "counts"), [(-1, 14, True), (-1, 16, False), (1, 5, False)])
def test_a_form_opened_before_the_close_can_be_finished(world, consultation, question, begun, sent, counts):
    consultation = consulting.close(consultation, ago=HOUR)
    closed = consultation.timetable[0].closes_at
    attempt = Attempt(at=closed + timedelta(minutes=sent), started_at=closed + timedelta(minutes=begun))

    if counts:
        posts.reply(author=world.bob, thread=question.thread, text="Nearly.", attempt=attempt)
    else:
        with pytest.raises(Refused):
            posts.reply(author=world.bob, thread=question.thread, text="Nearly.", attempt=attempt)

    assert Contribution.objects.count() == counts


def test_an_extension_is_a_numbered_notice_and_stamps_what_comes_in_it(world, consultation, question):
    phase = consultation.timetable[0]
    first = phase.closes_at

    notice = phases.change_window(
        by=world.alice, phase=phase, closes_at=first + HOUR, authority="The co-chairs", reason="Floods cut the lines."
    )
    late = replace(Attempt(), at=first + HOUR / 2)
    contribution = posts.reply(author=world.bob, thread=question.thread, text="In time.", attempt=late).contribution

    assert notice.number == 1
    assert (notice.old_closes_at, notice.new_closes_at) == (first, first + HOUR)
    assert contribution.stamp == Stamp.EXTENDED


@pytest.mark.parametrize(
    ("closes", "authority", "said"),
    [
        (timedelta(days=-3), "The chairs", "after it opens"),
        (-HOUR, "The chairs", "has passed"),
        (timedelta(days=9), "", "authority"),
    ],
)
def test_a_window_is_not_changed_without_authority_or_into_the_past(world, consultation, closes, authority, said):
    phase = consultation.timetable[0]

    with pytest.raises(Refused, match=said):
        phases.change_window(
            by=world.alice, phase=phase, closes_at=timezone.now() + closes, authority=authority, reason="Because."
        )

    assert not phase.changes.exists()


def test_phases_of_a_consultation_never_overlap_but_may_touch(world, consultation):
    first = consultation.timetable[0]
    after = {"kind": "draft", "by": world.alice, "consultation": consultation, "closes_at": first.closes_at + 9 * HOUR}

    with pytest.raises(Refused, match="follow one another"):
        phases.schedule(opens_at=first.closes_at - HOUR, **after)
    phases.schedule(opens_at=first.closes_at, **after)

    assert consultation.phases.count() == 2


def test_the_database_itself_keeps_phases_apart(world, consultation):
    first = consultation.timetable[0]
    at = {"opens_at": first.closes_at - HOUR, "closes_at": first.closes_at + HOUR}

    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.create(consultation=consultation, kind="draft", first_closes_at=at["closes_at"], **at)
    other = consulting.prepared(world, slug="elsewhere")
    Phase.objects.create(consultation=other, kind="draft", first_closes_at=at["closes_at"], **at)

    assert consultation.phases.count() == 1
