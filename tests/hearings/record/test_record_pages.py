"""The record on the web: notes that a script saves, the page of the record, papers to take away."""

from consultations.hearings.models import Note, Speech
from consultations.hearings.services import printings, records
from tests.hearings.record import telling

SCRIPT = {"HTTP_X_REQUESTED_WITH": "autosave"}


def test_a_script_saves_notes_and_tells_of_two_wordings_which_the_page_shows(world, hearing, item):
    address = f"/hearings/{hearing.year}/H{hearing.number}/notes/?item={item.pk}"
    client = world.sign_in(world.alice)
    sent = {"text": "Three springs.", "key": "k1", "note": "", "version": "", "speaker": ""}

    first = client.post(address, sent, **SCRIPT).json()
    again = client.post(address, sent | {"note": first["note"], "version": 1, "text": "Four."}, **SCRIPT).json()
    late = client.post(address, sent | {"note": first["note"], "version": 1, "text": "Five."}, **SCRIPT).json()

    assert (again["version"], again["note"]) == (2, first["note"])
    assert late["note"] != first["note"]
    assert "Both wordings are kept" in late["said"]
    page = client.get(address).content.decode()
    assert "<del>Four</del>" in page
    assert "<ins>Five</ins>" in page
    assert page.count("<textarea") == 2
    client.post(f"/hearings/{hearing.year}/H{hearing.number}/notes/{late['note']}/settle/", {"keep": "mine"})
    assert list(Note.objects.standing().values_list("text", flat=True)) == ["Five."]
    assert client.get(address, **SCRIPT).json()["rows"] == {str(first["note"]): [3, "Five."]}


def test_what_was_printed_of_a_draft_is_nobodys_once_the_record_is_published(world, told):
    records.draft(by=world.alice, hearing=told)
    wanted = {"paper": "minutes", "form": "html", "language": "en"}
    printed = printings.ask(by=world.alice, hearing=told, **wanted)
    printings.PRESS.print_due()
    assert printings.of(world.alice, told).get() == printed
    assert not printings.of(world.bob, told)

    telling.provisional(world, told)

    assert not printings.of(world.alice, told)


def test_everyone_reads_the_record_item_by_item_and_takes_it_away(world, told):
    record = telling.provisional(world, told)
    base = f"/hearings/{told.year}/H{told.number}/record/"
    client = world.sign_out()

    overview, item = (client.get(f"{base}{query}").content.decode() for query in ("", "?item=2"))

    assert "not declared" in overview
    assert f"3, {record.provisional['balance']['first_time']} of them for the first time" in overview
    assert "Three springs, and a well." in item
    assert "1:40 of 3:00 minutes" in item
    assert "<em>hall</em>" in item
    assert client.get(f"{base}?item=9").status_code == 404
    assert "Three springs" in b"".join(client.get(f"{base}page/?lang=ar")).decode()
    assert f"/hearings/{told.year}/H{told.number}/record/" in client.get(told.get_absolute_url()).content.decode()
    world.sign_in(world.bob).post(f"{base}print/", {"paper": "minutes", "form": "docx", "language": "fr"})
    assert printings.PRESS.print_due() == 1
    printed = told.printings.get()
    answer = world.client.get(f"{base}printings/{printed.pk}/")
    assert answer["Content-Disposition"].endswith(f'{told.file_name}-minutes-fr.docx"')
    assert b"".join(answer)[:2] == b"PK"
    assert record.symbol in overview


def test_alice_takes_words_out_from_where_they_stand(world, told):
    telling.provisional(world, told)
    page = f"/hearings/{told.year}/H{told.number}/record/?item=2"
    speech = Speech.objects.get(stage="delivered")
    address = f"/hearings/{told.year}/H{told.number}/said/{speech.reference}/redact/"

    assert address not in world.sign_in(world.bob).get(page).content.decode()
    client = world.sign_in(world.alice)
    assert address in client.get(page).content.decode()
    assert "Three springs, and a well." in client.get(address).content.decode()
    wrong = client.post(address, {"passage": "Nine wells", "reason": "A name."})
    done = client.post(address, {"passage": "and a well", "reason": "A name.", "next": page})

    assert (wrong.status_code, done.url) == (403, page)
    assert "Nine wells" in wrong.content.decode()
    assert "A name." in client.get(page).content.decode()
