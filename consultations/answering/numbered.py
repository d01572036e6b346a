"""A mail to something with numbered parts is as many answers; what stands above the first number is told apart."""

from notifications.reading import behalf
from notifications.reading.answers import GREETING


def texts(parts, whole):
    """The texts of the answers: parts, [(has a number, lines as they came), ...]; whole: all that was written.

    A greeting above the first number is no answer, and a line for which organisation stands on each.
    """
    if len(parts) < 2 or parts[0][0]:
        return [said for _numbered, said in parts] or [whole]
    head, *others = [said for _numbered, said in parts]
    if all(GREETING.match(row) for row in head.splitlines() if row.strip()):
        return others
    if behalf.introduced(f"{head}\n-") and "\n" not in head.strip():
        return [f"{head.strip()}\n{said}" for said in others]
    return [head, *others]
