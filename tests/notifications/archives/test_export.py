"""A workspace goes out as an mbox, and comes back as it was."""

import io
import mailbox

import pytest
from django.core.management import CommandError, call_command

from forum.models import Post
from forum.services import attachments, posts, threads
from tests.notifications.archives.mails import content, import_into, mail, mbox, multipart, picture


@pytest.fixture
def room(world):
    return world.room("springs")


def export(slug, tmp_path, **options):
    call_command("export_mbox", slug, str(tmp_path / "out.mbox"), stdout=io.StringIO(), **options)
    return tmp_path / "out.mbox"


def shape(slug):
    """Threads and posts as they read, without the names of the mails."""
    found = (
        Post.objects.filter(thread__workspace__slug=slug).order_by("thread__number", "path").select_related("thread")
    )
    return [
        (
            post.thread.number,
            post.thread.title,
            post.path,
            post.text,
            post.sent_at.replace(microsecond=0),
            post.author_name,
        )
        for post in found
    ]


def test_what_was_written_here_comes_back_as_the_same_threads(world, tmp_path):
    posts.reply(
        author=world.dora,
        thread=world.thread,
        text="À Gandaki :\n\nFrom May on, none.\n>From June?\n\n" + "long " * 300,
    )
    threads.start(author=world.bob, workspace=world.workspace, title="雨水 / المطر", text="多少？")
    world.room("copy")

    import_into("copy", export("plenary", tmp_path), tmp_path=tmp_path)

    assert shape("copy") == shape("plenary")


def test_an_archive_comes_back_under_its_own_message_ids(world, room, tmp_path):
    archive = mbox(
        mail("a"),
        mail("b", after="a", text="From where?\n>From here", hours=1),
        mail("c", after="b", subject="Re: Springs", hours=2),
        mail("d", subject="Rain", Message_ID=None, hours=3),
    )
    import_into("springs", archive, tmp_path=tmp_path)
    world.room("copy")

    import_into("copy", export("springs", tmp_path), tmp_path=tmp_path)

    assert picture("copy") == picture("springs")


def test_files_travel_along(world, room, tmp_path):
    posts.reply(
        author=world.bob,
        thread=world.thread,
        text="See the file",
        files=[attachments.Upload("eau à boire.csv", b"a;b\n1;2\n"), attachments.Upload("map.pdf", b"%PDF-1.4 \xff")],
    )

    import_into("springs", export("plenary", tmp_path), tmp_path=tmp_path)

    copy = Post.objects.get(thread__workspace=room, text="See the file")
    assert {file.name: content(file) for file in copy.attachments.all()} == {
        "eau à boire.csv": b"a;b\n1;2\n",
        "map.pdf": b"%PDF-1.4 \xff",
    }


def test_addresses_are_shown_only_when_asked_for(world, room, tmp_path):
    import_into("springs", mbox(mail("a", From="Ana <ana@example.net>")), tmp_path=tmp_path)

    assert b"bob@example.org" not in export("plenary", tmp_path).read_bytes()
    assert b"ana@example.net>" not in export("springs", tmp_path).read_bytes().replace(b"<a@example.net>", b"")
    assert b"From: Bob <bob@example.org>" in export("plenary", tmp_path, addresses=True).read_bytes()
    assert b"From: Ana <ana@example.net>" in export("springs", tmp_path, addresses=True).read_bytes()


def test_what_is_not_shown_does_not_go_out(world, tmp_path):
    posts.hide(by=world.alice, post=world.answer, reason="Off topic")

    out = export("plenary", tmp_path).read_bytes()

    assert b"Who measures" in out
    assert b"twice a year" not in out


def test_other_programs_read_the_file(world, room, tmp_path):
    import_into(
        "springs", mbox(mail("a"), multipart(("", b"text"), name="b", In_Reply_To="<a@example.net>")), tmp_path=tmp_path
    )

    box = mailbox.mbox(export("springs", tmp_path))

    assert [(each["Message-ID"], each["In-Reply-To"], each["Subject"]) for each in box] == [
        ("<a@example.net>", None, "Springs"),
        ("<b@example.net>", "<a@example.net>", "Re: Springs"),
    ]
    box.close()


def test_it_is_written_to_standard_output_without_a_file(world, capsysbinary):
    call_command("export_mbox", "plenary")

    assert capsysbinary.readouterr().out.count(b"\nMessage-ID: <post.") == 2


def test_a_workspace_that_is_not_there_is_named(world):
    with pytest.raises(CommandError, match="no workspace 'nowhere'"):
        call_command("export_mbox", "nowhere")
