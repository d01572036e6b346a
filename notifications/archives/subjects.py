"""Subjects: what remains of one without Re:, Fwd: and the list's tag, in the languages of the world's mail programs."""

import re

# Answer prefixes from RFC 5322 and the translations mail programs came with; forwards are listed apart, for a mail
# that forwards something opens a subject of its own.
ANSWERS = (
    "re|res|ref|aw|antw|antwort|betr|sv|vs|vl|odp|hv|bls|ynt|yan|rif|r|atb|rv|vá|qaytarıldı|"
    "απ|σχετ|отв|ответ|відп|одг|回复|回覆|答复|答覆|返信|回信|답장|회신|رد|הש|השב|ตอบ|پاسخ"
)
FORWARDS = (
    "fwd|fw|wg|tr|enc|i|fs|vb|doorst|pd|ilt|továbbítás|továbbítva|πρθ|пересл|转发|轉寄|轉發|転送|전달|"
    "إعادة توجيه|הועבר|bl"
)
PREFIX = re.compile(
    rf"\s*(?:(?P<answer>{ANSWERS})|(?:{FORWARDS}))\s?(?:\[[0-9]{{1,3}}\]|\([0-9]{{1,3}}\)|\^[0-9]{{1,3}}|\*[0-9]{{1,3}})?\s?[:：]",
    re.IGNORECASE,
)
TAG = re.compile(r"\s*\[([^\[\]]{1,60})\]")
# Brackets that tell one mail from another; all else in brackets before a subject is the tag of a list.
TELLING = re.compile(r"[0-9]|\s|^(?:patch|rfc|resend|pull|git|bug|ot|announce|ann|solved|vote|call)$", re.IGNORECASE)
MOST_ROUNDS = 20
MOST = 400


def bare(subject):
    """(the subject without prefixes and list tags, does it say that it answers something)."""
    line, is_reply = " ".join(subject[:MOST].split()), False
    for _round in range(MOST_ROUNDS):
        if match := PREFIX.match(line):
            is_reply = is_reply or match["answer"] is not None
        elif not ((match := TAG.match(line)) and not TELLING.search(match[1])):
            break
        line = line[match.end() :]
    return re.sub(r"\s*\((?:fwd|was:? .{0,200})\)$", "", line.strip(), flags=re.IGNORECASE), is_reply


def title(subject, lists=()):
    """How a thread is called: its first mail's subject without Re: and without the tags of `lists` (their names)."""
    line = " ".join(subject[:MOST].split())
    tags = {name.lower() for name in lists}
    for _round in range(MOST_ROUNDS):
        match = PREFIX.match(line)
        if match and match["answer"] is None:
            break
        if not match and not ((match := TAG.match(line)) and match[1].lower() in tags):
            break
        line = line[match.end() :].strip()
    return line


def likeness(subject):
    """The bare subject as it is compared with others; empty when it is too general to compare."""
    line = re.sub(r"[\W_]+", " ", bare(subject)[0].casefold()).strip()
    return "" if line in ("", "no subject", "none", "kein betreff", "sans objet", "sin asunto", "无主题") else line
