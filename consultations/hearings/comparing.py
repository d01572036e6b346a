"""The words of a paper's files, and what is different between two of them: the stretches that changed, with a little of
what stands around them.
"""

from consultations import differences
from consultations.differences import SAME, Change
from forum.light import versions

MOST_CHARACTERS = 120_000  # of each of two texts that are compared
AROUND = 160  # characters of what is the same, before and after a change
TOGETHER = 2 * AROUND + 40  # changes that are closer to each other stand in one stretch


def words(file):
    """The text of a DeskFile, or None where it has none. Raises forum.light.versions.Busy."""
    result = versions.in_turn(versions.text, file.attachment)
    return result.content.decode("utf-8", "replace")[:MOST_CHARACTERS] if result.verdict == "ok" else None


def stretches(old, new):
    """Lists of Changes, one for each place of the text where something changed."""
    found, stretch = [], []
    for change in differences.compare(old, new):
        if change.kind != SAME:
            stretch.append(change)
        elif not stretch:
            stretch = [Change(SAME, _end(change.text))]
        elif len(change.text) <= TOGETHER:
            stretch.append(change)
        else:
            found.append([*stretch, Change(SAME, _beginning(change.text))])
            stretch = [Change(SAME, _end(change.text))]
    return [one for one in [*found, stretch] if any(change.kind != SAME for change in one)]


def _beginning(text):
    return text if len(text) <= AROUND else f"{text[:AROUND].rsplit(' ', 1)[0]} …"


def _end(text):
    return text if len(text) <= AROUND else f"… {text[-AROUND:].split(' ', 1)[-1]}"
