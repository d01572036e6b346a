"""The disk is full, or the database is away: what was accepted is there, what was not is brought again."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection


@pytest.fixture
def run(db, tmp_path):
    """A function that runs `python -m tests.faults` on the kind of database of this run; it returns what is printed."""
    options = ["--database", "postgres"]
    if connection.vendor == "sqlite":
        empty = tmp_path / "empty.sqlite3"
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated,
            closing(sqlite3.connect(empty)) as copy,
        ):
            migrated.backup(copy)
        options = ["--database", "sqlite", "--migrated", str(empty)]

    def tried(*more):
        command = [sys.executable, "-m", "tests.faults", *options, *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=400)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return tried


# A file does not go away while it is open; what befalls it is the next test.
@pytest.mark.postgres_only
def test_a_database_that_goes_away_loses_no_letter_and_no_answer(run):
    said = run("--letters", "100", "--arrivals", "60", "--away", "1")

    assert "away 1 times: 0 lost, 0 in a wrong state" in said
    assert "away 1 times: 0 lost, 0 posted twice, 0 not done" in said


@pytest.mark.sqlite_only
def test_a_full_disk_puts_mail_off_and_loses_none(run):
    assert "60 accepted, 60 stored; the database is ok" in run("--full-disk")
