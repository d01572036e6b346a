"""How a sentence read before: what one person wrote in one go is one step of its history, however often it was saved.

A step that holds words which are gone a moment later is kept, for somebody may want them back.
"""

from collections import Counter
from datetime import timedelta

from consultations import differences

PAUSE = timedelta(minutes=10)  # longer than this, and the writer came back to it
LOST = 5  # words that are gone make a step of its own


def steps(wordings):
    """The wordings worth showing, of those of one sentence in their order, each with `changes` since the one before."""
    kept, later = [], None
    for row in reversed(wordings):
        if not kept or not _goes_into(row, kept[-1], later):
            kept.append(row)
        later = row
    kept.reverse()
    for place, row in enumerate(kept):
        row.changes = differences.compare(kept[place - 1].said, row.said) if place else ()
    return kept


def _goes_into(row, step, later):
    """Is a wording but a stage on the way to the step? later: the wording that came next."""
    return row.by_id == step.by_id and later.at - row.at <= PAUSE and _lost(row.said, step.said) < LOST


def _lost(before, after):
    """How many words stand in one text and no longer in the other."""
    return (_words(before) - _words(after)).total()


def _words(text):
    return Counter(token for token in differences.tokens(text) if token[0].isalnum())
