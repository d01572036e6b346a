"""The record after every deed there is: it holds, and what was erased is in no row of it."""

from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from forum.models import Attachment, Post, Revision
from forum.services import posts
from forum.services.attachments import Upload
from journal.models import Entry, Journal
from journal.verify import verify
from members.services import members as member_services
from notifications import subscriptions
from tests.house.test_permissions import BACKEND
from tests.permissions import forum, members, notifications

SECRET = "Springwater under the old customs house"


def test_every_deed_by_everybody_leaves_a_record_that_holds(world, capsys):
    for app, rows in (("forum", forum.ROWS), ("members", members.ROWS), ("notifications", notifications.ROWS)):
        for name, row in rows.items():
            for member in (world.sekou, world.alice, world.bob, world.carol):
                client = Client()
                client.force_login(member, backend=BACKEND)
                try:
                    with transaction.atomic():
                        row.scene(world)
                    address, data = reverse(f"{app}:{name}", kwargs=row.at(world)), row.data
                    data = data(world) if callable(data) else data
                except Exception:
                    continue  # an earlier deed took away what this one needs
                assert client.post(address, data).status_code < 500, (name, member)
    subscriptions.stop_digests(member=world.bob)
    member_services.deactivate(by=world.sekou, member=world.carol)

    call_command("verify_journal")

    assert len(set(Entry.objects.values_list("verb", flat=True))) > 20
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


def test_what_is_erased_is_in_no_table_of_the_forum_and_no_file(world, django_capture_on_commit_callbacks):
    post = posts.reply(
        author=world.bob,
        thread=world.thread,
        text=SECRET,
        files=[Upload("map.txt", SECRET.encode(), kind="text/plain")],
    )
    posts.edit(by=world.bob, post=post, text=f"{SECRET} again", reason="Twice")
    kept = post.attachments.get().file.path

    with django_capture_on_commit_callbacks(execute=True):
        posts.erase(by=world.sekou, post=post)

    post.refresh_from_db()
    everything = [post.text, post.html, *Revision.objects.values_list("text", flat=True)]
    everything += map(str, Entry.objects.values_list("data", flat=True))
    assert not any(SECRET in found for found in everything)
    assert not Attachment.objects.exists()
    assert not Path(kept).exists()
    assert Post.objects.filter(pk=post.pk, author=world.bob, state="erased").exists()
    assert verify(world.workspace.journal) is None
