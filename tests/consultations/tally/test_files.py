"""Files of votes are read as they are written, in every form that is about; what could change a count is refused."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations import tally
from consultations.counting import preflib, tables
from tests.consultations.tally.elections import elections

TOWNS = """\
# FILE NAME: 00099-00000001.toi
# TITLE: Where to meet
# DESCRIPTION:
# DATA TYPE: toi
# MODIFICATION TYPE: original
# RELATES TO:
# RELATED FILES:
# PUBLICATION DATE: 2026-11-21
# MODIFICATION DATE: 2026-11-21
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 10
# NUMBER UNIQUE ORDERS: 4
# ALTERNATIVE NAME 1: Oslo
# ALTERNATIVE NAME 2: Kyōto, Japan
# ALTERNATIVE NAME 3: Nairobi:centre
# ALTERNATIVE NAME 4: القاهرة
"""
CATEGORIES = """\
# DATA TYPE: cat
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 9
# NUMBER UNIQUE PREFERENCES: 3
# NUMBER CATEGORIES: 3
# CATEGORY NAME 1: Yes
# CATEGORY NAME 2: Maybe
# CATEGORY NAME 3: No
# ALTERNATIVE NAME 1: A
# ALTERNATIVE NAME 2: B
# ALTERNATIVE NAME 3: C
4: {1,2},3,{}
3: {}, 1, {2, 3}
2: 3
"""
OLD = "3\n1,Oslo\n2,Kyōto, Japan\n3,Nairobi\n9,9,3\n4,1,{2,3}\n3,{1,3},2\n2,2,1,3\n"


def rows(*lines):
    return TOWNS + "\n".join(lines) + "\n"


def test_an_election_is_read_with_its_names_ties_and_counts():
    election = preflib.read(rows("4: 1,3,2,4", "3: 2,{1, 4}", "2: { 3 , 4 },1", "1:"), "toi")

    assert election.options == ("Oslo", "Kyōto, Japan", "Nairobi:centre", "القاهرة")
    assert election.rankings() == [
        (4, (("Oslo",), ("Nairobi:centre",), ("Kyōto, Japan",), ("القاهرة",))),
        (3, (("Kyōto, Japan",), ("Oslo", "القاهرة"))),
        (2, (("Nairobi:centre", "القاهرة"), ("Oslo",))),
        (1, ()),
    ]


def test_categories_are_read_empty_ones_and_options_in_none_of_them_too():
    election = preflib.read(CATEGORIES, "cat")

    assert election.ballots == [(4, (("A", "B"), ("C",), ())), (3, ((), ("A",), ("B", "C"))), (2, (("C",), (), ()))]
    assert election.approvals() == [(4, ("A", "B")), (3, ()), (2, ("C",))]
    assert election.scores() == [(4, {"A": 2, "B": 2, "C": 1}), (3, {"A": 1, "B": 0, "C": 0}), (2, {"C": 2})]
    assert election.rankings() == [(4, (("A", "B"), ("C",))), (3, (("A",), ("B", "C"))), (2, (("C",),))]


def test_categories_that_are_integers_are_the_scores():
    text = CATEGORIES.replace(": Yes", ": 10").replace(": Maybe", ": +3").replace(": No", ": -2")

    election = preflib.read(text, "cat")

    assert election.scores()[1] == (3, {"A": 3, "B": -2, "C": -2})
    assert tally.score(election.options, election.scores()).numbers == {"A": 49, "B": 34, "C": 26}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("# ", "#"),
        lambda text: text.replace(": ", ":"),
        lambda text: text.replace(": ", " :   "),
        lambda text: text.replace("ALTERNATIVE NAME", "Alternative  Name"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("# TITLE", "# REMARK 1:\n# REMARK 1: twice\n# TITLE"),
        lambda text: text.replace("# TITLE", "# WEATHER: fine\n# a remark without a colon\n# TITLE"),
        lambda text: "\n".join(line for line in text.splitlines() if "NAME" in line or "#" not in line),
        lambda text: (
            text.replace("1: Oslo\n", "", 1).replace("# ALTERNATIVE NAME # ", "# ") + "# ALTERNATIVE NAME 1: Oslo"
        ),
        lambda text: text.replace("4: 1", "  04:   1"),
        lambda text: text.replace("1,3,2,4", "{1},{},3,2,4"),
    ],
)
def test_headers_and_blanks_vary(change):
    text = rows("4: 1,3,2,4", "6: 2,{1,4}")
    assert change(text) != text

    assert preflib.read(change(text), "toi").rankings() == preflib.read(text, "toi").rankings()


def test_the_form_before_2022_is_read():
    election = preflib.read(OLD, "toc")

    assert election.options == ("Oslo", "Kyōto, Japan", "Nairobi")
    assert election.rankings()[0] == (4, (("Oslo",), ("Kyōto, Japan", "Nairobi")))
    assert tally.count_file("old.toc", OLD).outcome.winners == ("Oslo",)


def test_a_file_without_an_ending_says_itself_what_it_is():
    assert tally.count_file("votes", rows("10: 1,2")).outcome.method == "schulze"
    assert tally.count_file("votes.txt", CATEGORIES).outcome.method == "approval"


@settings(max_examples=150, deadline=None)
@given(elections(most_options=6))
def test_what_is_written_in_the_form_is_read_again(election):
    options, cast = election
    number = {option: str(place) for place, option in enumerate(options, 1)}
    names = "".join(f"# ALTERNATIVE NAME {place}: {option}\n" for option, place in number.items())
    lines = [
        f"{count}: "
        + ",".join("{" + ",".join(map(number.get, rank)) + "}" if rank[1:] else number[rank[0]] for rank in ranks)
        for count, ranks in cast
    ]

    again = preflib.read(names + "\n".join(lines), "toi")

    assert (again.options, again.rankings()) == (tuple(options), cast)


WRONG = {
    "an option twice": (rows("10: 1,2,1"), "toi", "Line 17: the option “Oslo” stands twice on one ballot."),
    "twice in a tie": (rows("10: {1,2,1}"), "toi", "Line 17: the option “Oslo” stands twice"),
    "twice in categories": (CATEGORIES.replace("2: 3", "2: 3,3"), "cat", "Line 14: the option “C” stands twice"),
    "an unknown option": (rows("4: 1", "6: 2,5"), "toi", "Line 18: there is no option 5; the header names 1 to 4."),
    "option 0": (rows("10: 0,1"), "toi", "Line 17: there is no option 0"),
    "a negative count": (rows("12: 1", "-2: 2"), "toi", "Line 18: the count is negative: -2."),
    "half a ballot": (rows("1.5: 1"), "toi", "Line 17: the count must be a whole number, not “1.5”."),
    "no count": (rows("1,2,3"), "toi", "Line 17 is not a ballot: “1,2,3”."),
    "no header": ("4: 1,2\n6: 2,1\n", "soc", "The file has no header: lines such as `# ALTERNATIVE NAME 1: ...`"),
    "nothing": ("", "soc", "The file has no header"),
    "categories without names": (CATEGORIES.replace("CATEGORY", "X"), "cat", "lines such as `# CATEGORY NAME 1: ...`"),
    "too many categories": (CATEGORIES + "1: 1,2,3,{}", "cat", "Line 15 has 4 categories; the header names 3."),
    "a name missing": (rows("10: 1").replace("# ALTERNATIVE NAME 3", "# NOTE"), "toi", "from 1 to 4, without a gap"),
    "a name too many": (rows("10: 1") + "# ALTERNATIVE NAME 5: Rome", "toi", "from 1 to 4, without a gap"),
    "a thousand million names": (
        rows("10: 1").replace("ALTERNATIVES: 4", "ALTERNATIVES: 999999999"),
        "toi",
        "from 1 to 999999999, without a gap",
    ),
    "two names": (rows("10: 1") + "# ALTERNATIVE NAME 1: Rome", "toi", "Line 18: number 1 has two names."),
    "no name": (rows("10: 1").replace(": Oslo", ":"), "toi", "Line 13: number 1 has no name."),
    "a name twice": (rows("10: 1").replace("القاهرة", "Oslo"), "toi", "The name “Oslo” stands twice in the header."),
    "voters missing": (rows("4: 1", "5: 2"), "toi", "there are 10 voters, but the ballots are 9. Is a part missing?"),
    "voters are a word": (
        rows("10: 1").replace("VOTERS: 10", "VOTERS: ten"),
        "toi",
        "Line 11: NUMBER VOTERS must be a whole",
    ),
    "a tie in .soi": (rows("10: 1,{2,3}"), "soi", "Line 17 ranks options equal; that needs the ending .toc or .toi"),
    "incomplete in .soc": (
        rows("10: 1,2,3"),
        "soc",
        "Line 17 ranks 3 of 4 options; that needs the ending .soi or .toi",
    ),
    "incomplete in .toc": (rows("10: 1,{2,3}"), "toc", "Line 17 ranks 3 of 4 options"),
    "a brace open": (rows("10: 1,{2,3"), "toi", "Line 17 is not a ballot"),
    "a brace in a brace": (rows("10: {1,{2,3}}"), "toi", "Line 17 is not a ballot"),
    "two commas": (rows("10: 1,,2"), "toi", "Line 17 is not a ballot"),
    "a comma too many": (rows("10: 1,2,"), "toi", "Line 17 is not a ballot"),
    "letters": (rows("10: 1,B"), "toi", "Line 17 is not a ballot: “10: 1,B”"),
    "digits of another script": (rows("10: ١"), "toi", "Line 17 is not a ballot"),
    "a count of 5,000 digits": (rows("9" * 5000 + ": 1"), "toi", "Line 17: the count must be a whole number, not “999"),
    "the old form cut short": ("3\n1,Oslo\n2,Rome\n", "soc", "After the names of the 3 options there should be a line"),
    "the old form, a name left out": (OLD.replace("2,Kyōto, Japan\n", ""), "toc", "Line 3 should name option 2"),
    "the old form, voters missing": (OLD.replace("2,2,1,3\n", ""), "toc", "9 voters, but the ballots are 7"),
    "an old option twice": (OLD.replace("2,2,1,3", "2,2,1,2"), "toc", "Line 8: the option “Kyōto, Japan” stands twice"),
    "no kind": (TOWNS.replace("DATA TYPE: toi", "DATA TYPE: wmd"), "", "The file does not say which kind it is."),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_could_change_a_count_is_refused_with_its_line(what):
    text, kind, reason = WRONG[what]

    with pytest.raises(tally.Malformed) as refused:
        preflib.read(text, kind)

    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_table_is_read_with_what_spreadsheets_put_around_it():
    text = ' Option , COUNT \r\n"Oslo, Norway",12\r\n\r\n Kyōto ," 9"\r\n"the ""old"" town",0\r\n'

    assert tables.read(text) == {"Oslo, Norway": 12, "Kyōto": 9, 'the "old" town': 0}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must begin with the header `option,count`"),
        ("yes,5\nno,3\n", "Line 1: the file must begin with the header `option,count`, not “yes,5”."),
        ("option;count\nyes;5\n", "must begin with the header `option,count`, not “option;count”"),
        ("option,count\n", "a header but no rows"),
        ("option,count\nyes,-5\n", "Line 2: the count is negative: -5."),
        ("option,count\nyes,five\n", "Line 2: the count must be a whole number, not “five”."),
        ("option,count\nyes,5.0\n", "Line 2: the count must be a whole number, not “5.0”."),
        ("option,count\nyes,\n", "Line 2: the count must be a whole number"),
        ("option,count\nyes\n", "Line 2 should be an option and its count"),
        ("option,count\nyes,5,6\n", "Line 2 should be an option and its count"),
        ("option,count\n,5\n", "Line 2 should be an option and its count"),
        ("option,count\nRome,5\nOslo,3\nRome,2\n", "Line 4: the option “Rome” stands twice."),
        ('option,count\n"Rome,5\n', "Line 2 is not CSV"),
        ("option,count\nyes,1_000\n", "whole number, not “1_000”"),
    ],
)
def test_a_table_that_could_be_read_in_two_ways_is_refused(text, reason):
    with pytest.raises(tally.Malformed) as refused:
        tables.read(text)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("counts", "meant"),
    [
        ({"Yes": 5, "NO": 3, "Abstain": 4}, {"yes": 5, "no": 3, "abstain": 4}),
        ({"against": 3, "For": 5}, {"yes": 5, "no": 3, "abstain": 0}),
        ({"yes": 5, "Abstention": 4}, {"yes": 5, "no": 0, "abstain": 4}),
        ({"Rome": 5, "Oslo": 3}, None),
        ({"yes": 5, "later": 3, "never": 1}, None),
    ],
)
def test_rows_of_a_motion_are_known_by_their_words(counts, meant):
    assert tables.motion(counts) == meant


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"yes": 5, "no": 3, "maybe": 1}, "“maybe” is an unknown option of a motion, which has yes, no and abstain."),
        ({"yes": 5, "For": 3}, "Two rows of the motion say the same (yes)."),
    ],
)
def test_a_motion_with_a_row_too_many_is_refused(counts, reason):
    with pytest.raises(tally.Malformed) as refused:
        tables.motion(counts)

    assert reason in str(refused.value)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["a.toi", "a.cat", "a.toc", "a.csv", "a"]), st.integers(0, 2**32))
def test_a_damaged_file_is_counted_or_refused_in_a_sentence(name, seed):
    chance = random.Random(seed)
    whole = {"a.cat": CATEGORIES, "a.toc": OLD, "a.csv": "option,count\nyes,5\nno,3\n"}.get(
        name, rows("7: 1,2", "3: {2,4}")
    )
    at, end = sorted(chance.choices(range(len(whole)), k=2))
    damage = chance.choice(["", "{", "}", ",", ":", "\n", "-", "#", '"', "\x00", "9" * 400, " " * 400, whole[at:end]])
    text = whole[:at] + damage + whole[chance.choice([at, at + 1, end]) :]

    try:
        counted = tally.count_file(name, text)
    except tally.Malformed as refused:
        said, most = str(refused), 300
    else:
        said, most = json.dumps(tally.as_dict(counted.outcome)), 10_000

    assert "\n" not in said
    assert 0 < len(said) < most
