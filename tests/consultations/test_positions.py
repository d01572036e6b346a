"""One position of each organisation on a question: drafted, cleared by colleagues on the web or by mail, superseded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.answering import positions as answering
from consultations.letters import positions as letters_of_positions
from consultations.models import Clearance, Contribution, Draft, Phase
from consultations.models.contributions import Stamp
from consultations.services import positions
from consultations.words import clearances as words
from core import tokens
from core.access import Refused
from forum.keepers import Attempt
from forum.services import posts, redactions
from notifications import addresses, letters
from notifications.models import Answer, Letter
from tests.consultations import consulting
from tests.notifications.intake.postman import words as words_of
from tests.notifications.intake.test_attached import with_files
from tests.security.test_at_once import at_once
from tests.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def asked(world, english):
    """A question on which a colleague has to agree first; Bob and Dora speak for Alpine Springs."""
    world.bob.language = "en"
    world.bob.save()
    consultation = consulting.running(world, participation="organisations", clearing="colleague")
    question = consultation.questions.get(number=1)
    question.springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    return question


def drafted(world, question, text="In July, at Gurtnellen.", **fields):
    return positions.write(by=world.bob, question=question, organisation=question.springs, text=text, **fields)


def letter_to(member):
    letters_of_positions.write_due()
    return Letter.objects.filter(member=member).latest("pk")


def test_a_draft_is_sent_when_the_colleague_answers_ok(world, postman, asked):
    draft = drafted(world, asked)
    letter = letter_to(world.dora)

    postman.replies(letter, "OK\n\nThanks, Dora")

    contribution = Contribution.objects.get()
    draft.refresh_from_db()
    assert "In July, at Gurtnellen." in letters.text_of(letter)
    assert (contribution.organisation, contribution.is_position, contribution.stamp) == (
        asked.springs,
        True,
        "original",
    )
    assert (contribution.post.author, contribution.post.text) == (world.bob, "In July, at Gurtnellen.")
    assert (draft.state, draft.contribution) == ("sent", contribution)
    assert contribution.code in letters.text_of(letter_to(world.bob))
    assert contribution.code in Answer.objects.get().reason


def test_who_lost_the_seat_in_a_private_consultation_reads_no_draft_and_no_question_any_more(world, asked):
    colleague = world.member("carla")
    consulting.mandates.give(by=world.sekou, member=colleague, organisation=asked.springs)
    room = asked.consultation.workspace
    type(room).objects.filter(pk=room.pk).update(visibility="private")
    asked.consultation.workspace.refresh_from_db()
    draft = drafted(world, asked)
    clearance = draft.clearances.get()
    here = [answering.find_draft(world.bob, draft.pk), answering.find_clearance(world.dora, clearance.pk)]
    room.seats.filter(member__in=(world.bob, world.dora)).delete()

    pages = [world.sign_in(member).get(draft.get_absolute_url()).status_code for member in (world.bob, world.dora)]
    gone = [answering.find_draft(world.bob, draft.pk), answering.find_clearance(world.dora, clearance.pk)]
    letters_of_positions.write_due()

    assert None not in here
    assert clearance.member == world.dora  # Carla has no seat, so she was not asked
    assert pages == [404, 404]
    assert gone == [None, None]
    assert not Letter.objects.filter(member__in=(world.bob, world.dora, colleague)).exists()


def test_what_is_taken_out_of_a_position_and_what_is_erased_stands_in_its_draft_no_more(world, asked):
    draft = drafted(world, asked, text="In July, ring 41 79.")
    positions.clear(by=world.dora, clearance=draft.clearances.get())
    draft.refresh_from_db()

    redactions.redact(by=world.alice, post=draft.contribution.post, passage="41 79", reason="Private")
    page = world.sign_in(world.dora).get(draft.get_absolute_url()).content.decode()
    posts.erase(by=world.sekou, post=draft.contribution.post)

    assert ("41 79" in page, "In July" in page) == (False, True)
    assert Draft.objects.get().text == ""


def test_a_no_goes_to_the_author_who_writes_it_anew_and_it_is_asked_again(world, postman, asked):
    draft = drafted(world, asked)
    first = letter_to(world.dora)

    postman.replies(first, "NO because it was in June.")
    told = letter_to(world.bob)
    postman.replies(told, "In June, at Gurtnellen.")
    again = letter_to(world.dora)
    postman.replies(first, "OK")
    late = Answer.objects.latest("pk")
    postman.replies(again, "d'accord")

    draft.refresh_from_db()
    assert "it was in June." in letters.text_of(told)
    assert draft.state == "sent"
    assert late.state == "refused"
    assert Contribution.objects.get().post.text == "In June, at Gurtnellen."
    assert Draft.objects.count() == 1


def test_a_mail_for_an_organisation_becomes_a_draft_and_its_sender_is_told_who_was_asked(world, postman, asked):
    postman.replies(postman.letter(world.bob, asked.thread), "In July, says the mail.")

    answer = Answer.objects.get()
    assert answer.state == "taken"
    assert "Dora" in answer.reason
    [told] = postman.told(world.bob)
    assert told.startswith("Your answer is kept, and does not count yet")
    assert "were asked to agree: Dora" in words_of(told)
    kept = Letter.objects.filter(member=world.bob).latest("pk")
    postman.replies(kept, "REMIND")
    assert "asked to agree: Dora" in Answer.objects.latest("pk").reason
    postman.replies(kept, "ASK nobody")
    assert "the name of one colleague: Dora" in Answer.objects.latest("pk").reason
    postman.replies(kept, "ASK dora")
    assert "asked to agree: Dora" in Answer.objects.latest("pk").reason
    postman.replies(kept, "In June, says the mail.")
    assert Draft.objects.get().text == "In June, says the mail."
    assert not Contribution.objects.exists()
    letter = letter_to(world.dora)
    raw = with_files(postman.answer(letter, "同意"), ("table.csv", "text/csv", b"spring,litres\r\none,4\r\n"))
    postman.brings(raw, to=addresses.reply(letter.code))
    assert Contribution.objects.get().post.channel == "mail"
    assert "table.csv: this takes no files." in words_of(postman.told(world.dora)[-1])


def test_on_the_web_the_answer_form_makes_a_draft_too(world, asked):
    world.sign_in(world.bob)
    form = {"text": "In July.", "organisation": asked.springs.pk}

    there = world.client.post(f"/threads/{asked.thread.pk}/reply/", form)

    draft = Draft.objects.get()
    page = world.client.get(there.url).content.decode()
    assert there.url == f"/positions/{draft.pk}/"
    assert "Dora" in page
    assert asked.title in page
    assert there.url not in world.client.get("/").content.decode()
    world.sign_in(world.dora)
    for waits in ("/", asked.consultation.get_absolute_url()):
        assert there.url in world.client.get(waits).content.decode()
    world.client.post(f"/positions/{draft.pk}/clear/")
    assert Contribution.objects.get().organisation == asked.springs


def test_nobody_outside_the_organisation_sees_or_clears_a_draft(world, asked):
    draft = drafted(world, asked)
    clearance = draft.clearances.get()

    for member in (world.alice, world.sekou, world.carol):
        world.sign_in(member)
        assert world.client.get(f"/positions/{draft.pk}/").status_code == 404
        with pytest.raises(Refused):
            positions.clear(by=member, clearance=clearance)
    with pytest.raises(Refused):
        positions.clear(by=world.bob, clearance=clearance)

    assert not Contribution.objects.exists()


def test_without_a_colleague_it_cannot_be_sent(world, asked):
    asked.springs.mandates.filter(member=world.dora).update(ended_at=timezone.now() - HOUR)

    with pytest.raises(Refused, match="nobody else with a mandate") as refused:
        drafted(world, asked)
    with pytest.raises(Refused, match="has to agree first"):
        posts.reply(author=world.bob, thread=asked.thread, text="Alone.", organisation=asked.springs)

    assert refused.value.text == "In July, at Gurtnellen."


def test_a_draft_complete_before_the_close_may_be_cleared_within_the_grace(world, asked):
    draft = drafted(world, asked)
    Draft.objects.update(started_at=timezone.now() - 3 * HOUR)
    consulting.close(asked.consultation, ago=2 * HOUR)

    positions.clear(by=world.dora, clearance=draft.clearances.get())

    contribution = Contribution.objects.get()
    assert contribution.stamp == Stamp.GRACE
    assert timezone.now() - contribution.moment > 2 * HOUR


def test_cleared_after_the_grace_it_waits_for_the_facilitators(world, asked):
    draft = drafted(world, asked)
    Draft.objects.update(started_at=timezone.now() - 50 * HOUR)
    consulting.close(asked.consultation, ago=48 * HOUR)

    positions.clear(by=world.dora, clearance=draft.clearances.get())

    draft.refresh_from_db()
    assert (draft.state, Contribution.objects.count()) == ("asked", 0)
    assert "too late" in letters.text_of(letter_to(world.bob))
    world.sign_in(world.alice)
    code = asked.consultation
    assert "Alpine Springs" in world.client.get(f"/consultations/{code.year}/C{code.number}/late/").content.decode()
    world.client.post(f"/positions/{draft.pk}/accept/", {"because": "The line was cut."})
    assert Contribution.objects.get().stamp == Stamp.LATE


def test_nothing_is_drafted_after_the_close_but_what_was_begun_before(world, asked):
    consultation = consulting.close(asked.consultation, ago=timedelta(minutes=5))
    asked.phase = Phase.objects.get(pk=asked.phase_id)
    begun = Attempt(started_at=consultation.timetable[0].closes_at - timedelta(minutes=1))

    with pytest.raises(Refused, match="closed on"):
        drafted(world, asked)
    draft = drafted(world, asked, attempt=begun)

    assert draft.started_at == begun.started_at


def test_a_later_position_takes_the_place_of_the_earlier_which_stays_readable(world):
    consultation = consulting.running(world, participation="organisations")
    question = consultation.questions.get(number=1)
    springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)

    first = consulting.answer(world.bob, question, "In July.", organisation=springs)
    second = consulting.answer(world.dora, question, "In June.", organisation=springs)
    third = consulting.answer(world.bob, question, "In May.", organisation=springs)

    for row in (first, second):
        row.refresh_from_db()
    assert (first.superseded_by, second.superseded_by, second.is_position) == (second, third, True)
    assert list(Contribution.objects.standing()) == [third]
    page = world.client.get(first.get_absolute_url()).content.decode()
    assert "In July." in page
    assert second.get_absolute_url() in page


def test_the_author_drops_and_reminds_by_mail_with_one_word(world, postman, asked):
    draft = drafted(world, asked)
    letter_to(world.dora)
    own = postman.letter(world.bob, draft)

    postman.replies(own, "REMIND")
    reminded = Letter.objects.filter(member=world.dora).count()
    letter_to(world.dora)
    postman.replies(own, "drop")

    draft.refresh_from_db()
    assert Letter.objects.filter(member=world.dora).count() == reminded + 1
    assert draft.state == "dropped"
    with pytest.raises(Refused, match="no longer on its way"):
        positions.clear(by=world.dora, clearance=draft.clearances.get())


@pytest.mark.parametrize(
    ("text", "agrees", "because"),
    [
        ("OK", True, ""),
        ("Ok.\n\nThanks,\nDora", True, ""),
        ("D’accord !", True, ""),
        ("de acuerdo", True, ""),
        ("موافق", True, ""),
        ("同意。", True, ""),
        ("Согласен", True, ""),
        ("NO because it was in June.", False, "it was in June."),
        ("Non, parce que c’était en juin", False, "c’était en juin"),
        ("不同意，因为是六月", False, "是六月"),
        ("нет: в июне", False, "в июне"),
        ("لا لأن الشهر خطأ", False, "الشهر خطأ"),
        ("No", False, ""),
        ("OK, but change July to June", None, ""),
        ("OK\nPlease change July to June", None, ""),
        ("I wonder", None, ""),
        ("Notes follow", None, ""),
        ("", None, ""),
    ],
)
def test_only_what_is_certain_agrees(text, agrees, because):
    assert words.read(text, name="Dora") == (agrees, because)


class TestAtOnce:
    @pytest.fixture
    def world(self, transactional_db):
        return World()

    def test_the_last_two_agree_in_one_moment_and_it_is_sent_once(self, world):
        consultation = consulting.running(world, participation="organisations", clearing="colleague")
        question = consultation.questions.get(number=1)
        springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora, world.carol)
        draft = positions.write(by=world.bob, question=question, organisation=springs, text="In July.")

        results = at_once(
            *(
                lambda row=row: positions.clear(by=row.member, clearance=row)
                for row in draft.clearances.select_related("member", "draft__question")
            )
        )

        assert not [result for result in results if isinstance(result, Exception)]
        assert Contribution.objects.get().is_position
        assert Clearance.objects.filter(state="given").count() == 2


def test_on_the_web_a_position_begun_before_the_close_is_taken_shortly_after_it(world, asked):
    closes = timezone.now() - timedelta(minutes=5)
    Phase.objects.update(opens_at=closes - 24 * HOUR, closes_at=closes, first_closes_at=closes)
    begun = tokens.sign("started", [world.bob.pk, asked.thread.pk, int(closes.timestamp()) - 600])
    address = f"{asked.consultation.get_absolute_url()}questions/1/position/"
    client = world.sign_in(world.bob)
    form = {"text": "In July.", "organisation": asked.springs.pk}

    late = client.post(address, form)
    sent = client.post(address, form | {"started": begun})

    assert (client.get(address).status_code, late.status_code, sent.status_code) == (403, 403, 302)
    assert '<textarea name="text"' in late.content.decode()
    assert Draft.objects.get().text == "In July."
