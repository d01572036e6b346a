"""What a mail orders: a word that begins a line, and what follows it; everything else is words for the discussion."""

import pytest

from consultations.hearings.words import speakers as words
from consultations.hearings.words.orders import Table, Word

TABLE = Table()
for word in words.ALL:
    TABLE.add(word)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("SPEAK", [("speak", "", "")]),
        ("Hello,\n\nspeak.\nEarly, please", [("speak", "", "Early, please")]),
        ("speak for Alpine Springs", [("speak", "for Alpine Springs", "")]),
        ("发言 代表 高山", [("speak", "代表 高山", "")]),
        ("كلمة باسم منظمة الماء", [("speak", "باسم منظمة الماء", "")]),
        ("Je demande la parole", [("speak", "", "")]),
        ("Слово\nТЕКСТ: Мы", [("speak", "", ""), ("text", "Мы", "")]),
        ("TEXT: We say\nCONFIRM\nmore", [("text", "We say", "CONFIRM\nmore")]),
        ("WITHDRAW\nI am ill", [("withdraw", "", "I am ill")]),
        ("Point of order: the quorum", [("point", "the quorum", "")]),
        ("speak up for the springs", []),
        ("The text: we saw it.", []),
        ("We agree with Bob.\nSPEAK", []),
        ("We agree with Bob.\n\nSPEAK 3", [("speak", "3", "")]),
        ("我们同意。\n发言 3", [("speak", "3", "")]),
        ("We agree.\nSpeak 3", []),
        ("Dear Madam Chair,\n\nspeak", [("speak", "", "")]),
        (
            "TEXT 3: We say\nText 4: more\nTEXT 4:\nso",
            [("text", "3: We say", "Text 4: more"), ("text", "4:", "so")],
        ),
        ("speak 3 as Jane Doe\nCONFIRM", [("speak", "3 as Jane Doe", ""), ("confirm", "", "")]),
        ("I would like to speak on item 3 please", [("speak", "on item 3 please", "")]),
        ("", []),
    ],
)
def test_orders_are_read(text, orders):
    assert TABLE.read(text, name="Bob") == orders


@pytest.mark.parametrize(
    ("rest", "organisation", "announced_as"),
    [
        ("", "", ""),
        ("for Alpine Springs as Jane Doe, Minister", "Alpine Springs", "Jane Doe, Minister"),
        ("as Minister for Water", "", "Minister for Water"),
        ("as Jane Doe, Minister for Water, for Alpine Springs", "Alpine Springs", "Jane Doe, Minister for Water"),
        ("Jane Doe", "", "Jane Doe"),
        ("pour Alpine Springs comme Jane", "Alpine Springs", "Jane"),
        ("от имени Рек", "Рек", ""),
        ("please", "", ""),
        ("for Alpine Springs, s'il vous plaît", "Alpine Springs", ""),
    ],
)
def test_who_speaks_for_whom_is_read(rest, organisation, announced_as):
    assert words.asked(rest, lambda name: name == "Alpine Springs") == (organisation, announced_as)


def test_a_word_means_one_order():
    with pytest.raises(ValueError, match="speak"):
        TABLE.add(Word("other", "SPEAK"))
