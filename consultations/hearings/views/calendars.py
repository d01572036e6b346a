"""A hearing for other programs: its sessions as a calendar file that follows changes, and what happened as a feed."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from consultations.hearings import calendars
from consultations.hearings.views.setup import WITH_ROOM
from core.access import find
from journal import verbs
from journal.models import Audience

LATEST = 20  # entries of the feed
TOLD = (
    *("hearing.published", "hearing.ended", "session.scheduled", "session.rescheduled", "session.cancelled"),
    *("session.opened", "session.closed", "item.added", "item.opened", "item.closed"),
)


@require_safe
def calendar(request, year, number):
    """The sessions as an iCalendar file, for whoever may follow the hearing."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    headers = {
        "Content-Disposition": f'attachment; filename="{hearing.file_name}.ics"',
        "Cache-Control": "private, no-cache",
    }
    content = calendars.file_of(hearing, hearing.items.all())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def feed(request, year, number):
    """What happened from publication on, the newest on top, for whoever may follow the hearing."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    link = f"{settings.SITE_URL}{hearing.get_absolute_url()}"
    atom = Atom1Feed(title=f"{hearing.code} {hearing}", link=link, description="", feed_url=f"{link}feed/")
    entries = hearing.journal.entries.filter(verb__in=TOLD, audience=Audience.EVERYONE)
    entries = entries.filter(at__gte=hearing.published_at).order_by("-seq") if hearing.is_published else ()
    for entry in entries[:LATEST]:
        kind, _colon, pk = entry.about.partition(":")
        line = verbs.line(entry)
        atom.add_item(
            title=line,
            link=f"{link}items/{pk}/" if kind == "item" else link,
            unique_id=f"{link}#entry-{entry.seq}",
            description=line,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
