"""How moments and spans are said to people: always with the offset of their zone, and never more time than there is."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from members import zones


def moment(at):
    """A date and time in the reader's zone, for a sentence, and how far that is from UTC: few know what is set."""
    local = localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({zones.offset(local)})"


def left(span):
    """`9 days`, `5 hours`, `12 minutes`: in the largest unit that says enough, and never more than there is."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes >= 2 * 24 * 60:
        return _days(minutes // (24 * 60))
    if minutes >= 2 * 60:
        return ngettext("%(count)s hour", "%(count)s hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _days(days):
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
