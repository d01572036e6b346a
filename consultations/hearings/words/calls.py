"""What an officer types while a roll is called: a letter, a sign, or a word in any of the languages. Pure."""

from consultations.words import votes

YES, NO, ABSTAIN, ABSENT = "yes", "no", "abstain", "absent"
SHORT = {
    **dict.fromkeys(("y", "o", "s", "j", "д", "ن", "+"), YES),
    **dict.fromkeys(("n", "н", "ل"), NO),
    **dict.fromkeys(("a", "в", "م", "="), ABSTAIN),
}
ABSENT_WORDS = """
-|–|.|p|absent|pass|not here
absent|absente|passe
ausente|paso
غائب|غائبة|غ
缺席|不在
отсутствует|нет в зале|о
"""
_ABSENT = {word for word in votes.rows_of(ABSENT_WORDS) if word} | {"-", "–", "."}


def read(text, *, kind, labels=()):
    """The answer, as votes are stored, or "absent"; "" where it is not certain."""
    words = votes.bare(text) or text.strip()  # a sign is all there is
    if words in _ABSENT:
        return ABSENT
    if kind == votes.YES_NO and words in SHORT:
        return SHORT[words]
    try:
        return votes.read(text, kind=kind, labels=labels)
    except votes.Unclear:
        return ""
