"""Warm-up: how many letters a day go to one receiving domain while our own sending domain is new. Pure.

A receiver that has never heard of a sender and gets a thousand letters from it at once takes it for a spammer's. So
the first day has few, each day has twice as many as the day before, and after two weeks there is no cap.
"""

from datetime import timedelta

FIRST_DAY = 50  # letters to one domain
DAYS = 14  # with a cap; on the last one it is 409,600


def cap(since, today):
    """Letters that may go to one domain on a day, when the warm-up began on `since`; None when there is no cap."""
    day = (today - since).days if since else DAYS
    if day >= DAYS:
        return None
    return FIRST_DAY * 2 ** max(day, 0)


def ends(since):
    """The first day without a cap."""
    return since + timedelta(days=DAYS)
