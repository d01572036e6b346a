"""A mailing list's archive becomes threads and posts."""

import gzip
import os

import pytest
from django.core.management import CommandError, call_command

from forum.models import Post, Thread
from notifications.models import ImportedMail
from tests.notifications.archives.mails import content, import_into, mail, mbox, multipart, tree

PLAIN = "Content-Type: text/plain; charset=utf-8"


@pytest.fixture
def room(world):
    """An empty workspace for the archive."""
    return world.room("springs")


def test_mails_become_posts_in_one_thread(room, tmp_path):
    archive = mbox(mail("a"), mail("b", after="a", subject="Re: Springs", hours=1, text="> Who?\n\nWe do.\n-- \nBob"))

    out, _rows = import_into("springs", archive, tmp_path=tmp_path)

    assert "2 imported, 0 duplicate, 0 refused" in out
    thread = room.threads.get()
    assert (thread.title, thread.number, thread.post_count, thread.last_number) == ("Springs", 1, 2, 2)
    first, second = thread.posts.in_order()
    assert (first.byline, first.channel, first.sent_at.isoformat()) == (
        "Ana Flores",
        "import",
        "2004-03-01T12:00:00+00:00",
    )
    assert second.parent == first
    assert second.text == "> Who?\n\nWe do.\n-- \nBob"
    assert "<blockquote" in second.html
    assert thread.last_post_at == second.sent_at
    assert thread.created_at == first.sent_at


def test_each_post_has_its_entry_and_the_journal_holds(room, tmp_path):
    import_into("springs", mbox(mail("a"), mail("b", after="a")), tmp_path=tmp_path)

    posts = Post.objects.filter(thread__workspace=room)
    entries = room.journal.entries.filter(verb="post.imported")
    assert {entry.about for entry in entries} == {post.reference for post in posts}
    call_command("verify_journal", "springs")


def test_a_reply_that_stands_before_its_parent_hangs_under_it(room, tmp_path):
    archive = mbox(mail("c", refs=["a", "b"], hours=2), mail("b", after="a", hours=1), mail("a"))

    import_into("springs", archive, tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "b": "a", "c": "b"}]


def test_a_reply_dated_before_its_parent_still_comes_after_it(room, tmp_path):
    import_into("springs", mbox(mail("b", after="a", hours=-5), mail("a")), tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "b": "a"}]
    assert [post.path for post in Post.objects.filter(thread__workspace=room).order_by("pk")] == [
        "000001",
        "000001000002",
    ]


def test_where_the_parent_is_missing_an_older_reference_serves(room, tmp_path):
    import_into("springs", mbox(mail("a"), mail("d", after="c", refs=["a", "b", "c"])), tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "d": "a"}]


def test_where_no_reference_serves_the_subject_does_for_a_month(room, tmp_path):
    archive = mbox(
        mail("a"),
        mail("b", subject="AW: Springs", hours=24),
        mail("c", subject="Springs", hours=48),
        mail("d", subject="Re: [springs] Springs", hours=72),
        mail("e", subject="Re: Springs", hours=24 * 90),
    )

    import_into("springs", archive, tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "b": "a"}, {"c": None, "d": "c"}, {"e": None}]


def test_mails_that_answer_each_other_make_no_ring(room, tmp_path):
    import_into(
        "springs",
        mbox(mail("a", after="b"), mail("b", after="a", hours=1), mail("x", after="x", hours=9)),
        tmp_path=tmp_path,
    )

    assert tree("springs") == [{"a": None, "b": "a"}, {"x": None}]


def test_a_members_confirmed_address_makes_the_member_the_author(world, room, tmp_path):
    archive = mbox(mail("a", From="BOB <Bob@Example.org>"), mail("b", From="carol@example.net (Carol Other)"))

    import_into("springs", archive, tmp_path=tmp_path)

    assert Post.objects.get(imported_mail__message_id="a@example.net").author == world.bob
    other = Post.objects.get(imported_mail__message_id="b@example.net")
    assert (other.author, other.byline, other.byline_address) == (None, "Carol Other", "carol@example.net")


@pytest.mark.parametrize(
    ("sender", "byline"),
    [
        ("ana@example.net", "ana"),
        ('"ana@example.net" <ana@example.net>', "ana"),
        ("=?iso-8859-1?Q?Jos=E9?= <jose@example.net>", "José"),
        ("ana at example.net (Ana Flores)", "Ana Flores"),
        ('"Ana via Springs" <springs@lists.example.net>', "Ana"),
        ("Ana\u202e <ana@example.net>", "Ana"),
        ("", ""),
    ],
)
def test_the_byline_is_a_name_and_never_an_address(room, tmp_path, sender, byline):
    import_into("springs", mbox(mail("a", From=sender)), tmp_path=tmp_path)

    assert Post.objects.get(channel="import").byline == byline


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "Où est la source ?"),
        ("koi8-r", "Где находится источник воды"),
        ("windows-1251", "Где находится источник воды"),
        ("gb2312", "我们每年测量两次泉水的流量"),
        ("big5", "我們每年測量兩次泉水的流量"),
        ("iso-2022-jp", "湧き水を年に二回測ります"),
        ("euc-kr", "우리는 일 년에 두 번 샘물을 잰다"),
        ("windows-1256", "نقيس الينابيع مرتين في السنة"),
        ("utf-7", "Wer misst die Quellen überall?"),
        ("x-unknown", "Où est la source ?"),
    ],
)
def test_old_charsets(room, tmp_path, charset, text):
    encoded = text.encode("utf-8" if charset == "x-unknown" else charset)

    import_into("springs", mbox(mail(text=encoded, Content_Type=f"text/plain; charset={charset}")), tmp_path=tmp_path)

    assert Post.objects.get(channel="import").text == text


def test_a_mail_of_html_alone_becomes_text(room, tmp_path):
    page = "<html><body><p>We <b>do</b>.</p><script>alert(1)</script><blockquote>Who?</blockquote></body></html>"

    import_into("springs", mbox(mail(text=page, Content_Type="text/html")), tmp_path=tmp_path)

    post = Post.objects.get(channel="import")
    assert "We do." in post.text
    assert "> Who?" in post.text
    assert "alert" not in post.html


def test_a_mail_without_a_message_id_is_known_again_by_its_content(room, tmp_path):
    archive = mbox(mail("a", Message_ID=None), mail("b", Message_ID=None, text="Another"))

    import_into("springs", archive, tmp_path=tmp_path)
    out, _rows = import_into("springs", archive, tmp_path=tmp_path)

    assert Post.objects.filter(channel="import").count() == 2
    assert "0 imported, 2 duplicate" in out


def test_a_mail_without_a_date_takes_that_of_its_neighbour(room, tmp_path):
    line = b"From nobody Thu Jan  1 00:00:00 1970"
    archive = mbox(mail("a", hours=5), mail("b", Date="soon", subject="Rain"), line=line)

    _out, rows = import_into("springs", archive, tmp_path=tmp_path)

    assert (
        Post.objects.get(imported_mail__message_id="b@example.net").sent_at.isoformat() == "2004-03-01T17:00:00+00:00"
    )
    assert ["noted", "its date was unreadable; one near it was taken"] in [row[:2] for row in rows]


def test_files_are_kept_by_the_rules_of_uploads_and_what_is_left_out_is_named(room, tmp_path):
    archive = mbox(
        multipart(
            (PLAIN, b"See the files."),
            (
                'Content-Type: text/x-patch; charset=latin1; name="fix.patch"\nContent-Disposition: attachment',
                b"+\xe9\n",
            ),
            ('Content-Type: application/x-msdownload; name="run.exe"', b"MZ\x90\x00\x03\x00\x00\x00"),
            ("Content-Type: application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----"),
        )
    )

    _out, rows = import_into("springs", archive, tmp_path=tmp_path)

    post = Post.objects.get(channel="import")
    assert [(file.name, content(file).decode()) for file in post.attachments.all()] == [("fix.patch", "+é\n")]
    assert post.file_count == 1
    assert "“run.exe”" in post.text
    assert "pgp" not in post.text.lower()
    assert ["noted", "a file was left out: run.exe (8 bytes)"] in [row[:2] for row in rows]


def test_a_mail_of_files_alone_is_a_post_and_an_empty_one_is_refused(room, tmp_path):
    archive = mbox(
        multipart(
            ("Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf", b"%PDF-1.4"), name="a"
        ),
        mail("b", text="\n \n"),
    )

    out, rows = import_into("springs", archive, tmp_path=tmp_path)

    assert "only files" in Post.objects.get(channel="import").text
    assert "1 imported, 0 duplicate, 1 refused" in out
    assert ["refused", "it has no text and no files", "b@example.net"] in [row[:3] for row in rows]


def test_what_answers_a_refused_mail_hangs_under_what_that_answered(room, tmp_path):
    archive = mbox(mail("a"), mail("b", after="a", text="", hours=1), mail("c", after="b", hours=2))

    import_into("springs", archive, tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "c": "a"}]


def test_a_very_long_text_is_kept_whole_in_a_file(room, tmp_path):
    text = "The same spring again, and again.\n" * 9_000

    import_into("springs", mbox(mail(text=text)), tmp_path=tmp_path)

    post = Post.objects.get(channel="import")
    assert len(post.text) <= 100_000
    assert "message.txt" in post.text
    assert content(post.attachments.get()).decode().strip() == text.strip()


def test_a_mail_that_is_too_large_is_refused_and_the_others_are_not(room, tmp_path, settings):
    settings.MAX_MAIL_BYTES = 5_000

    out, _rows = import_into("springs", mbox(mail("a", text="x" * 6_000), mail("b")), tmp_path=tmp_path)

    assert tree("springs") == [{"b": None}]
    assert "refused: 1 it is too large" in out


def test_the_same_mail_by_two_lists_is_one_post(room, tmp_path):
    footer = "\n_______________________________________________\nsprings mailing list\nhttps://lists.example.net/"
    archive = mbox(mail("a"), mail("a", text="Who measures them?" + footer), mail("a", Received="by b; nowhere"))

    out, _rows = import_into("springs", archive, tmp_path=tmp_path)

    assert "1 imported, 2 duplicate, 0 refused" in out


def test_two_mails_that_share_a_message_id_are_both_kept(room, tmp_path):
    archive = mbox(mail("a"), mail("a", text="Something else", hours=1), mail("b", after="a", hours=2))

    import_into("springs", archive, tmp_path=tmp_path)
    out, _rows = import_into("springs", archive, tmp_path=tmp_path)

    assert sorted(Post.objects.filter(channel="import").values_list("text", flat=True)) == [
        "Something else",
        "Who measures them?",
        "Who measures them?",
    ]
    assert "0 imported, 3 duplicate" in out


def test_bytes_that_are_no_mail_are_refused(room, tmp_path):
    (tmp_path / "picture.mbox").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50)

    out, _rows = import_into("springs", tmp_path / "picture.mbox", tmp_path=tmp_path)

    assert "refused: 1 it is no mail, for it has no headers" in out


def test_a_note_of_the_mail_program_is_no_post(room, tmp_path):
    archive = mbox(mail("a", subject="DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"), mail("b"))

    out, _rows = import_into("springs", archive, tmp_path=tmp_path)

    assert "1 imported, 0 duplicate, 1 refused" in out


def test_broken_headers_and_names_stop_nothing(room, tmp_path):
    folder = tmp_path / "Maildir" / "cur"
    folder.mkdir(parents=True)
    sender, long_line = "\x00\x1b\ud800@\x00.net <\x00>", "Re: " * 5_000
    for number, raw in enumerate(
        [
            b"From: "
            + sender.encode("utf-8", "surrogatepass")
            + b"\nSubject: =?utf-8?B?////?=\n\n\x00text\xed\xa0\x80\n",
            b"From: x at "
            + b"y" * 15_000
            + b"\nSubject: "
            + long_line.encode()
            + b"\nReferences: "
            + b"<" * 9_000
            + b"\n\ntext",
            b"Message-ID: <\x00@\xff>\nDate: 99 99 99\nContent-Type: multipart/mixed; boundary=\n\n--\n--",
        ]
    ):
        with open(os.path.join(os.fsencode(folder), b"%d.\xe9:2,S" % number), "wb") as file:
            file.write(raw)

    out, _rows = import_into("springs", tmp_path / "Maildir", tmp_path=tmp_path)

    assert "3 imported" in out


def test_hostile_text_is_harmless(room, tmp_path):
    import_into("springs", mbox(mail(text="<script>alert(1)</script> [x](javascript:alert(1))")), tmp_path=tmp_path)

    assert "<script" not in Post.objects.get(channel="import").html


def test_a_gzipped_month_of_mailman(room, tmp_path):
    month = b"".join(
        b"From ana at example.net  Mon Mar  1 12:00:00 2004\n" + mail(name, From="ana at example.net (Ana Flores)")
        for name in "ab"
    )
    (tmp_path / "2004-March.txt.gz").write_bytes(gzip.compress(month))

    import_into("springs", tmp_path / "2004-March.txt.gz", tmp_path=tmp_path)

    assert ImportedMail.objects.filter(source="2004-March.txt.gz").count() == 2
    assert set(Post.objects.filter(channel="import").values_list("byline", flat=True)) == {"Ana Flores"}


def test_threads_are_numbered_by_the_date_of_their_first_mail(world, room, tmp_path):
    import_into("springs", mbox(mail("b", subject="Rain", hours=9), mail("a")), tmp_path=tmp_path)

    room.refresh_from_db()
    assert [(thread.number, thread.title) for thread in room.threads.order_by("number")] == [
        (1, "Springs"),
        (2, "Rain"),
    ]
    assert room.last_thread_number == 2


def test_threads_of_members_go_on_after_an_import(world, room, tmp_path):
    import_into("springs", mbox(mail("a"), mail("b", after="a")), tmp_path=tmp_path)
    thread = room.threads.get()
    world.sign_in(world.bob)

    world.client.post(f"/threads/{thread.pk}/reply/", {"text": "Still true"})

    assert thread.posts.get(number=3).author == world.bob


def test_a_workspace_or_file_that_is_not_there_is_named(world, tmp_path):
    (tmp_path / "a.mbox").write_bytes(mbox(mail()))

    with pytest.raises(CommandError, match="no workspace 'nowhere'"):
        call_command("import_mbox", "nowhere", str(tmp_path / "a.mbox"))
    with pytest.raises(CommandError, match=r"gone\.mbox does not exist\. Nothing was imported"):
        call_command("import_mbox", "plenary", str(tmp_path / "a.mbox"), str(tmp_path / "gone.mbox"))
    assert not Post.objects.filter(channel="import").exists()
    assert Thread.objects.count() == 1
