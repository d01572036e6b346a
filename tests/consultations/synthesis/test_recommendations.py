"""Recommendations: made on sentences, answered, followed, told to those they rest on, and in the record."""

import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.letters import recommendations as letters
from consultations.models import Recommendation, Sentence
from consultations.services import recommendations
from core.access import Refused
from notifications import letters as all_letters
from notifications.digests import run
from notifications.models import Letter, Subscription


@pytest.fixture
def recommendation(world, published):
    return recommendations.recommend(
        by=world.alice,
        consultation=published.consultation,
        text="=Dig deeper.",
        language="en",
        sentences=Sentence.objects.filter(number=1),
    )


def address(thing, name=""):
    return f"{thing.consultation.get_absolute_url()}results/{name}"


def settled():
    """An hour after the last change."""
    return timezone.now() + timedelta(hours=1, minutes=1)


def test_the_page_says_what_was_said_answered_and_done(world, recommendation):
    client = world.sign_in(world.alice)

    client.post(
        address(recommendation, "1/answer/"),
        {"reply": "part", "why": "Money for one well.", "body": "Water board", "due_on": "2020-05-01"},
    )
    client.post(address(recommendation, "1/progress/"), {"step": "planned", "on": "2019-05-01", "note": "Tender."})
    client.post(address(recommendation, "1/progress/"), {"step": "under_way", "on": "2019-09-01", "note": ""})

    page = world.sign_in(world.carol).get(address(recommendation)).content.decode()
    for said in (
        "Springs run dry in July.",
        "[1]",
        "accepted in part",
        "Money for one well.",
        "Water board",
        "overdue",
    ):
        assert said in page
    assert page.index("Tender.") < page.index("under way", page.index("Tender."))
    assert Recommendation.objects.get().step == "under_way"
    assert "1 overdue" in client.get(recommendation.consultation.get_absolute_url()).content.decode()


def test_what_is_done_is_not_overdue(world, recommendation):
    recommendations.answer(by=world.alice, recommendation=recommendation, reply="accepted", due_on=date(2020, 1, 1))
    assert Recommendation.objects.get().is_overdue

    recommendations.move(by=world.alice, recommendation=recommendation, step="done", on=date(2020, 2, 1))

    assert not Recommendation.objects.get().is_overdue


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("1/answer/", {"reply": "refused", "why": ""}, "Say why it is not accepted"),
        ("1/progress/", {"step": "dropped", "on": "2020-01-01"}, "Say why it is dropped"),
        ("1/progress/", {"step": "done", "on": "2999-01-01"}, "still to come"),
        ("recommend/", {"text": "   \n ", "language": "en"}, ""),
    ],
)
def test_what_lacks_a_reason_or_sense_is_refused(world, recommendation, name, data, said):
    answer = world.sign_in(world.alice).post(address(recommendation, name), data)

    assert answer.status_code in (403, 422)
    assert said in answer.content.decode()
    assert Recommendation.objects.count() == 1
    assert Recommendation.objects.get().reply == ""


def test_members_recommend_nothing_and_nobody_before_the_synthesis_is_published(world, synthesis):
    fields = {"consultation": synthesis.consultation, "text": "Dig.", "language": "en"}

    with pytest.raises(Refused, match="Publish it first"):
        recommendations.recommend(by=world.alice, **fields)
    with pytest.raises(Refused, match="moderat"):
        recommendations.recommend(by=world.bob, **fields)


def test_those_it_rests_on_get_one_letter_for_a_day_of_changes(world, recommendation):
    recommendations.answer(by=world.alice, recommendation=recommendation, reply="accepted", body="Water board")

    too_early = letters.write_due()
    first = letters.write_due(now=settled())
    again = letters.write_due(now=settled() + timedelta(hours=1))
    recommendations.move(by=world.alice, recommendation=recommendation, step="done", on=date(2020, 1, 1), note="Dug.")
    Recommendation.objects.update(changed_at=settled() + timedelta(hours=2))
    same_day = letters.write_due(now=settled() + timedelta(hours=4))
    next_day = letters.write_due(now=settled() + timedelta(hours=25))
    room = {"workspace": recommendation.consultation.workspace, "thread": None}
    Subscription.objects.update_or_create(member=world.bob, **room, defaults={"cadence": "weekly"})
    Recommendation.objects.update(changed_at=settled() + timedelta(hours=50))
    letters.write_due(now=settled() + timedelta(hours=60))

    assert (too_early, first, again, same_day, next_day) == (0, 1, 0, 0, 1)
    told = Letter.objects.filter(key__startswith="progress").order_by("pk")
    assert [letter.member for letter in told] == [world.bob, world.bob]
    assert "Answer: accepted" in bytes(told[0].raw).decode()
    assert "Dug." in bytes(told[1].raw).decode()


def test_a_digest_tells_of_results_in_one_line(world, recommendation, english):
    recommendations.answer(by=world.alice, recommendation=recommendation, reply="accepted")

    text = " ".join(all_letters.text_of(run.write_now(world.dora)).split())

    assert "The synthesis of ALP/" in text
    assert text.count("1 recommendation of ALP/") == 1


def test_the_record_holds_them_as_data_and_as_a_safe_table(world, recommendation, tmp_path):
    recommendations.move(by=world.alice, recommendation=recommendation, step="done", on=date(2020, 1, 1), note="Dug.")
    call_command("export", recommendation.consultation.code, str(tmp_path / "out.zip"), verbosity=0)

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        [row] = json.loads(archive.read("data/recommendations.json"))
        table = archive.read("data/recommendations.csv").decode("utf-8-sig")

    assert row["contributions"] == [1]
    assert row["progress"] == [{"step": "done", "on": "2020-01-01", "note": "Dug."}]
    assert '"\'=Dig deeper."' in table
    assert table == world.client.get(address(recommendation)[:-1] + ".csv").content.decode("utf-8-sig")


def test_the_page_takes_as_many_queries_for_many(world, recommendation, django_assert_max_num_queries):
    sentences = Sentence.objects.filter(number__isnull=False)
    for number in range(15):
        recommendations.recommend(
            by=world.alice,
            consultation=recommendation.consultation,
            text=f"Well {number}.",
            language="en",
            sentences=sentences,
        )

    with django_assert_max_num_queries(16):
        page = world.client.get(address(recommendation))

    assert len(page.context["rows"]) == 16


def test_both_are_fetched_by_mail(world, recommendation, postman, english):
    code = recommendation.consultation.code
    recommendations.answer(by=world.alice, recommendation=recommendation, reply="accepted", body="Water board")

    for name in ("S", "R"):
        postman.brings(postman.mail(world.dora, "help@reply.example.org", f"GET {code}/{name}", subject="x"))

    told = " ".join("\n".join(postman.told(world.dora)).split())
    assert "1. Springs run dry in July. [1]" in told
    assert "Responsible: Water board" in told
