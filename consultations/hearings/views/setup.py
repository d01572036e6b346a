"""A hearing is prepared: begun, worded language by language, given its rules of speaking, checked and published."""

from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import checklist as lists
from consultations.hearings import checklist
from consultations.hearings.forms.hearings import KINDS, NoteForm, PrepareForm, PublishForm, RulesForm
from consultations.hearings.models import Hearing
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import hearings as service
from consultations.hearings.services import sessions
from consultations.hearings.views import places
from consultations.views import wordings
from core import languages
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.models import Seat

WITH_ROOM = Hearing.objects.select_related("workspace__journal").prefetch_related("sessions")


def of(request, year, number):
    return find(WITH_ROOM, request.user, year=year, number=number)


def setup_of(thing, anchor=""):
    """The page to which one comes back from each step."""
    hearing = getattr(thing, "hearing", thing)
    return reverse("hearings:setup", args=hearing.url_key) + anchor


@deed
def prepare(request):

    def do(first=(), **fields):
        with transaction.atomic():
            hearing = service.prepare(by=request.user, **fields)
            if all(first) and first:
                sessions.schedule(by=request.user, hearing=hearing, starts_at=first[0], ends_at=first[1])
        return hearing

    initial = {"language": languages.own_code(get_language()), "timezone": request.user.timezone}
    return perform(
        request,
        "hearings/prepare.html",
        form=PrepareForm(posted(request), initial=initial),
        do=do,
        rule=rules.prepare,
        said=_("The hearing is begun. Only its officers see it until it is published."),
        back=setup_of,
    )


@require_safe
@deed
def setup(request, year, number):
    """Everything that is prepared on one page, with what is still missing; a bounded number of queries."""
    hearing = of(request, year, number)
    require(rules.preside, request.user, hearing)
    found = [] if hearing.is_published else checklist.checks(hearing)
    items = list(hearing.items.select_related("session"))
    last = {item.parent_id: item.pk for item in items}
    for item in items:
        item.hearing, item.is_last = hearing, last[item.parent_id] == item.pk
    context = {
        "hearing": hearing,
        "workspace": hearing.workspace,
        "checks": found,
        "may_publish": lists.may_publish(found),
        "may_change": bool(rules.change(request.user, hearing)),
        "codes": languages.CHOICES,
        "note": wordings.cells(hearing),
        "items": [(item, wordings.cells(item)) for item in items],
        "sessions": hearing.sittings,
        "officers": hearing.officers.select_related("member"),
        "invitees": list(hearing.invitees.select_related("organisation")),
        "allotments": allotments(hearing),
        "may_follow": (hearing.workspace if hearing.is_published else hearing).get_visibility_display(),
        "seats": Seat.objects.filter(workspace=hearing.workspace_id).count(),
        "tools": places.tools(request.user, hearing),
    }
    return render(request, "hearings/setup.html", context)


def allotments(hearing):
    """(kind, `3:00`) of each kind of speaker that has an allotment of its own."""
    return [
        (label, f"{seconds // 60}:{seconds % 60:02}")
        for kind, label in KINDS
        if (seconds := hearing.seconds_by_kind.get(kind))
    ]


@deed
def change(request, year, number):
    """Place, zone, who may follow, and the rules of speaking."""
    hearing = of(request, year, number)
    return perform(
        request,
        "hearings/change.html",
        form=RulesForm(posted(request), hearing=hearing),
        do=lambda **fields: service.change(by=request.user, hearing=hearing, **fields),
        rule=rules.change,
        about=hearing,
        said=_("The rules are changed, and the record says how."),
        back=setup_of,
        context={"hearing": hearing},
    )


@deed
def reword(request, year, number, language):
    """The concept note in one language, beside the original."""
    hearing = of(request, year, number)
    return wordings.reword(
        request,
        "hearings/reword.html",
        hearing,
        language,
        form=NoteForm,
        do=lambda **words: service.reword(by=request.user, hearing=hearing, language=language, **words),
        rule=rules.change,
        home=setup_of(hearing),
        gap=lambda: next_gap(hearing, language),
        context={"hearing": hearing},
    )


def next_gap(hearing, language, after=""):
    """The form of the next item without a version in this language; the page of preparation when there is none."""
    for item in hearing.items.filter(sort_key__gt=after):
        if language not in item.languages:
            return reverse("hearings:reword_item", args=[*hearing.url_key, item.pk, language])
    return setup_of(hearing)


@deed
def publish(request, year, number):
    """Announce it to all who may read its room, with its background files; before that, what is missing."""
    hearing = of(request, year, number)
    found = checklist.checks(hearing)
    return perform(
        request,
        "hearings/publish.html",
        form=PublishForm(posted(request), request.FILES or None),
        do=lambda **fields: service.publish(by=request.user, hearing=hearing, **fields),
        rule=rules.publish,
        about=hearing,
        said=_("The hearing is published. Everyone with a seat and all who are invited are mailed now."),
        back=hearing.get_absolute_url(),
        context={
            "hearing": hearing,
            "checks": found,
            "note": hearing.worded(hearing.language),
            "invitees": hearing.invitees.count(),
            "seats": Seat.objects.filter(workspace=hearing.workspace_id, member__is_active=True).count(),
        },
    )
