"""What a consent, a reservation, an objection or an amendment says, in any of the languages. Pure.

The first line that says anything begins with the word, alone or with a sign after it; what follows are the reasons, in
their own words: `OBJECT: paragraph 4 takes our water`. In capitals, as it is offered, it needs no sign: `OBJECT it
takes our water`. Strict as votes are: "no objection" is consent, "I object to nothing" is asked back.
"""

import re

from consultations.words.votes import YES_WORDS, Unclear, bare, is_polite, rows_of

CONSENT, RESERVATION, OBJECTION, AMENDMENT = "consent", "reservation", "objection", "amendment"

CONSENT_WORDS = """
consent|i consent|we consent|no objection|no objections|i have no objection|we have no objection|without objection
consentement|je consens|nous consentons|aucune objection|pas d'objection|sans objection
consentimiento|consiento|consentimos|sin objeción|sin objeciones|no objeto|ninguna objeción
موافقون|نوافق|لا اعتراض|لا مانع|بدون اعتراض
无异议|無異議|没有异议|不反对
согласны|возражений нет|нет возражений|без возражений|не возражаю|не возражаем
"""
RESERVATION_WORDS = """
reservation|reservations|with reservation|with reservations|i have a reservation|we have a reservation
consent with reservation|consent with reservations
réserve|réserves|avec réserve|avec réserves|avec une réserve|j'ai une réserve|nous avons une réserve
reserva|reservas|con reserva|con reservas|tengo una reserva|tenemos una reserva
تحفظ|بتحفظ|مع تحفظ|مع التحفظ|نتحفظ|أتحفظ
保留|保留意见|有保留|有保留意见
оговорка|с оговоркой|с оговорками|оговорки
"""
OBJECTION_WORDS = """
object|objection|i object|we object|objects|break silence|we break silence|i break silence|we break the silence
objecter|je m'oppose|nous nous opposons|j'objecte|nous objectons|opposition|je fais objection|nous faisons objection
objeción|objeto|objetamos|me opongo|nos oponemos|oposición
اعتراض|أعترض|نعترض|أنا أعترض|معترض|نحن نعترض
反对|反對|异议|異議|我反对|我們反對|我们反对|我有异议|我们有异议|提出异议
возражение|возражаю|возражаем|я возражаю|мы возражаем|против|я против|мы против
"""
AMENDMENT_WORDS = """
amend|amendment|i amend|we amend|i propose an amendment|we propose an amendment
amender|amendement|je propose un amendement|nous proposons un amendement
enmendar|enmienda|propongo una enmienda|proponemos una enmienda
تعديل|أقترح تعديلا|نقترح تعديلا|اقتراح تعديل
修正|修正案|修改|提出修正案|我提出修正案|我们提出修正案
поправка|предлагаю поправку|предлагаем поправку
"""
# The words each language is offered: (consent, reservation, objection, amendment, being there).
OFFERED = {
    "en": ("CONSENT", "RESERVATION", "OBJECT", "AMEND", "PRESENT"),
    "fr": ("CONSENTEMENT", "RÉSERVE", "OBJECTION", "AMENDEMENT", "PRÉSENT"),
    "es": ("CONSENTIMIENTO", "RESERVA", "OBJECIÓN", "ENMIENDA", "PRESENTE"),
    "ar": ("موافق", "تحفظ", "أعترض", "تعديل", "حاضر"),
    "zh": ("同意", "保留", "反对", "修正案", "出席"),
    "ru": ("СОГЛАСЕН", "ОГОВОРКА", "ВОЗРАЖАЮ", "ПОПРАВКА", "ПРИСУТСТВУЮ"),
}
MOST_REASONS = 4_000  # characters
_HEAD = re.compile(r"[:;,.!–—：；，。！،؛]|\s-")


def read(text, *, kind, name=""):
    """(position, reasons): one of the words above, and what follows it, perhaps "". Raises Unclear.

    kind: `consent`, to which one consents, reserves or objects; or `silence`, which an objection or an amendment
    breaks. To a silence procedure consent is said by saying nothing; whoever says it all the same is read rightly.
    """
    rows = text.strip().splitlines()
    while rows and is_polite(rows[0], name):
        rows.pop(0)
    if not rows:
        raise Unclear
    words = _WORDS if kind == CONSENT else _WORDS | _AMENDING
    position, rest = _headed(rows[0].strip(), words)
    if not position:
        raise Unclear
    others = rows[1:]
    while others and is_polite(others[-1], name):
        others.pop()
    return position, "\n".join([rest, *others]).strip(" \t\n-–—:")[:MOST_REASONS]


def _headed(line, words):
    """(position, what stands behind it in the line), or ("", "")."""
    if position := words.get(bare(line)):
        return position, ""
    found = _HEAD.search(line, 1)
    if found and (position := words.get(bare(line[: found.start()]))):
        return position, line[found.end() :]
    word, _blank, rest = line.partition(" ")
    position = words.get(bare(word), "") if word.isupper() else ""
    return ("", "") if position == CONSENT else (position, rest)  # consent with a condition behind it is none


_WORDS = {
    word: position
    for position, words in (
        (CONSENT, YES_WORDS + CONSENT_WORDS),
        (RESERVATION, RESERVATION_WORDS),
        (OBJECTION, OBJECTION_WORDS),
    )
    for word in rows_of(words)
}
_AMENDING = dict.fromkeys(rows_of(AMENDMENT_WORDS), AMENDMENT)
