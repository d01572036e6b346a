"""Finding the mails of an archive, whatever kind it is."""

import bz2
import gzip
import lzma
import os

import pytest

from notifications.archives import contents, mbox
from tests.notifications.archives.mails import mail
from tests.notifications.archives.mails import mbox as as_mbox

LINE = b"From ana@example.net Mon Mar  1 12:00:00 2004\n"


def found(path, tmp_path):
    """The mails in a file or folder."""
    spool = tmp_path / "spool"
    spool.mkdir(exist_ok=True)
    mails = []
    for source in mbox.sources(path, spool):
        for piece in mbox.pieces(source):
            mails.append(contents.raw(str(source.path), source.kind, piece.start, piece.length))
    contents.close()
    return mails


def found_in(data, tmp_path, name="archive.mbox"):
    (tmp_path / name).write_bytes(data)
    return [each.rstrip(b"\n") for each in found(tmp_path / name, tmp_path)]


def test_an_mbox_is_split_at_its_from_lines(tmp_path):
    one, two = mail("a"), mail("b", text="Two\n\nparagraphs")

    assert found_in(as_mbox(one, two), tmp_path) == [one.rstrip(), two.rstrip()]


def test_a_from_in_the_text_ends_no_mail(tmp_path):
    text = "As I said:\n\nFrom here on it is steep.\n\nFrom 10:30 on in the year 2004\nwe walked"
    data = LINE + mail("a", text=text) + b"\n" + LINE + mail("b")

    assert [each.partition(b"\n\n")[2] for each in found_in(data, tmp_path)] == [text.encode(), b"Who measures them?"]


def test_escaped_from_lines_come_back_as_they_were(tmp_path):
    text = "From me\n>From a quote\n>>From two"

    rd = found_in(LINE + mail(text=">From me\n>>From a quote\n>>>From two"), tmp_path)
    assert rd[0].endswith(text.encode())


def test_a_quoted_from_line_between_quoted_lines_stays_one(tmp_path):
    text = "> he wrote\n>From the north\n> and south"

    assert found_in(LINE + mail(text=text), tmp_path)[0].endswith(text.encode())


@pytest.mark.parametrize(
    "line",
    [
        b"From ana@example.net Mon Mar  1 12:00:00 2004",
        b"From ana@example.net Mon Mar 01 12:00:00 CET 2004",
        b"From ana@example.net  Mon Mar  1 12:00:00 2004 +0100",
        b"From ana at example.net  Mon Mar  1 12:00:00 2004",
        b"From - Mon Mar 01 12:00:00 2004",
        b"From nobody Thu Jan  1 00:00:00 1970",
        b"From ana@example.net",
        b"From MAILER-DAEMON",
    ],
)
def test_from_lines_of_many_programs(line, tmp_path):
    data = b"".join(line + b"\n" + mail(name) + b"\n" for name in "abc")

    assert len(found_in(data, tmp_path)) == 3


def test_mails_without_a_blank_line_between_them(tmp_path):
    data = LINE + mail("a") + LINE + mail("b")

    assert len(found_in(data, tmp_path)) == 2


def test_windows_line_ends(tmp_path):
    data = as_mbox(mail("a"), mail("b")).replace(b"\n", b"\r\n")

    assert len(found_in(data, tmp_path)) == 2


def test_a_content_length_that_is_right_covers_from_lines(tmp_path):
    body = b"See:\n\nFrom bob@example.net Mon Mar  1 12:00:00 2004\nSubject: inside\n\nend\n"
    one = b"From: Ana <ana@example.net>\nContent-Length: %d\n\n" % len(body) + body
    data = LINE + one + LINE + mail("b")

    assert found_in(data, tmp_path) == [one.rstrip(), mail("b").rstrip()]


def test_a_content_length_that_is_wrong_is_not_believed(tmp_path):
    data = (
        LINE
        + mail("a", Content_Length="7")
        + b"\n"
        + LINE
        + mail("b", Content_Length="99999")
        + b"\n"
        + LINE
        + mail("c")
    )

    assert len(found_in(data, tmp_path)) == 3


def test_mmdf(tmp_path):
    edge = b"\x01\x01\x01\x01\n"
    data = b"".join(edge + mail(name) + edge for name in "ab")

    assert found_in(data, tmp_path) == [mail("a").rstrip(), mail("b").rstrip()]


def test_a_single_mail(tmp_path):
    assert found_in(mail("a"), tmp_path, "a.eml") == [mail("a").rstrip()]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_told_by_their_bytes(pack, tmp_path):
    data = as_mbox(mail("a"), mail("b"))

    assert len(found_in(pack(data), tmp_path, "2004-March.txt")) == 2


def test_a_packed_file_that_was_cut_short_gives_what_can_be_read(tmp_path):
    packed = gzip.compress(as_mbox(*[mail(f"m{number}", text="x" * number) for number in range(500)]))
    (tmp_path / "cut.gz").write_bytes(packed[: len(packed) - 200])

    sources = list(mbox.sources(tmp_path / "cut.gz", tmp_path))

    assert "damaged" in sources[0].damage
    assert len(list(mbox.pieces(sources[0]))) > 100


def test_a_maildir_with_subfolders(tmp_path):
    for place in ("cur", "new", "tmp", ".old/cur"):
        (tmp_path / "Maildir" / place).mkdir(parents=True)
    for place in ("cur/1.a:2,S", "new/2.b", "tmp/3.c", ".old/cur/0.d"):
        (tmp_path / "Maildir" / place).write_bytes(mail(place[-1]))
    (tmp_path / "Maildir" / "dovecot-uidlist").write_bytes(b"3 V1")

    assert len(found(tmp_path / "Maildir", tmp_path)) == 3


def test_file_names_in_any_charset(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"quelle-\xfc.eml")
    with open(path, "wb") as file:
        file.write(mail("a"))

    source = next(mbox.sources(os.fsdecode(path), tmp_path))

    assert source.name == "quelle-\ufffd.eml"
    assert len(list(mbox.pieces(source))) == 1


def test_a_folder_of_months(tmp_path):
    months = tmp_path / "months"
    months.mkdir()
    (months / "2004-February.txt.gz").write_bytes(gzip.compress(as_mbox(mail("a"))))
    (months / "2004-March.txt.gz").write_bytes(gzip.compress(as_mbox(mail("b"), mail("c"))))

    assert len(found(months, tmp_path)) == 3


def test_marks_on_the_edge_of_a_window_are_found(tmp_path, monkeypatch):
    data = as_mbox(*[mail(f"m{number}") for number in range(20)])

    for window in (7, 64, 200, 201, 202):
        monkeypatch.setattr(mbox, "WINDOW", window)
        assert len(found_in(data, tmp_path)) == 20


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(mbox.Unreadable, match="nowhere does not exist"):
        list(mbox.sources(tmp_path / "nowhere", tmp_path))


def test_an_empty_file_has_no_mails(tmp_path):
    assert found_in(b"", tmp_path) == []
