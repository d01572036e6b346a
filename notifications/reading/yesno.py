"""Yes or no, as the first word of a mail, in the six languages and some more."""

import re
import unicodedata

YES = (
    "yes|y|ok|okay|oui|d'accord|sí|si|de acuerdo|نعم|أجل|موافق|موافقة|是|是的|同意|好|好的|да|согласен|согласна|"
    "ja|sim|ndiyo|hai|はい|네|evet"
)
NO = (
    "no|non|nein|нет|لا|كلا|不|不是|否|不同意|não|nao|hapana|いいえ|아니요|hayır|objection|"
    "j'objecte|me opongo|أعترض|反对|反對|возражаю"
)


def _starts(words):
    # A Chinese word needs nothing behind it; a word of letters must end there ("notes" is no "no").
    longest_first = sorted(words.split("|"), key=len, reverse=True)
    return re.compile(
        r"\W{0,6}(?:" + "|".join(map(re.escape, longest_first)) + r")(?![^\W\d_\u3040-\u30ff\u4e00-\u9fff])"
    )


_YES, _NO = _starts(YES), _starts(NO)


def yes_or_no(text):
    """True for yes, False for no, None for anything else; `text` is what a person wrote, however much follows."""
    text = unicodedata.normalize("NFKC", text[:200]).casefold().replace("’", "'")
    if _NO.match(text):
        return False
    return True if _YES.match(text) else None


def is_plain_no(text):
    """Is the first line a no and nothing else? "No problem" is none."""
    first = unicodedata.normalize("NFKC", text.strip().partition("\n")[0][:80]).casefold().replace("’", "'")
    match = _NO.match(first)
    return bool(match) and not re.search(r"\w", first[match.end() :])


def after_the_word(text):
    """What follows the yes or no: "YES, she told me on Sunday" → "she told me on Sunday"."""
    folded = unicodedata.normalize("NFKC", text)
    match = _NO.match(folded.casefold().replace("’", "'")) or _YES.match(folded.casefold().replace("’", "'"))
    return folded[match.end() :].strip(" \t\r\n,.;:!-–—，。、：；！") if match else folded.strip()
