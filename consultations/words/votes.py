"""What a vote says, read from a few words in any of the languages. Pure: no database, no settings.

Strict on purpose: only what is certain counts. Everything else is Unclear, and whoever wrote it is asked.

A vote is one of: "yes", "no", "abstain"; an option's letter ("B"), number, label, or letter with its label; where
several may be chosen, several of these with commas between them; for a ranking several from first to last, with `>` or
commas; for scores each with its number, `A=5 B=3`. Its one spelling, which is what is stored, is "yes", "B", "A,C",
"C>A>B" or "A=5,B=3". Consent and objections are read by `positions.py`.
"""

import re
import unicodedata

YES_NO, CHOICE, APPROVAL, RANKING, SCORE = "yes_no", "choice", "approval", "ranking", "score"

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

# Who says no more than this is there, and has not voted.
PRESENT_WORDS = """
present|here|i am present|i am here|we are present
présent|présente|je suis présent|je suis présente
presente|estoy presente|aquí
حاضر|حاضرة|أنا حاضر|أنا حاضرة
出席|到场|在场|我在
присутствую|я присутствую|здесь|я здесь
"""

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
_BESIDE = re.compile(r"\s*[,;،؛、&+]\s*(?:and |et |y |e |и |و ?|和)?|\s+(?:and|et|y|e|и|و)\s+|\s*[和与及]\s*")
_PARTS = re.compile(r"\s*[,;،؛、]\s*")
_PAIR = re.compile(r"(?:[^\W_]|\d{1,2})\s?[=:]\s?\d{1,3}")
_PAIRS = re.compile(rf"\s*{_PAIR.pattern}(?:\s*[,;،؛、]?\s+{_PAIR.pattern})*\s*")
_SCORED = re.compile(r"\s*(\S.{0,210}?)\s*[=:]\s*(\d{1,3})\s*[.]?\s*")
_LISTED = re.compile(r"\s*(\d{1,2})\s*[.):、]\s*(\S.*)")
_AFTER = re.compile(r"(?:选|選|投)?([a-z0-9])\s?(?:项|項|选项|選項|方案|票|号|號)")
UNSPACED = "\u0600"  # from Arabic on, what introduces a vote may be written in one word with it
_MARKED = re.compile(r"(?:\(\s*)?([^\W_]|\d{1,2})\s*(?:[).:、\-–—]|\s)\s*(\S.*)", re.DOTALL)


class Unclear(Exception):
    """These words are no certain vote. `is_double`: they are certain votes, but not the same one. `is_too_many`: they
    choose more options than one may.
    """

    def __init__(self, is_double=False, is_too_many=False):
        super().__init__("twice" if is_double else "too many" if is_too_many else "unclear")
        self.is_double, self.is_too_many = is_double, is_too_many


def read(text, *, kind, labels=(), name="", most=None):
    """The vote that `text` says, in its one spelling.

    labels: of the options, in their order. name: of who wrote it, which may stand under the vote. most: options one
    may choose, or the highest score. Raises Unclear for whatever is not certain, and for two different votes.
    """
    rows = lines(text)
    grammar = _Grammar(kind, labels, most)
    rows = [row for row in rows if grammar.vote(row) or not is_polite(row, name)]
    if len(rows) > 1 and (listed := grammar.in_lines(rows)):
        return _within(listed, kind, most)
    if len(rows) > 1 and (whole := grammar.vote(" ".join(rows))):  # a label that a mail program broke in two
        return _within(whole, kind, most)
    said = [grammar.vote(row) for row in rows]
    if not said or not all(said):
        raise Unclear
    if len(set(said)) > 1:
        raise Unclear(is_double=True)
    return _within(said[0], kind, most)


def is_present(text, name=""):
    """Do these words say that somebody is there, and nothing else?"""
    try:
        rows = [row for row in lines(text) if not is_polite(row, name)]
    except Unclear:
        return False
    return bool(rows) and all(bare(row) in _PRESENT for row in rows)


def lines(text):
    """The lines with something in them; raises Unclear for more than anybody needs for a vote."""
    if len(text) > MOST_CHARACTERS:
        raise Unclear
    rows = [row for line in text.splitlines() if (row := line.strip())][: MOST_LINES + 1]
    if len(rows) > MOST_LINES:
        raise Unclear
    return rows


def _within(value, kind, most):
    if kind == APPROVAL and most and value.count(",") >= most:
        raise Unclear(is_too_many=True)
    return value


def fold(text):
    """Text as words are compared: full-width forms and digits of all scripts made plain, without case and accents."""
    text = "".join(
        char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in ("Cf", "Mn")
    )
    text = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFC", text))
    return " ".join(text.casefold().replace("’", "'").replace("ـ", "").split())


def bare(text):
    """Folded, without the punctuation around it."""
    return fold(text).strip(_EDGES)


def rows_of(words):
    """The words of a table, as they are compared."""
    return {bare(word) for row in words.strip().split("\n") for word in row.split("|")}


_WORDS = {
    word: value
    for value, words in (("yes", YES_WORDS), ("no", NO_WORDS), ("abstain", ABSTAIN_WORDS))
    for word in rows_of(words)
}
_BEFORE = sorted(rows_of(BEFORE), key=len, reverse=True)
_POLITE = rows_of(POLITE)
_PRESENT = rows_of(PRESENT_WORDS)


class _Grammar:
    """The votes that one ballot takes."""

    def __init__(self, kind, labels, most=None):
        self.kind, self.most = kind, most
        self.labels = [bare(label) for label in labels]
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
        for words in _after_introductions(bare(row)):
            said = self._said(words)
            if said:
                return said
        return ""

    def _said(self, words):
        if self.kind == YES_NO:
            return _WORDS.get(words, "")
        place = self.option(words)
        if self.kind == CHOICE:
            return "" if place is None else _letter(place)
        if self.kind == SCORE:
            return self._scored(words)
        if self.kind == APPROVAL:
            return self._chosen([words] if place is not None else _BESIDE.split(words))
        return self._ordered([words] if place is not None else _ORDER.split(words))

    def in_lines(self, rows):
        """Several options one below the other: chosen, each with its score, or as a ranking numbered from 1."""
        if self.kind == APPROVAL:
            said = [self.vote(row) for row in rows]
            alone = all(said) and not any("," in vote for vote in said)
            return self._chosen([vote.casefold() for vote in said]) if alone else ""
        if self.kind == SCORE:
            return self._scored(", ".join(rows))
        if self.kind != RANKING:
            return ""
        numbered = [_LISTED.fullmatch(fold(row)) for row in rows]
        if all(numbered) and [int(found[1]) for found in numbered] == list(range(1, len(rows) + 1)):
            return self._ordered([found[2] for found in numbered])
        return ""

    def _ordered(self, parts):
        places = [self.option(part.strip(_EDGES)) for part in parts]
        if not places or None in places or len(set(places)) < len(places):
            return ""
        return ">".join(map(_letter, places))

    def _chosen(self, parts):
        places = [self.option(part.strip(_EDGES)) for part in parts]
        if not places or None in places or len(set(places)) < len(places):
            return ""
        return ",".join(map(_letter, sorted(places)))

    def _scored(self, row):
        """`A=5 B=3`, `A: 5, B: 3`; an option that is left out has 0."""
        words = fold(row)
        parts = [part for part in _PARTS.split(words) if part]
        if _PAIRS.fullmatch(words):
            parts = [found[0] for found in _PAIR.finditer(words)]
        scores = {}
        for part in parts:
            found = _SCORED.fullmatch(part)
            place = self.option(found[1].strip(_EDGES)) if found else None
            if place is None or place in scores or int(found[2]) > (self.most or 0):
                return ""
            scores[place] = int(found[2])
        return ",".join(f"{_letter(place)}={scores[place]}" for place in sorted(scores))

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


def is_polite(row, name):
    words = bare(row)
    return not words or words in _POLITE or words in {fold(name), *fold(name).split()[:1]}


def _letter(place):
    return chr(ord("A") + place)
