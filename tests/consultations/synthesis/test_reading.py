"""Beside the writing: meters, how a sentence read before, contributions that are read to be cited."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from consultations import histories, meters
from consultations.models import Contribution, Sentence
from consultations.services import codes, sentences
from forum.models import Post
from tests.consultations.synthesis.drafts import address, base_of, moderating, text_of

# -- Meters ------------------------------------------------------------------------------------------------


def test_meters_tell_what_is_not_cited_and_what_rests_on_nothing(world, synthesis, django_assert_max_num_queries):
    sentences.save(
        by=world.alice, synthesis=synthesis, base=base_of(synthesis), text=text_of(synthesis).replace(" [2]", "")
    )

    with django_assert_max_num_queries(40):
        page = world.sign_in(world.alice).get(address(synthesis, "meters/")).content.decode()

    assert meters.totals(synthesis) == meters.Totals(sentences=3, without=2, contributions=2, cited=1)
    assert "goats drink" in page
    assert "Meters cost too much." in page
    [springs, personal] = sorted(meters.table(synthesis, "organisation"), key=lambda line: line.name)
    assert (springs.name, springs.cited, springs.fair, springs.is_under) == ("Alpine Springs", 0, 0.5, False)
    assert (personal.cited, personal.cited_share, personal.fair) == (1, 100, 0.5)


@pytest.mark.parametrize(
    ("came", "cited", "fair", "told"),
    [
        (1, 0, 0.5, ""),
        (4, 0, 2.0, "under"),
        (4, 1, 2.0, ""),
        (9, 2, 4.5, "under"),
        (2, 1, 0.5, ""),
        (4, 4, 1.9, "over"),
    ],
)
def test_a_group_is_marked_when_it_is_cited_half_or_twice_as_often_as_all(came, cited, fair, told):
    line = meters.Line("Andes", came, cited, 0, 0, fair)

    assert (line.is_under, line.is_over) == (told == "under", told == "over")


def test_references_that_no_longer_hold_are_told(world, synthesis):
    Post.objects.filter(contribution__number=1).update(text="The spring at Gurtnellen, in June.")
    Post.objects.filter(contribution__number=2).update(state="withdrawn")

    page = world.sign_in(world.alice).get(address(synthesis, "meters/"))
    text = world.client.get(address(synthesis)).content.decode()

    assert [(row.number, row.why[-9:]) for row in page.context["shaky"]] == [(1, "and in it"), (2, "ger shown")]
    assert "<s>[2]</s>" in text
    assert "<s>[1]</s>" not in text


# -- How it read before --------------------------------------------------------------------------------------


def test_saves_of_one_sitting_are_one_step_unless_words_were_lost():
    begun = datetime(2026, 5, 4, 9, tzinfo=UTC)
    saved = [
        (0, 1, "Springs"),
        (1, 1, "Springs run dry in July"),
        (2, 1, "Springs run dry in July, and the goats drink first."),
        (3, 1, "Springs."),
        (4, 2, "Springs!"),
        (30, 2, "Springs, early."),
    ]
    rows = [SimpleNamespace(at=begun + timedelta(minutes=at), by_id=by, said=said) for at, by, said in saved]

    steps = histories.steps(rows)

    assert [row.said for row in steps] == [saved[place][2] for place in (2, 3, 4, 5)]


def test_a_wording_and_a_sentence_that_was_taken_out_are_brought_back(world, synthesis):
    moderating(world, world.bob, synthesis.consultation)
    before, springs = text_of(synthesis), Sentence.objects.get(text__startswith="Springs")
    changed = before.replace("Springs run dry in July", "It is wet").replace("\nNobody agrees who decides. [2]", "")
    sentences.save(by=world.bob, synthesis=synthesis, base=base_of(synthesis), text=changed)
    gone = Sentence.objects.get(text__startswith="Nobody")
    client = world.sign_in(world.alice)

    page = client.get(address(synthesis, "changes/")).content.decode()
    for row in (springs, gone):
        client.post(address(synthesis, f"sentences/{row.pk}/restore/1/"))
    refused = client.post(address(synthesis, f"sentences/{springs.pk}/restore/9/"))

    assert "taken out" in page
    assert "<bdi>Bob</bdi>" in page
    assert f"sentences/{gone.pk}/restore/1/" in page
    assert text_of(synthesis) == before
    assert "It is wet" in client.get(address(synthesis, f"sentences/{springs.pk}/")).content.decode()
    assert refused.status_code == 404


# -- Citing while reading ------------------------------------------------------------------------------------


def test_alice_finds_a_contribution_and_cites_it(world, synthesis):
    client, row = world.sign_in(world.alice), Sentence.objects.get(text__startswith="Meters")
    code = codes.make(by=world.alice, consultation=synthesis.consultation, name="Goats")
    codes.code(by=world.alice, contribution=Contribution.objects.get(number=2), codes=[code])

    found = {
        query: [one.number for one in client.get(address(synthesis, f"sources/?{query}")).context["rows"]]
        for query in (
            "q=GURTNELLEN",
            "q=alp/2026/c1/2",
            "q=springs",
            f"code={code.pk}",
            "uncited=on",
            "q=nothing",
            "after=1",
        )
    }
    page = client.get(f"{synthesis.consultation.get_absolute_url()}2/").content.decode()
    wrong = client.post(address(synthesis, "cite/2/"), {"sentence": row.pk, "words": "the cows drink"})
    client.post(address(synthesis, "cite/2/"), {"sentence": row.pk, "words": "the goats\n drink"})
    client.post(address(synthesis, "cite/1/"), {"text": "It begins in Gurtnellen."})

    assert list(found.values()) == [[1], [2], [2], [2], [], [], [2]]
    assert address(synthesis, "cite/2/") in page
    assert "does not stand in contribution 2" in wrong.content.decode()
    assert text_of(synthesis).endswith('Meters cost too much. [2 "the goats drink"]\n\nIt begins in Gurtnellen. [1]')
    assert world.sign_in(world.bob).get(address(synthesis, "sources/")).status_code == 404
