"""The list of consultations, and the page of one: where it stands, what is asked and was said, how to take part."""

from django.conf import settings
from django.db.models import Max, Min, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import glance
from consultations.models import Consultation
from consultations.models.consultations import Participation
from consultations.rules import consultations as rules
from consultations.rules.contributions import takes_part
from consultations.views import places
from consultations.wording import consultations as wording
from core import languages
from core import text as texts
from core.access import find
from forum import rules as forum_rules
from members import zones
from notifications import addresses

RUNNING = 60  # open ones, and as many that are coming, and in preparation
CLOSED = 30  # on one page
WHOLE = 6_000  # characters of a topic note that the page shows at once
BEGINNING = 2_000  # of a longer one


@require_safe
def consultations(request):
    """Those one may read: what can be answered now, what comes, and what is over, the latest first."""
    now = timezone.now()
    listed = Consultation.objects.visible_to(request.user).select_related("workspace").prefetch_related("phases")
    listed = listed.annotate(opens_at=Min("phases__opens_at"), closes_at=Max("phases__closes_at"))
    published = listed.filter(published_at__isnull=False)
    closed = published.filter(closes_at__lte=now).order_by("-closes_at", "-pk")
    if last := published.filter(pk=number_in(request.GET, "after")).first():
        closed = closed.filter(Q(closes_at__lt=last.closes_at) | Q(closes_at=last.closes_at, pk__lt=last.pk))
    closed = list(closed[: CLOSED + 1])
    context = {"closed": glance.stand(closed[:CLOSED], now), "is_continued": last is not None}
    context["more"] = closed[CLOSED - 1].pk if len(closed) > CLOSED else None
    if last is None:
        running = Consultation.objects.visible_to(request.user).running_at(now).prefetch_related("phases")
        coming = published.filter(opens_at__gt=now).order_by("opens_at", "pk")
        prepared = listed.filter(published_at=None).order_by("-pk")
        begun = glance.progress(request.user, glance.stand(list(running[:RUNNING]), now))
        context["open"] = [one for one in begun if one.where.asks]
        context["evaluated"] = [one for one in begun if not one.where.asks]
        context["coming"] = glance.stand(list(coming[:RUNNING]), now)
        context["prepared"] = prepared[:RUNNING] if request.user.is_authenticated else ()
        context["may_prepare"] = bool(rules.prepare(request.user))
    return render(request, "consultations/consultations.html", context)


@require_safe
def consultation(request, year, number):
    """One consultation at a glance; to those who prepare it also before it is published, as others will see it."""
    consultation = find(glance.WITH_TIMETABLE, request.user, year=year, number=number)
    return render(request, "consultations/consultation.html", page(request, consultation))


def page(request, consultation):
    """What the page of a consultation shows; a bounded number of queries, whatever was asked and said."""
    member, workspace = request.user, consultation.workspace
    moderates = bool(rules.facilitate(member, consultation))
    asked, more = glance.questions(consultation, start=number_in(request.GET, "questions") or 1)
    glance.count(member, asked)
    note = consultation.worded(language_in(request))
    is_long = len(note.html) > WHOLE and "whole" not in request.GET
    return {
        "consultation": consultation,
        "workspace": workspace,
        "where": glance.where(consultation, timezone.now()),
        "zone": zones.offset(timezone.localtime()),
        "note": note,
        "excerpt": texts.excerpt(note.text, BEGINNING) if is_long else "",
        "versions": versions(consultation, note.language),
        "lang": language_in(request) or "",
        "phases": consultation.timetable,
        "questions": worded(asked, language_in(request)),
        "more_questions": more,
        "totals": glance.totals(consultation),
        "latest": labelled(glance.latest(member, consultation, moderates=moderates), language_in(request)),
        "facilitators": glance.facilitators(consultation),
        "files": glance.files(member, consultation),
        "moderates": moderates,
        "outcomes": places.outcomes(member, consultation, request),
        "sections": places.sections(member, consultation, request),
        "tools": places.tools(member, consultation) if moderates else (),
        **taking_part(member, consultation),
        "canonical": f"{settings.SITE_URL}{consultation.get_absolute_url()}",
        "summary": texts.excerpt(note.text, 160),
    }


def taking_part(member, consultation):
    """Who may take part and how, for the one who looks: what they may do now, and the addresses of the room."""
    workspace = consultation.workspace
    may = takes_part(member, consultation)
    return {
        "seat": workspace.seat_of(member),
        "takes_part": bool(may),
        "why_not": "" if may else may.reason,
        "may_join": bool(forum_rules.join(member, workspace)),
        "may_request_seat": bool(forum_rules.request_seat(member, workspace)),
        "who": wording.who(consultation),
        "needs_mandate": lacks_mandate(member, consultation),
        "grace": wording.grace(consultation),
        "mail": {
            "help": addresses.help_address(),
            **{deed: addresses.of_workspace(workspace.slug, deed) for deed in ("join", "each", "daily", "moderators")},
        },
    }


def lacks_mandate(member, consultation):
    """Do organisations take part, and the member speaks for none?"""
    if consultation.participation != Participation.ORGANISATIONS or not member.is_authenticated:
        return False
    return not member.mandates.in_force().exists()


def versions(thing, shown):
    """The other languages in which a text is there, as (code, name)."""
    return [(code, languages.LANGUAGES[code][0]) for code in thing.languages if code != shown]


def worded(questions, language):
    """Questions with their `wording` in a language, or in that of the page, and the beginning of what explains them."""
    for question in questions:
        question.wording = question.worded(language)
        question.excerpt = texts.excerpt(question.wording.text, glance.EXCERPT)
    return questions


def labelled(rows, language=None, *, with_question=True):
    """Contributions with their stamps, and with the question each answers, in a language or in that of the page."""
    for row in rows:
        row.stamped = wording.stamped(row)
        row.asked = row.question.worded(language) if with_question and row.question else None
    return rows


def language_in(request):
    """The language `?lang=` asks for, or None."""
    asked = request.GET.get("lang", "")
    return asked if asked in languages.LANGUAGES else None


def number_in(sent, name):
    """A number that was sent: 0 when there is none that could be one of ours."""
    return number_of(sent.get(name, ""))


def number_of(typed):
    """The number that a word is: 0 when it is none that could be one of ours."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
