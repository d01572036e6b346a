"""What stands in a mail beside a vote: `EXPLAIN: why we vote so`, in six languages. Pure."""

from consultations.hearings.words.orders import Table, Word

EXPLAIN = Word(
    "explain",
    """
    explain|explanation|explanation of vote|my explanation|our explanation
    explication|explication de vote|notre explication|mon explication
    explicación|explicación de voto|explicación del voto|nuestra explicación
    تعليل|تعليل التصويت|شرح التصويت|توضيح التصويت
    解释|解釋|解释投票|投票说明|对投票的解释性发言
    объяснение|объяснение мотивов|мотивы голосования|объяснение мотивов голосования
    """,
    offered={
        "en": "EXPLAIN",
        "fr": "EXPLICATION",
        "es": "EXPLICACIÓN",
        "ar": "تعليل",
        "zh": "解释",
        "ru": "ОБЪЯСНЕНИЕ",
    },
    takes_all=True,
    names_item=False,
)
_table = Table()
_table.add(EXPLAIN)


def split(text):
    """(what stands before the word, the explanation), or (text, "") where nothing is explained."""
    rows = text.splitlines()
    for place, row in enumerate(rows):
        found = _table.read(row)
        if found:
            below = "\n".join(rows[place + 1 :])
            return "\n".join(rows[:place]).strip(), f"{found[0].rest}\n{below}".strip()
    return text, ""
