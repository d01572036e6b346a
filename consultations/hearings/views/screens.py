"""The screens of a hearing: for those who take part, for the wall of the room, and for whoever only follows.

Each is drawn on the server from the state of the hearing, whole without a script, and kept up by static/hearing.js,
which draws the same from the same state.
"""

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.hearings import state
from consultations.hearings.models import Hearing
from consultations.hearings.rules import hearings as rules
from consultations.hearings.views.places import Link
from core.access import find
from core.languages import own_code
from forum.models.workspaces import Visibility

LOOKS = ("light", "dark")
WITH_ROOM = Hearing.objects.select_related("workspace__journal")
# What the wall of a room shows, and what is enough for those who follow from afar.
ON_THE_WALL = ("hearing", "item", "floor", "next", "points", "motion", "questions")
TO_FOLLOW = ("hearing", "item", "agenda", "floor", "next", "motion", "questions", "document", "caption")
FRESH_SECONDS = 20  # as often as the page is loaded anew where there is no script
FOLLOWED_SECONDS = 5  # a cache may hand out the page that everybody sees


@require_safe
def projector(request, year, number):
    """The wall of the room."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    look = request.GET.get("look")
    context = now(hearing, ON_THE_WALL) | {"look": look if look in LOOKS else ""}
    return in_the_room(request, "hearings/projector.html", context)


@require_safe
def follow(request, year, number):
    """What anyone may follow without an account; the same bytes for all who read one language."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    if hearing.workspace.visibility != Visibility.PUBLIC or request.user.is_authenticated:
        return render(request, "hearings/follow.html", now(hearing, TO_FOLLOW))
    etag = _etag(hearing)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        # One place for each language, so that a hearing on which much happens fills no cache.
        place, name = f"follow:{hearing.pk}:{get_language()}", f"{etag}{static('hearing.js')}"
        kept, page = cache.get(place) or ("", b"")
        if kept != name:
            page = render(request, "hearings/follow.html", now(hearing, TO_FOLLOW)).content
            cache.set(place, (name, page), FRESH_SECONDS)
        response = HttpResponse(page, headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=FOLLOWED_SECONDS)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _etag(hearing):
    """Of what all see: it changes with the journal, and every so often, for lists of speakers close by the clock."""
    moment = int(timezone.now().timestamp()) // FRESH_SECONDS
    return f'"{hearing.pk}-{hearing.journal.seq}-{get_language()}-{moment}"'


def tools(member, hearing):
    """The way to the console and to the wall, for those who preside; once it has begun, to what was missed."""
    if not hearing.is_published:
        return []
    links = []
    if rules.preside(member, hearing):
        links.append(Link(reverse("hearings:console", args=hearing.url_key), _("Console")))
        links.append(Link(reverse("hearings:projector", args=hearing.url_key), _("Projector")))
    if any(session.opened_at for session in hearing.sittings):
        links.append(Link(reverse("hearings:missed", args=hearing.url_key), _("What did I miss?")))
    return links


def in_the_room(request, template, context):
    """Draw a screen that stands in the room: its hours are those of the room, whoever signed in on it."""
    hearing = context["hearing"]
    with timezone.override(hearing.zone):
        return render(request, template, context | {"zone": hearing.timezone})


def now(hearing, sections=None, *, moderators=False):
    """What every screen is drawn from. The seq of the journal was read before the state, so nothing falls between."""
    language = own_code(get_language())
    return {"hearing": hearing, "state": state.of(hearing, language, sections, moderators=moderators)}
