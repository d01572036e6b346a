"""What an officer types while a roll is called: a letter, a sign, or a word in any of the languages. Pure."""

from consultations.words import votes

YES, NO, ABSTAIN, ABSENT, PASSED = "yes", "no", "abstain", "absent", "passed"
SHORT = {
    **dict.fromkeys(("y", "o", "s", "j", "д", "ن", "+"), YES),
    **dict.fromkeys(("n", "н", "ل"), NO),
    **dict.fromkeys(("a", "в", "م", "="), ABSTAIN),
}
ABSENT_WORDS = """
-|–|.|absent|not here
absent|absente
ausente
غائب|غائبة|غ
缺席|不在
отсутствует|нет в зале|о
"""
PASSED_WORDS = """
p|pass|passes|passed
passe|je passe
paso|pasa
تمرير|أمرر
跳过|暂不表决
пропускаю|пропускает|п
"""
_ABSENT = {word for word in votes.rows_of(ABSENT_WORDS) if word} | {"-", "–", "."}
_PASSED = {word for word in votes.rows_of(PASSED_WORDS) if word}


def read(text, *, kind, labels=()):
    """The answer, as votes are stored, or "absent", or "passed"; "" where it is not certain."""
    words = votes.bare(text) or text.strip()  # a sign is all there is
    if kind == votes.YES_NO and words in SHORT:
        return SHORT[words]
    try:
        return votes.read(text, kind=kind, labels=labels)
    except votes.Unclear:  # the letter of an option comes first: of 16 one is P
        return ABSENT if words in _ABSENT else PASSED if words in _PASSED else ""
