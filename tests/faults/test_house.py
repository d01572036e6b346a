"""The disk is full, or the database is away: what was accepted is there, what was not is brought again."""

import subprocess
import sys

import pytest
from django.db import connection


def run(*options):
    """`python -m tests.faults` on the kind of database of this run; returns what it printed."""
    database = "sqlite" if connection.vendor == "sqlite" else "postgres"
    command = [sys.executable, "-m", "tests.faults", "--database", database, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_database_that_goes_away_loses_no_letter_and_no_answer():
    said = run("--letters", "100", "--arrivals", "60", "--away", "1")

    assert "away 1 times: 0 lost, 0 in a wrong state" in said
    assert "away 1 times: 0 lost, 0 posted twice, 0 not done" in said


@pytest.mark.sqlite_only
def test_a_full_disk_puts_mail_off_and_loses_none():
    assert "60 accepted, 60 stored; the database is ok" in run("--full-disk")
