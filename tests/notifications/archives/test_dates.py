"""When a mail was sent, whatever its Date says."""

from datetime import UTC, datetime

import pytest

from notifications.archives import dates
from notifications.archives.heads import fields_of
from notifications.reading import mime
from tests.notifications.archives.mails import mail

NOW = datetime(2026, 5, 3, tzinfo=UTC)
RECEIVED = "from a by b with SMTP id x; Mon, 1 Mar 2004 12:00:05 +0000"


def sent(envelope=b"", **headers):
    fields, _body = fields_of(mail(**headers))
    read = mime.Mail(fields=fields, content=[], types=[], parts=[], params={}, problems=[])
    found = dates.sent(read, envelope, now=int(NOW.timestamp()))
    day = datetime.fromtimestamp(found.at, UTC).strftime("%Y-%m-%d %H:%M") if found.at is not None else None
    return day, found.note


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 1 Mar 2004 12:00:00 +0100", "2004-03-01 11:00"),
        ("Mon, 1 Mar 99 12:00:00 GMT", "1999-03-01 12:00"),
        ("1 Mar 04 12:00 UT", "2004-03-01 12:00"),
        ("Mon Mar  1 12:00:00 2004", "2004-03-01 12:00"),
        ("2004-03-01 12:00:00", "2004-03-01 12:00"),
        ("Lun, 01 mars 2004 12:00:00 +0100", "2004-03-01 11:00"),
        ("Die, 14 Sep 1999 08:15:00 +0200", "1999-09-14 06:15"),
        ("Mon, 1 Mär 2004 12.00.00", "2004-03-01 12:00"),
        ("Mon, 01 Mar 2004 12:00:00 +9900", "2004-03-01 12:00"),
    ],
)
def test_dates_of_many_programs(written, meant):
    assert sent(Date=written) == (meant, "")


@pytest.mark.parametrize(
    "written", ["Sat, 3 Jan 100 10:00:00 GMT", "Mon, 3 Jan 19100 10:00:00 GMT", "3 Jan 3900 10:00"]
)
def test_the_year_2000_of_old_programs_is_mended(written):
    assert sent(Date=written) == ("2000-01-03 10:00", "its year was mended")


@pytest.mark.parametrize(
    "written",
    [
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Tue, 19 Jan 2038 03:14:07 +0000",
        "Tue, 1 Jan 1980 00:05:00 +0000",
        "Wed, 3 Mar 2010 12:00:00 +0000",
        "Fri, 13 Dec 1901 20:45:52 +0000",
    ],
)
def test_a_date_of_the_wrong_century_gives_way_to_that_of_arrival(written):
    assert sent(Date=written, Received=RECEIVED) == (
        "2004-03-01 12:00",
        "its date was wrong; that of its arrival was taken",
    )


def test_a_missing_date_is_that_of_arrival():
    assert sent(Date=None, Received=RECEIVED) == ("2004-03-01 12:00", "it had no date; that of its arrival was taken")


def test_an_unreadable_date_is_that_of_the_from_line():
    day, note = sent(b"From ana Mon Mar  1 12:30:00 2004", Date="yesterday")

    assert (day, note) == ("2004-03-01 12:30", "its date was unreadable; that of its “From ” line was taken")


def test_a_from_line_of_1970_says_nothing():
    assert sent(b"From nobody Thu Jan  1 00:00:00 1970", Date=None) == (None, "it had no date")


def test_a_late_arrival_is_no_reason_to_doubt_a_date():
    assert sent(Date="Mon, 1 Dec 2003 12:00:00 +0000", Received=RECEIVED) == ("2003-12-01 12:00", "")
