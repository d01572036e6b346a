"""When a member's digest is due: at their hour, of their own day, in their time zone. Pure.

A day is looked at once. Where clocks are put forward over the hour, the issue comes right after the gap; where an
hour comes twice, at the first; where a zone skips a whole day, that day and the next are one.
"""

from datetime import UTC, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"


def moment(day, hour, zone):
    """The moment, in UTC, at which a local day has come to an hour."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def next_after(now, *, hour, zone, last_day=None):
    """The next moment a digest is due: after `now`, on a local day after `last_day`."""
    day = now.astimezone(zone).date() - ONE_DAY
    if last_day is not None:
        day = max(day, last_day + ONE_DAY)
    while moment(day, hour, zone) <= now:
        day += ONE_DAY
    return moment(day, hour, zone)


def day_reached(now, *, hour, zone):
    """The last local day whose hour has come."""
    day = now.astimezone(zone).date() + ONE_DAY
    while moment(day, hour, zone) > now:
        day -= ONE_DAY
    return day


def cadences_due(today, *, last_day, weekday):
    """Which cadences have come due on the local days after `last_day` up to `today` (what was missed is due now).

    A weekly digest is due on its weekday (0 is Monday), a monthly one on the first of the month.
    """
    if last_day is None:
        last_day = today - ONE_DAY
    days = (today - last_day).days
    if days <= 0:
        return frozenset()
    due = {DAILY}
    if days >= 7 or (today.weekday() - weekday) % 7 < days:
        due.add(WEEKLY)
    if today.day <= days:
        due.add(MONTHLY)
    return frozenset(due)
