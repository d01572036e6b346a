"""What a mail says of numbered paragraphs, in any of the languages. Pure: no database, no settings.

    12: replace "shall" by "should"      words of the paragraph
    12: replace by: States should ...    the whole of it
    12(a): delete                        12: delete "as appropriate"
    12: add after: A new paragraph ...   12 bis: A new paragraph ...
    12: Who pays for this?               a comment

Several in one mail; what stands below a number belongs to it until the next one. Strict with the verbs: they stand
first, and what is meant is certain; everything else is a comment.
"""

import re
from dataclasses import dataclass

from consultations import labels

REPLACE, DELETE, INSERT = "replace", "delete", "insert"
MOST_LINES = 2_000
MOST_PARTS = 60  # paragraphs that one mail speaks of

_BEFORE = (
    "paragraphs?|paras?\\.?|§|¶|paragraphes?|al\\.|párrafos?|parrafos?|parr\\.|пункт[аеу]?|п\\.|абзац"
    "|الفقرة|فقرة|第|paragrafo"
)
_AGAIN = "|".join(sorted((word for words in labels.AGAIN.values() for word in words.split("|")), key=len, reverse=True))
LABEL = (
    rf"(?:A\d{{1,2}}\.)?\d{{1,5}}(?:\.\d{{1,3}})*(?:[ \xa0]?(?:{_AGAIN}))?"
    rf"(?:[ \xa0]?[(（][ ]?[^\W_]{{1,5}}[ ]?[)）])*(?:[ \xa0]?(?:{_AGAIN}))?"
)
_OPENS = re.compile(
    rf"[\s>*•·–-]{{0,6}}(?:[#＃№][ ]?)?[\[【]?(?:(?:{_BEFORE})[ \xa0]?)?({LABEL})"
    r"[\]】]?[ \xa0]?[段条項项款]?[ \xa0]?[\]】]?"
    rf"[ \xa0\u200e\u200f]?[:：](?!//)(?!\d\d(?!\d))\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SPAN = re.compile(rf"\s*({LABEL})(?:\s*[-–—至到]\s*({LABEL}))?\s*", re.IGNORECASE)


def _words(table):
    """A pattern for the words of a table, the longest first."""
    words = [word for row in table.strip().splitlines() for word in row.split("|")]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


REPLACE_WORDS = """
replace|substitute
remplacer|remplacez|remplace|substituer
reemplazar|reemplace|reemplácese|sustituir|sustituya|sustitúyase
يستعاض عن|تستعاض|استعيض عن|استبدال|استبدل|يستبدل|تستبدل
替换为|替换|替換|改为|改為|修改为|修改為|改写为|改成|更换为
заменить|заменяется|изложить в следующей редакции
"""
# Sentences begin with these as well, so they need a "by", a colon or quotation marks behind them.
CHANGE_WORDS = """
change|amend to read|amend|reword
reformuler|modifier
cambiar|modificar
تعديل|يعدل|تغيير
修改
изменить|изложить
"""
BY_WORDS = """
by|with|to|to read|to read as follows|as follows
par|avec|par ce qui suit|comme suit
por|con|por lo siguiente|como sigue
بعبارة|بـ|ب|إلى|الى|بما يلي|كما يلي
为|為|改为|改為|替换为|修改为|成|以|如下
на|следующим|словами|следующим текстом
"""
DELETE_WORDS = """
delete|remove|strike out|strike|omit
supprimer|supprimez|supprime|biffer|retirer|enlever
suprimir|suprima|suprímase|eliminar|elimine|borrar|quitar
يحذف|تحذف|احذف|حذف|تشطب|شطب|إلغاء
删除|刪除|删去|刪去|去掉
удалить|исключить|вычеркнуть|снять|убрать
"""
INSERT_WORDS = """
add after|insert after|add after it|insert after it|add new paragraph|add a new paragraph|new paragraph
ajouter après|insérer après|ajouter ensuite|nouveau paragraphe|ajouter un nouveau paragraphe|ajouter un paragraphe
añadir después|agregar después|insertar después|añadir a continuación|insertar a continuación|nuevo párrafo|añadir tras
يضاف بعد|تضاف بعد|أضف بعدها|أضف بعد|إضافة بعد|يدرج بعد|تدرج بعد|يضاف بعدها|فقرة جديدة
之后增加|其后增加|后增加|之后添加|其后添加|后添加|之后插入|其后插入|新增一段|新增段落|后加
добавить после|вставить после|включить после|добавить далее|новый пункт|добавить новый пункт
"""
ADD_WORDS = """
add|insert
ajouter|ajoutez|insérer|insérez
añadir|agregar|insertar|añádase
يضاف|أضف|إضافة|يدرج|إدراج
增加|添加|插入|加入
добавить|вставить|включить
"""
AFTER_WORDS = """
after|following
après|à la suite de
después de|tras|a continuación de
بعد|بعد عبارة|عقب
之后|后|後
после|после слов|вслед за
"""
REASON_WORDS = """
reason|reasons|rationale|because|why|justification
raison|motif|motifs|justification|parce que
motivo|motivos|justificación|razón|porque
السبب|التعليل|التبرير|لأن
理由|原因|因为
обоснование|причина|потому что|мотивировка
"""
# How each language says it, for those who are told how.
EXAMPLES = {
    "en": ('replace "old words" by "new words"', "replace by: the whole new wording", "delete", "add after: new text"),
    "fr": (
        "remplacer « anciens mots » par « nouveaux mots »",
        "remplacer par : tout le nouveau libellé",
        "supprimer",
        "ajouter après : nouveau texte",
    ),
    "es": (
        "sustituir «palabras» por «otras palabras»",
        "sustituir por: todo el nuevo texto",
        "suprimir",
        "añadir después: nuevo texto",
    ),
    "ar": (
        'يستعاض عن "عبارة" بعبارة "عبارة جديدة"',
        "يستعاض عن: النص الجديد بأكمله",
        "تحذف",
        "يضاف بعد: نص جديد",
    ),
    "zh": ("将“旧措辞”改为“新措辞”", "改为：全段新案文", "删除", "之后增加：新案文"),
    "ru": (
        "заменить «прежние слова» на «новые слова»",
        "заменить на: весь новый текст",
        "исключить",
        "добавить после: новый текст",
    ),
}
_QUOTED = (
    r'(?:"([^"]{1,4000})"|“([^”]{1,4000})[”“]|„([^“”]{1,4000})[“”]|«\s?([^»]{1,4000}?)\s?»'
    r"|「([^」]{1,4000})」|‘([^’]{1,4000})’)"
)
_SEP = r"[\s:：,،]*"
_VERBS = {
    verb: re.compile(rf"({_words(table)}){_SEP}", re.IGNORECASE)
    for verb, table in (
        (INSERT, INSERT_WORDS),
        (REPLACE, REPLACE_WORDS),
        (DELETE, DELETE_WORDS),
        ("change", CHANGE_WORDS),
        ("add", ADD_WORDS),
    )
}
_BY = re.compile(rf"(?:{_words(BY_WORDS)}){_SEP}", re.IGNORECASE)
_AFTER = re.compile(rf"(?:{_words(AFTER_WORDS)}){_SEP}", re.IGNORECASE)
_PAIR = re.compile(rf"{_QUOTED}{_SEP}(?:{_words(BY_WORDS)}){_SEP}{_QUOTED}", re.IGNORECASE)
# 将“应”改为“应当”: in Chinese the words come before the verb.
_PAIR_FIRST = re.compile(
    rf"(?:将|把|將)?\s*{_QUOTED}\s*(?:改为|改為|替换为|替換為|修改为|改成|换成)\s*[:：]?\s*{_QUOTED}"
)
_ONE = re.compile(_QUOTED)
_WHOLE = re.compile(rf"\s*{_QUOTED}\s*[.。]?\s*\Z", re.DOTALL)
_REASON = re.compile(rf"^[ \t]*[(\[]?(?:{_words(REASON_WORDS)})[ \t]*[:：][ \t]*", re.IGNORECASE | re.MULTILINE)
_CLOSES = re.compile(r"\s*(?:[.;,。；，(（–—]|\Z|\n)")


@dataclass(frozen=True)
class Part:
    """What a mail says of one paragraph. `label`: "" for what stands before any number; `said`: as it was written."""

    label: str
    text: str
    said: str


@dataclass(frozen=True)
class Reading:
    """What a text proposes. `action` is "" for a comment; `old` are the words of the paragraph that `new` replaces,
    "" for all of it; `reason` is what is said besides. `after`: `new` is put in behind `old`.
    """

    action: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    after: bool = False


def split(text):
    """The Parts of a mail, in order."""
    parts = []
    for line in text.strip().splitlines()[:MOST_LINES]:
        opens = _OPENS.match(line)
        if opens and len(parts) <= MOST_PARTS:
            parts.append((labels.clean(opens[1]), [opens[2]], [line]))
        elif parts:
            parts[-1][1].append(line)
            parts[-1][2].append(line)
        else:
            parts.append(("", [line], [line]))
    made = [Part(label, "\n".join(rest).strip(), "\n".join(said).strip()) for label, rest, said in parts]
    return [part for part in made if part.said]


def span(text):
    """(first, last) labels of `12-15` or `12(a)`; None where that is not what a text says."""
    match = _SPAN.fullmatch(text)
    return (labels.clean(match[1]), labels.clean(match[2] or match[1])) if match else None


def read(text):
    """The Reading of what is said behind a number."""
    text, reason = _reasoned(text.strip())
    if pair := _PAIR_FIRST.match(text):
        old, new = _two(pair)
        return Reading(REPLACE, old, new, _joined(text[pair.end() :], reason))
    for verb, act in _READERS.items():
        match = _VERBS[verb].match(text)
        if match and _ends(text, match):
            reading = act(text[match.end() :], match[0])
            if reading:
                return Reading(reading.action, reading.old, reading.new, _joined(reading.reason, reason), reading.after)
    return Reading(reason=_joined(text, reason))


def without_verb(text):
    """The wording itself of `12 bis: add: ...`."""
    for verb in (INSERT, "add"):
        match = _VERBS[verb].match(text)
        if match and re.search(r"[:：]", match[0]):
            return _unquoted(text[match.end() :])
    return _unquoted(text)


def applied(paragraph, old, new, *, after=False):
    """A paragraph with words replaced wherever they stand, or None where they do not; spaces and case may differ."""
    new = f"{old} {new}" if after and old[-1:].isascii() else old + new if after else new
    if not new:
        return _removed(paragraph, old)
    if old in paragraph:
        return paragraph.replace(old, new)
    pattern = re.compile(r"\s+".join(re.escape(word) for word in old.split()), re.IGNORECASE)
    return pattern.sub(lambda _match: new, paragraph) if old.split() and pattern.search(paragraph) else None


def _removed(paragraph, old):
    """Without these words, and without the space that would stand there twice."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in old.split()), re.IGNORECASE)
    if not old.split() or not pattern.search(paragraph):
        return None
    left = pattern.sub("\0", paragraph)
    left = re.sub(r"([,،，])\s*\0\s*[,،，]", r"\1", left)  # what stood between two commas leaves one
    return re.sub(r"[ ]?\0(?=[ ,.;:]|$)|\0[ ]?", "", left).strip()


def _ends(text, match):
    """A verb is a word of its own; in Chinese nothing stands between words."""
    at = match.end(1)
    return at >= len(text) or not (text[at].isalnum() and text[at - 1].isascii()) or not text[at].isascii()


def _replace(rest, _verb):
    if pair := _PAIR.match(rest):
        old, new = _two(pair)
        return Reading(REPLACE, old, new, rest[pair.end() :])
    by = _BY.match(rest)
    new = _unquoted(rest[by.end() :] if by and _ends_by(rest, by) else rest)
    return Reading(REPLACE, new=new) if new else None


def _change(rest, verb):
    is_plain = _PAIR.match(rest) or re.search(r"[:：]\s*\Z", verb)
    by = _BY.match(rest)
    return _replace(rest, verb) if is_plain or (by and _ends_by(rest, by)) else None


def _ends_by(rest, by):
    word = by[0].rstrip(" :：,،\n\t")
    return (
        len(by[0]) > len(word) or by.end() >= len(rest) or not rest[by.end()].isascii() or not rest[by.end()].isalnum()
    )


def _delete(rest, _verb):
    if one := _ONE.match(rest):
        return Reading(DELETE, _first(one), "", rest[one.end() :])
    if _CLOSES.match(rest):
        return Reading(DELETE, reason=rest.strip(" .;,。；，\n"))
    return None


def _insert(rest, _verb):
    """`add after: ...`; `add after "X": "Y"` puts Y behind X."""
    one = _ONE.match(rest)
    if one and (other := _ONE.match(rest, re.compile(_SEP).match(rest, one.end()).end())):
        return Reading(REPLACE, _first(one), _first(other), rest[other.end() :], after=True)
    new = _unquoted(rest)
    return Reading(INSERT, new=new) if new else None


def _add(rest, verb):
    """`add "Y" after "X"`; `add: ...` is a new paragraph; other sentences that begin with "add" are comments."""
    if one := _ONE.match(rest):
        gap = re.compile(_SEP).match(rest, one.end()).end()
        if (after := _AFTER.match(rest, gap)) and (other := _ONE.match(rest, after.end())):
            return Reading(REPLACE, _first(other), _first(one), rest[other.end() :], after=True)
    if re.search(r"[:：]\s*\Z", verb):
        return Reading(INSERT, new=_unquoted(rest)) if rest.strip() else None
    return None


# In this order: the words of the first begin with those of the last.
_READERS = {INSERT: _insert, REPLACE: _replace, DELETE: _delete, "change": _change, "add": _add}


def _reasoned(text):
    """(what is proposed, the reason), where a line says that it is one."""
    match = _REASON.search(text)
    if match is None or match.start() == 0:
        return text, ""
    return text[: match.start()].rstrip(), text[match.end() :].strip(" )]")


def _joined(rest, reason):
    rest = rest.strip(" .;,。；，\n\t")
    return "\n\n".join(part for part in (rest, reason) if part)


def _first(match):
    return next(group for group in match.groups() if group is not None).strip()


def _two(match):
    old, new = (group.strip() for group in match.groups() if group is not None)
    return old, new


def _unquoted(text):
    whole = _WHOLE.match(text)
    return _first(whole) if whole else text.strip()
