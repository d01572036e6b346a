"""What a colleague writes who was asked to agree to a draft: `OK`, or `NO because ...`; and what its author may say to
it with one word. Pure: no database, no settings. Only what is certain counts.
"""

import re
import unicodedata

# One row a language; a word of any row counts for everyone.
OK = """
ok|okay|o.k.|yes|agree|agreed|i agree|cleared|approved|fine
oui|d'accord|je suis d'accord|approuvé|bon pour accord|vu
sí|si|de acuerdo|estoy de acuerdo|conforme|aprobado
نعم|موافق|موافقة|أوافق|اوافق|حسنا|حسنًا
是|是的|同意|我同意|好|好的|可以|批准
да|ок|согласен|согласна|согласовано|одобряю
"""
NO = """
no|not ok|disagree|i disagree|i do not agree|i object|not agreed|not cleared
non|pas d'accord|je ne suis pas d'accord|pas ok
no estoy de acuerdo|en desacuerdo|no conforme
لا|غير موافق|غير موافقة|لا أوافق|لا اوافق|أعترض
不|否|不同意|我不同意|不行|不可以|反对
нет|не согласен|не согласна|не согласовано|возражаю|против
"""
BECAUSE = """
because|since|as
parce que|parce qu'|car
porque|ya que
لأن|لان|لأنه|بسبب
因为|由于
потому что|так как|поскольку
"""
DROP = "drop|abandonner|abandonar|تخل|إسقاط|放弃|放棄|отменить|снять"
REMIND = "remind|relancer|recordar|تذكير|ذكّر|提醒|催办|напомнить"
ASK = "ask|demander à|demander|preguntar a|preguntar|اسأل|اسألوا|询问|请问|спросить"
POLITE = """
hello|hi|dear|thanks|thank you|many thanks|regards|best regards|kind regards|best|cheers
bonjour|merci|cordialement|bien cordialement|bien à vous
hola|gracias|saludos|un saludo|atentamente
مرحبا|شكرا|شكرًا|مع التحية|تحياتي
你好|您好|谢谢|謝謝|此致
здравствуйте|добрый день|спасибо|с уважением
"""
MOST_PARTS = 6  # of what stands beside an OK: what is longer says more than that
MOST_NAMED = 80  # characters of a line that asks a colleague
TRIM = " \t.,;:!-–—。，、；：！؛،…\"'«»“”"


def read(text, *, name=""):
    """(agrees, because): True, False, or None where it is not certain; and the words beside a no."""
    folded = _fold(text).strip()
    first, _line_end, rest = folded.partition("\n")
    if no := _starts(first, NO):
        return False, _because(unicodedata.normalize("NFKC", text).strip()[len(no) :])
    if first.strip(TRIM) not in _table(OK):
        return None, ""
    parts = [part.strip(TRIM) for part in re.split(r"[\n,，、،]", rest) if part.strip(TRIM)]
    known = _table(POLITE) | {_fold(name).strip(TRIM), *_fold(name).split()}
    return (True, "") if len(parts) <= MOST_PARTS and all(part in known for part in parts) else (None, "")


def order(text):
    """ "drop" or "remind", when that is all the author says; "" else."""
    said = _fold(text).strip(TRIM + "\n")
    return "drop" if said in _table(DROP) else "remind" if said in _table(REMIND) else ""


def asked_for(text):
    """(name, is_sure): the name behind ASK, when that is all the author says, or "". In capitals it is surely meant; in
    scripts without them only when somebody has the name.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    word = _starts(_fold(said), ASK) if "\n" not in said and len(said) <= MOST_NAMED else ""
    spoken = said[: len(word)]
    if not word or spoken != spoken.upper():
        return "", False
    return said[len(word) :].strip(TRIM), spoken != spoken.lower()


def _because(rest):
    rest = rest.lstrip(TRIM + "\n").rstrip()
    word = _starts(_fold(rest), BECAUSE)
    return rest[len(word) :].lstrip(TRIM + "\n")


def _starts(text, words):
    """The longest word of a table that the text begins with, followed by no letter of the same word; or ""."""
    for word in sorted(_table(words), key=len, reverse=True):
        if text.startswith(word):
            after = text[len(word) : len(word) + 1]
            if not after.isalnum() or "\u4e00" <= word[-1] <= "\u9fff":
                return text[: len(word)]
    return ""


def _table(words):
    return {_fold(word).strip() for word in re.split(r"[|\n]", words) if word.strip()}


def _fold(text):
    """In small letters, with plain apostrophes; as long as before, so that what follows a word is found again."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").lower()
