"""Twenty mail programs in seven languages, each in the charset and the form of quoting that it really uses."""

import collections
import re
import textwrap

import pytest

from notifications import reading

from . import clients


def words(text):
    return collections.Counter(re.findall(r"\w+", text or ""))


@pytest.mark.parametrize("language", clients.LANGUAGES)
@pytest.mark.parametrize("program", clients.PROGRAMS, ids=lambda program: program.__name__)
def test_answers_to_an_issue_are_found(program, language):
    sample = clients.digest(program, language)

    result = reading.read(sample.raw, sent=sample.sent, open_items=[11, 12, 13], closed_items=[14])

    assert {answer.code: answer.text for answer in result.answers} == sample.answers
    assert (result.klass, result.problems) == ("accept", [])


@pytest.mark.parametrize("language", clients.LANGUAGES)
@pytest.mark.parametrize("program", clients.PROGRAMS, ids=lambda program: program.__name__)
def test_a_reply_keeps_its_words_and_no_quote(program, language):
    sample = clients.letter(program, language)

    result = reading.read(sample.raw)

    assert words(result.reply) == words(sample.reply)
    assert result.klass == "accept"


def wrapped(row, width):
    """A row broken as programs break it; Chinese anywhere, but not inside a link."""
    if any(ord(char) > 0x2E80 for char in row) and "http" not in row:
        return [row[start : start + width // 2] for start in range(0, len(row), width // 2)]
    return textwrap.wrap(row, width, break_long_words=False) or [""]


@pytest.mark.parametrize("mark", ["", "> ", ">", "| "])
@pytest.mark.parametrize("width", [24, 40, 66, 76, 100])
@pytest.mark.parametrize("language", clients.LANGUAGES)
def test_answers_under_the_items_are_found_however_the_quote_is_broken(language, width, mark):
    words_, out = clients.LANGUAGES[language], []
    for row in words_.issue.rstrip("\n").split("\n"):
        out += [mark + piece for piece in wrapped(row, width)]
        if row.startswith(("[#12]", "[#13]")):
            out += ["", words_.first if row.startswith("[#12]") else words_.second.split()[0], ""]
    attribution = words_.gmail.format(name=words_.desk, mail="desk@deliberation.example")
    head = "From: Pat <pat@example.org>\nContent-Type: text/plain; charset=utf-8\n\n"

    result = reading.read(
        f"{head}{attribution}\n\n{chr(10).join(out)}\n".encode(),
        sent=words_.issue,
        open_items=[11, 12, 13],
        closed_items=[14],
    )

    assert {answer.code: answer.text for answer in result.answers} == {
        "12": words_.first,
        "13": words_.second.split()[0],
    }
    assert result.problems == []


@pytest.mark.parametrize("language", clients.LANGUAGES)
def test_an_answer_behind_the_title_on_its_line_is_found(language):
    words_, out = clients.LANGUAGES[language], []
    for block in words_.issue.rstrip("\n").split("\n\n"):
        title = block.split("\n")[0]
        out.append(f"{title} {words_.second}" if title.startswith("[#12]") else block)

    result = reading.read(
        f"From: pat@example.org\nContent-Type: text/plain; charset=utf-8\n\n{(chr(10) * 2).join(out)}\n".encode(),
        sent=words_.issue,
        open_items=[11, 12, 13],
        closed_items=[14],
    )

    assert {answer.code: answer.text for answer in result.answers} == {"12": words_.second}
