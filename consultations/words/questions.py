"""What a mail says to several questions at once, in any of the languages. Pure: no database, no settings.

    Q2: Our answer, of as many lines as it takes        2: ...        Question 2: ...        问题2：...

What stands below a number belongs to it until the next one.
"""

import re
from typing import NamedTuple

MOST_PARTS = 60  # questions that one mail answers
_BEFORE = "questions?|q|frage|pregunta|p|вопрос|в|السؤال|سؤال|س|问题|問題|问|第"
_OPENS = re.compile(
    rf"[\s>*•·–-]{{0,6}}(?:[#＃№][ ]?)?(?:(?:{_BEFORE})[ \xa0.]{{0,2}})?(\d{{1,3}}|[٠-٩]{{1,3}})[ \xa0]?[题題问問]?"
    r"[ \xa0\u200e\u200f]?[:：](?!//)(?!\d\d(?!\d))\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)


class Part(NamedTuple):
    """`number` of a question, None for what stands before the first; `text`, the answer without its number; `said`,
    the lines as they came.
    """

    number: int | None
    text: str
    said: str


def split(text):
    """The Parts of a text, in its order; one without a number where nothing names a question."""
    parts, number, lines, said = [], None, [], []
    for line in text.splitlines():
        opens = _OPENS.fullmatch(line) if len(parts) < MOST_PARTS else None
        if opens:
            parts.append(Part(number, "\n".join(lines).strip(), "\n".join(said)))
            number, lines, said = int(opens[1]), [opens[2]], [line]
        else:
            lines.append(line)
            said.append(line)
    parts.append(Part(number, "\n".join(lines).strip(), "\n".join(said)))
    return [part for part in parts if part.number is not None or part.text] or [Part(None, text, text)]
