"""The issue before: whether it arrived, and since when nothing came. The next issue says so in its first lines."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notifications.models import Letter
from notifications.models.subscriptions import Cadence
from notifications.wrapping import keep

State = Letter.State
# Days between two issues, where nothing is amiss: clocks that change and the hour that is chosen anew included.
USUAL = {Cadence.EACH: 2, Cadence.DAILY: 2, Cadence.WEEKLY: 8, Cadence.MONTHLY: 33}


@dataclass(slots=True)
class Earlier:
    """A member's last issue, as far as is known of it."""

    number: int
    at: datetime
    is_lost: bool = False  # a part of it was refused or came back
    is_withdrawn: bool = False  # it never left: what stood in it might not be read any more


def last_issues(members):
    """{member: Earlier} of those who had an issue; one query, whatever their number."""
    carried = Letter.objects.filter(
        member__in=members, issue__number=F("issue__member__mail__last_issue"), issue__member__in=members, key=None
    )
    found = {}
    rows = carried.values_list("member", "issue__number", "issue__created_at", "state", "bounce")
    for member, number, at, state, bounce in rows:
        one = found.setdefault(member, Earlier(number, at))
        one.is_lost = one.is_lost or state == State.FAILED or bounce is not None
        one.is_withdrawn = one.is_withdrawn or state == State.WITHDRAWN
    return found


def is_catch_up(reader):
    """Did no issue come for longer than usual, because of a pause, a suspension or an outage of ours?"""
    last_day = reader.profile.last_day
    if not (reader.windows and reader.today and last_day):
        return False
    return (reader.today - last_day).days > max(USUAL[window.row.cadence] for window in reader.windows)


def told(reader, earlier):
    """The sentences on it for the first lines of the next issue; in the reader's language."""
    if earlier is None:
        return []
    facts = {"number": earlier.number, "missing": keep(f"MISSING {earlier.number}")}
    lines = []
    if earlier.is_withdrawn:
        words = _("Issue %(number)s was not sent, for something in it was taken away meanwhile. The rest stands here.")
        lines.append(words % facts)
    elif earlier.is_lost:
        lines.append(_("Issue %(number)s did not reach you: to get it, answer %(missing)s.") % facts)
    if is_catch_up(reader):
        day = keep(date_format(timezone.localtime(earlier.at), "DATE_FORMAT"))
        words = _("Your last issue is of %(day)s. This one tells in short all that was said since.")
        lines.append(words % {"day": day})
    return lines
