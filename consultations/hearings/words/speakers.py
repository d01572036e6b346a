"""What speakers write: SPEAK for whom and as whom, CONFIRM, WITHDRAW, TEXT: …, in six languages. Pure."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from consultations.hearings.words.orders import Word, fold, is_courtesy, phrases

SPEAK = Word(
    "speak",
    """
    speak|i ask to speak|i wish to speak|i would like to speak|request to speak|i ask for the floor|request the floor
    we ask to speak|we wish to speak|we would like to speak|we ask for the floor|we request the floor
    i would like to take the floor|we would like to take the floor|we wish to take the floor
    parole|je demande la parole|demande de parole|nous demandons la parole|je voudrais prendre la parole
    palabra|pido la palabra|solicito la palabra|pedimos la palabra|quisiera hacer uso de la palabra
    كلمة|أطلب الكلمة|نطلب الكلمة|طلب الكلمة|أود أن أتكلم
    发言|發言|我要发言|申请发言|我们要发言|请求发言
    слово|прошу слова|прошу слово|просим слова|прошу предоставить слово
    """,
    offered={"en": "SPEAK", "fr": "PAROLE", "es": "PALABRA", "ar": "كلمة", "zh": "发言", "ru": "СЛОВО"},
    follows="""
    for |as |on behalf of
    pour |au nom de |en tant que |comme
    por |en nombre de |para |como
    باسم |نيابة عن |عن |بصفة
    代表|作为
    от имени |от |за |как
    """,
)
CONFIRM = Word(
    "confirm",
    """
    confirm|confirmed|i confirm|we confirm|yes, i will speak
    je confirme|nous confirmons|confirmer|confirmé
    confirmo|confirmamos|confirmar|confirmado
    تأكيد|أؤكد|نؤكد
    确认|確認|我确认|我们确认
    подтверждаю|подтверждаем|подтверждение
    """,
    offered={"en": "CONFIRM", "fr": "JE CONFIRME", "es": "CONFIRMO", "ar": "تأكيد", "zh": "确认", "ru": "ПОДТВЕРЖДАЮ"},
)
WITHDRAW = Word(
    "withdraw",
    """
    withdraw|i withdraw|we withdraw|i withdraw my request|we withdraw our request
    je renonce|nous renonçons|je retire ma demande|renoncer
    retiro|retiro mi solicitud|retiramos|renuncio a la palabra
    سحب|أسحب|أسحب طلبي|نسحب طلبنا
    取消发言|撤回|不发言了
    снимаю|снимаю заявку|отказываюсь от слова|снимаем заявку
    """,
    offered={"en": "WITHDRAW", "fr": "JE RENONCE", "es": "RETIRO", "ar": "سحب", "zh": "取消发言", "ru": "СНИМАЮ"},
)
TEXT = Word(
    "text",
    """
    text|statement|our statement|my statement
    texte|déclaration|intervention|notre déclaration
    texto|declaración|intervención|nuestra declaración
    نص|بيان|البيان
    文本|发言稿|發言稿|声明
    текст|выступление|заявление
    """,
    offered={"en": "TEXT", "fr": "TEXTE", "es": "TEXTO", "ar": "نص", "zh": "文本", "ru": "ТЕКСТ"},
    takes_all=True,
    is_text=True,
)
REPLY = Word(
    "reply",
    """
    right of reply|i ask for a right of reply|we ask for the right of reply
    droit de réponse|je demande un droit de réponse
    derecho de réplica|derecho a contestar|pido el derecho de réplica
    حق الرد|أطلب حق الرد
    答辩权|行使答辩权|答辩
    право на ответ|прошу право на ответ
    """,
    offered={
        "en": "RIGHT OF REPLY",
        "fr": "DROIT DE RÉPONSE",
        "es": "DERECHO DE RÉPLICA",
        "ar": "حق الرد",
        "zh": "答辩权",
        "ru": "ПРАВО НА ОТВЕТ",
    },
    follows=SPEAK.follows,
)
POINT = Word(
    "point",
    """
    point of order|i raise a point of order
    motion d'ordre|rappel au règlement
    cuestión de orden|moción de orden
    نقطة نظام
    程序问题|程序問題
    по порядку ведения|порядок ведения
    """,
    offered={
        "en": "POINT OF ORDER",
        "fr": "MOTION D'ORDRE",
        "es": "CUESTIÓN DE ORDEN",
        "ar": "نقطة نظام",
        "zh": "程序问题",
        "ru": "ПО ПОРЯДКУ ВЕДЕНИЯ",
    },
    is_text=True,
)
APPEAL = Word(
    "appeal",
    """
    appeal|i appeal|we appeal|i appeal against the ruling
    je fais appel|nous faisons appel|appel de la décision
    apelo|apelamos|apelo la decisión
    أستأنف القرار|نستأنف القرار|استئناف القرار
    对裁决提出异议|提出异议
    обжалую решение|обжалуем решение|протестую против решения председателя
    """,
    offered={
        "en": "APPEAL",
        "fr": "JE FAIS APPEL",
        "es": "APELO",
        "ar": "استئناف القرار",
        "zh": "提出异议",
        "ru": "ОБЖАЛУЮ РЕШЕНИЕ",
    },
)
ALL = (SPEAK, CONFIRM, WITHDRAW, TEXT, REPLY, POINT, APPEAL)

# What stands between SPEAK and an organisation as it is offered, and as it is read; and between SPEAK and a name.
FOR = {"en": "for", "fr": "pour", "es": "por", "ar": "باسم", "zh": "代表", "ru": "от имени"}
_FOR = frozenset(
    phrases("""
    for|on behalf of|pour|au nom de|au nom d'|por|en nombre de|para
    باسم|نيابة عن|عن|代表|от имени|от|за
    """)
)
_AS = frozenset(phrases("as|en tant que|comme|como|بصفة|作为|как"))
MOST = 200  # characters of a name


class Asked(NamedTuple):
    """Which organisation is named, and who will speak; each "" where it is not said."""

    organisation: str
    announced_as: str


def asked(rest, knows=lambda name: False):
    """What follows SPEAK: `for Alpine Springs as Jane Doe, Minister`, either part alone.

    knows(name): is this an organisation of the writer? So `as Minister for Water` is one name, and in
    `Jane Doe for WWF` the organisation is found.
    """
    rest = _without_thanks(unicodedata.normalize("NFKC", rest).strip(_EDGES)[: 2 * MOST])
    if begins := _mark(_FOR).match(fold(rest)):
        named = rest[begins.end() :]
        then = _mark(_AS, r"(?<=[\s,;،；])").search(fold(named))
        if then:
            return Asked(_tidy(named[: then.start()]), _tidy(named[then.end() :]))
        return Asked(_tidy(named), "")
    if begins := _mark(_AS).match(fold(rest)):
        rest = rest[begins.end() :]
    for mark in _mark(_FOR, r"(?<=[\s,;،；])").finditer(fold(rest)):
        if knows(name := _tidy(rest[mark.end() :])):
            return Asked(name, _tidy(rest[: mark.start()]))
    return Asked("", _tidy(rest))


def _without_thanks(rest):
    """`please` is nobody's name."""
    before, _comma, last = rest.rpartition(",")
    return before if is_courtesy(last) else rest


@cache
def _mark(words, before=""):
    """One of these words where a word begins, and the blank behind it."""
    longest_first = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"{before}(?:{longest_first})(?:\s+|(?<=')|(?<=[\u4e00-\u9fff]))")


def _tidy(name):
    return name.strip(_EDGES)[:MOST]


_EDGES = " \t,;:.。،；：\"'“”«»"
