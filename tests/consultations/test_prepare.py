"""A facilitator prepares a consultation without a script: from a preset to publication, and to a notice afterwards."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import presets
from consultations.models import Consultation, Phase, WindowChange
from consultations.models.consultations import Preset
from consultations.services import phases, questions
from tests.consultations import consulting

LATER = "%Y-%m-%dT%H:%M"


def begin(**fields):
    return {
        "preset": "discussion",
        "language": "en",
        "title": "Water in dry valleys",
        "text": "Springs run dry.",
        "starts_at": f"{timezone.now() + timedelta(days=9):{LATER}}",
        "slug": "dry-valleys",
        "visibility": "public",
        "sponsor": "",
        "facilitators": "alice@example.org",
    } | fields


def at(consultation, step=""):
    return f"{consultation.get_absolute_url()}{step}"


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def prepared(world):
    """In preparation by Alice, with a phase of questions that opens in two days, and one question."""
    consultation = consulting.prepared(world)
    opens_at = timezone.now() + timedelta(days=2)
    phase = phases.schedule(
        by=world.alice,
        consultation=consultation,
        kind="questions",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=20),
    )
    questions.ask(by=world.alice, phase=phase, wordings=consulting.QUESTIONS[0])
    world.sign_in(world.alice)
    return consulting.fresh(consultation)


def test_the_secretariat_begins_with_a_preset_and_bob_may_not(world):
    refused = world.sign_in(world.bob).post("/consultations/new/", begin())
    made = world.sign_in(world.sekou).post("/consultations/new/", begin(), follow=True)

    consultation = Consultation.objects.get()
    assert refused.status_code == 403
    assert "Only the secretariat" in words(refused)
    assert [phase.kind for phase in consultation.timetable] == ["questions", "synthesis", "results"]
    assert consultation.participation == "members"
    assert consultation.workspace.seat_of(world.alice).moderates
    assert "Nothing is asked in “Questions”" in words(made)


@pytest.mark.parametrize("preset", Preset)
def test_a_preset_lays_out_phases_that_touch_and_keep_their_hour(preset):
    starts_at = datetime(2026, 10, 12, 9, tzinfo=ZoneInfo("Europe/Zurich"))  # clocks change two weeks later

    rows = presets.timetable(preset, starts_at)

    assert rows[0][1] == starts_at
    assert all(before[2] == after[1] for before, after in pairwise(rows))
    assert {closes_at.hour for _, _, closes_at in rows} == {9}
    assert all(opens_at.astimezone(UTC) < closes_at.astimezone(UTC) for _, opens_at, closes_at in rows)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "plenary"}, "A workspace has this name already"),
        ({"slug": "Dry Valleys"}, "hyphens"),
        ({"facilitators": "alice@example.org\nnobody@example.org"}, "No member has the address nobody@example.org"),
        ({"title": ""}, "required"),
        ({"starts_at": "soon"}, "valid date"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_written_is_lost(world, wrong, said):
    answer = world.sign_in(world.sekou).post("/consultations/new/", begin(text="A long note.") | wrong)

    assert answer.status_code == 422
    assert said in words(answer)
    assert "A long note." in answer.content.decode()
    assert not Consultation.objects.exists()


def test_a_version_in_another_language_is_written_beside_the_original(world, prepared):
    form = world.client.get(at(prepared, "words/ar/")).content.decode()
    world.client.post(at(prepared, "words/ar/"), {"title": "الماء", "text": "تجف الينابيع."})

    consultation = consulting.fresh(prepared)
    assert "Springs run dry earlier every year." in form
    assert 'dir="rtl"' in form
    assert consultation.worded("ar").title == "الماء"
    assert consultation.worded("fr").title == consulting.TOPIC["fr"][0]
    assert world.sign_in(world.bob).get(at(prepared, "words/ar/")).status_code == 404


def test_who_translates_goes_on_to_the_next_question_without_a_version(world, prepared):
    answer = world.client.post(at(prepared, "words/ru/"), {"title": "Вода", "text": "", "then": "1"})
    done = world.client.post(answer["Location"], {"title": "Что пересыхает?", "text": "", "then": "1"})

    assert answer["Location"] == at(prepared, "questions/1/words/ru/")
    assert done["Location"] == at(prepared, "prepare/")


def test_a_topic_note_keeps_its_title_in_the_original_language(world, prepared):
    answer = world.client.post(at(prepared, "words/en/"), {"title": "", "text": "Rewritten at length."})

    assert answer.status_code == 403
    assert "needs a title" in words(answer)
    assert "Rewritten at length." in answer.content.decode()


def test_questions_are_asked_ordered_and_removed(world, prepared):
    phase = prepared.phases.get()
    for title in ("Who decides?", "Who pays?"):
        world.client.post(
            at(prepared, "questions/ask/"), {"phase": phase.pk, "language": "en", "title": title, "text": ""}
        )
    world.client.post(at(prepared, "questions/3/place/"), {"to": "1"})
    ordered = list(prepared.questions.order_by("number").values_list("number", "title"))
    world.client.post(at(prepared, "questions/2/drop/"))

    assert ordered == [(1, "Who pays?"), (2, "What dries up first?"), (3, "Who decides?")]
    assert list(prepared.questions.order_by("number").values_list("number", "title")) == [
        (1, "Who pays?"),
        (2, "Who decides?"),
    ]


def test_an_empty_question_is_refused_and_its_explanation_kept(world, prepared):
    form = {"phase": prepared.phases.get().pk, "language": "en", "title": "", "text": "An explanation."}

    answer = world.client.post(at(prepared, "questions/ask/"), form)

    assert answer.status_code == 403
    assert "Write the question first." in words(answer)
    assert "An explanation." in answer.content.decode()


def test_an_open_question_is_not_reworded_but_gets_a_version_it_had_not(world, consultation):
    world.sign_in(world.alice)
    form = {"title": "Que sèche en premier ?", "text": ""}

    refused = world.client.post(at(consultation, "questions/1/words/fr/"), form)
    world.client.post(at(consultation, "questions/2/words/fr/"), form)

    assert refused.status_code == 403
    assert "answers to it stand" in words(refused)
    assert "Que sèche en premier" in refused.content.decode()
    assert consultation.questions.get(number=2).worded("fr").title == "Que sèche en premier ?"


def test_a_window_that_ends_before_it_starts_is_refused_with_what_to_do(world, prepared):
    form = {"kind": "synthesis", "title": "Writing", "opens_at": "2031-05-03T10:00", "closes_at": "2031-05-02T10:00"}

    wrong = world.client.post(at(prepared, "phases/schedule/"), form)
    world.client.post(at(prepared, "phases/schedule/"), form | {"closes_at": "2031-05-09T10:00"})
    meets = world.client.post(at(prepared, "phases/schedule/"), form | {"closes_at": "2031-05-05T10:00"})

    assert "Choose a later close" in words(wrong)
    assert "Choose other times" in words(meets)
    assert 'value="Writing"' in meets.content.decode()
    assert prepared.phases.count() == 2


def test_times_are_read_in_the_zone_of_who_writes_them(world, prepared):
    world.alice.timezone = "Asia/Kathmandu"
    world.alice.save()
    form = {"kind": "results", "title": "", "opens_at": "2031-05-03T10:00", "closes_at": "2031-05-09T10:00"}

    world.client.post(at(prepared, "phases/schedule/"), form)

    assert Phase.objects.get(kind="results").opens_at == datetime(2031, 5, 3, 4, 15, tzinfo=UTC)


def test_before_publication_times_are_simply_changed_and_phases_taken_out(world, prepared):
    phase = prepared.phases.get()
    form = {"opens_at": "2031-05-03T10:00", "closes_at": "2031-05-09T10:00"}

    world.client.post(at(prepared, f"phases/{phase.pk}/change/"), form)
    kept = world.client.post(at(prepared, f"phases/{phase.pk}/drop/"))
    world.client.post(at(prepared, "questions/1/drop/"))
    world.client.post(at(prepared, f"phases/{phase.pk}/drop/"))

    assert "Something is asked in this phase" in words(kept)
    assert not WindowChange.objects.exists()
    assert not prepared.phases.exists()


def test_it_is_published_with_its_files_and_the_checks_say_what_is_missing(world, prepared):
    empty = consulting.prepared(world, slug="empty")

    missing = world.client.get(at(empty, "publish/"))
    refused = world.client.post(at(empty, "publish/"))
    form = world.client.get(at(prepared, "publish/"))
    file = SimpleUploadedFile("flows.csv", b"spring,litres\nGurtnellen,4\n")
    world.client.post(at(prepared, "publish/"), {"files": file})

    page = world.sign_out().get(at(prepared))
    assert "Needed: There is no timetable" in words(missing)
    assert "at least one phase" in words(refused)
    assert "✓ 1 question is asked" in words(form)
    assert "flows.csv" in page.content.decode()
    assert "Opens on" in words(page)


def test_who_is_seated_before_publication_hears_that_something_is_coming_and_no_more(world, prepared):
    setup = world.client.get(at(prepared, "prepare/"))
    room = world.sign_in(world.bob).get("/workspaces/dry-valleys/")
    closed = world.client.get(at(prepared))

    assert "sees the name of the workspace" in words(setup)
    assert "A consultation is being prepared here" in words(room)
    assert prepared.code not in words(room)
    assert closed.status_code == 404


def test_a_draft_phase_without_a_text_is_told_of(world, prepared):
    ends = prepared.phases.get().closes_at
    phases.schedule(
        by=world.alice, consultation=prepared, kind="draft", opens_at=ends, closes_at=ends + timedelta(days=9)
    )

    page = world.client.get(at(prepared, "prepare/"))

    assert words(page).count("Better: “Draft text” has no draft text yet") == 1
    assert f'href="{at(prepared, "documents/prepare/")}"' in page.content.decode()


def test_an_extension_says_who_is_mailed_and_asks_for_authority(world, consultation):
    phase = consultation.phases.get()
    address = at(consultation, f"phases/{phase.pk}/change/")
    later = f"{phase.closes_at + timedelta(days=3):{LATER}}"
    world.sign_in(world.alice)

    form = world.client.get(address)
    refused = world.client.post(address, {"closes_at": later, "authority": "", "reason": "Floods cut the lines."})
    done = world.client.post(
        address, {"closes_at": later, "authority": "The co-chairs", "reason": "Floods."}, follow=True
    )

    assert "mailed to all 3 people" in words(form)
    assert refused.status_code == 403
    assert "by whose authority" in words(refused)
    assert "Floods cut the lines." in refused.content.decode()
    assert "Notice 1 is written" in words(done)
    assert world.sign_in(world.bob).get(address).status_code == 403
    assert WindowChange.objects.count() == 1


def test_an_extension_moves_the_phases_that_would_be_in_its_way(world, consultation):
    world.sign_in(world.alice)
    phase = consultation.phases.get()
    ends = phase.closes_at
    for days, kind in ((5, "synthesis"), (9, "results")):
        phases.schedule(
            by=world.alice, consultation=consultation, kind=kind, opens_at=ends, closes_at=ends + timedelta(days=days)
        )
        ends += timedelta(days=days)
    later = phase.closes_at.replace(second=0, microsecond=0) + timedelta(days=3)
    form = {"closes_at": f"{later:{LATER}}", "authority": "The co-chairs", "reason": "Floods."}

    refused = world.client.post(at(consultation, f"phases/{phase.pk}/change/"), form)
    world.client.post(at(consultation, f"phases/{phase.pk}/change/"), form | {"move_later": "on"})

    moved = list(consultation.phases.order_by("opens_at"))
    assert "Choose other times" in words(refused)
    assert [one.opens_at for one in moved[1:]] == [one.closes_at for one in moved[:-1]]
    assert [(one.closes_at - one.opens_at).days for one in moved[1:]] == [5, 9]
    assert moved[0].closes_at == later
    assert list(WindowChange.objects.values_list("number", "along_with__phase")) == [(1, None), *[(1, phase.pk)] * 2]


def test_a_time_that_was_not_changed_stays_to_the_second(world, prepared):
    phase = prepared.phases.get()
    form = {"opens_at": f"{phase.opens_at:{LATER}}", "closes_at": "2031-05-09T10:00"}

    world.client.post(at(prepared, f"phases/{phase.pk}/change/"), form)

    assert Phase.objects.get().opens_at == phase.opens_at


def test_the_rules_are_changed_within_bounds(world, prepared):
    form = {"sponsor": "The Bureau", "participation": "members", "clearing": "colleague", "grace_hours": "48"}
    form["visibility"] = "private"

    wrong = world.client.post(at(prepared, "change/"), form | {"grace_hours": "9999"})
    world.client.post(at(prepared, "change/"), form)

    assert wrong.status_code == 422
    assert "within 48 hours" in words(world.client.get(at(prepared)))
    assert consulting.fresh(prepared).workspace.joining == "open"
    assert "only those with a seat may read it. Change one" in words(world.client.get(at(prepared, "publish/")))


def test_the_page_of_preparation_asks_as_often_for_60_questions_as_for_3(world, prepared):
    made = {}
    for count in (3, 60):
        for number in range(prepared.questions.count(), count):
            prepared.questions.create(phase=prepared.phases.get(), number=number + 1, title=f"Question {number + 1}")
        with CaptureQueriesContext(connection) as queries:
            page = world.client.get(at(prepared, "prepare/"))
        made[count] = len(queries)

    assert made[3] == made[60] <= 20
    assert "From question 31" in words(page)
