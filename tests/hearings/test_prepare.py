"""The secretariat and the officers prepare a hearing without a script: from the first form to publication."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultations.hearings.models import Hearing, Officer, Session
from consultations.hearings.services import hearings as service
from consultations.hearings.services import officers
from core.access import Refused
from members.models import Organisation
from tests.hearings import hearing as scene


def begin(**fields):
    return {
        "language": "en",
        "title": "Hearing on snow",
        "text": "Who ploughs?",
        "timezone": "Asia/Kathmandu",
        "place": "Hall 2",
        "starts_at": "2027-03-01T09:30",
        "ends_at": "2027-03-01T12:00",
        "slug": "snow",
        "visibility": "public",
        "chairs": "alice@example.org",
        "secretaries": "bob@example.org",
        "note_takers": "dora@example.org",
    } | fields


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def hearing(world):
    """In preparation, with Alice signed in."""
    made = scene.prepared(world)
    world.sign_in(world.alice)
    return made


def at(hearing, step=""):
    return f"{hearing.get_absolute_url()}{step}"


def times(**more):
    later = timezone.now() + timedelta(days=9)
    return {"starts_at": f"{later:%Y-%m-%dT%H:%M}", "ends_at": f"{later + timedelta(hours=2):%Y-%m-%dT%H:%M}"} | more


def test_the_secretariat_begins_one_in_the_time_of_the_room_and_bob_may_not(world):
    refused = world.sign_in(world.bob).post("/hearings/new/", begin())
    made = world.sign_in(world.sekou).post("/hearings/new/", begin(), follow=True)

    hearing = Hearing.objects.get()
    assert refused.status_code == 403
    assert hearing.sessions.get().starts_at == datetime(2027, 3, 1, 3, 45, tzinfo=UTC)
    assert [officer.role for officer in hearing.officers.order_by("member")] == ["chair", "secretary", "note_taker"]
    assert hearing.workspace.seat_of(world.bob).moderates
    assert not hearing.workspace.seat_of(world.dora).moderates
    assert "There is no agenda. Write its items, or import them." in words(made)
    assert "In the room: 1 March 2027, 09:30 to 12:00 (UTC+5:45)" in words(made)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "plenary"}, "A workspace has this name already"),
        ({"chairs": "nobody@example.org"}, "No member has the address nobody@example.org"),
        ({"ends_at": ""}, "A session ends after it began"),
        ({"timezone": "Moon/Base"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_written_is_lost(world, wrong, said):
    answer = world.sign_in(world.sekou).post("/hearings/new/", begin(text="A long note.") | wrong)

    assert answer.status_code == 422
    assert said in words(answer)
    assert "A long note." in answer.content.decode()
    assert not Hearing.objects.exists()


def test_the_page_of_preparation_says_what_is_missing_and_shows_nothing_to_others(world, hearing):
    page = words(world.client.get(at(hearing, "setup/")))

    assert "The agenda has 3 items." in page
    assert "Item 1 has no minutes" in page
    assert "Nobody is appointed to take notes" in page
    assert "Publish …" in page
    assert world.sign_in(world.bob).get(at(hearing)).status_code == 404
    assert "A hearing is being prepared here." in words(world.client.get("/workspaces/springs/"))


def test_words_are_written_language_by_language_and_one_goes_on_to_the_next_gap(world, hearing):
    form = world.client.get(at(hearing, "words/ar/")).content.decode()
    first = world.client.post(at(hearing, "words/ar/"), {"title": "الينابيع", "text": "من يقيس؟", "then": "1"})
    world.client.post(first["Location"], {"title": "الافتتاح", "text": ""})

    assert "Who measures, who decides." in form
    assert 'dir="rtl"' in form
    assert scene.fresh(hearing).worded("ar").title == "الينابيع"
    assert scene.item(hearing, "1").worded("ar").title == "الافتتاح"
    assert scene.item(hearing, "1").worded("fr").title == "Opening"


def test_rules_of_speaking_take_minutes_and_seconds_for_each_kind_of_speaker(world, hearing):
    rules = {"timezone": "UTC", "visibility": "members", "seconds": "3:30", "most_replies": "1"}
    refused = world.client.post(at(hearing, "rules/"), rules | {"seconds_ngo": "3 or 4"})
    world.client.post(
        at(hearing, "rules/"), rules | {"seconds_government": "5", "seconds_reply": "2:00", "confirms": "1"}
    )

    assert "Write minutes, or minutes and seconds: 3 or 3:30." in words(refused)
    now = scene.fresh(hearing)
    assert (now.seconds, now.seconds_by_kind) == (210, {"government": 300, "reply": 120})
    assert (now.confirms, now.most_per_organisation, now.most_replies) == (True, None, 1)
    assert "Government: 5:00" in words(world.client.get(at(hearing)))
    assert 'value="3:30"' in world.client.get(at(hearing, "rules/")).content.decode()


def test_an_officer_is_appointed_by_address_and_the_last_chair_stays(world, hearing):
    world.client.post(at(hearing, "officers/appoint/"), {"address": "BOB@example.org", "role": "secretary"})
    bob = hearing.officers.get(member=world.bob)

    assert hearing.workspace.seat_of(world.bob).moderates
    world.client.post(at(hearing, f"officers/{bob.pk}/dismiss/"))
    assert not scene.fresh(hearing).workspace.seat_of(world.bob).moderates
    assert not hearing.officers.filter(member=world.bob).exists()
    with pytest.raises(Refused, match="A hearing has a chair"):
        officers.dismiss(by=world.sekou, officer=hearing.officers.get(role=Officer.Role.CHAIR))


def test_organisations_are_invited_by_name_by_file_and_by_category_or_none_of_them(world, hearing):
    for name, acronym, category in (("Snow Watch", "SW", "ngo"), ("Ice Union", "IU", "workers"), ("Firn", "", "ngo")):
        Organisation.objects.create(name=name, acronym=acronym, category=category)
    wrong = world.client.post(at(hearing, "invite/"), {"names": "SW\nNobody's"})
    file = SimpleUploadedFile("them.csv", b"place;organisation\r\nGenf;iu\r\n")
    world.client.post(at(hearing, "invite/"), {"names": "snow watch", "file": file})
    again = world.client.post(at(hearing, "invite/"), {"categories": ["ngo"]}, follow=True)

    assert "No organisation has the name “Nobody&#x27;s”" in " ".join(wrong.content.decode().split())
    assert [one.organisation.name for one in hearing.invitees.all()] == ["Firn", "Ice Union", "Snow Watch"]
    assert "1 organisation is invited." in words(again)
    assert "Firn Non-governmental organisations" in words(world.client.get(at(hearing, "invited/")))
    firn = Organisation.objects.get(name="Firn")
    world.client.post(at(hearing, f"invited/{firn.pk}/take-back/"))
    assert hearing.invitees.count() == 2


def test_sessions_are_dropped_before_publication_and_cancelled_with_a_reason_after_it(world, hearing):
    world.client.post(at(hearing, "sessions/schedule/"), times(title="Evening"))
    evening = hearing.sessions.get(title="Evening")
    assert "“Evening” is at that time." in words(world.client.post(at(hearing, "sessions/schedule/"), times()))
    world.client.post(at(hearing, f"sessions/{evening.pk}/drop/"))
    assert not hearing.sessions.filter(title="Evening").exists()

    world.client.post(at(hearing, "publish/"))
    first = hearing.sessions.get()
    silent = world.client.post(at(hearing, f"sessions/{first.pk}/reschedule/"), times())
    world.client.post(at(hearing, f"sessions/{first.pk}/reschedule/"), times(reason="The hall is taken."))
    world.client.post(at(hearing, f"sessions/{first.pk}/cancel/"), {"reason": "Snow."})

    now = hearing.sessions.get()
    assert silent.status_code == 422
    assert (now.change_count, bool(now.cancelled_at)) == (2, True)
    assert "This session was cancelled." in words(world.client.post(at(hearing, f"sessions/{first.pk}/open/")))
    page = words(world.client.get(at(hearing)))
    assert "cancelled" in page
    assert "Snow." in page


def test_it_is_published_with_its_files_once_nothing_needed_is_missing(world, hearing):
    file = SimpleUploadedFile("note.txt", b"Springs.")
    world.client.post(at(hearing, "publish/"), {"files": file})
    page = words(world.client.get(at(hearing)))

    assert scene.fresh(hearing).is_published
    assert "note.txt" in page
    assert world.sign_in(world.carol).get(at(hearing)).status_code == 200
    assert world.client.get(at(hearing, "setup/")).status_code == 403


def test_an_empty_hearing_is_not_published(world):
    hearing = service.prepare(by=world.sekou, slug="bare", wordings={"en": ("Bare", "")}, chairs=[world.alice])
    answer = world.sign_in(world.alice).post(at(hearing, "publish/"))

    assert answer.status_code == 403
    assert "A hearing needs at least one session." in words(answer)
    assert not Session.objects.exists()
