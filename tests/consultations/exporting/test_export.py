"""The archive: what is in it, what is left out, and that it is the same bytes each time."""

import pytest
from django.core.management import CommandError, call_command

from tests.consultations import consulting
from tests.consultations.exporting.records import lines


def test_exported_again_it_is_the_same_bytes(told, out):
    call_command("export", told.code, str(out.parent / "again.zip"), verbosity=0)

    assert (out.parent / "again.zip").read_bytes() == (out.parent / "out.zip").read_bytes()


def test_words_stamps_and_windows_stand_in_the_data(told, out):
    rows = lines(out, "data/contributions.jsonl")

    assert [row["stamp"] for row in rows] == ["original", "original", "extended", "grace", None]
    assert rows[1]["organisation_name"] == "Alpine Springs"
    assert [row["state"] for row in rows][3:] == ["published", "never shown"]
    assert rows[4]["text"] is rows[4]["author"] is None


def test_what_is_private_is_left_out_of_every_file(out):
    for path in out.rglob("*"):
        if path.is_file():
            assert b"Nobody let this appear" not in path.read_bytes()
    withheld = [entry for entry in lines(out, "record/journal.jsonl") if entry["withheld"]]
    assert withheld
    assert all(entry["data"] is None and entry["salt"] is None for entry in withheld)


def test_a_table_opens_without_running_a_formula(out):
    table = (out / "data/contributions.csv").read_text(encoding="utf-8-sig")

    assert "\"'=SUM(A1) is no formula" in table


def test_the_pages_open_without_a_server(out):
    page = (out / "proceedings.html").read_text(encoding="utf-8")

    assert "The spring at Gurtnellen" in page
    assert "What dries up first?" in page
    assert "<script" not in page
    assert "http-equiv" in page
    assert (out / "index.html").read_text(encoding="utf-8").count("verify.py")


def test_an_unknown_or_unpublished_consultation_is_refused_with_what_to_do(world, tmp_path):
    hidden = consulting.prepared(world)

    with pytest.raises(CommandError, match="Use its reference"):
        call_command("export", "ALP/1999/C1", str(tmp_path / "out.zip"))
    with pytest.raises(CommandError, match="not published yet"):
        call_command("export", hidden.code, str(tmp_path / "out.zip"))
    with pytest.raises(CommandError, match="no folder"):
        consulting.running(world, slug="other")
        call_command("export", "other", str(tmp_path / "nowhere" / "out.zip"))

    assert not list(tmp_path.iterdir())
