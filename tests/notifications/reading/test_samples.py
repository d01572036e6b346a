"""What programs write between the writer's words and the quoted ones, in every language of `languages.toml`.

`samples/<code>.txt` holds our own sentences and, per program, the lines that introduce a quotation. Each is tried above
and below the quotation, wrapped, and with and without its marks.
"""

import collections
import dataclasses
import pathlib
import re
import textwrap

import pytest

from notifications import reading
from notifications.reading import languages

FOLDER = pathlib.Path(__file__).parent / "samples"
HEAD = "From: Robin <robin@one.example>\nTo: Desk <desk@two.example>\nContent-Type: text/plain; charset=utf-8\n"


@dataclasses.dataclass(frozen=True)
class Sample:
    language: str
    program: str
    new: tuple
    quoted: tuple
    introduction: str
    is_marked: bool

    def __str__(self):
        return f"{self.language} {self.program}"


def samples(path):
    top, *blocks = re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))
    new = tuple(line[5:] for line in top.split("\n") if line.startswith("new: "))
    quoted = tuple(line[8:] for line in top.split("\n") if line.startswith("quoted: "))
    for block in blocks:
        title, _line, introduction = block.partition("\n")
        program = title.removesuffix(" (unmarked)")
        yield Sample(path.stem, program, new, quoted, introduction.rstrip("\n"), program == title)


SAMPLES = [sample for path in sorted(FOLDER.glob("*.txt")) for sample in samples(path)]


def words(text):
    return collections.Counter(re.findall(r"\w+", text or ""))


def reply(*pieces):
    return reading.read(f"{HEAD}\n{chr(10).join(pieces)}\n".encode()).reply


def quotation(sample, mark="> "):
    return "\n".join(mark + row for row in sample.quoted) if sample.is_marked else "\n\n".join(sample.quoted)


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_words_above_the_introduction_are_the_writers(sample):
    text = "\n\n".join(sample.new)

    assert words(reply(text, "", sample.introduction, "", quotation(sample))) == words(text)
    assert words(reply(text, sample.introduction, quotation(sample))) == words(text)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.is_marked and "\n" not in s.introduction], ids=str)
def test_an_introduction_may_be_wrapped_and_the_words_stand_below(sample):
    text, new = "\n\n".join(sample.new), "\n".join(sample.new)
    wrapped = "\n".join(textwrap.wrap(sample.introduction, 60, break_long_words=False, break_on_hyphens=False))

    assert words(reply(text, "", wrapped, "", quotation(sample))) == words(text)
    assert words(reply(sample.introduction, quotation(sample), "", new)) == words(text)
    assert words(reply(wrapped, "", quotation(sample, ">"), "", new)) == words(text)


@pytest.mark.parametrize("code", languages.LANGUAGES)
def test_every_language_has_samples(code):
    programs = [sample.program for sample in SAMPLES if sample.language == code]

    assert len(programs) >= 3
