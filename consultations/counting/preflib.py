"""Elections as PrefLib keeps them: `.soc .soi .toc .toi` (rankings) and `.cat` (options put into categories).

N. Mattei, T. Walsh, "PrefLib: A Library for Preferences" (2013), in the form of its format specification of 2022: lines
that begin with `#` say what there is (`# ALTERNATIVE NAME 1: Oslo`), every other line is how many ballots are alike and
what stands on them (`12: 3,{1,2}`). Headers vary: blanks, capitals and lines nobody needs are let pass, and so is the
form before 2022, which began with the number of options. Anything that could change a count is refused.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from consultations.counting.ballots import Malformed, shown

RANKINGS = ("soc", "soi", "toc", "toi")
TYPES = (*RANKINGS, "cat")
MOST_OPTIONS = 100_000

BALLOT = re.compile(r"\s*(?P<count>[+-]?[0-9.]+)\s*:(?P<ranks>.*)")
OLD_BALLOT = re.compile(r"\s*(?P<count>[+-]?[0-9.]+)\s*,(?P<ranks>.*)")
NUMBER = r"\s*[0-9]{1,9}\s*"
GROUP = rf"(?:{NUMBER}|\s*\{{(?:\s*|{NUMBER}(?:,{NUMBER})*)\}}\s*)"
GROUPS = re.compile(rf"\s*|{GROUP}(?:,{GROUP})*")


@dataclass(frozen=True)
class Election:
    """What a file holds.

    options: names, in the order of the file. categories: names of those of a `.cat`, the best first, else empty.
    ballots: list of (count, groups), each group a tuple of names: the ranks of a ranking without empty ones, or what
    was put into each category, one group for each.
    """

    type: str
    options: tuple
    ballots: list
    categories: tuple = ()

    def rankings(self):
        """The ballots as rankings; of categories, the options in a better one stand above those in a worse one."""
        return [(count, tuple(group for group in groups if group)) for count, groups in self.ballots]

    def approvals(self):
        """The ballots of a `.cat` as (count, options in the first category)."""
        return [(count, groups[0]) for count, groups in self.ballots]

    def scores(self):
        """The ballots of a `.cat` as (count, {option: score}): the names of the categories where all are integers, else
        from one less than there are categories down to 0.
        """
        points = integers(self.categories) or range(len(self.categories) - 1, -1, -1)
        return [
            (count, {option: score for group, score in zip(groups, points, strict=True) for option in group})
            for count, groups in self.ballots
        ]


def integers(names):
    """The names as integers, or None where one of them is not."""
    if not all(re.fullmatch(r"\s*[+-]?[0-9]{1,15}\s*", name) for name in names):
        return None
    return [int(name) for name in names]


def read(text, type=None):
    """The Election of a file's text; raises Malformed with the line and what is wrong with it.

    type: the ending of the file's name; without it, what the file says of itself (`# DATA TYPE:`).
    """
    lines = [(number, line.strip()) for number, line in enumerate(re.split(r"\r\n?|\n", text), 1) if line.strip()]
    headers = [(number, line) for number, line in lines if line.startswith("#")]
    rows = [(number, line) for number, line in lines if not line.startswith("#")]
    if not headers and rows and re.fullmatch(r"[0-9]{1,9}", rows[0][1]) and type in RANKINGS:
        return _old(rows, type)
    header = _Header(headers)
    type = type if type in TYPES else header.one("DATA TYPE").lower()
    if type not in TYPES:
        raise Malformed(f"The file does not say which kind it is. Name it with one of .{' .'.join(TYPES)} at the end.")
    names = header.names("ALTERNATIVE NAME", header.number("NUMBER ALTERNATIVES"))
    categories = header.names("CATEGORY NAME", header.number("NUMBER CATEGORIES")) if type == "cat" else {}
    kind = _Kind(type, names, len(categories))
    ballots = [kind.ballot(number, line, BALLOT) for number, line in rows]
    _check_voters(ballots, header.number("NUMBER VOTERS"))
    return Election(type, tuple(names.values()), ballots, tuple(categories.values()))


class _Header:
    """The lines that begin with `#`, asked by their key."""

    def __init__(self, lines):
        self.values, self.lists = {}, defaultdict(list)
        for line, text in lines:
            key, _colon, value = text.lstrip("#").partition(":")
            words = key.upper().split()
            if words and re.fullmatch(r"[0-9]{1,9}", words[-1]):
                self.lists[" ".join(words[:-1])].append((line, int(words[-1]), value.strip()))
            else:
                self.values[" ".join(words)] = (line, value.strip())

    def one(self, key):
        return self.values.get(key, (0, ""))[1]

    def number(self, key):
        """The number under this key; None where the file does not say it."""
        line, value = self.values.get(key, (0, ""))
        if value and not re.fullmatch(r"[0-9]{1,15}", value):
            raise Malformed(f"Line {line}: {key} must be a whole number, not {shown(value)}.")
        return int(value) if value else None

    def names(self, key, number):
        """{number: name} in the order of the numbers; every one from 1 to `number` has a name, and each its own."""
        lines, found = self.lists[key], {}
        if not lines:
            raise Malformed(f"The file has no header: lines such as `# {key} 1: ...` must come before the ballots.")
        if len(lines) > MOST_OPTIONS:
            raise Malformed(f"The file has {len(lines)} lines `# {key}`; {MOST_OPTIONS} are counted at most.")
        for line, place, name in lines:
            if place in found or not name:
                raise Malformed(f"Line {line}: number {place} has {'two names' if place in found else 'no name'}.")
            found[place] = name
        number = len(found) if number is None else number
        if number != len(found) or sorted(found) != list(range(1, len(found) + 1)):
            raise Malformed(f"The lines `# {key}` must be numbered from 1 to {number}, without a gap.")
        return _own_names(dict(sorted(found.items())))


class _Kind:
    """What a line of ballots may say in this kind of file."""

    def __init__(self, type, names, categories=0):
        self.type, self.names, self.categories = type, names, categories
        self.groups = {}

    def ballot(self, line, text, form):
        """(count, groups) of one line."""
        found = form.fullmatch(text)
        if not found or not GROUPS.fullmatch(found["ranks"]):
            raise Malformed(f"Line {line} is not a ballot: {shown(text)}. It should look like `12: 3,{{1,2}}`.")
        groups = [self._group(line, group) for group in re.findall(r"\{[^}]*\}|[0-9]+", found["ranks"])]
        named = [option for group in groups for option in group]
        if len(set(named)) < len(named):
            twice = next(option for option, times in Counter(named).items() if times > 1)
            raise Malformed(f"Line {line}: the option {shown(twice)} stands twice on one ballot.")
        return _whole(line, found["count"]), self._checked(line, groups, len(named))

    def _group(self, line, text):
        """The names of `3` or `{1,2}`. Remembered, for ballots repeat themselves and there are many."""
        if text not in self.groups:
            numbers = [int(number) for number in re.findall("[0-9]+", text)]
            unknown = next((number for number in numbers if number not in self.names), None)
            if unknown is not None:
                raise Malformed(f"Line {line}: there is no option {unknown}; the header names 1 to {len(self.names)}.")
            self.groups[text] = tuple(self.names[number] for number in numbers)
        return self.groups[text]

    def _checked(self, line, groups, named):
        if self.type == "cat":
            if len(groups) > self.categories:
                raise Malformed(f"Line {line} has {len(groups)} categories; the header names {self.categories}.")
            return (*groups, *[()] * (self.categories - len(groups)))
        if self.type in ("soc", "soi") and any(len(group) > 1 for group in groups):
            raise Malformed(f"Line {line} ranks options equal; that needs the ending .toc or .toi, not .{self.type}.")
        if self.type in ("soc", "toc") and named < len(self.names):
            raise Malformed(
                f"Line {line} ranks {named} of {len(self.names)} options; that needs the ending .soi or .toi,"
                f" not .{self.type}."
            )
        return tuple(group for group in groups if group)


def _whole(line, count):
    if re.fullmatch(r"-[0-9.]+", count):
        raise Malformed(f"Line {line}: the count is negative: {count}. Nobody can cast fewer than 0 ballots.")
    if not re.fullmatch(r"\+?[0-9]{1,15}", count):
        raise Malformed(f"Line {line}: the count must be a whole number, not {shown(count)}.")
    return int(count)


def _own_names(names):
    twice = next((name for name, times in Counter(names.values()).items() if times > 1), None)
    if twice is not None:
        raise Malformed(f"The name {shown(twice)} stands twice in the header. Give each a name of its own.")
    return names


def _check_voters(ballots, voters):
    counted = sum(count for count, _groups in ballots)
    if voters is not None and counted != voters:
        raise Malformed(
            f"The header says that there are {voters} voters, but the ballots are {counted}. Is a part missing?"
        )


def _old(rows, type):
    """The form before 2022: how many options, each `number,name`, then `voters,sum,different ones`, then ballots
    `count,3,{1,2}`.
    """
    options = int(rows[0][1])
    names = {}
    for line, text in rows[1 : options + 1]:
        number, comma, name = text.partition(",")
        if not comma or number.strip() != str(len(names) + 1):
            raise Malformed(f"Line {line} should name option {len(names) + 1}, as in `{len(names) + 1},Oslo`.")
        names[len(names) + 1] = name.strip()
    sums = rows[options + 1][1].split(",") if len(rows) > options + 1 else []
    if not 1 <= options <= MOST_OPTIONS or len(sums) != 3 or not re.fullmatch(r"[0-9]{1,15}", sums[0].strip()):
        raise Malformed(
            f"After the names of the {options} options there should be a line `voters,sum,different ballots`."
        )
    kind = _Kind(type, _own_names(names))
    ballots = [kind.ballot(line, text, OLD_BALLOT) for line, text in rows[options + 2 :]]
    _check_voters(ballots, int(sums[0]))
    return Election(type, tuple(names.values()), ballots)
