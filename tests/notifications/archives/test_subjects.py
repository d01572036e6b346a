"""Subjects without what mail programs and lists put before them."""

import pytest

from notifications.archives import subjects


@pytest.mark.parametrize(
    "written",
    [
        "Springs",
        "Re: Springs",
        "RE: Re: AW: Springs",
        "Re[2]: Springs",
        "Re^3: Springs",
        "Re (2): Springs",
        "SV: VS: Springs",
        "[mountain-forum] Re: [mountain-forum] Springs",
        "Re : Springs",
        "回复：Springs",
        "رد: Springs",
        "Ответ: Springs",
        "Fwd: Springs",
        "TR: Springs",
        "Springs (fwd)",
        "Re: springs!",
    ],
)
def test_subjects_that_are_alike(written):
    assert subjects.likeness(written) == "springs"


@pytest.mark.parametrize(
    "written", ["[PATCH 1/2] Springs", "[v2] Springs", "Springs 2", "Reservoirs", "Research: springs"]
)
def test_subjects_that_are_not(written):
    assert subjects.likeness(written) != "springs"


@pytest.mark.parametrize("written", ["", "Re:", "(no subject)", "Re: Re:", "???"])
def test_a_subject_that_tells_nothing_is_like_no_other(written):
    assert subjects.likeness(written) == ""


@pytest.mark.parametrize(("written", "is_reply"), [("Re: a", True), ("AW: a", True), ("a", False), ("Fwd: a", False)])
def test_a_forward_answers_nothing(written, is_reply):
    assert subjects.bare(written)[1] is is_reply


def test_the_title_of_a_thread_keeps_what_is_not_the_lists():
    assert subjects.title("Re: [Water] [PATCH] Springs", ["water@example.org", "water"]) == "[PATCH] Springs"
    assert subjects.title("Re: [Water] Springs", ["other"]) == "[Water] Springs"
