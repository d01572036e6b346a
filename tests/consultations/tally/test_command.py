"""`manage.py tally`: every key for every kind of file, and one message for a file that cannot be counted."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.consultations.tally.test_files import CATEGORIES, rows
from tests.house import house

MOTION = "option,count\nyes,5\nno,3\nabstain,4\n"
TOWNS = "option,count\nOslo,12\nRome,9\nLima,3\n"
KEYS = ["method", "order", "winners", "pairwise", "rounds", "adopted", "needed", "quorum", "explanation"]


@pytest.fixture
def count(tmp_path, capsys):
    def count(name, text, *options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        call_command("tally", str(path), *options)
        printed = capsys.readouterr().out
        assert printed.count("\n") == 1
        result = json.loads(printed)
        assert list(result) == KEYS
        return result

    return count


def test_a_motion_says_what_it_decides(count):
    result = count("motion.csv", MOTION, "--majority", "two_thirds", "--roll", "16", "--quorum", "majority")

    assert result["adopted"] is False
    assert result["needed"] == 6
    assert result["quorum"] == {"needed": 9, "of": 16, "present": 12, "met": True}
    assert result["explanation"] == (
        "Not adopted: 5 for, 3 against, 4 abstaining. Two thirds of those voting: 6 of 8 needed."
        " Quorum 9 of 16: met by 12."
    )
    assert (result["order"], result["winners"], result["pairwise"], result["rounds"]) == ([], [], None, None)


@pytest.mark.parametrize(
    ("options", "needed", "adopted"),
    [
        ("", 5, True),
        ("--of present", 7, False),
        ("--of present --present 14", 8, False),
        ("--of roll --roll 12", 7, False),
        ("--majority absolute --roll 13", 7, False),
        ("--majority absolute --of present --roll 12", 7, False),
        ("--majority 5/8", 5, True),
        ("--majority 2/3", 6, False),
        ("--quorum 3/4 --roll 16", 5, True),
        ("--quorum 4/5 --roll 16", 5, False),
        ("--quorum 4/5 --roll 16 --present 13", 5, True),
        ("--method plurality --majority simple", 5, True),
    ],
)
def test_a_motion_asks_for_more_than_half_of_those_voting_unless_told(count, options, needed, adopted):
    result = count("motion.CSV", MOTION, *options.split())

    assert (result["needed"], result["adopted"]) == (needed, adopted)


def test_rankings_are_counted_by_schulze_unless_told(count):
    result = count("towns.soi", rows("4: 1,2", "3: 2,1", "3: 3,2"))

    assert result["method"] == "schulze"
    assert result["order"] == [["Kyōto, Japan"], ["Oslo"], ["Nairobi:centre"], ["القاهرة"]]
    assert result["winners"] == ["Kyōto, Japan"]
    assert result["pairwise"]["Kyōto, Japan"] == {"Oslo": 6, "Nairobi:centre": 7, "القاهرة": 10}
    assert result["explanation"] == (
        "Winner: Kyōto, Japan. Schulze, 10 ballots, 4 options. Kyōto, Japan is placed above each of the others by more"
        " ballots than below: Oslo 6 to 4, Nairobi:centre 7 to 3, القاهرة 10 to 0."
    )
    assert (result["rounds"], result["adopted"], result["needed"], result["quorum"]) == (None, None, None, None)


def test_instant_runoff_shows_its_rounds(count):
    result = count("towns.toi", rows("5: 1", "3: {2,4},1", "2: 3,2"), "--method", "irv")

    assert result["rounds"][0] == {
        "votes": {"Oslo": 5, "Kyōto, Japan": "3/2", "Nairobi:centre": 2, "القاهرة": "3/2"},
        "out": ["القاهرة"],
        "tied": ["Kyōto, Japan", "القاهرة"],
        "exhausted": 0,
    }
    assert result["rounds"][1]["votes"] == {"Oslo": 5, "Kyōto, Japan": 3, "Nairobi:centre": 2}
    assert result["winners"] == ["Oslo", "Kyōto, Japan"]
    assert result["order"] == [["Oslo", "Kyōto, Japan"], ["القاهرة"], ["Nairobi:centre"]]
    assert result["pairwise"] is None


def test_plurality_of_rankings_shares_equal_ranks(count):
    result = count("towns.toi", rows("4: 1", "6: {2,1},3"), "--method", "plurality")

    assert result["order"] == [["Oslo"], ["Kyōto, Japan"], ["Nairobi:centre", "القاهرة"]]
    assert result["rounds"][0]["votes"] == {"Oslo": 7, "Kyōto, Japan": 3, "Nairobi:centre": 0, "القاهرة": 0}


def test_categories_are_approval_or_scores(count):
    numbers = CATEGORIES.replace(": Yes", ": 2").replace(": Maybe", ": 1").replace(": No", ": 0")

    assert count("c.cat", CATEGORIES)["order"] == [["A", "B"], ["C"]]
    assert count("c.cat", CATEGORIES, "--method", "score")["rounds"][0]["votes"] == {"A": 11, "B": 8, "C": 8}
    assert count("c.cat", numbers)["method"] == "score"
    assert count("c.cat", numbers, "--method", "approval")["rounds"][0]["votes"] == {"A": 4, "B": 4, "C": 2}
    assert count("c.cat", CATEGORIES, "--method", "schulze")["winners"] == ["A"]


def test_a_table_of_other_options_is_plurality_and_may_be_asked_for_a_majority(count):
    plain = count("towns.csv", TOWNS)
    half = count("towns.csv", TOWNS, "--majority", "1/2", "--roll", "40", "--quorum", "1/2")
    quorum = count("towns.csv", TOWNS, "--roll", "50", "--quorum", "1/2")
    absolute = count("towns.csv", TOWNS, "--roll", "24", "--majority", "absolute")

    assert plain["method"] == "plurality"
    assert plain["order"] == [["Oslo"], ["Rome"], ["Lima"]]
    assert (plain["winners"], plain["adopted"]) == (["Oslo"], None)
    assert (half["adopted"], half["needed"]) == (True, 12)
    assert half["quorum"] == {"needed": 20, "of": 40, "present": 24, "met": True}
    assert half["explanation"].endswith(
        "Adopted: 12 votes. At least 1/2 of those voting: 12 of 24 needed. Quorum 20 of 40: met by 24."
    )
    assert half["winners"] == ["Oslo"]
    assert quorum["quorum"]["met"] is False
    assert (quorum["order"], quorum["winners"]) == (plain["order"], [])
    assert quorum["explanation"].startswith("No winner: the quorum was not met.")
    assert (absolute["adopted"], absolute["needed"], absolute["winners"]) == (False, 13, [])
    assert absolute["explanation"].startswith("No winner: the majority was not reached.")
    assert quorum["explanation"].endswith("Quorum 25 of 50: not met by 24.")


def test_yes_and_no_may_be_two_options_among_several(count):
    survey = "option,count\nyes,5\nno,7\ndon't know,4\n"

    with pytest.raises(CommandError, match=r"“don't know” is an unknown option of a motion.*--method plurality"):
        count("survey.csv", survey)

    assert count("survey.csv", survey, "--method", "plurality")["winners"] == ["no"]


@pytest.mark.parametrize(
    ("name", "text", "options", "reason"),
    [
        ("a.soc", rows("10: 1,2,3,3"), "", "Line 17: the option “Nairobi:centre” stands twice on one ballot"),
        ("a.csv", "option,count\nyes,-5\n", "", "Line 2: the count is negative"),
        ("a.csv", MOTION, "--method irv", "A .csv file cannot be counted by irv; it can by plurality, approval."),
        ("a.soi", rows("10: 1"), "--method score", "A .soi file cannot be counted by score"),
        ("a.soi", rows("10: 1"), "--majority simple", "leave it out with schulze"),
        ("a.soi", rows("10: 1"), "--roll 9", "10 took part, but only 9 are on the roll"),
        ("a.csv", MOTION, "--majority absolute", "say how many are on it"),
        ("a.csv", MOTION, "--quorum half --roll 20", "A quorum is majority, or a share such as 3/5"),
        ("a.csv", MOTION, "--present 11", "12 voted or abstained, but only 11 are said to be present"),
        ("a.pdf", MOTION, "", "Name the file after its kind: .csv, or one of .soc .soi .toc .toi .cat."),
        ("a", MOTION, "", "Name the file after its kind"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_reason(count, name, text, options, reason):
    with pytest.raises(CommandError) as refused:
        count(name, text, *options.split())

    assert f"{name}: " in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"option,count\nd\xe9j\xe0 vu,5\n", "is not a text in UTF-8"),
        (bytes(range(256)) * 20, "is not a text in UTF-8"),
        (None, "could not be read: No such file or directory"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, raw, reason):
    path = tmp_path / "votes.csv"
    if raw is not None:
        path.write_bytes(raw)

    with pytest.raises(CommandError, match=reason):
        call_command("tally", str(path))


def test_spreadsheets_save_in_two_encodings(count, tmp_path, capsys):
    path = tmp_path / "votes.csv"
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_text("option,count\nOui,5\n是,3\n", encoding=encoding)

        call_command("tally", str(path))

        assert json.loads(capsys.readouterr().out)["order"] == [["Oui"], ["是"]]


def test_the_exit_status_tells_and_no_traceback_is_shown(tmp_path):
    path = tmp_path / "votes.soc"
    path.write_text("3: 1,2\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "manage.py", "tally", str(path)],
        cwd=house.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "The file has no header" in done.stderr


def test_the_arithmetic_needs_no_settings():
    code = (
        "from consultations import tally; import sys; print(tally.motion(yes=2, no=1).adopted, 'django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=house.ROOT, env={}, capture_output=True, text=True)

    assert done.stdout.split() == ["True", "False"]
