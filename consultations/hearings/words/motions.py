"""What delegates write about motions: `MOVE: that …`, `SECOND M3` and `WITHDRAW M3`, in six languages. Pure."""

from consultations.hearings.words import speakers
from consultations.hearings.words.orders import Word, phrases

MOVE = Word(
    "move",
    """
    move|i move|we move|i propose a motion|we propose a motion
    je propose une motion|nous proposons une motion|proposition de motion
    propongo una moción|proponemos una moción|presento una moción
    اقتراح|أقدم اقتراحا|نقدم اقتراحا
    动议|動議|我提出动议|我们提出动议
    вношу предложение|вносим предложение|предложение
    """,
    offered={
        "en": "MOVE",
        "fr": "PROPOSITION DE MOTION",
        "es": "PROPONGO UNA MOCIÓN",
        "ar": "اقتراح",
        "zh": "动议",
        "ru": "ПРЕДЛОЖЕНИЕ",
    },
    is_text=True,
)
SECOND = Word(
    "second",
    """
    second|i second|we second|i second the motion
    j'appuie|nous appuyons|j'appuie la motion
    secundo|secundamos|secundo la moción
    أؤيد الاقتراح|نؤيد الاقتراح|تثنية
    附议动议|附議動議|支持动议
    поддерживаю предложение|поддерживаем предложение
    """,
    offered={
        "en": "SECOND",
        "fr": "J'APPUIE",
        "es": "SECUNDO",
        "ar": "تثنية",
        "zh": "附议动议",
        "ru": "ПОДДЕРЖИВАЮ ПРЕДЛОЖЕНИЕ",
    },
    names_item=False,
)
# Said alone these take somebody off the list of speakers; with a motion behind them, be it a mere `M3`, that one back.
_TAKE_BACK = (
    *speakers.WITHDRAW.rows.split("|"),
    *"retrait|nous retirons|je retire|أسحب|نسحب|我撤回|我们撤回|снимаем|отзываю|отзываем".split("|"),
)
_TAKEN_BACK = """
m|motion|the motion|my motion|our motion|amendment|my amendment|our amendment
la motion|ma motion|notre motion|de la motion|mon amendement|notre amendement
la moción|mi moción|nuestra moción|mi enmienda|nuestra enmienda
الاقتراح|اقتراحي|اقتراحنا|تعديلي|تعديلنا
动议|動議|我的动议|修正案
предложение|свое предложение|поправку|м
"""
WITHDRAW = Word(
    "withdraw_motion",
    "\n".join(
        f"{verb}{mark}{noun}"
        for verb in phrases("\n".join(_TAKE_BACK))
        for mark in (" ", ": ", " : ", "：", "")  # Chinese writes no spaces
        for noun in phrases(_TAKEN_BACK)
    ),
    offered={
        "en": "WITHDRAW MOTION",
        "fr": "JE RETIRE LA MOTION",
        "es": "RETIRO LA MOCIÓN",
        "ar": "سحب الاقتراح",
        "zh": "撤回动议",
        "ru": "СНИМАЮ ПРЕДЛОЖЕНИЕ",
    },
    names_item=False,
)
