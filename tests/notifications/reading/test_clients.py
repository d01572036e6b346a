"""Twenty mail programs in seven languages, each in the charset and the form of quoting that it really uses."""

import collections
import re

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
