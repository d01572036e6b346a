"""What a moderator answers about posts that wait: which are shown, which are not, and why."""

import pytest

from core.languages import LANGUAGES
from notifications.reading import verdicts
from notifications.reading.verdicts import Verdict


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SHOW P12, P14\nThank you", [Verdict(True, 12), Verdict(True, 14)]),
        ("show 12 13", [Verdict(True, 12), Verdict(True, 13)]),
        ("Dear all\nDECLINE P13: 2 of these\nare enough.\n\nAlice", [Verdict(False, 13, "2 of these\nare enough.")]),
        ("ПОКАЗАТЬ Р12", [Verdict(True, 12)]),
        ("显示Ｐ１２、P13", [Verdict(True, 12), Verdict(True, 13)]),
        ("\u200fإظهار P١٢، P١٣\u200f", [Verdict(True, 12), Verdict(True, 13)]),
        ("Show us the 12 springs", []),
        ("SHOW " + "P1 " * 9_000, [Verdict(True, 1)] * verdicts.MOST),
        ("DECLINE " + " 1" * 99 + "\n\n" + "SHOW" * 9_000, [Verdict(False, 1, " ".join("1" * 98))]),
    ],
)
def test_verdicts_are_found_in_what_is_written(text, found):
    read = verdicts.read(text)
    assert read[: len(found)] == found
    assert bool(read) == bool(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_known_as_it_is_offered(language):
    text = f"{verdicts.SHOW[language]} P3\n{verdicts.DECLINE[language].lower()} P4 …"
    assert verdicts.read(text) == [Verdict(True, 3), Verdict(False, 4, "…")]
