"""The list of hearings, and the pages of one and of an item of its agenda."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.hearings import glance
from consultations.hearings.models import Hearing, Item
from consultations.hearings.rules import hearings as rules
from consultations.hearings.views import places
from consultations.hearings.views.setup import allotments
from consultations.hearings.wording import hearings as wording
from consultations.views.consultations import language_in, number_in, versions
from core import text as texts
from core.access import find
from forum import rules as forum_rules
from members import zones
from notifications import addresses

MOST = 60  # in preparation
OVER = 30  # on one page
WHOLE = 6_000  # characters of a concept note that the page shows at once
BEGINNING = 2_000  # of a longer one


@require_safe
def hearings(request):
    """Those one may follow: what is on now, what comes, and what is over, the latest first."""
    now, after = timezone.now(), number_in(request.GET, "after")
    listed = glance.listed(request.user)
    over = listed.filter(Q(ended_at__isnull=False) | Q(ends__lt=now - timedelta(days=7), is_live=False))
    over = over.order_by("-ends", "-pk")
    if last := over.filter(pk=after).first() if after else None:
        over = over.filter(Q(ends__lt=last.ends) | Q(ends=last.ends, pk__lt=last.pk))
    over = list(over[: OVER + 1])
    context = {"over": over[:OVER], "more": over[OVER - 1].pk if len(over) > OVER else None, "is_continued": bool(last)}
    if not last:
        found = glance.running(request.user, now)
        context["live"] = [one for one in found if one.is_live]
        context["coming"] = [one for one in found if not one.is_live]
        if request.user.is_authenticated:
            context["prepared"] = Hearing.objects.visible_to(request.user).filter(published_at=None)[:MOST]
        context["may_prepare"] = bool(rules.prepare(request.user))
    return render(request, "hearings/hearings.html", context)


@require_safe
def hearing(request, year, number):
    """One hearing at a glance; to those who prepare it also before it is published, as others will see it."""
    hearing = find(glance.WITH_ROOM, request.user, year=year, number=number)
    return render(request, "hearings/hearing.html", page(request, hearing))


def page(request, hearing):
    """What the page of a hearing shows; a bounded number of queries, however long its agenda is."""
    member, now = request.user, timezone.now()
    note = hearing.worded(language_in(request))
    is_long = len(note.html) > WHOLE and "whole" not in request.GET
    return {
        "hearing": hearing,
        "workspace": hearing.workspace,
        "stage": hearing.stage,
        "sessions": with_notices(hearing),
        "next_session": glance.next_session(hearing, now),
        "is_cancelled": glance.is_cancelled(hearing),
        "note": note,
        "excerpt": texts.excerpt(note.text, BEGINNING) if is_long else "",
        "versions": versions(hearing, note.language),
        "lang": language_in(request) or "",
        "items": glance.agenda(hearing, now),
        "officers": hearing.officers.select_related("member"),
        "invited": hearing.invitees.count(),
        "files": glance.files(member, hearing),
        "presides": bool(rules.preside(member, hearing)),
        "conducts": bool(rules.conduct(member, hearing)),
        "allotments": allotments(hearing),
        "sections": places.hearing_sections(member, hearing, request),
        "tools": places.tools(member, hearing),
        **taking_part(member, hearing),
        "canonical": f"{settings.SITE_URL}{hearing.get_absolute_url()}",
        "summary": texts.excerpt(note.text, 160),
    }


def with_notices(hearing):
    """Its sessions in the order of time, each with `notice`: why it moved or was cancelled, and from when."""
    found = glance.notices(hearing)
    for session in hearing.sittings:
        entry = found.get(session.pk)
        session.notice = entry and {
            "reason": (entry.data or {}).get("reason", ""),
            "at": entry.at,
            "before": wording.planned(session, (entry.data or {}).get("old") or {}),
        }
    return sorted(hearing.sittings, key=lambda one: one.starts_at)


def taking_part(member, hearing):
    """How one takes part, for the one who looks: what they may do now, and the addresses of the room."""
    workspace = hearing.workspace
    return {
        "seat": workspace.seat_of(member),
        "may_join": bool(forum_rules.join(member, workspace)),
        "may_request_seat": bool(forum_rules.request_seat(member, workspace)),
        "speak": wording.speak(),
        "zone": zones.offset(timezone.localtime()),
        "mail": {
            "help": addresses.help_address(),
            **{deed: addresses.of_workspace(workspace.slug, deed) for deed in ("join", "moderators")},
        },
    }


@require_safe
def item(request, year, number, item):
    """One item of the agenda: its words, when it comes up, and what the nouns of a hearing put on its page."""
    items = Item.objects.select_related("hearing__workspace__journal", "thread", "session")
    item = find(items, request.user, pk=item, hearing__year=year, hearing__number=number)
    hearing, member = item.hearing, request.user
    rows = glance.agenda(hearing, timezone.now())
    place = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    note = item.worded(language_in(request))
    context = {
        "item": item,
        "hearing": hearing,
        "workspace": hearing.workspace,
        "note": note,
        "versions": versions(item, note.language),
        "begins": rows[place].begins,
        "above": [row for row in rows if item.label.startswith(f"{row.label}.")],
        "parts": [row for row in rows if row.parent_id == item.pk],
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
        "conducts": bool(rules.conduct(member, hearing)),
        "may_change": bool(rules.change(member, hearing)),
        "sections": places.item_sections(member, item, request),
        "tools": places.item_tools(member, item),
        "canonical": f"{settings.SITE_URL}{item.get_absolute_url()}",
        "summary": texts.excerpt(note.text, 160),
    }
    return render(request, "hearings/item.html", context)
