"""The page of a consultation: where it stands, what is asked and was said, in the reader's language and time."""

import re
from datetime import timedelta

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import Consultation
from consultations.services import consultations, phases, questions, sentences, syntheses
from forum.services import posts
from forum.services.attachments import Upload
from tests.consultations import consulting

HOUR = timedelta(hours=1)


def read(world, consultation, path="", who=None, **headers):
    client = world.sign_in(who) if who else world.sign_out()
    answer = client.get(f"{consultation.get_absolute_url()}{path}", headers=headers)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_visitor_sees_at_a_glance_what_is_asked_and_until_when(world, consultation, question):
    consulting.answer(world.bob, question, "The spring at Gurtnellen, in July.")

    page = words(read(world, consultation))

    assert consultation.code in page
    assert "Open now: Questions" in page
    assert "in 47 hours" in page
    assert "1. What dries up first?" in page
    assert "1 contribution" in page
    assert "The spring at Gurtnellen" in page
    assert "The secretariat" in page
    assert "within 24 hours" in page
    assert f"GET {consultation.code} Q1" in page


def test_times_are_of_the_readers_zone_with_its_offset(world, consultation):
    world.bob.timezone = "Asia/Kathmandu"
    world.bob.save()

    assert "Asia/Kathmandu (UTC+5:45)" in words(read(world, consultation, who=world.bob))
    assert "UTC+5:45" not in read(world, consultation)


def test_each_reads_their_language_and_is_told_where_there_is_none(world, consultation):
    french = read(world, consultation, who=world.dora)
    arabic = read(world, consultation, **{"Accept-Language": "ar"})
    asked = read(world, consultation, "?lang=fr")

    assert "L’eau des vallées sèches" in french
    assert "Qu’est-ce qui tarit d’abord" in french
    assert '<html lang="ar"\n      dir="rtl"' in arabic
    assert "Water in dry valleys" in arabic
    assert '<a href="?lang=fr" hreflang="fr" lang="fr">Français</a>' in arabic
    assert "L’eau des vallées sèches" in asked
    assert "There is no version in your language" not in read(world, consultation)


def test_bob_sees_which_questions_he_answered(world, consultation, question):
    consulting.answer(world.bob, question, "The upper spring.")

    page = read(world, consultation, who=world.bob)
    home = words(world.client.get("/").content.decode())
    form = words(world.client.get(f"/threads/{consultation.questions.get(number=2).thread_id}/reply/").content.decode())

    assert words(page).count("✓ answered by you") == 1
    assert page.count("/reply/") == 1
    assert "1 of 2 questions answered by you" in home
    assert "Your answer" in form
    assert "Who decides on the last water?" in form
    assert "in 47 hours" in form
    assert "answered by you" not in words(read(world, consultation))


def test_what_is_worked_on_stands_apart_from_what_asks_and_its_outcome_above_what_was_asked(world, consultation):
    consulting.close(consultation)
    now = timezone.now()
    phases.schedule(
        by=world.alice, consultation=consultation, kind="synthesis", opens_at=now, closes_at=now + timedelta(days=9)
    )
    consultation = consulting.fresh(consultation)
    synthesis = syntheses.begin(by=world.alice, consultation=consultation, title="Less water", language="en")
    sentences.save(by=world.alice, synthesis=synthesis, base=[], text="Springs fail.")
    syntheses.publish(by=world.alice, synthesis=synthesis, days=5, because="The test.")

    listed = words(world.sign_out().get("/consultations/").content.decode())
    page = words(read(world, consultation))

    assert "Being evaluated, or with results" in listed.partition(consultation.code)[0]
    assert "No answers are taken now" in page
    assert page.index("Less water") < page.rindex("What is asked")


def test_votes_that_wait_stand_on_the_home_page_until_they_are_cast(world, ballot):
    waiting = world.sign_in(world.bob).get("/").content.decode()
    world.client.post(f"/ballots/{ballot.pk}/vote/", {"text": "B"})

    assert ballot.get_absolute_url() in waiting
    assert ballot.get_absolute_url() not in world.client.get("/").content.decode()
    assert ballot.get_absolute_url() not in world.sign_in(world.carol).get("/").content.decode()


def test_what_is_prepared_is_the_facilitators_alone(world):
    consultation = consulting.prepared(world)

    refused = world.sign_in(world.bob).get(consultation.get_absolute_url())
    listed = world.client.get("/consultations/").content.decode()
    page = words(read(world, consultation, who=world.alice))

    assert refused.status_code == 404
    assert consultation.code not in listed
    assert "Not published" in page
    assert consultation.title not in world.sign_in(world.carol).get("/workspaces/").content.decode()
    world.sign_in(world.alice)
    assert consultation.code in world.client.get("/consultations/").content.decode()


def test_a_private_consultation_is_its_members_alone(world):
    consultation = consulting.running(world, room={"visibility": "private", "joining": "invitation"})
    contribution = consulting.answer(world.bob, consultation.questions.get(number=1), "Ours.")

    for path in ("", "1/", "contributions/", "questions/1/", "organisations/", "calendar.ics", "feed/"):
        address = f"{consultation.get_absolute_url()}{path}"
        assert world.sign_in(world.carol).get(address).status_code == 404, path
        assert world.sign_in(world.bob).get(address).status_code == 200, path
    assert contribution.code not in world.sign_in(world.carol).get("/consultations/").content.decode()


def test_the_list_says_what_is_open_coming_and_closed(world):
    now = timezone.now()
    running = consulting.running(world)
    over = consulting.close(consulting.running(world, slug="over"))
    coming = consulting.prepared(world, slug="coming")
    phases.schedule(
        by=world.alice, consultation=coming, kind="draft", opens_at=now + HOUR, closes_at=now + timedelta(days=9)
    )
    consultations.publish(by=world.alice, consultation=coming)

    page = words(world.sign_out().get("/consultations/").content.decode())

    places = [page.index(text) for text in (" Open ", running.code, " Coming ", coming.code, " Closed ", over.code)]
    assert places == sorted(places)


def test_it_is_shown_in_its_room_and_at_home_while_it_runs(world, consultation):
    room = world.sign_in(world.bob).get(consultation.workspace.get_absolute_url()).content.decode()
    home = world.client.get("/").content.decode()

    assert consultation.get_absolute_url() in room
    assert consultation.get_absolute_url() in home
    consulting.close(consultation)
    assert consultation.get_absolute_url() not in world.client.get("/").content.decode()


def test_background_files_are_fetched_from_its_page(world):
    consultation = consulting.prepared(world)
    now = timezone.now()
    phases.schedule(by=world.alice, consultation=consultation, kind="questions", opens_at=now, closes_at=now + HOUR)
    consultations.publish(
        by=world.alice, consultation=consultation, files=[Upload("flows.csv", b"spring,litres\nGurtnellen,4\n")]
    )

    page = read(world, consultation)

    assert "flows.csv" in page


def test_a_contribution_is_cited_and_found_under_its_reference(world, consultation, question):
    consulting.answer(world.bob, question, "The **upper** spring.")

    page = read(world, consultation, "1/")
    own = read(world, consultation, "1/", who=world.bob)

    assert f"{consultation.code}/1" in page
    assert "/edit/" in own
    assert "/withdraw/" in own
    assert "/edit/" not in page
    assert "<strong>upper</strong>" in page
    assert "It came in the original period" in words(page)
    assert "What dries up first?" in page
    assert world.client.get(f"{consultation.get_absolute_url()}2/").status_code == 404


def test_carol_takes_a_seat_and_is_back_where_she_wanted_to_answer(world, consultation):
    join = f"{consultation.workspace.get_absolute_url()}join/"
    page = read(world, consultation, who=world.carol)
    asked = read(world, consultation, "questions/1/", who=world.carol)

    elsewhere = world.client.post(join, {"next": "//elsewhere.example/"})
    world.sign_in(world.dora)
    world.client.post(f"{consultation.workspace.get_absolute_url()}leave/")
    back = world.client.post(join, {"next": consultation.get_absolute_url()})

    assert page.index("Take a seat") < page.index("What is asked</h2>")
    assert f"{consultation.get_absolute_url()}#taking-part" in asked
    assert elsewhere["Location"] == consultation.workspace.get_absolute_url()
    assert back["Location"] == consultation.get_absolute_url()
    assert "Take a seat" not in read(world, consultation, who=world.dora)


def test_a_later_position_and_the_earlier_one_lead_to_each_other(world):
    consultation = consulting.running(world, participation="organisations")
    question = consultation.questions.get(number=1)
    springs = consulting.organisation(world, "Alpine Springs", world.bob)
    consulting.answer(world.bob, question, "July.", organisation=springs)
    consulting.answer(world.bob, question, "August.", organisation=springs)

    earlier, later = (read(world, consultation, f"{number}/") for number in (1, 2))

    assert f'href="{consultation.get_absolute_url()}2/"' in earlier
    assert "Takes the place of" in later
    assert words(read(world, consultation)).count("1 contribution") >= 1
    assert "August." in read(world, consultation, f"organisations/{springs.pk}/")
    assert "Alpine Springs" in read(world, consultation, "organisations/")
    assert world.client.get(f"{consultation.get_absolute_url()}organisations/999999/").status_code == 404


def test_the_page_of_a_question_says_how_to_answer_it_by_mail_while_it_is_open(world, consultation):
    body = f"mailto:help@reply.example.org?body=GET%20{consultation.code.replace('/', '%2F')}%20Q2"

    assert body in read(world, consultation, "questions/2/", who=world.bob)
    consulting.close(consultation)
    assert body not in read(world, consultation, "questions/2/", who=world.bob)


def test_hidden_words_are_not_shown_by_any_page_but_their_place_stays(world, consultation, question):
    contribution = consulting.answer(world.bob, question, "Buy my pumps.")
    posts.hide(by=world.alice, post=contribution.post, reason="Advertising")

    for path in ("", "1/", "contributions/", "questions/1/", "feed/"):
        assert "Buy my pumps" not in read(world, consultation, path), path
    assert "Advertising" in read(world, consultation, "1/")
    assert "Buy my pumps" in read(world, consultation, "1/", who=world.alice)


@pytest.fixture
def many(world, consultation):
    """A function that lets so many questions be asked, and answers the first as often, or a page full and more."""

    def ask(count):
        first = consultation.questions.get(number=1)
        for number in range(consultation.questions.count() + 1, count + 1):
            questions.ask(by=world.alice, phase=first.phase, wordings={"en": (f"Question {number}", "")})
        for _ in range(min(count, 33)):  # more than a page
            consulting.answer(world.bob, first, f"One of {count}.", organisation=None)

    return ask


def test_a_page_asks_as_often_for_60_questions_as_for_3(world, consultation, many):
    made = {3: {}, 60: {}}
    for count in made:
        many(count)
        for path in ("", "1/", "contributions/", "questions/1/", "organisations/", "?questions=2"):
            for who in (None, world.bob, world.alice):
                client = world.sign_in(who) if who else world.sign_out()
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(f"{consultation.get_absolute_url()}{path}").status_code == 200
                made[count][path, who] = len(queries)

    assert made[3] == made[60]
    assert max(made[60].values()) <= 26


def test_lists_go_on_after_the_last_number_they_showed(world, consultation, many):
    many(40)

    first = read(world, consultation, "contributions/")
    second = read(world, consultation, "contributions/?after=30")
    asked = read(world, consultation, "?questions=31")

    assert (first.count(f"{consultation.code}/30 "), first.count(f"{consultation.code}/31 ")) == (1, 0)
    assert 'rel="next"' in first
    assert (second.count(f"{consultation.code}/30 "), second.count(f"{consultation.code}/31 ")) == (0, 1)
    assert "31. Question 31" in asked
    assert 'id="q1"' not in asked


def test_the_page_arrives_within_the_first_14_kilobytes(world, consultation, many):
    many(40)

    page = world.sign_out().get(consultation.get_absolute_url(), headers={"Accept-Encoding": "br"})

    sheet = brotli.compress((settings.BASE_DIR / "static" / "site.css").read_bytes())
    assert len(page.content) + len(sheet) + 2 * 900 <= 14_600


def test_a_long_topic_note_is_shown_when_asked_for(world, consultation):
    note = "\n\n".join(f"Paragraph {number} of the note, on springs and on wells." for number in range(300))
    consultations.change(by=world.alice, consultation=consultation, wordings={"en": ("Water", note)})

    assert "Paragraph 250" not in read(world, consultation)
    assert "Paragraph 250" in read(world, consultation, "?whole=1")


@pytest.mark.parametrize(
    "path", ["consultations/1999/C1/", "consultations/2026/C99999999999/", "consultations/2026/Cx/"]
)
def test_what_is_not_there_is_not_found(world, consultation, path):
    assert world.client.get(f"/{path}").status_code == 404
    assert Consultation.objects.count() == 1
