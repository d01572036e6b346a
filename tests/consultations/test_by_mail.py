"""Everything about contributions by mail: for whom one speaks, what the receipt says, and up to which length."""

import pytest
from django.utils.translation import override

from consultations.models import Contribution
from consultations.words import capacities
from forum.models import Post
from notifications import letters
from notifications.models import Answer, Letter
from notifications.reading import behalf
from tests.consultations import consulting
from tests.notifications.intake.postman import words


@pytest.fixture
def positions(world):
    """A consultation that takes positions of organisations alone; its first question."""
    return consulting.running(world, participation="organisations").questions.get(number=1)


def said(postman, member, question, text, **fields):
    """What became of an answer by mail: (state, what the member is told of it)."""
    postman.replies(postman.letter(member, question.thread), text, **fields)
    answer = Answer.objects.latest("pk")
    return answer.state, answer.reason


def test_who_has_one_mandate_speaks_for_that_organisation_and_is_told(world, postman, positions):
    springs = consulting.organisation(world, "Alpine Springs", world.bob)

    state, told = said(postman, world.bob, positions, "The spring at Gurtnellen, in July.")

    contribution = Contribution.objects.get()
    assert (contribution.organisation, contribution.is_position) == (springs, True)
    assert contribution.post.capacity == "organisation"
    assert (state, told) == ("taken", f"contribution {contribution.code}, original period, for Alpine Springs")


def test_who_has_none_is_told_where_to_get_one(world, postman, positions):
    state, told = said(postman, world.bob, positions, "In July.")

    assert state == "refused"
    assert "ask the secretariat" in told
    assert not Contribution.objects.exists()


def test_who_has_several_says_for_which_by_name_or_acronym(world, postman, positions):
    consulting.organisation(world, "Alpine Springs", world.bob)
    wwf = consulting.organisation(world, "World Wide Fund for Nature", world.bob, acronym="WWF")

    unclear, told = said(postman, world.bob, positions, "In July.")
    unknown, told_then = said(postman, world.bob, positions, "FOR: FAO\nIn July.")
    clear, _told = said(postman, world.bob, positions, "FOR: WWF\nIn July.")
    by_name, _told = said(postman, world.bob, positions, "FOR: alpine springs\nIn August.")

    assert (unclear, unknown, clear, by_name) == ("refused", "refused", "taken", "taken")
    assert "FOR: Alpine Springs\nFOR: WWF" in told
    assert "“FAO”" in told_then
    assert [row.organisation.name for row in Contribution.objects.all()] == [wwf.name, "Alpine Springs"]
    assert [post.text for post in Post.objects.filter(channel="mail").order_by("pk")] == ["In July.", "In August."]


@pytest.mark.parametrize("again", ["FOR: WWF\nIn July.", "FOR: WWF\n\nIn June, after all."])
def test_the_mail_that_sends_an_answer_back_takes_it_with_the_line_it_asks_for(world, postman, positions, again):
    world.bob.language = "en"
    world.bob.save()
    for name in ("Alpine Springs", "WWF"):
        consulting.organisation(world, name, world.bob)
    issue = postman.issue(world.bob, positions.thread, world.thread)
    postman.replies(issue.letter, f"#{issue.first_item}: In July.")
    told = Letter.objects.filter(member=world.bob).latest("pk")

    postman.replies(told, again)

    contribution = Contribution.objects.get()
    assert "FOR: WWF" in letters.text_of(told)
    assert (contribution.organisation.name, contribution.post.text) == ("WWF", again.split("\n")[-1])
    assert Answer.objects.latest("pk").number == issue.first_item


def test_all_that_was_said_to_a_question_is_fetched_by_its_reference(world, postman, english, question):
    contribution = consulting.answer(world.bob, question, "The spring at Gurtnellen, in July.")
    code = contribution.consultation.code

    postman.replies(postman.letter(english, question.thread), f"GET {code} Q1\nGET {code} Q1 THREAD\nGET {code} Q9")

    asked, said, told = postman.told(english)
    assert f"GET {code} Q1 THREAD" in words(asked)
    assert f"{contribution.code} · original period" in said
    assert "The spring at Gurtnellen, in July." in said
    assert f"ask for the whole: GET {code}" in words(told)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh", "ru"])
def test_each_language_has_its_line(world, postman, question, language):
    wwf = consulting.organisation(world, "World Wide Fund for Nature", world.bob, acronym="WWF")

    state, _told = said(postman, world.bob, question, f"{capacities.line(wwf.short_name, language)}\nEn juillet.")

    assert (state, Contribution.objects.get().organisation, Post.objects.latest("pk").text) == (
        "taken",
        wwf,
        "En juillet.",
    )


@pytest.mark.parametrize("line", ["От имени: WWF", "For: WWF", "au nom de : wwf", "نيابة عن: WWF", "代表: WWF"])
def test_the_line_counts_in_small_letters_where_it_names_an_organisation_of_theirs(world, postman, question, line):
    consulting.organisation(world, "World Wide Fund for Nature", world.bob, acronym="WWF")

    assert said(postman, world.bob, question, f"{line}\nIn July.")[0] == "taken"
    assert said(postman, world.dora, question, "For: the school\nIn May.")[0] == "taken"

    assert [post.text for post in Post.objects.filter(channel="mail").order_by("pk")] == [
        "In July.",
        "For: the school\nIn May.",
    ]
    assert [row.organisation_id is None for row in Contribution.objects.all()] == [False, True]


def test_where_people_speak_for_themselves_nobody_speaks_for_an_organisation_by_accident(world, postman, question):
    consulting.organisation(world, "Alpine Springs", world.bob)

    said(postman, world.bob, question, "In July.")

    assert Contribution.objects.get().organisation is None


def test_in_an_ordinary_thread_the_line_counts_as_well(world, postman):
    consulting.organisation(world, "Alpine Springs", world.bob)

    postman.replies(postman.letter(world.bob, world.thread), "FOR: Alpine Springs\nWe measured in May.")

    assert Post.objects.latest("pk").organisation.name == "Alpine Springs"


def test_a_village_without_a_mandate_is_no_organisation(world, postman, positions):
    consulting.organisation(world, "Alpine Springs", world.bob)

    state, told = said(postman, world.bob, positions, "FOR: Amina Diallo\nThe well is dry.")

    assert state == "refused"
    assert "FOR: Alpine Springs" in told


def test_two_organisations_in_one_mail_are_two_positions(world, postman, positions):
    for name in ("Alpine Springs", "Dry Valleys"):
        consulting.organisation(world, name, world.bob)
    issue = postman.issue(world.bob, positions.thread)

    postman.replies(issue.letter, "FOR: Alpine Springs\n#11: In July.\n\nFOR: Dry Valleys\n#11: In July.")

    assert [row.organisation.name for row in Contribution.objects.all()] == ["Alpine Springs", "Dry Valleys"]


def test_right_under_a_number_the_line_is_for_that_answer_alone(world, postman, question):
    consulting.organisation(world, "World Wide Fund for Nature", world.bob, acronym="WWF")
    second = question.consultation.questions.get(number=2)
    issue = postman.issue(world.bob, question.thread, second.thread, world.thread)

    postman.replies(issue.letter, "#11:\nFOR: WWF\nIn July.\n\n#12: The village council.\n\n#13: FOR: WWF\nIn May.")

    said = Post.objects.filter(channel="mail").order_by("pk").values_list("text", "organisation__acronym")
    assert sorted(said) == [("In July.", "WWF"), ("In May.", "WWF"), ("The village council.", None)]


def test_the_lines_are_what_the_reader_understands():
    for code in capacities.LINES:
        assert behalf.label(capacities.line("WWF", code)) == ("WWF", "")


def test_a_long_name_is_offered_in_a_form_that_is_understood():
    name = "International Association of the Users of Mountain Water and of Dry Valleys (IAUMWDV)"
    assert behalf.label(capacities.line(name, "en"))[0] == "International Association of the Users of"


@pytest.mark.parametrize("sign", ["a", "水", "ш"])
def test_sixty_thousand_characters_are_taken(world, postman, question, sign):
    text = "\n\n".join([sign * 499] * 119 + [sign * 381])

    with override("en"):
        state, _told = said(postman, world.dora, question, text)

    assert state == "taken"
    assert len(Post.objects.latest("pk").text) == 60_000
