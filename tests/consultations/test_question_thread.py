"""The thread of a question: what is asked in the reader's language, until when, and the reference under each answer."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import Contribution, Phase
from consultations.models.contributions import Stamp
from core import tokens
from core.languages import speaking
from forum.live import threads
from journal.models import Entry
from tests.consultations import consulting


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def started_in(answer):
    return re.search(r'name="started" value="([^"]+)"', answer.content.decode())[1]


def test_the_question_stands_over_its_answers_in_the_readers_language(world, question):
    thread = question.thread.get_absolute_url()

    english = world.sign_in(world.bob).get(thread)
    french = world.sign_in(world.dora).get(thread)

    assert "Question 1" in words(english)
    assert "in 47 hours" in words(english)
    assert "Qu’est-ce qui tarit d’abord" in words(french)
    assert "Qu’est-ce qui tarit" not in words(english)


def test_each_answer_bears_its_reference_and_stamp_also_where_it_is_drawn_live(world, consultation, question):
    contribution = consulting.answer(world.bob, question, "In July.")
    phase = consultation.phases.get()
    Phase.objects.filter(pk=phase.pk).update(first_closes_at=timezone.now() - timedelta(hours=1))
    consulting.answer(world.dora, question, "In June.")

    page = words(world.sign_in(world.carol).get(question.thread.get_absolute_url()))
    entry = Entry.objects.get(verb="post.replied", about=contribution.post.reference)
    with speaking("en"):
        [drawn] = threads.draw([entry], ["en"], {question.thread_id}, moderators=())

    assert f"{consultation.code}/1 · original period" in page
    assert f"{consultation.code}/2 · extended period" in page
    assert f"{consultation.code}/1 · original period" in drawn.texts["en"]


def test_twenty_answers_cost_as_many_queries_as_two(world, question):
    made = {}
    for count in (2, 18):
        for number in range(count):
            consulting.answer(world.bob, question, f"Answer {number}")
        world.sign_in(world.carol).get(question.thread.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            world.client.get(question.thread.get_absolute_url())
        made[count] = len(queries)

    assert made[2] == made[18] <= 16


def test_after_the_close_the_page_says_so_and_asks_nobody_to_sign_in(world, consultation, question):
    thread = question.thread.get_absolute_url()
    before = world.sign_out().get(thread)
    consulting.close(consultation)

    visitor = world.client.get(thread)
    bob = world.sign_in(world.bob).get(thread)

    assert "Sign in to reply" in words(before)
    assert "Sign in to reply" not in words(visitor)
    assert "Closed on" in words(visitor)
    assert 'name="text"' not in bob.content.decode()
    assert "Facilitators can accept late words" in words(bob)


def test_what_was_begun_on_the_web_before_the_close_can_be_finished(world, consultation, question):
    address = f"{question.thread.get_absolute_url()}reply/"
    page = world.sign_in(world.bob).get(question.thread.get_absolute_url())
    consulting.close(consultation)
    begun = tokens.sign("started", [world.bob.pk, question.thread.pk, int(timezone.now().timestamp()) - 600])
    form = {"text": "Nearly there.", "started": begun}

    refused = world.client.post(address, {"text": "Nearly there."})
    forged = world.client.post(address, form | {"started": begun[:-3] + "xyz"})
    dora = world.sign_in(world.dora).post(address, form)
    world.sign_in(world.bob).post(address, form)

    assert started_in(page)
    assert [answer.status_code for answer in (refused, forged, dora)] == [403, 403, 403]
    assert "Nearly there." in refused.content.decode()
    assert Contribution.objects.get().stamp == Stamp.GRACE


def test_an_ordinary_thread_has_neither_a_head_nor_the_moment_of_its_form(world):
    page = world.sign_in(world.bob).get(f"/threads/{world.thread.pk}/").content.decode()

    assert 'class="glance"' not in page
    assert 'name="started"' not in page
