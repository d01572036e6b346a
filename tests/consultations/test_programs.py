"""Votes as mail programs carry them: three answers and three votes in one reply, and a reply to a notice; read, then
understood, for every program times every language.
"""

import pytest

from consultations.words import votes as words
from notifications import reading
from tests.notifications.reading.clients import CHARSETS, LANGUAGES, OLD_CHARSET, PROGRAMS

LABELS = ["One page", "Two pages", "None at all"]
YES = {"en": "yes", "fr": "oui", "es": "sí", "de": "ja", "ru": "да", "zh": "同意", "ar": "نعم"}
BALLOTS = """
[#15] Which form for the spring survey?

Ballot. Closes 30 Nov 16:14 (UTC+5:45), in 9 days.

A) One page
B) Two pages
C) None at all

To vote, write the number and nothing but A, B or C.

[#16] In which order shall we print them?

Ballot. Closes 30 Nov 16:14 (UTC+5:45), in 9 days.

A) One page
B) Two pages
C) None at all

[#17] Shall we meet in May?

Ballot. Closes 30 Nov 16:14 (UTC+5:45), in 9 days.

To vote, write the number and nothing but yes, no or abstain.
"""
NOTICE = """Notice 3 of the workspace “Plenary”: the ballot “Which form for the spring survey?” is extended.

It closes on 5 December 2026, 18:00 (UTC+5:45). Before, it was to close on
30 November 2026, 18:00 (UTC+5:45).

By authority of: The co-chairs
Reason: A holiday

A) One page
B) Two pages
C) None at all

To vote, reply to this mail and write nothing but A, B or C.
"""


def vote(text, kind="choice"):
    return words.read(text, kind=kind, labels=LABELS, name="Pat Participant")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_answers_and_votes_of_one_reply(program, language):
    said = LANGUAGES[language]
    sent = said.issue.replace("[#13]", f"{BALLOTS.strip()}\n\n[#13]")
    new = f"#11: {said.first}\n#15: b)\n#12: {said.second}\n#16: 3>1>2\n#17: {YES[language]}"

    raw = program(said, f"{new}\n\n{said.closing}\nPat", sent, CHARSETS[language])
    read = reading.read(raw, sent=sent, open_items={11, 12, 13, 15, 16, 17})

    texts = {answer.code: answer.text for answer in read.answers}
    assert sorted(texts) == ["11", "12", "15", "16", "17"]
    assert vote(texts["15"]) == "B"
    assert vote(texts["16"], "ranking") == "C>A>B"
    assert vote(texts["17"], "yes_no") == "yes"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize("new", ["B", "Two pages"])
def test_a_reply_to_a_notice(program, language, new):
    said, charset = LANGUAGES[language], CHARSETS[language]
    if program in OLD_CHARSET and language not in ("en", "fr", "es", "de"):
        charset = "utf-8"  # the notice is in English, with the quotation marks of English

    read = reading.read(program(said, f"{new}\n\n{said.closing}\nPat", NOTICE, charset), sent=NOTICE)

    assert vote(read.reply or "") == "B"
