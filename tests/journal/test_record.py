"""What happens is recorded in order, without gaps, whatever the concurrency."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from forum.models import Post, Workspace
from forum.services import posts
from journal.models import Entry
from journal.services import record
from journal.verify import verify
from tests.world import World


def test_a_reply_is_recorded_with_who_and_what(world):
    posts.reply(author=world.bob, thread=world.thread, text="And in winter?")

    entry = world.workspace.journal.entries.latest("seq")
    assert (entry.verb, entry.actor) == ("post.replied", world.bob.reference)
    assert entry.about == Post.objects.latest("pk").reference


def test_the_journal_holds_a_texts_fingerprint_and_never_the_text(world):
    posts.reply(author=world.bob, thread=world.thread, text="Only for this room")

    entry = world.workspace.journal.entries.latest("seq")
    assert "Only for this room" not in str(entry.data)
    assert len(entry.data["sha256"]) == 64


def test_recording_outside_a_transaction_is_refused(transactional_db):
    world = World()

    with pytest.raises(RuntimeError, match="transaction"):
        record("thread.closed", about=world.thread)


def test_what_is_rolled_back_leaves_no_entry_and_no_gap(world):
    before = Workspace.objects.get().journal.seq

    with pytest.raises(KeyError), transaction.atomic():
        posts.reply(author=world.bob, thread=world.thread, text="Never mind")
        raise KeyError

    posts.reply(author=world.bob, thread=world.thread, text="This one counts")
    assert Workspace.objects.get().journal.seq == before + 1


@pytest.mark.django_db(transaction=True)
def test_forty_replies_at_once_are_numbered_without_gap():
    world = World()

    def reply(number):
        try:
            return posts.reply(author=world.bob, thread=world.thread, text=f"Reply {number}").number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(reply, range(40)))

    journal = Workspace.objects.get().journal
    seqs = list(journal.entries.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(3, 43))
    assert seqs == list(range(1, journal.seq + 1))
    assert verify(journal) is None


@pytest.fixture
def journal(world):
    for number in range(5):
        posts.reply(author=world.bob, thread=world.thread, text=f"Measurement {number}")
    return Workspace.objects.get().journal


def verdict():
    """What `manage.py verify_journal plenary` says when it fails."""
    with pytest.raises(CommandError) as failure:
        call_command("verify_journal", "plenary")
    assert failure.value.returncode == 1
    return str(failure.value)


def test_an_untouched_journal_holds(journal, capsys):
    call_command("verify_journal", "plenary")

    assert f"record {journal.mark}" in capsys.readouterr().out


def test_a_changed_entry_is_found(journal):
    Entry.objects.filter(journal=journal, seq=6).update(actor="member:999")

    assert "entry 6 does not hold" in verdict()


def test_changed_data_is_found(journal):
    Entry.objects.filter(journal=journal, seq=6).update(data={"number": 1})

    assert "entry 6 does not hold: its data" in verdict()


def test_a_removed_entry_is_found(journal):
    Entry.objects.filter(journal=journal, seq=6).delete()

    assert "entry 6 is missing" in verdict()


def test_removed_last_entries_are_found(journal):
    Entry.objects.filter(journal=journal, seq=journal.seq).delete()

    assert f"the journal ends at {journal.seq - 1}" in verdict()


def test_an_inserted_entry_is_found(journal):
    last = journal.entries.latest("seq")
    last.pk, last.seq = None, journal.seq + 1
    last.save()

    assert f"entry {journal.seq + 1} does not hold" in verdict()


def test_blanked_data_without_an_erasure_is_found(journal):
    Entry.objects.filter(journal=journal, seq=6).update(data=None, salt=None)

    assert "entry 6 does not hold: its data was removed" in verdict()


def test_erasing_through_the_program_keeps_the_chain_whole(world, journal):
    post = Post.objects.latest("pk")

    posts.erase(by=world.sekou, post=post)

    call_command("verify_journal", "plenary")
    entry = Entry.objects.get(about=post.reference, verb="post.replied")
    assert entry.data is None
    assert Entry.objects.latest("pk").actor == world.sekou.reference


def test_an_unknown_workspace_is_named(world):
    with pytest.raises(CommandError, match="no journal 'plenum'"):
        call_command("verify_journal", "plenum")
