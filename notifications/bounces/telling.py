"""Telling: moderators and the colleagues in an organisation hear, once a day at most, whom mail does not reach.

Names and since when, never addresses. Whoever is reached again before the notice is written stands in none.
"""

from collections import defaultdict
from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import speaking
from forum.models import Seat
from members.models import Mandate
from notifications import letters
from notifications.models import Letter, MailProfile

NEWS = timedelta(days=7)  # after a longer stop of the workers, what is older stands on the pages alone
PAUSE = timedelta(hours=24)  # between two notices to one person
MOST = 2_000  # suspensions looked at
MOST_NAMED = 50  # in one notice
AT_ONCE = 100  # notices in one piece of work
KEYS_AT_ONCE = 1_000


def tell(should_stop=lambda: False):
    """Write the notices that are due; returns how many."""
    since = timezone.now() - NEWS
    found = MailProfile.objects.filter(suspended_at__gt=since, member__is_active=True).select_related("member")
    profiles = {profile.member_id: profile for profile in found.order_by("-suspended_at")[:MOST]}
    if not profiles:
        return 0
    told_by = _listeners(profiles)
    told = _last_told(told_by)
    count = 0
    for reader, places in told_by.items():
        last = told.get(reader.pk)
        if last and timezone.now() - last < PAUSE:
            continue
        news = {
            place: [profiles[pk] for pk in pks if last is None or profiles[pk].suspended_at > last]
            for place, pks in places.items()
        }
        if any(news.values()):
            _write(reader, {place: rows for place, rows in news.items() if rows})
            count += 1
        if count >= AT_ONCE or should_stop():
            break
    return count


def _listeners(profiles):
    """{member: {(name, url): ids}} of those who should know: moderators by room, colleagues by organisation."""
    told = defaultdict(lambda: defaultdict(list))
    rooms, theirs = defaultdict(list), defaultdict(list)
    for room, member in Seat.objects.filter(member__in=profiles).values_list("workspace", "member"):
        rooms[room].append(member)
    moderators = Seat.objects.filter(workspace__in=rooms, role=Seat.Role.MODERATOR, member__is_active=True)
    for seat in moderators.exclude(member__in=profiles).select_related("member", "workspace"):
        url = reverse("notifications:unreachable_seats", args=[seat.workspace.slug])
        told[seat.member][seat.workspace.name, url] += rooms[seat.workspace_id]
    for organisation, member in (
        Mandate.objects.in_force().filter(member__in=profiles).values_list("organisation", "member")
    ):
        theirs[organisation].append(member)
    colleagues = Mandate.objects.in_force().filter(organisation__in=theirs, member__is_active=True)
    for mandate in colleagues.exclude(member__in=profiles).select_related("member", "organisation"):
        place = (mandate.organisation.name, mandate.organisation.get_absolute_url())
        told[mandate.member][place] += theirs[mandate.organisation_id]
    return told


def _last_told(readers):
    """{id: when} of the last notice each of these people had; looked up by key, for people have many letters."""
    days = [timezone.now() - timedelta(days=days) for days in range(NEWS.days + 2)]
    keys = {_key(day, reader): reader.pk for reader in readers for day in days}
    told, wanted = {}, list(keys)
    for first in range(0, len(wanted), KEYS_AT_ONCE):
        found = Letter.objects.filter(key__in=wanted[first : first + KEYS_AT_ONCE]).values_list("key", "created_at")
        for key, at in found:
            told[keys[key]] = max(at, told.get(keys[key], at))
    return told


def _key(day, reader):
    return f"unreachable:{day.astimezone(UTC):%Y%m%d}:{reader.pk}"


def _write(reader, news):
    with speaking(reader.language), timezone.override(reader.zone):
        people = {profile.member_id for rows in news.values() for profile in rows}
        count = ngettext(
            "Mail to %(count)s person does not arrive", "Mail to %(count)s people does not arrive", len(people)
        )
        paragraphs = [
            _(
                "Several mails to these people came back, so none is sent to them until they write or sign in. Can you "
                "reach them by another way? Ask them to write one mail to us, from whatever address they have given us."
            )
        ]
        for (name, url), rows in news.items():
            lines = [name]
            for profile in rows[:MOST_NAMED]:
                day = date_format(timezone.localtime(profile.suspended_at))
                lines.append(_("- %(who)s, since %(day)s") % {"who": profile.member.shown_name, "day": day})
            lines.append(f"{settings.SITE_URL}{url}")
            paragraphs.append("\n".join(lines))
        letters.compose(
            member=reader,
            subject=count % {"count": len(people)},
            text="\n\n".join(paragraphs),
            priority=Letter.Priority.SOON,
            key=_key(timezone.now(), reader),
        )
