"""What askers write: ASK: …, ENDORSE Q12, ANSWER: …; and moderators: SHOW Q3, DECLINE Q4 why. In six languages."""

import re

from consultations.hearings.words.orders import Word
from notifications.reading import verdicts

ASK = Word(
    "ask",
    """
    ask|question|my question|our question|i ask
    ma question|notre question|je demande|je pose la question
    pregunta|mi pregunta|nuestra pregunta|pregunto
    سؤال|سؤالي|سؤالنا|أسأل
    提问|提問|问题|問題|我的问题|我问
    вопрос|мой вопрос|наш вопрос|спрашиваю
    """,
    offered={"en": "ASK", "fr": "QUESTION", "es": "PREGUNTA", "ar": "سؤال", "zh": "提问", "ru": "ВОПРОС"},
    is_text=True,
)
ENDORSE = Word(
    "endorse",
    """
    endorse|i endorse|we endorse|support question
    je soutiens|nous soutenons|soutenir|soutien
    apoyo|apoyamos|apoyar
    أؤيد|نؤيد|تأييد
    赞同|贊同|支持|附议
    поддерживаю|поддерживаем|поддержать
    """,
    offered={"en": "ENDORSE", "fr": "JE SOUTIENS", "es": "APOYO", "ar": "أؤيد", "zh": "赞同", "ru": "ПОДДЕРЖИВАЮ"},
    names_item=False,
    follows="""
    q|question
    la question
    la pregunta|p
    السؤال|سؤال
    问题
    вопрос|в
    """,
)
ANSWER = Word(
    "answer",
    """
    answer|our answer|my answer
    réponse|notre réponse|ma réponse
    respuesta|nuestra respuesta|mi respuesta
    جواب|الجواب|إجابة
    答复|答覆|回答
    ответ|наш ответ|мой ответ
    """,
    offered={"en": "ANSWER", "fr": "RÉPONSE", "es": "RESPUESTA", "ar": "جواب", "zh": "答复", "ru": "ОТВЕТ"},
    takes_all=True,
    names_item=False,
)
SHOW = Word("show", verdicts.SHOW_WORDS, offered=verdicts.SHOW, names_item=False, follows=ENDORSE.follows)
DECLINE = Word(
    "decline",
    verdicts.DECLINE_WORDS,
    offered=verdicts.DECLINE,
    names_item=False,
    is_text=True,
    follows=ENDORSE.follows,
)

_NUMBER = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
_LEADING = re.compile(r"[^\d\n]{0,20}?(\d{1,6})(?!\d)[\s:：,.;)]*")
MOST = 20  # questions of one order


def numbers(text):
    """The numbers of questions in what follows ENDORSE: `Q12, Q14`; each once, in their order."""
    return list(dict.fromkeys(int(found) for found in _NUMBER.findall(text)))


def answered(text):
    """(number, the rest) of what follows ANSWER: `Q12: The meters are paid …`; (None, all of it) without a number."""
    if found := _LEADING.match(text):
        return int(found[1]), text[found.end() :].strip()
    return None, text.strip()
