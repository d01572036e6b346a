"""Answers: the writer's new lines are given to the items they answer (the contract's section 2).

Explicit tags first, then lines under a quoted item, then free text, which belongs to the only open item if there is
one. Nothing is published by guess: what belongs to no item is kept in `unassigned` and named in `problems`.
"""

import dataclasses
import re

from . import commands, languages, signatures, tags
from .result import Answer

BULLET = re.compile(
    r"\s{0,8}(?:[-*•·‣▪–—+]\s|\(?[\dA-Za-z]{1,3}[.)]\s|\d{1,3}[、．]|[#＃>|]"
    r"|\d{1,4}[^\s:：]{0,9}[ ]?(?:bis|ter)?[:：](?!\d))"  # `12(a): delete`
)
GREETING = re.compile(
    rf"(?:{languages.pattern('greeting')})(?![^\W_]).{{0,60}}$|(?:您好|你好|大家好|各位|尊敬的).{{0,30}}$",
    re.IGNORECASE,
)
WIDE = 58  # columns from which a line was probably broken by the program, not by the writer


@dataclasses.dataclass(slots=True)
class Piece:
    """Lines in a row that belong together: to `codes`, or to nobody (())."""

    codes: tuple
    how: str  # tag, inline, free, after (free text below the issue's end)
    person: str = ""  # for whom, "" for the writer
    lines: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Numbered:
    """Items with numbered parts, and whether all that is answered is one: there `12: delete` speaks of a paragraph."""

    items: frozenset = frozenset()
    is_all: bool = False

    def holds(self, codes):
        """Do numbers below these items speak of their parts?"""
        return self.is_all or any(code in self.items for code in codes)


def assign(reading, lines, *, open_items, closed_items, letters="", numbered=Numbered()):
    """Fill the reading's answers, refused, unassigned, commands and problems from lines that have their kinds."""
    items = open_items | closed_items
    found_commands(reading, lines)
    pieces = _pieces(lines, items, numbered)
    texts = [(piece, _text(piece.lines, reading.from_name)) for piece in pieces]
    texts = [(piece, text) for piece, text in texts if text or piece.how == "tag"]
    placed = [(code, piece, text) for piece, text in texts for code in piece.codes]
    loose = [(piece, text) for piece, text in texts if not piece.codes and text]
    if len(open_items) == 1:
        only, tagged = next(iter(open_items)), {piece.person for _code, piece, _text in placed if piece.how == "tag"}
        placed = [
            (code, piece, text)
            for piece, text in texts
            for code in (piece.codes or (() if piece.person in tagged else (only,)))
        ]
        loose = [(piece, text) for piece, text in loose if piece.person in tagged]
    _place(reading, placed, open_items, closed_items)
    _keep_loose(reading, loose, texts, bool(items))
    return {id(line): piece.codes for piece in pieces for line in piece.lines}


def found_commands(reading, lines):
    """Take out the lines that are commands."""
    fresh = [line for line in lines if line.kind == "new"]
    subject = commands.recognise(reading.subject, first=True, only=not fresh)
    is_begun = subject is not None and not subject.argument and not commands.is_complete(subject)
    found, first = [], True
    for line in fresh[:200]:
        command = commands.recognise(line.head, first=first)
        if first and command is None and is_begun:
            command = _completed(reading.subject, line.head, is_all=len(fresh) == 1)
        if command:
            line.kind, line.why = "command", f"asks for {command.verb}"
            found.append(command)
        else:
            first = False
    # A subject that only begins what the mail says in full asks for nothing of its own.
    if subject and not (is_begun and any(commands.is_complete(command) for command in found)):
        found.insert(0, subject)
    reading.commands += dict.fromkeys(found)


def _completed(subject, line, *, is_all):
    """The command of which `GET` stands in the subject and what is wanted below it; words alone only without others."""
    command = commands.recognise(f"{subject} {line}", first=True)
    takes_words = command is not None and command.verb in commands.FREE
    return command if command and commands.is_complete(command) and (is_all or not takes_words) else None


def _pieces(lines, items, numbered):
    """Cut the new lines at tags, quoted items and attributions."""
    explicit = {index: tags.explicit(line.head, items) for index, line in enumerate(lines) if line.kind == "new"}
    if numbered.is_all:
        explicit = dict.fromkeys(explicit)
    has_explicit = any(explicit.values())
    bare = None
    if not numbered.items and not numbered.is_all:
        bare = tags.bare_pattern([lines[index].head for index, tag in explicit.items() if not tag], items, has_explicit)
    pieces, current, item, ended = [], None, "", False
    for index, line in enumerate(lines):
        if current and current.person != line.person and line.kind in ("new", "person"):
            current = None
        if current and current.how == "tag" and not item and _is_cited(line, current):
            continue
        if line.kind in ("quoted", "known", "attribution"):
            current = None
            if line.marker or (line.kind != "attribution" and line.item):
                item, ended = line.item, False
            elif line.kind == "attribution" and not line.depth:
                item = ""
            elif line.why == IN_ISSUE and not line.item:
                ended, item = ended or bool(item), ""
        elif line.kind == "new":
            tag = explicit.get(index) or _bare(bare, line.head)
            if tag and numbered.items and not tags.is_signed(line.head):
                # "пункт 12: ..." may mean a paragraph; below a text it does.
                below = current.codes if current else (item,)
                tag = tag if not numbered.holds(below) and tag[0][0] in items else None
            if tag:
                current = Piece(tuple(dict.fromkeys(tag[0])), "tag", line.person)
                pieces.append(current)
                line.text = tag[1]
                line.why = "answers " + " ".join("#" + code for code in current.codes)
                line.item = " ".join(current.codes)
            elif current is None:
                how = "inline" if item else "after" if ended else "free"
                current = Piece((item,) if item else (), how, line.person)
                pieces.append(current)
            if not line.why:
                line.why = f"stands under #{item}" if current.how == "inline" else "the writer's own words"
            current.lines.append(line)
        elif line.kind == "blank" and current:
            current.lines.append(line)
    return pieces


def _is_cited(line, current):
    """A line cited inside a tagged answer, which goes on below it: somebody else's, or one of the item's own.

    One of the item's own without a mark is a part of the answer.
    """
    if line.kind == "known" and not line.depth and not line.marker and line.item in current.codes:
        line.kind, line.why = "new", "cited in the answer"
        current.lines.append(line)
        return True
    return line.kind == "quoted" and not (line.marker or line.item or line.why == IN_ISSUE)


IN_ISSUE = "stands in the issue as sent"


def _bare(pattern, head):
    match = pattern.match(head) if pattern else None
    return ([tags.number(match[1])], head[match.end() :]) if match else None


def _place(reading, placed, open_items, closed_items):
    """Texts to their items: joined in order, and each problem named where it is met."""
    texts, sources = {}, {}
    for code, piece, text in placed:
        problem, key = _problem(code, open_items, closed_items), (code, piece.person)
        if problem:
            reading.note(problem)
            reading.refused.append(Answer(code, text, problem, piece.person))
            continue
        if not text:
            continue
        if key in texts and not (piece.how == sources[key] == "inline"):
            reading.note("duplicate")
        sources[key] = piece.how
        texts[key] = f"{texts[key]}\n\n{text}" if key in texts else text
    reading.answers = [Answer(code, text, on_behalf=person) for (code, person), text in texts.items()]


def _problem(code, open_items, closed_items):
    if code in open_items:
        return ""
    if code in closed_items:
        return "closed"
    return "unknown_item" if open_items or closed_items else ""


def _keep_loose(reading, loose, texts, has_items):
    if not loose:
        return
    reading.unplaced = by_person((piece.person, text) for piece, text in loose)
    reading.unassigned = next((answer.text for answer in reading.unplaced if not answer.on_behalf), "")
    everything = "\n".join(text for _piece, text in loose)
    reading.is_greeting = all(GREETING.match(row) for row in everything.split("\n") if row.strip())
    answered = [index for index, (piece, _text) in enumerate(texts) if piece.codes]
    if not answered:
        if has_items:
            reading.note("unassigned")
        return
    for index, (piece, _text) in enumerate(texts):
        if not piece.codes:
            reading.note("preamble" if index < answered[0] else "unassigned")


def by_person(texts):
    """Answers of no item from pairs of (person, text), one a person, in the order met."""
    joined = {}
    for person, text in texts:
        joined[person] = f"{joined[person]}\n\n{text}" if person in joined else text
    return [Answer("", text, on_behalf=person) for person, text in joined.items()]


def _text(lines, name):
    """The text of a piece: closing and blank ends cut off, lines broken by the program joined."""
    rows = signatures.without_closing([line.text.rstrip() for line in lines], name)
    return unwrapped(rows)


def unwrapped(rows):
    """Rows as paragraphs: a row that plainly goes on in the next is joined with it; lists and short lines stay."""
    out = []
    for row in rows:
        row = row.strip("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff ")
        if out and row and out[-1] and _goes_on(out[-1], row):
            gap = "" if ord(out[-1][-1]) > 0x2E80 and ord(row[0]) > 0x2E80 else " "
            out[-1] += gap + row
        else:
            out.append(row)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def _goes_on(before, row):
    if BULLET.match(row) or before.endswith((":", "：", ";", "{", "}")):
        return False
    last = before.rpartition("\n")[2]
    width = sum(2 if ord(char) > 0x2E80 else 1 for char in last[-200:])
    if row[0].islower():
        return len(last) > 1
    first_word = row.split(None, 1)[0]
    return width >= WIDE and (width % 80) + len(first_word) >= 62 and before[-1] not in ".!?。！？؟…"
