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
