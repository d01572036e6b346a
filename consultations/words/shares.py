"""How a share of the roll is written, in any of the languages: `1/3`, `١/٣`, or the word for more than half. Pure."""

from consultations.words.votes import bare, rows_of

MORE_THAN_HALF = """
majority|simple majority|a majority|more than half
majorité|la majorité|majorité simple|plus de la moitié
mayoría|la mayoría|mayoría simple|más de la mitad
أغلبية|الأغلبية|أغلبية بسيطة|أكثر من النصف
过半数|過半數|过半|半数以上|多数
большинство|простое большинство|более половины|больше половины
"""
# The word each language is offered.
OFFERED = {
    "en": "majority",
    "fr": "majorité",
    "es": "mayoría",
    "ar": "أغلبية",
    "zh": "过半数",
    "ru": "большинство",
}


def read(text):
    """`majority` for a word that means more than half; else the share in plain digits, as far as it is one."""
    words = bare(text)
    return "majority" if words in _WORDS else words.replace(" ", "").replace("⁄", "/")


_WORDS = rows_of(MORE_THAN_HALF)
