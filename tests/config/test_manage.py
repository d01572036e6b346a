"""What operators read who mistyped a setting or an argument, or have no database: what is wrong, what to do."""

import os
import subprocess
import sys

import pytest

from tests.house.house import ROOT


def said(tmp_path, *words, **settings):
    """(exit status, what was printed) of a command in an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {"DATA": str(tmp_path), **settings}
    command = [sys.executable, ROOT / "manage.py", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("POLICY_PORT", "abc", "a whole number"),
        ("MAX_MAIL_BYTES", "25MB", "a whole number"),
        ("IMAP_SECONDS", "often", "a number"),
        ("WARM_UP_SINCE", "tomorrow", "a day such as 2026-11-21"),
        ("SENDER_CHECK", "maybe", "auto, dkim or off"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_with_what_it_takes(tmp_path, name, value, wanted):
    status, printed = said(tmp_path, "check", **{name: value})

    assert status == 1
    assert printed.startswith(f"{name} is '{value}'. Set it to {wanted};")
    assert "Traceback" not in printed


@pytest.mark.parametrize("url", ["bogus", "smtp://localhost:twentyfive"])
def test_a_worker_that_could_never_send_does_not_start(tmp_path, url):
    status, printed = said(tmp_path, "work", "--once", EMAIL_URL=url)

    assert status == 1
    assert printed.startswith("EMAIL_URL is none of smtp://")
    assert "Traceback" not in printed


def test_a_worker_without_a_database_ends_with_an_error(tmp_path):
    status, printed = said(tmp_path, "work", "--once", DATABASE_URL="postgres://user:secret@127.0.0.1:1/alphorn")

    assert status == 1
    assert "These jobs failed: notices, letters" in printed
    assert "secret" not in printed


@pytest.mark.parametrize("url", ["postgres://user:secret@127.0.0.1:1/alphorn", ""])
def test_a_database_that_is_away_or_empty_is_told_in_a_sentence(tmp_path, url):
    status, printed = said(tmp_path, "sending", "status", **({"DATABASE_URL": url} if url else {}))

    assert status == 1
    assert printed.startswith("The database could not be used: ")
    assert "manage.py migrate" in printed
    assert "Traceback" not in printed
    assert "secret" not in printed


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("lmtp", "--port", "99999"), "99999 is no port: a number up to 65535"),
        (("send_digests", "--now", "yesterday"), "yesterday is no moment: write it as 2026-05-04T06:00:00Z"),
    ],
)
def test_a_mistyped_argument_is_answered_with_its_right_form(tmp_path, words, hint):
    status, printed = said(tmp_path, *words)

    assert status == 2
    assert hint in printed
    assert "Traceback" not in printed
