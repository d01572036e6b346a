"""Every kind of ballot, on the web and by mail: what one may say, how it is counted, and how the result reads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import clock
from consultations.models import Ballot, Vote
from consultations.services import ballots, counting
from consultations.wording import ballots as wording
from consultations.wording import outcomes
from core.access import Refused
from core.languages import speaking
from notifications.digests import run
from notifications.models import Issue
from tests.notifications.intake.postman import words

PLACES = ["Bern", "Cusco", "Kathmandu"]


def opened(world, **fields):
    fields = {"title": "Where do we meet?", "closes_at": timezone.now() + timedelta(days=2)} | fields
    return ballots.open_ballot(by=world.alice, workspace=world.workspace, **fields)


def result(ballot):
    """Closed and counted; how it reads."""
    now = timezone.now()
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1))
    ballot = Ballot.objects.get(pk=ballot.pk)
    ballots.count(ballot)
    ballot.refresh_from_db()
    return wording.result(ballot, counting.of(ballot).facts)


# kind and rules, [vote of Alice, Bob, Dora], how the result reads
CASES = {
    "a motion": ({"kind": "yes_no"}, ["yes", "no", "abstain"], "Not adopted: 1 for, 1 against, 1 abstaining. A tie"),
    "two thirds": (
        {"kind": "yes_no", "majority": "two_thirds", "quorum": "Majorité"},
        ["yes", "yes", "no"],
        "Adopted: 2 for, 1 against, 0 abstaining. Two thirds of those voting: 2 of 3 needed. Quorum 2 of 3: met by 3.",
    ),
    "absolute": (
        {"kind": "yes_no", "majority": "absolute"},
        ["yes", "abstain", "abstain"],
        "More than half of all who may vote: 2 of 3 needed.",
    ),
    "of those present": (
        {"kind": "yes_no", "majority": "3/5", "base": "present"},
        ["yes", "abstain", None],
        "Not adopted: 1 for, 0 against, 1 abstaining. At least 3/5 of those present: 2 of 2 needed.",
    ),
    "no majority": ({"kind": "yes_no", "majority": ""}, ["yes", "no", "no"], "3 votes. no: 2; yes: 1; abstention: 0."),
    "one option": ({"kind": "choice"}, ["A", "B", "Cusco"], "Chosen: B) Cusco."),
    "a tie": ({"kind": "choice"}, ["A", "B", None], "A tie, which stays one: A) Bern; B) Cusco."),
    "one option with a majority": (
        {"kind": "choice", "majority": "two_thirds"},
        ["A", "B", "B"],
        "Chosen: B) Cusco. Two thirds of those voting: 2 of 3 needed.",
    ),
    "without its quorum": (
        {"kind": "choice", "quorum": "2/3"},
        ["A", None, None],
        "Nothing is chosen. Quorum 2 of 3: not met by 1.",
    ),
    "approval": ({"kind": "approval", "most": 2}, ["A, C", "C", "B and C"], "C) Kathmandu: 3; A) Bern: 1; B) Cusco: 1"),
    "Schulze": (
        {"kind": "ranking"},
        ["A>B>C", "B>A", "C>B"],
        "Order: B) Cusco; A) Bern; C) Kathmandu. Chosen: B) Cusco.",
    ),
    "instant-runoff": (
        {"kind": "ranking", "method": "irv"},
        ["A>B", "A", "C>B"],
        "Chosen: A) Bern. Counted by instant-runoff.",
    ),
    "score": ({"kind": "score", "most": 5}, ["A=5 B=3", "B: 4", "C=1"], "B) Cusco: 7; A) Bern: 5; C) Kathmandu: 1."),
    "consent": (
        {"kind": "consent"},
        ["consent", "reservation: too far", "yes"],
        "Adopted: 2 consents, 1 reservation, 0 objections.",
    ),
    "an objection": (
        {"kind": "consent"},
        ["consent", "object: too far", None],
        "Not adopted: 1 consent, 0 reservations, 1 objection.",
    ),
    "nobody": ({"kind": "yes_no"}, [None, None, None], "Not adopted: 0 for, 0 against, 0 abstaining."),
    "never open": (
        {"kind": "yes_no", "opening_quorum": "1/1"},
        ["yes", "yes", None],
        "Not opened: too few were there. Quorum 3 of 3: not met by 2. No vote was counted.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_kind_is_counted_by_its_rules_and_explains_itself(world, case):
    fields, said, expected = CASES[case]
    ballot = opened(world, options=PLACES, **fields)
    for member, text in zip((world.alice, world.bob, world.dora), said, strict=True):
        if text:
            ballots.vote(member=member, ballot=ballot, text=text)

    reads = result(ballot)
    page = words(world.client.get(f"/ballots/{ballot.pk}/").content.decode())

    assert expected in reads
    assert words(reads).split(".")[0] in page


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "yes_no", "majority": "3/2"}, "at most 1/1"),
        ({"kind": "yes_no", "majority": "most of us"}, "written as a share"),
        ({"kind": "yes_no", "quorum": "simple"}, "share of the roll"),
        ({"kind": "approval", "most": 4}, "at most all 3"),
        ({"kind": "score", "most": 101}, "at most 100"),
        ({"kind": "consent", "is_secret": True}, "never secret"),
        ({"kind": "silence", "text": ""}, "needs the text"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_what_is_wrong(world, fields, reason):
    with pytest.raises(Refused, match=reason):
        opened(world, options=PLACES, **fields)

    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("approval", "A, B, C", "more options than one may"),
        ("approval", "A, D", "at most 2, for example C, B"),
        ("score", "A=6", "a number from 0 to 5 for each letter, for example C=5 B=4 A=3"),
        ("consent", "hm", "CONSENT, RESERVATION or OBJECT"),
    ],
)
def test_what_is_no_vote_comes_back_with_the_allowed_words(world, kind, text, told):
    ballot = opened(world, kind=kind, options=PLACES, most={"approval": 2, "score": 5}.get(kind))

    with pytest.raises(Refused) as refused:
        ballots.vote(member=world.bob, ballot=ballot, text=text)

    assert told in str(refused.value.reason)
    assert refused.value.text == text


@pytest.mark.parametrize(
    ("fields", "said", "value"),
    [
        ({"kind": "approval", "most": 3}, {"text": ["A", "C"]}, "A,C"),
        ({"kind": "ranking"}, {"place_C": "1", "place_A": "2"}, "C>A"),
        ({"kind": "score", "most": 5}, {"score_A": "5", "score_B": "", "score_C": "2"}, "A=5,B=0,C=2"),
        ({"kind": "consent"}, {"text": "objection", "words": "Too far.\nAnd too high."}, "objection"),
    ],
)
def test_bob_fills_in_the_form_of_the_kind_and_finds_his_vote_in_it_again(world, fields, said, value):
    ballot = opened(world, options=PLACES, **fields)
    world.sign_in(world.bob)

    answer = world.client.post(f"/ballots/{ballot.pk}/vote/", said)
    again = world.client.get(f"/ballots/{ballot.pk}/vote/").context["form"]

    vote = Vote.objects.get()
    assert answer.status_code == 302
    assert (vote.value, vote.words) == (value, said.get("words", ""))
    assert again.ballot == ballot
    assert any(again[name].value() for name in again.fields)


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [("ranking", {"place_A": "1", "place_B": "1"}, "the same place"), ("ranking", {}, "at least one option")],
)
def test_places_that_are_no_order_are_asked_again(world, kind, said, why):
    ballot = opened(world, options=PLACES, kind=kind)

    answer = world.sign_in(world.bob).post(f"/ballots/{ballot.pk}/vote/", said)

    assert answer.status_code == 422
    assert why in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "said", "value"),
    [
        ({"kind": "approval", "most": 2}, "A, C", "A,C"),
        ({"kind": "score", "most": 5}, "A=5 B=3", "A=5,B=3"),
        ({"kind": "consent"}, "Objection : trop loin.\nEt trop haut.", "objection"),
    ],
)
def test_dora_votes_by_mail_with_each_kinds_words(world, postman, english, fields, said, value):
    ballot = opened(world, options=PLACES, **fields)
    shown = words(Issue.objects.get(pk=run.write_now(english).issue_id).text_of(1))
    issue = postman.issue(english, ballot)

    number = issue.first_item
    arrival = postman.replies(issue.letter, f"#{number}: {said}")

    assert arrival.outcome == "posted"
    assert Vote.objects.get().value == value
    assert words(wording.allowed(ballot)) in shown


def test_alice_chooses_the_kind_and_is_asked_only_what_it_needs(world):
    world.sign_in(world.alice)

    kinds = world.client.get("/workspaces/plenary/ballots/open/").content.decode()
    form = world.client.get("/workspaces/plenary/ballots/open/?kind=score").content.decode()
    world.client.post(
        "/workspaces/plenary/ballots/open/",
        {"kind": "score", "title": "Where?", "options": "Bern\nCusco", "most": "3", "closes_at": "2099-05-03T18:00"},
    )

    assert kinds.count("?kind=") == 7
    assert 'name="most"' in form
    assert 'name="majority"' not in form
    assert (Ballot.objects.get().kind, Ballot.objects.get().most) == ("score", 3)


def test_the_pages_show_rounds_and_pairs(world):
    for method, caption in (("irv", "Votes in each round"), ("schulze", "Ballots that place the option of the row")):
        ballot = opened(world, kind="ranking", method=method, options=PLACES)
        for member, text in ((world.alice, "A>B"), (world.bob, "A"), (world.dora, "C>B")):
            ballots.vote(member=member, ballot=ballot, text=text)
        result(ballot)

        assert caption in world.client.get(f"/ballots/{ballot.pk}/").content.decode()


def test_who_says_present_counts_for_the_quorum_and_has_not_voted(world, postman, english):
    ballot = opened(world, kind="yes_no", opening_quorum="2/3", majority="simple", base="present")
    issue = postman.issue(english, ballot)

    postman.replies(issue.letter, f"#{issue.first_item}: présente")
    world.sign_in(world.bob).post(f"/ballots/{ballot.pk}/attend/")
    ballots.vote(member=world.alice, ballot=ballot, text="yes")

    assert counting.turnout(ballot) == (3, 1, 3)
    assert "1 of 3 needed" not in result(ballot)
    assert "More than half of those present: 2 of 3 needed. Quorum" not in result(ballot)
    assert "Not adopted: 1 for, 0 against, 0 abstaining." in result(ballot)


def test_the_result_reads_as_the_issue_says(world):
    facts = {
        "kind": "yes_no",
        "votes": 12,
        "order": [["yes", 5], ["abstain", 4], ["no", 3]],
        "adopted": False,
        "majority": "two_thirds",
        "of": "voting",
        "needed": 6,
        "base": 8,
        "quorum": {"needed": 9, "of": 16, "present": 12, "met": True},
    }

    assert outcomes.explain(facts) == (
        "Not adopted: 5 for, 3 against, 4 abstaining. Two thirds of those voting: 6 of 8 needed. "
        "Quorum 9 of 16: met by 12."
    )


def test_a_tie_names_each_option_apart_from_an_arabic_line_and_by_its_letter_beside_a_list(world):
    ballot = opened(world, options=PLACES, kind="choice")
    for member, letter in ((world.alice, "A"), (world.bob, "B")):
        ballots.vote(member=member, ballot=ballot, text=letter)
    assert "A tie, which stays one: A) Bern; B) Cusco." in result(ballot)

    facts = counting.of(ballot).facts
    with speaking("ar"):
        said = wording.result(ballot, facts)

    assert said.count("\u2068B) Cusco\u2069") == 2
    assert outcomes.undecided(facts) == "A tie, which stays one: A; B."
    assert outcomes.undecided(facts | {"winners": []}) == "Nothing is chosen."
    assert outcomes.undecided(facts | {"winners": ["A"]}) == ""


def test_the_clock_leaves_uncounted_what_still_waits_for_its_grace(world):
    waiting, ready = opened(world, grace_hours=24), opened(world)
    now = timezone.now()
    Ballot.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1))

    clock.tick()

    assert Ballot.objects.get(pk=waiting.pk).counted_at is None
    assert Ballot.objects.get(pk=ready.pk).counted_at is not None
