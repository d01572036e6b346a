"""What a vote says, read from a few words in any of the languages. Pure: no database, no settings.

Strict on purpose: only what is certain counts. Everything else is Unclear, and whoever wrote it is asked.

A vote is one of: "yes", "no", "abstain"; an option's letter ("B"), number, label, or letter with its label; for a
ranking several of these from first to last, with `>` or commas between them. Its one spelling, which is what is
stored, is "yes", "B" or "C>A>B".
"""

import re
import unicodedata

YES_NO, CHOICE, RANKING = "yes_no", "choice", "ranking"

# Whole answers, without punctuation. Words of all languages count for everyone: no word stands in two rows.
YES_WORDS = """
yes|y|yes please|aye|yea|ok|okay|agree|agreed|i agree|in favour|in favor|for|i approve|approve|approved
oui|d'accord|je suis d'accord|pour|j'approuve|favorable
sí|si|de acuerdo|estoy de acuerdo|a favor|apruebo
نعم|أجل|موافق|موافقة|أوافق|اوافق|نوافق|مع
是|是的|同意|我同意|赞成|赞同|支持|好|好的|可以|對|对|贊成
да|согласен|согласна|согласны|за|поддерживаю|я за
ja|dafür|einverstanden|sim|a favor|ndiyo|evet|はい|賛成|예
"""
NO_WORDS = """
no|n|nay|disagree|i disagree|against|i object|reject|rejected
non|contre|je ne suis pas d'accord|pas d'accord|défavorable
en contra|no estoy de acuerdo|rechazo
لا|كلا|غير موافق|غير موافقة|لا أوافق|لا اوافق|أرفض|ارفض|ضد|معارض
不|否|不是|不同意|我不同意|反对|反對|不赞成|不支持|不可以
нет|против|я против|не согласен|не согласна|не согласны|не поддерживаю
nein|dagegen|nicht einverstanden|não|nao|contra|hapana|hayır|いいえ|反対|아니요
"""
ABSTAIN_WORDS = """
abstain|abstention|i abstain|abstaining|abstained
abstention|je m'abstiens|s'abstenir|m'abstenir
abstención|me abstengo|abstenerse|abstengo
ممتنع|ممتنعة|امتناع|أمتنع|امتنع|أمتنع عن التصويت|امتناع عن التصويت|الامتناع|الامتناع عن التصويت
弃权|棄權|我弃权
воздерживаюсь|воздержался|воздержалась|воздержаться|воздержусь|я воздерживаюсь
enthaltung|ich enthalte mich|abstenção|abstenho-me|çekimser|棄権
"""
# What may stand before the vote itself: "I vote B", "Option B", "我投B".
BEFORE = """
i vote|i vote for|my vote|my vote is|my vote goes to|vote|vote for|i choose|i choose option|option|choice|answer
my answer|my answer is|my ranking|my ranking is|our vote|our vote is|we vote|we vote for|i vote for option|i vote option
je vote|je vote pour|mon vote|mon vote est|notre vote|nous votons|nous votons pour|je choisis|choix|réponse|ma réponse
voto|voto por|voto a|mi voto|mi voto es|nuestro voto|votamos|votamos por|elijo|opción|la opción|respuesta|mi respuesta
أصوت|أصوت ل|أصوت لصالح|اصوت|صوتي|الخيار|خيار|أختار|جوابي
我投|我选|我選|我的选择|我的选择是|选项|選項|选|選|选择|选择选项|方案|投|投票
голосую|голосую за|я голосую|я голосую за|мой голос|мой голос за|вариант|выбираю|мой выбор|ответ|мой ответ
ich stimme für|ich stimme mit|meine stimme|opção|meu voto|uchaguzi
"""
# What may stand on a line of its own beside the vote and says nothing.
POLITE = """
hello|hi|dear all|dear colleagues|good morning|good afternoon|good evening|greetings|thanks|thank you|many thanks
thank you very much|thanks a lot|regards|best|best regards|kind regards|best wishes|sincerely|yours|cheers
bonjour|bonsoir|merci|merci beaucoup|cordialement|bien cordialement|bien à vous|chers collègues|salutations
hola|buenos días|buenas tardes|gracias|muchas gracias|saludos|un saludo|atentamente|saludos cordiales|estimados colegas
مرحبا|السلام عليكم|شكرا|شكرا جزيلا|شكرا لكم|مع التحية|تحياتي|مع أطيب التحيات|تحية طيبة
你好|您好|大家好|谢谢|謝謝|多谢|此致|敬礼|祝好
здравствуйте|добрый день|доброе утро|добрый вечер|привет|спасибо|большое спасибо|с уважением|всего доброго
hallo|guten tag|danke|vielen dank|mit freundlichen grüßen|viele grüße|obrigado|obrigada|asante
"""
MOST_CHARACTERS = 4_000
MOST_LINES = 40

# Letters that other keyboards write for A, B, C ...; only those that can mean one option and no other.
_LETTERS = {
    "а": "a",
    "б": "b",
    "с": "c",
    "ا": "a",
    "ب": "b",
    "α": "a",
    "β": "b",
    "甲": "a",
    "乙": "b",
    "丙": "c",
    "丁": "d",
}
_EDGES = " \t*_~`'\"“”„«»‹›‘’()[]{}「」『』《》【】.,;:!…。、،؛-–—•·"
_ORDER = re.compile(r"\s*(?:>+|›|»|→|⇒|->|=>|,|;|،|؛|、)\s*")
_LISTED = re.compile(r"\s*(\d{1,2})\s*[.):、]\s*(\S.*)")
_AFTER = re.compile(r"(?:选|選|投)?([a-z0-9])\s?(?:项|項|选项|選項|方案|票|号|號)")
UNSPACED = "\u0600"  # from Arabic on, what introduces a vote may be written in one word with it
_MARKED = re.compile(r"(?:\(\s*)?([^\W_]|\d{1,2})\s*(?:[).:、\-–—]|\s)\s*(\S.*)", re.DOTALL)


class Unclear(Exception):
    """These words are no certain vote. `is_double`: they are certain votes, but not the same one."""

    def __init__(self, is_double=False):
        super().__init__("twice" if is_double else "unclear")
        self.is_double = is_double


def read(text, *, kind, labels=(), name=""):
    """The vote that `text` says, in its one spelling.

    labels: of the options, in their order. name: of who wrote it, which may stand under the vote. Raises Unclear for
    whatever is not certain, and for two different votes.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unclear
    rows = [row for line in text.splitlines() if (row := line.strip())][: MOST_LINES + 1]
    if len(rows) > MOST_LINES:
        raise Unclear
    grammar = _Grammar(kind, labels)
    rows = [row for row in rows if grammar.vote(row) or not _is_polite(row, name)]
    if kind == RANKING and len(rows) > 1 and (listed := grammar.in_lines(rows)):
        return listed
    if len(rows) > 1 and (whole := grammar.vote(" ".join(rows))):  # a label that a mail program broke in two
        return whole
    said = [grammar.vote(row) for row in rows]
    if not said or not all(said):
        raise Unclear
    if len(set(said)) > 1:
        raise Unclear(is_double=True)
    return said[0]


def fold(text):
    """Text as words are compared: full-width forms and digits of all scripts made plain, without case and accents."""
    text = "".join(
        char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in ("Cf", "Mn")
    )
    text = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFC", text))
    return " ".join(text.casefold().replace("’", "'").replace("ـ", "").split())


def _bare(text):
    """Folded, without the punctuation around it."""
    return fold(text).strip(_EDGES)


def _rows(words):
    return {_bare(word) for row in words.strip().split("\n") for word in row.split("|")}


_WORDS = {
    word: value
    for value, words in (("yes", YES_WORDS), ("no", NO_WORDS), ("abstain", ABSTAIN_WORDS))
    for word in _rows(words)
}
_BEFORE = sorted(_rows(BEFORE), key=len, reverse=True)
_POLITE = _rows(POLITE)


class _Grammar:
    """The votes that one ballot takes."""

    def __init__(self, kind, labels):
        self.kind = kind
        self.labels = [_bare(label) for label in labels]
        self.meanings = self._meanings()

    def _meanings(self):
        """{word: {place of an option}}; a word of two options means neither."""
        meanings = {}
        for place, label in enumerate(self.labels):
            for word in (chr(ord("a") + place), str(place + 1), label):
                meanings.setdefault(word, set()).add(place)
        return meanings

    def vote(self, row):
        """The vote one line says, or "" when none is certain."""
        for words in _after_introductions(_bare(row)):
            said = self._said(words, row)
            if said:
                return said
        return ""

    def _said(self, words, row):
        if self.kind == YES_NO:
            return _WORDS.get(words, "")
        if self.kind == CHOICE:
            place = self.option(words)
            return "" if place is None else _letter(place)
        place = self.option(words)
        return self._ordered([words] if place is not None else _ORDER.split(words))

    def in_lines(self, rows):
        """A ranking written one below the other and numbered from 1."""
        numbered = [_LISTED.fullmatch(fold(row)) for row in rows]
        if all(numbered) and [int(found[1]) for found in numbered] == list(range(1, len(rows) + 1)):
            return self._ordered([found[2] for found in numbered])
        return ""

    def _ordered(self, parts):
        places = [self.option(part.strip(_EDGES)) for part in parts]
        if not places or None in places or len(set(places)) < len(places):
            return ""
        return ">".join(map(_letter, places))

    def option(self, words):
        """The place of the one option that these words mean, or None."""
        found = set(self.meanings.get(words, ()))
        if len(words) == 1 and words in _LETTERS:
            found |= self.meanings.get(_LETTERS[words], set())
        marked = _MARKED.fullmatch(words)
        if not found and marked:  # "b) two pages", as the option stands in the mail
            label = marked[2].strip(_EDGES)
            return next((place for place in self.meanings.get(marked[1], ()) if self.labels[place] == label), None)
        return found.pop() if len(found) == 1 else None


def _after_introductions(words):
    """The words themselves, then without what introduces the vote, as far as that may be."""
    yield words
    for before in _BEFORE:
        rest = words[len(before) :]
        if words.startswith(before) and rest and (not rest[0].isalnum() or before[-1] >= UNSPACED):
            yield rest.strip(_EDGES)
    if suffixed := _AFTER.fullmatch(words):
        yield suffixed[1]


def _is_polite(row, name):
    words = _bare(row)
    return not words or words in _POLITE or words in {fold(name), *fold(name).split()[:1]}


def _letter(place):
    return chr(ord("A") + place)
