"""What people write to a statement by mail: agree, disagree, pass, or a statement of their own. Pure.

The words for yes and no are those of votes; only what is certain counts.
"""

import re

from consultations.words import votes

AGREE, DISAGREE, PASS = "agree", "disagree", "pass"
PASS_WORDS = """
pass|i pass|skip|no opinion|unsure|not sure|neutral|undecided|don't know|i don't know
passe|je passe|passer|sans opinion|sans avis|pas d'avis|neutre|je ne sais pas
paso|pasar|sin opinión|neutral|no sé|no lo sé
تخطي|أتخطى|بلا رأي|لا رأي|محايد|محايدة|لا أعرف
跳过|略过|不表态|没有意见|无意见|中立|不知道
пропускаю|пропустить|пас|нет мнения|без мнения|нейтрально|не знаю
""".strip()
# A statement of one's own begins with one of these and a colon.
NEW_WORDS = "new|statement|nouveau|nouvelle|énoncé|nuevo|nueva|declaración|جديد|عبارة|新|新陈述|陈述|новое|утверждение"
_PASS = {word for line in PASS_WORDS.splitlines() for word in line.split("|")}
_NEW = re.compile(rf"\s*(?:{NEW_WORDS})\s*[:：]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_VOTES = {"yes": AGREE, "no": DISAGREE, "abstain": PASS}
_EDGES = " \t\n\r.!,;:。！،؛\"'“”«»"


def read(text, *, name=""):
    """("answer", "agree") or ("new", text of a statement); raises votes.Unclear for anything else.

    name: of whoever wrote, which may stand under the answer.
    """
    if new := _NEW.fullmatch(text.strip()):
        return "new", new[1].strip()
    lines = [line.strip(_EDGES).casefold().replace("’", "'") for line in text.strip().splitlines() if line.strip()]
    if lines and lines[0] in _PASS and all(line in _PASS or line == name.casefold() for line in lines):
        return "answer", PASS
    return "answer", _VOTES[votes.read(text, kind=votes.YES_NO, labels=(), name=name)]
