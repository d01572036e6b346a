"""What a moderator answers about posts that wait: `SHOW P12, P14` or `DECLINE P13 why`, in six languages. Pure."""

import re
import unicodedata
from dataclasses import dataclass

SHOW_WORDS = """
show|let in|release
montrer|afficher
mostrar|publicar
إظهار|أظهر
显示|放行
показать|опубликовать
"""
DECLINE_WORDS = """
decline|do not show
écarter|ne pas montrer
descartar|no mostrar
رفض|أرفض
拒绝|不予显示
отклонить|отклоняю
"""
SHOW = {"en": "SHOW", "fr": "MONTRER", "es": "MOSTRAR", "ar": "إظهار", "zh": "显示", "ru": "ПОКАЗАТЬ"}
DECLINE = {"en": "DECLINE", "fr": "ÉCARTER", "es": "DESCARTAR", "ar": "رفض", "zh": "拒绝", "ru": "ОТКЛОНИТЬ"}
MOST = 40  # posts of one mail
LONGEST = 200  # letters of a line that are looked at


@dataclass
class Verdict:
    """number: of the post; reason: why it is declined, "" where it is to be shown."""

    is_shown: bool
    number: int
    reason: str = ""


def read(text):
    """The verdicts of a mail, in its order, at most MOST. Lines below one that declines are its reason, too, up to an
    empty one.
    """
    found, last = [], []
    for line in text.splitlines():
        head = _plain(line[:LONGEST])
        show, decline = _SHOW.match(head), _DECLINE.match(head)
        if show or decline:
            numbers = [int(number) for number in re.findall(r"\d+", (show or decline)[1])]
            reason = f"{decline[2]}{line[LONGEST:]}".strip() if decline else ""
            found += (last := [Verdict(bool(show), number, reason) for number in numbers])
            continue
        last = [verdict for verdict in last if line.strip() and not verdict.is_shown]
        for verdict in last:
            verdict.reason = f"{verdict.reason}\n{line.strip()}".strip()
    return found[:MOST]


def _plain(line):
    """With plain digits, and without what has no width."""
    line = unicodedata.normalize("NFC", line)
    return "".join(str(unicodedata.decimal(char, char)) for char in line if unicodedata.category(char) != "Cf")


def _opening(rows, further):
    words = "|".join(unicodedata.normalize("NFC", row) for row in rows.strip().splitlines())
    numbers = rf"(?:[pрｐ]\s?)?\d{{1,9}}(?:[\s,،、;]{{1,3}}{further}\d{{1,9}}){{0,{MOST}}}"
    return re.compile(rf"[\W_]{{0,6}}(?:{words})[\s:：]{{0,4}}({numbers})(?!\w)[\s:：.,;،–—-]*(.*)", re.IGNORECASE)


# A number in a reason is no post, so there each has its letter, that of a Russian keyboard too.
_SHOW, _DECLINE = _opening(SHOW_WORDS, r"(?:[pрｐ]\s?)?"), _opening(DECLINE_WORDS, r"[pрｐ]\s?")
