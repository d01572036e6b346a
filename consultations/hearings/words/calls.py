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
_ABSENT = votes.rows_of(ABSENT_WORDS) | {"-", "–", "."}


def read(text, *, kind, labels=()):
    """The answer, as votes are stored, or "absent"; "" where it is not certain."""
    text = text.strip()
    if text in _ABSENT or (words := votes.bare(text)) in _ABSENT - {""}:
        return ABSENT
    if kind == votes.YES_NO and (words or text) in SHORT:
        return SHORT[words or text]
    try:
        return votes.read(text, kind=kind, labels=labels)
    except votes.Unclear:
        return ""
