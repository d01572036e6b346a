"""The command that shows how a mail is read."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from . import clients


def lines_of(output):
    return [json.loads(line) for line in output.getvalue().splitlines() if line.startswith("{")]


def test_a_mail_is_explained_as_one_line_of_json(tmp_path):
    sample, output = clients.digest(clients.gmail, "en"), io.StringIO()
    (tmp_path / "mail.eml").write_bytes(sample.raw)
    (tmp_path / "issue.txt").write_text(sample.sent, encoding="utf-8")

    call_command(
        "explain_mail",
        str(tmp_path / "mail.eml"),
        sent=str(tmp_path / "issue.txt"),
        open="11,12,13",
        closed="14",
        stdout=output,
    )

    (shown,) = lines_of(output)
    assert shown["file"].endswith("mail.eml")
    assert {answer["code"]: answer["text"] for answer in shown["answers"]} == sample.answers
    assert shown["problems"] == []


def test_why_shows_each_line_with_its_reason(tmp_path):
    output = io.StringIO()
    (tmp_path / "mail.eml").write_bytes(clients.letter(clients.apple, "en").raw)

    call_command("explain_mail", str(tmp_path / "mail.eml"), why=True, stdout=output, no_color=True)

    assert "~ Sent from my iPhone    (signature" in output.getvalue()
    assert "+ No. Saturday is the day of the other market.    (the writer's own words)" in output.getvalue()


def test_why_names_the_row_of_the_table_and_the_person_spoken_for(tmp_path):
    output, head = io.StringIO(), "From: dora@example.org\nContent-Type: text/plain; charset=utf-8\n\n"
    text = "FOR: A7\n#11: no\x1b[2J\n\nLe 6 mars 2024 à 07:00, Pat <pat@example.org> a écrit :\n> vieux\n"
    (tmp_path / "mail.eml").write_text(head + text, encoding="utf-8")

    call_command("explain_mail", str(tmp_path / "mail.eml"), why=True, open="11,12", stdout=output, no_color=True)

    assert "* FOR: A7    (from here on for A7)" in output.getvalue()
    assert "a écrit :    (says who wrote what follows, fr.wrote)" in output.getvalue()
    assert lines_of(output)[0]["answers"][0]["on_behalf"] == "A7"
    assert "\x1b" not in output.getvalue()


def test_a_file_that_cannot_be_read_is_named_and_the_others_shown(tmp_path):
    output = io.StringIO()
    (tmp_path / "mail.eml").write_bytes(clients.letter(clients.mutt, "fr").raw)

    with pytest.raises(CommandError):
        call_command("explain_mail", str(tmp_path / "gone.eml"), str(tmp_path / "mail.eml"), stdout=output)

    gone, shown = lines_of(output)
    assert gone["error"]
    assert shown["klass"] == "accept"


def test_numbers_that_are_none_are_refused_with_an_example(tmp_path):
    with pytest.raises(CommandError, match="11,12"):
        call_command("explain_mail", "x", open="eleven", stdout=io.StringIO())
