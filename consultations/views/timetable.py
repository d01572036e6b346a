"""The timetable for other programs: a calendar file, in which each notice raises the sequence, and an Atom feed."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations import calendars, glance
from consultations.models import WindowChange
from consultations.rules import consultations as rules
from consultations.wording import windows as wording
from consultations.wording.times import moment
from core.access import find

LATEST = 30  # entries of the feed


@require_safe
def calendar(request, year, number):
    """The phases as an iCalendar file, for whoever may read the consultation."""
    consultation = find(glance.WITH_TIMETABLE, request.user, year=year, number=number)
    headers = {
        "Content-Disposition": f'attachment; filename="{consultation.file_name}.ics"',
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(calendars.file_of(consultation), content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def feed(request, year, number):
    """The notices and the latest contributions, the newest on top, for whoever may read the consultation."""
    consultation = find(glance.WITH_TIMETABLE, request.user, year=year, number=number)
    moderates = bool(rules.facilitate(request.user, consultation))
    link = f"{settings.SITE_URL}{consultation.get_absolute_url()}"
    entries = [*_notices(consultation, link), *_contributions(request.user, consultation, moderates=moderates)]
    entries.sort(key=lambda entry: entry["updateddate"], reverse=True)
    atom = Atom1Feed(title=f"{consultation.code} {consultation}", link=link, description="", feed_url=f"{link}feed/")
    for entry in entries[:LATEST]:
        atom.add_item(**entry)
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _notices(consultation, link):
    changes = WindowChange.objects.filter(phase__consultation=consultation, along_with=None)
    changes = changes.select_related("phase").prefetch_related("companions__phase").order_by("-number")
    for change in changes[:LATEST]:
        also = change.companions.all()
        facts = {"number": change.number, "phase": change.phase, "closes": moment(change.new_closes_at)}
        yield {
            "title": _("Notice %(number)s: “%(phase)s” closes on %(closes)s") % facts,
            "link": f"{link}#phase-{change.phase_id}",
            "unique_id": f"{link}#notice-{change.number}",
            "description": " ".join([f"{change.authority}: {change.reason}", *map(wording.moved_along, also)]),
            "pubdate": change.made_at,
            "updateddate": change.made_at,
        }


def _contributions(member, consultation, *, moderates):
    for row in glance.latest(member, consultation, moderates=moderates, most=LATEST):
        url = f"{settings.SITE_URL}{row.get_absolute_url()}"
        yield {
            "title": f"{row.code} {row.post.author_name}",
            "link": url,
            "unique_id": url,
            "description": row.excerpt,
            "pubdate": row.post.created_at,
            "updateddate": row.post.created_at,
        }
