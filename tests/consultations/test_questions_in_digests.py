"""Open questions stand on top of digests, once, with the time left and how to answer, until they are answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import clock
from consultations.digests import questions
from consultations.letters import consultations as consultation_letters
from consultations.models import Contribution, Phase
from consultations.services import closing, phases
from forum.services import posts
from notifications import letters, subscriptions
from notifications.digests import run
from notifications.models import Letter, Subscription
from tests.consultations import consulting
from tests.notifications.intake.postman import words

DAY = timedelta(days=1)


def digest(member, now=None):
    letter = run.write_now(member, now=now)
    return letters.text_of(letter) if letter else ""


@pytest.fixture
def read(world, consultation, english):
    """Dora and Bob read by digest; all that was there is told."""
    world.bob.language = "en"
    world.bob.save()
    return consultation


def test_an_open_question_stands_first_with_the_time_left_and_how_to_answer(world, read, postman):
    text = digest(world.dora)

    assert "Question. Closes" in text
    assert "in 47 hours" in text or "in 1 day" in text or "in 48 hours" in text
    assert "Name the spring and the month." in text
    assert words(text).count("What dries up first?") == 1 + text.count("1: my answer")
    assert text.index("What dries up first?") < text.index("Springs run dry earlier every year.")


def test_it_is_in_the_readers_language_also_when_it_has_closed(world, read):
    world.dora.language = "fr"
    world.dora.save()

    text = words(digest(world.dora))
    assert "Qu’est-ce qui tarit d’abord" in text
    assert "L’eau des vallées sèches" in text
    assert "Water in dry valleys" not in text

    consulting.answer(world.bob, read.questions.get(number=1), "In July.")
    consulting.close(read)
    after = words(digest(world.dora))
    page = world.sign_in(world.dora).get(read.questions.get(number=1).thread.get_absolute_url()).content.decode()

    assert "Qu’est-ce qui tarit d’abord" in after
    assert "Qu’est-ce qui tarit d’abord" in page
    assert "What dries up first" not in after + page


def test_its_answer_is_a_contribution_and_then_it_stands_no_more(world, read, postman):
    first = run.write_now(world.dora)
    [item] = [one for one in first.issue.items if one.title == "What dries up first?"]

    postman.replies(first, f"#{item.number}: The spring at Gurtnellen.")
    text = digest(world.dora)

    contribution = Contribution.objects.get()
    assert contribution.question.number == 1
    assert f"contribution {contribution.code}, original period" in words(text)
    assert "Question. Closes" in text  # the other one
    assert "] What dries up first?" not in text


def test_what_others_said_stands_below_the_question_in_one_item(world, read):
    digest(world.dora)
    contribution = consulting.answer(world.bob, read.questions.get(number=1), "At Gurtnellen, in July.")
    posts.reply(author=world.alice, thread=read.questions.get(number=1).thread, text="Please name the month.")

    text = words(digest(world.dora))

    assert text.count("] What dries up first?") == 1
    assert f"({contribution.code} · original period): At Gurtnellen, in July." in text
    assert "(message of a facilitator): Please name the month." in text
    assert text.index("] What dries up first?") < text.index("Question. Closes") < text.index("At Gurtnellen")


def test_facilitators_are_not_asked(world, read):
    world.alice.language = "en"
    world.alice.save()

    assert "Question. Closes" not in digest(world.alice)


def test_a_colleague_is_not_asked_what_the_organisation_has_answered(world, english):
    consultation = consulting.running(world, participation="organisations")
    springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    consulting.answer(world.bob, consultation.questions.get(number=1), "In July.", organisation=springs)

    text = digest(world.dora)

    assert "In July." in text
    assert text.count("Question. Closes") == 1
    assert "FOR: …" in text

    consulting.organisation(world, "WWF", world.bob)
    world.bob.language = "en"
    world.bob.save()
    text = digest(world.bob)

    assert text.count("Question. Closes") == 2  # WWF has answered neither
    assert text.count("FOR: WWF") == text.count("FOR: Alpine Springs") == 1


def test_before_the_close_it_stands_again_though_nothing_happened(world, read):
    digest(world.dora)
    now = timezone.now()
    closes = now + timedelta(hours=20)
    Phase.objects.update(closes_at=closes, opens_at=now - 9 * DAY, opened_at=now - 9 * DAY)

    assert digest(world.dora) == ""
    assert clock.tick(now=now) >= 2  # a week, and a day
    assert clock.tick(now=now) == 0
    assert "Question. Closes" in digest(world.dora)
    assert closing.announce_due(now + 3 * DAY) == 0


def test_notices_and_closes_are_told_in_digests_and_a_notice_of_two_phases_once(world, read):
    digest(world.dora)
    phase = read.timetable[0]
    after = {"opens_at": phase.closes_at, "closes_at": phase.closes_at + DAY}
    phases.schedule(by=world.alice, consultation=read, kind="results", **after)
    change = {"authority": "The co-chairs", "reason": "Floods.", "move_later": True}
    phases.change_window(by=world.alice, phase=phase, closes_at=phase.closes_at + DAY, **change)

    told = words(digest(world.dora))
    consultation_letters.write_due()
    page = world.sign_in(world.dora).get(read.get_absolute_url()).content.decode()
    clock.tick(now=phase.closes_at + 2 * DAY)

    [notice] = Letter.objects.filter(member=world.dora, subject__contains="Notice 1")
    for text in (told, words(letters.text_of(notice))):
        assert text.count("Notice 1 of ") == text.count("The co-chairs") == text.count("“Results” moves with it: ") == 1
    assert (page.count("Notice 1"), page.count("The co-chairs")) == (2, 1)
    assert "Question. Closes" in told
    assert f"“Questions” of {read.code} closed on" in words(digest(world.dora))


def test_many_readers_take_no_more_queries_than_few(world, read, django_assert_max_num_queries):
    digest(world.dora)
    consulting.answer(world.bob, read.questions.get(number=1), "In July.")
    subscriptions.open_for_new_seats()
    batch = run.plan(list(run.due(timezone.now() + 9 * DAY)), now=timezone.now(), everything=True)

    with django_assert_max_num_queries(8):
        questions.gather(batch)

    assert Subscription.objects.count() >= 3
