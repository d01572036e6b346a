"""Words that have no place in the project: what is unfinished, and where somebody's machine keeps things."""

import re

import pytest

from tests.house import house

TEXT = {"", ".cfg", ".css", ".html", ".in", ".js", ".lock", ".md", ".po", ".py", ".sh", ".toml", ".txt", ".yml"}
# Written in halves, or this file would find itself.
FORBIDDEN = {
    "unfinished work": r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b",
    "text standing in for text": r"(?i)lorem" r" ipsum",
    "a package registry": r"(py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(org|com)|deb" r"ian\.org/debian)",
    "a path of one machine": r"(?<![\w.}/-])/(ro" r"ot|wo" r"rk/(main|shared|tmp)|Us" r"ers/\w+)/",
    "a file with conflicts": r"^(<{7}|>{7}) ",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_project_is_free_of(what):
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)

    found = [
        f"{path.relative_to(house.ROOT)}: {match.group()}"
        for path in house.files()
        if path.suffix in TEXT
        for match in pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


def test_every_module_says_what_happens_in_it():
    silent = [
        str(path.relative_to(house.ROOT))
        for path in house.modules(*house.FLOORS, "tests", "benchmarks")
        if path.name != "__init__.py" and path.parent.name != "migrations"
        if not re.match(r'\s*(#.*\n)*\s*r?"""', path.read_text(encoding="utf-8"))
    ]

    assert silent == []


ONE_FILE = {"consultations/exporting/verify.py"}  # goes along with every archive, alone


def test_no_module_grows_past_what_one_reads_in_a_sitting():
    # 300 lines is the aim; past 400 a module is usually two.
    long = {
        str(path.relative_to(house.ROOT)): lines
        for path in house.modules(*house.FLOORS)
        if path.parent.name != "migrations" and (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    }

    assert long.keys() <= ONE_FILE
