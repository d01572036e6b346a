"""What delegates write about motions: `MOVE: that …` and `SECOND M3`, in six languages. Pure."""

from consultations.hearings.words.orders import Word

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
