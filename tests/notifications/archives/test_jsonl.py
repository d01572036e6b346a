"""Members, workspaces, threads and posts out of JSON lines."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from forum.models import Post, Seat, Workspace
from journal.models import Entry
from members.models import Member
from notifications.models import MailProfile, Subscription

MEMBERS = [
    {"id": 1, "username": "m1", "name": "Ana Núñez", "email": "Ana@example.net", "lang": "es", "digest": "weekly",
     "workspaces": [1, 2], "joined": "2024-07-31T07:22:55Z"},
    {"id": 2, "username": "m2", "name": "王芳", "email": "wang@example.net", "lang": "zh", "digest": "immediate",
     "workspaces": [1], "joined": "2024-10-08T04:14:32Z"},
    {"id": 3, "username": "m3", "name": "Ida", "email": "ida@example.net", "lang": "de", "digest": "none",
     "workspaces": [2], "joined": "2024-10-08T04:14:32Z"},
]  # fmt: skip
WORKSPACES = [
    {"id": 1, "slug": "w01", "name": "Springs", "lang": "en", "description": "All **springs**"},
    {"id": 2, "slug": "w02", "name": "Lluvia", "lang": "es", "description": ""},
]
THREADS = [
    {"id": 7, "workspace": 1, "title": "Who measures?", "lang": "en", "author": 1, "created": "2024-11-20T10:00:00Z"},
    {"id": 8, "workspace": 2, "title": "¿Cuánto llueve?", "lang": "es", "author": 3, "created": "2024-11-20T11:00:00Z"},
]


def post(pk, thread, author, parent, body, hour):
    return {
        "id": pk,
        "thread": thread,
        "workspace": {7: 1, 8: 2}[thread],
        "author": author,
        "parent": parent,
        "created": f"2024-11-20T{hour}:00:00Z",
        "lang": "en",
        "message_id": f"p{pk}@example.net",
        "subject": "x",
        "body": body,
    }


POSTS = [
    post(1, 7, 1, None, "Who?", 10),
    post(2, 8, 3, None, "¿Cuánto?", 11),
    post(3, 7, 2, 1, "> Who?\n\nWe do", 12),
    post(4, 7, 1, 3, "", 13),
    post(5, 7, 1, 3, "Good", 14),
]


@pytest.fixture
def folder(tmp_path, db):
    for name, rows in {"members": MEMBERS, "workspaces": WORKSPACES, "threads": THREADS, "posts": POSTS}.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def load(folder):
    with (folder / "said.txt").open("w") as out:
        call_command("import_jsonl", str(folder), stdout=out, stderr=out)
    return (folder / "said.txt").read_text(encoding="utf-8")


def test_everything_comes_in(folder):
    said = load(folder)

    assert "members: 3 imported, 0 were here" in said
    assert "post 4 refused: it has no text" in said
    ana = Member.objects.by_address("ana@example.net")
    assert (ana.name, ana.language, ana.has_usable_password()) == ("Ana Núñez", "es", False)
    room = Workspace.objects.get(slug="w01")
    assert set(room.members.values_list("email", flat=True)) == {"ana@example.net", "wang@example.net"}
    thread = room.threads.get()
    assert (thread.title, thread.post_count, thread.author) == ("Who measures?", 3, ana)
    assert [post.path for post in thread.posts.in_order()] == ["000001", "000001000002", "000001000002000003"]
    assert thread.posts.get(number=2).author.name == "王芳"


def test_mail_comes_as_each_member_chose_and_not_from_the_past(folder):
    load(folder)

    found = set(Subscription.objects.values_list("member__email", "workspace__slug", "cadence"))
    assert found == {
        ("ana@example.net", "w01", "weekly"),
        ("ana@example.net", "w02", "weekly"),
        ("wang@example.net", "w01", "each"),
        ("ida@example.net", "w02", "none"),
    }
    assert all(
        row.cursor == row.workspace.journal.seq > 0 for row in Subscription.objects.select_related("workspace__journal")
    )
    assert MailProfile.objects.exclude(next_issue_at=None).count() == 3


def test_loading_again_adds_nothing(folder):
    load(folder)
    entries = Entry.objects.count()

    said = load(folder)

    assert "posts: 0 imported, 4 were here" in said
    assert (Post.objects.count(), Seat.objects.count(), Entry.objects.count()) == (4, 4, entries)
    call_command("verify_journal", stdout=io.StringIO())


def test_what_was_added_to_the_files_since_comes_in(folder):
    load(folder)
    with (folder / "posts.jsonl").open("a") as out:
        out.write(json.dumps(post(6, 7, 2, 5, "And again", 15)) + "\n")

    said = load(folder)

    assert "posts: 1 imported, 4 were here" in said
    assert Post.objects.get(text="And again").parent.text == "Good"


def test_a_line_that_cannot_be_read_is_named(folder):
    (folder / "posts.jsonl").write_text('{"id": 1\n')

    with pytest.raises(CommandError, match=r"posts\.jsonl, line 1: "):
        load(folder)


def test_a_folder_without_the_files_is_refused(tmp_path, db):
    with pytest.raises(CommandError, match=r"has no workspaces\.jsonl"):
        call_command("import_jsonl", str(tmp_path))
