"""Notes: two who write at the same time lose nothing, and see both wordings."""

import pytest

from consultations.hearings.models import Note, Officer
from consultations.hearings.services import notes, takeouts
from core.access import Refused


def test_two_wordings_of_one_paragraph_are_both_kept_until_somebody_chooses(world, item):
    Officer.objects.create(hearing=item.hearing, member=world.bob, role="note_taker")
    note = notes.write(by=world.alice, item=item, text="Three springs.")

    first = notes.save(by=world.alice, note=note, text="Four springs.", version=1)
    second = notes.save(by=world.bob, note=note, text="Three springs and a well.", version=1)

    assert (first.is_rival, second.is_rival) == (False, True)
    assert [row.text for row in Note.objects.standing()] == ["Four springs."]
    assert second.note.rival_of_id == note.pk
    notes.settle(by=world.alice, rival=second.note, keep="mine")
    assert [row.text for row in Note.objects.standing()] == ["Three springs and a well."]


def test_both_wordings_can_become_paragraphs(world, item):
    note = notes.write(by=world.alice, item=item, text="Three springs.")
    notes.save(by=world.alice, note=note, text="Four springs.", version=1)
    rival = notes.save(by=world.alice, note=note, text="A well.", version=1).note

    notes.settle(by=world.alice, rival=rival, keep="both")
    # Somebody whose last answer was lost goes on from what they sent, not from what they began with.
    assert not notes.save(by=world.alice, note=note, text="Five springs.", version=1, tried="Four springs.").is_rival

    assert [row.text for row in Note.objects.standing()] == ["Five springs.", "A well."]


def test_words_that_were_taken_out_do_not_come_back_from_a_page_that_was_open(world, item):
    note = notes.write(by=world.alice, item=item, text="Mr Regli drank.")
    takeouts.redact(by=world.alice, thing=note, passage="Mr Regli", reason="A name.")

    saved = notes.save(by=world.alice, note=note, text="Mr Regli drank twice.", version=1)

    assert saved.is_rival
    [standing] = Note.objects.standing()
    assert "Regli" not in standing.text


def test_a_form_sent_twice_is_one_paragraph_and_an_empty_one_goes(world, item):
    for _time in range(2):
        note = notes.write(by=world.alice, item=item, text="Once.", key="a1")
    assert Note.objects.count() == 1

    notes.save(by=world.alice, note=note, text=" ", version=note.version)

    assert not Note.objects.standing().exists()
    entries = item.hearing.journal.entries.filter(verb__startswith="note.")
    assert {entry.audience for entry in entries} == {"moderators"}
    assert entries.count() == 1  # once in a while


def test_bob_takes_notes_only_as_a_note_taker(world, item):
    with pytest.raises(Refused) as refused:
        notes.write(by=world.bob, item=item, text="Mine.")
    assert refused.value.text == "Mine."
