"""Reads the files of the demo world and gives each post its moment, counted back from now.

Nothing here touches the database; `loader.py` plays what comes out.
"""

import hashlib
import re
import tomllib
import zoneinfo
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
UNITS = {"d": "days", "h": "hours", "m": "minutes"}
SEATED_FOR = timedelta(days=40)  # how long before its first post a room opens
MAIL_DOMAINS = {"government": "org", "intergovernmental": "org", "science": "org", "local": "org", "business": "com"}
CATEGORIES = {
    "women": "women",
    "children_youth": "youth",
    "indigenous_peoples": "indigenous",
    "ngos": "ngo",
    "local_authorities": "local",
    "workers_trade_unions": "workers",
    "business_industry": "business",
    "scientific_technological": "science",
}


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    language: str
    timezone: str
    country: str
    organisation: str
    email: str
    cast: str = ""
    about: str = ""
    focal: bool = False
    secretariat: bool = False
    mail: bool = False
    cadence: str = ""

    @property
    def is_outside(self):
        return self.key == "carol"


@dataclass(frozen=True)
class Line:
    """One post of the script: `answers` is the place of another line of its thread, or None."""

    author: str
    answers: int | None
    at: datetime
    text: str
    extras: dict


@dataclass
class Talk:
    """One thread of the script."""

    title: str
    language: str
    lines: list[Line]
    is_pinned: bool = False
    closed: dict = field(default_factory=dict)
    closed_at: datetime | None = None
    unread: dict = field(default_factory=dict)


@dataclass
class Room:
    slug: str
    fields: dict
    moderators: list[str]
    members: list[str]
    requests: list
    talks: list[Talk]
    everyone: bool = False
    focal_points: bool = False
    ballots: list = field(default_factory=list)

    @property
    def opened_at(self):
        return min(talk.lines[0].at for talk in self.talks) - SEATED_FOR

    @property
    def authors(self):
        """All who write here, in the order of their first post."""
        lines = sorted((line for talk in self.talks for line in talk.lines), key=lambda line: line.at)
        return list(dict.fromkeys(line.author for line in lines))


def read(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def themes():
    return read("themes.toml")["theme"]


def regions():
    return read("themes.toml")["region"]


def organisations():
    """The organisations as dictionaries, their categories as the house calls them."""
    rows = read("organisations.toml")["organisations"]
    return [{**row, "category": CATEGORIES.get(row["category"], row["category"])} for row in rows]


def people():
    """Everyone by key, the cast first."""
    categories = {row["key"]: row["category"] for row in organisations()}
    return {row[0]: _person(row, categories) for row in read("people.toml")["people"]}


def rooms(now, folk):
    """The rooms with their threads, their times counted back from `now`."""
    for path in sorted((FOLDER / "workspaces").glob("*.toml")):
        room = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Room(
            slug=room.pop("slug"),
            talks=[_talk(thread, now, folk) for thread in room.pop("thread")],
            moderators=room.pop("moderators"),
            members=room.pop("members", []),
            requests=room.pop("requests", []),
            everyone=room.pop("everyone", False),
            focal_points=room.pop("focal_points", False),
            ballots=room.pop("ballot", []),
            fields=room,
        )


def content(name):
    return (FOLDER / "files" / name).read_bytes()


def consultations():
    """The consultations as they are written, the oldest first."""
    rows = [tomllib.loads(path.read_text()) for path in sorted((FOLDER / "consultations").glob("*.toml"))]
    return sorted(rows, key=lambda row: -span(row["prepared"]))


def hearings():
    """The hearings as they are written: those that are over first."""
    rows = [tomllib.loads(path.read_text()) for path in sorted((FOLDER / "hearings").glob("*.toml"))]
    return sorted(rows, key=lambda row: "held" not in row)


def span(age):
    """A time span from "12d", "5h" or "40m"; "-3d" is in three days."""
    number, unit = re.fullmatch(r"(-?\d+)([dhm])", age).groups()
    return timedelta(**{UNITS[unit]: int(number)})


def chance(*what, below):
    """A number from 0 up to `below` that is the same each time for the same words."""
    digest = hashlib.sha256("/".join(map(str, what)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def _person(row, categories):
    key, name, language, timezone, country, organisation, *rest = row
    extras = rest[0] if rest else {}
    category = categories[organisation]
    domain = "org" if "cast" in extras else MAIL_DOMAINS.get(category, "net")
    return Person(key, name, language, timezone, country, organisation, f"{key}@example.{domain}", **extras)


def _talk(thread, now, folk):
    lines, last_of = [], {}
    for place, (author, answers, age, text, *rest) in enumerate(thread["posts"]):
        target = None
        if answers == ">":
            target = place - 1
        elif answers:
            target = last_of[answers]
        earlier = lines[-1].at if lines else None
        at = _moment(age, now, folk[author], thread["title"], place, earlier)
        lines.append(Line(author, target, at, text.strip(), rest[0] if rest else {}))
        last_of[author] = place
    closed = thread.get("closed", {})
    closed_at = max(now - span(closed["age"]), lines[-1].at + timedelta(minutes=9)) if closed else None
    return Talk(
        title=thread["title"],
        language=thread["language"],
        lines=lines,
        is_pinned=thread.get("pinned", False),
        closed=closed,
        closed_at=closed_at,
        unread=thread.get("unread", {}),
    )


def _moment(age, now, person, title, place, earlier):
    """When a line was written: after the one before it, and for an age in days while its author was awake."""
    at = now - span(age)
    if age.endswith("d"):
        local = at.astimezone(zoneinfo.ZoneInfo(person.timezone)).replace(hour=7, minute=10, second=0, microsecond=0)
        at = (local + timedelta(minutes=chance(title, place, "hour", below=14 * 60))).astimezone(now.tzinfo)
    at += timedelta(seconds=chance(title, place, "second", below=50))
    if earlier:
        at = max(at, earlier + timedelta(minutes=5 + chance(title, place, "pause", below=80)))
    # A chain of quick answers must not run ahead of the clock.
    at = min(at, now - timedelta(minutes=2))
    return max(at, earlier + timedelta(seconds=75)) if earlier else at
