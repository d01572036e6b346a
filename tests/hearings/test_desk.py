"""The documents desk: a paper in several languages and versions, by web and by mail, and taken back with a reason."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.hearings import state
from consultations.hearings.models import DeskDocument, DeskVersion
from consultations.hearings.services import desk
from core.access import Refused
from forum.models import Attachment
from forum.services.attachments import Upload
from journal.models import Entry
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Postman, words

FIRST = "The springs are measured once a year.\n\n" + "It has always been so in this valley. " * 20
SECOND = FIRST.replace("once a year", "each month")


def paper(world, hearing, **fields):
    fields = {
        "item": scene.item(hearing),
        "wordings": {"en": ("Draft plan", "What to measure."), "fr": ("Projet", "")},
    } | fields
    files = {"en": Upload("plan.txt", FIRST.encode()), "fr": Upload("projet.txt", b"Les sources sont mesur\xc3\xa9es.")}
    return desk.publish(by=world.alice, hearing=hearing, **{"files": files} | fields)


def test_alice_brings_a_paper_on_the_web_and_all_see_its_size_before_they_fetch_it(world, hearing, client):
    client.force_login(world.alice)
    answer = client.post(
        f"/hearings/{hearing.year}/H{hearing.number}/documents/new/",
        {"series": "CRP", "language": "en", "title": "Draft plan", "item": scene.item(hearing).pk, "key": "k"}
        | {"file_en": SimpleUploadedFile("plan.txt", FIRST.encode())},
    )
    client.force_login(world.bob)
    page = client.get(answer["Location"]).content.decode()

    version = DeskVersion.objects.get()
    assert answer["Location"].endswith("/documents/CRP.1/")
    assert version.symbol == f"{hearing.code}/CRP.1"
    assert "plan.txt" in page
    assert "1 KB" in page
    assert "English" in page
    entry = Entry.objects.get(journal=hearing.journal, verb="desk.published")
    assert entry.data["files"][0]["sha256"] == Attachment.objects.get().sha256
    assert state.of(hearing, "en", ["document"])["document"]["files"][0]["size"] == "1 KB"
    answer = client.post(f"/hearings/{hearing.year}/H{hearing.number}/documents/new/", {"series": "CRP", "title": "x"})
    assert answer.status_code in (403, 422)
    assert DeskDocument.objects.count() == 1


def test_a_new_version_says_what_changed_and_the_page_shows_where(world, hearing, client):
    first = paper(world, hearing, key="once")
    assert paper(world, hearing, key="once") == first
    with pytest.raises(Refused, match="what has changed"):
        desk.revise(by=world.alice, document=first.document, files={"en": Upload("b.txt", b"x")}, change=" ")
    desk.revise(
        by=world.alice, document=first.document, files={"en": Upload("plan2.txt", SECOND.encode())}, change="Monthly."
    )

    page = client.get(f"{first.document.get_absolute_url()}compare/").content.decode()
    listed = client.get(f"/hearings/{hearing.year}/H{hearing.number}/documents/").content.decode()

    assert re.search(
        r"<del>once a year</del>\s*<ins>each month</ins>|<del>once a year</del><ins>each month</ins>", page
    )
    assert page.count("It has always been so") < 8  # only what stands around the change
    assert "CRP.1/Rev.1" in listed
    assert "Monthly." in listed
    assert [one.language for one in first.files.all()] == ["en", "fr"]


def test_a_version_is_withdrawn_with_a_reason_and_its_file_goes(world, hearing, client):
    version = paper(world, hearing)
    with pytest.raises(Refused, match="moderator"):
        desk.withdraw(by=world.bob, version=version, reason="I do not like it")
    desk.withdraw(by=world.alice, version=version, reason="The wrong annex.")

    client.force_login(world.bob)
    page = client.get(version.document.get_absolute_url()).content.decode()

    assert "The wrong annex." in page
    assert "plan.txt" not in page
    assert not Attachment.objects.visible_to(world.bob).exists()
    assert state.of(hearing, "en", ["document"])["document"] is None


def test_a_file_that_is_none_is_named_and_nothing_is_written(world, hearing):
    with pytest.raises(Refused, match="empty"):
        paper(world, hearing, files={"en": Upload("plan.txt", b"")})
    with pytest.raises(Refused, match="language"):
        paper(world, hearing, files={})
    assert not DeskDocument.objects.exists()


def test_a_paper_comes_by_mail_by_its_symbol_and_its_file_by_its_number(world, hearing):
    postman, version = Postman(), paper(world, hearing)
    code = f"F{version.files.first().attachment_id}"
    postman.replies(
        postman.letter(world.dora, version.post), f"GET {hearing.code}/CRP.1\nGET {code}\nGET {hearing.code}/L.1"
    )

    told = "\n".join(words(one) for one in postman.told(world.dora))
    assert f"{hearing.code}/CRP.1 Projet" in told  # Dora reads French
    assert "English: " in told
    assert f"GET {code}" in told
    assert f"GET {hearing.code}/L.1" in told
