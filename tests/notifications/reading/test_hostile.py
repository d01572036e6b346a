"""Hostile mails: the work grows with the size of a mail, never with its square. Calls are counted, not time."""

import sys

import pytest

from notifications import reading
from notifications.reading import lines, mime, result

from .test_digests import SENT

PLAIN = b"From: a@b.c\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n"
HTML = b"From: a@b.c\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n"
HOSTILE = {
    "quote marks": (PLAIN, b"> > >\n"),
    "attributions": (PLAIN, b"On 6 Mar 2024, a@b.c wrote:\n"),
    "half attributions": (PLAIN, b"On Wed, Mar 6, 2024 at 7:00\n"),
    "colons": (PLAIN, b"a:\n"),
    "headers": (PLAIN, b"From: a\nTo: b,\n"),
    "tags": (PLAIN, b"#11 and #12, #13: x\n"),
    "signature marks": (PLAIN, b"-- \n"),
    "dividers": (PLAIN, b"-----\nx\n"),
    "separators": (PLAIN, b"-----Original Message-----\n"),
    "phone lines": (PLAIN, b"Sent from my phone\n"),
    "disclaimers": (PLAIN, b"This email is confidential\n"),
    "known lines": (PLAIN, b"So far: 5 yes, 11 no.\n"),
    "markers in one line": (PLAIN, b"x [#12] Should the "),
    "armour": (PLAIN, b"-----BEGIN PGP SIGNED MESSAGE-----\n"),
    "open tags": (HTML, b"<div><b>"),
    "closing tags": (HTML, b"</p></b>"),
    "blockquotes": (HTML, b"<blockquote>x"),
    "open attributes": (HTML, b'<a b="'),
    "fields": (b"From: a@b.c\n", b"X: y\n"),
    "encoded words": (b"From: a@b.c\nSubject: ", b"=?utf-8?q?x?= "),
    "near boundaries": (b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n", b"--b" + b" " * 90 + b"x\n"),
    "files that never end": (PLAIN, b"begin 644 a\n#0V%T\n\n"),
    "other files that never end": (PLAIN, b"=ybegin name=a\nx\nbegin 644 a\n"),
    "words below base64": (b"From: a@b.c\nContent-Transfer-Encoding: base64\n\n", b"AAAA\nx y\n"),
    "absences": (b"From: a@b.c\nSubject: auto: ", b"auto: is away auto "),
    "guards": (PLAIN, b"I am protecting myself from your request 11 has been\n"),
    "parts": (b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n", b"--b\n\nx\n"),
    "nested parts": (b"From: a@b.c\n", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    "bare marks": (PLAIN, b">\n"),
    "marked labels": (PLAIN, b"x\n> From: a\n\n"),
    "people": (PLAIN, b"FOR: A7\nyes\n"),
    "labels between dashes": (PLAIN, b"--- a ---\nx\n"),
    "old marks": (PLAIN, b"On 6 Mar 2024 at 7:00 x wrote:\n: a\nb\n"),
    "verbs of another script": (PLAIN, "写道写道:\n".encode()),
    "spaces after a bracket": (b"From: <", b" "),
    "combining signs": (PLAIN, "a\u0301\u0301\u0301:\n".encode()),
}


def calls(data):
    """How many calls, of Python or C, reading takes."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        reading.read(data, sent=SENT, open_items=[11, 12, 13], closed_items=[14])
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_mail_is_at_most_twice_the_work(kind):
    head, piece = HOSTILE[kind]
    calls(head + piece * 10)  # what is done once, is done

    once, twice = calls(head + piece * 2_000), calls(head + piece * 4_000)

    assert twice <= once * 2.2 + 50_000


def test_a_huge_mail_is_cut_to_what_is_looked_at():
    data = PLAIN + b"some words of a very long mail\n" * 400_000

    result_ = reading.read(data)

    assert "too_long" in result_.problems
    assert len(result_.lines) <= lines.MOST_ROWS


def test_nesting_and_number_of_parts_are_bounded():
    deep = b"From: a@b.c\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(500)
    )
    wide = b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5_000

    assert reading.read(deep).problems[0] == "too_many_parts"
    assert "too_many_parts" in reading.read(wide).problems
    assert len(mime.parse(wide).parts) <= mime.MOST_PARTS


def test_every_problem_is_explained():
    assert all(
        result.PROBLEMS[name].endswith(".") for name in ("preamble", "unassigned", "too_many_parts", "unparsable")
    )
