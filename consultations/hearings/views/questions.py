"""Live questions on the web: the list with those wanted most on top, one of them, asking, endorsing, taking back."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.hearings.forms.questions import QuestionForm
from consultations.hearings.models import Endorsement, Hearing, Item, LiveQuestion
from consultations.hearings.models.questions import LISTED, QuestionState
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import questions as rules
from consultations.hearings.services import questions as service
from consultations.hearings.views.places import Link
from core import languages
from core.access import find
from core.deeds import came_from, deed, perform, posted

HEARINGS = Hearing.objects.select_related("workspace__journal")
ITEMS = Item.objects.select_related("hearing__workspace__journal", "thread")
WITH_ALL = LiveQuestion.objects.select_related(
    "hearing__workspace__journal", "item", "author", "organisation", "merged_into", "addressee"
)
PAGE = 15
IN_SECTION = 3
A_MINUTE = 60  # questions or endorsements of one member
DEEDS = (
    *("endorse", "show", "decline", "merge", "unmerge", "shortlist", "unshortlist", "take", "answer_live"),
    *("put_to", "answer", "withdraw", "redact", "erase"),
)


# -- Places on other pages ---------------------------------------------------------------------------------


def hearing_section(member, hearing, request):
    """How many questions there are, and how one asks; from publication on."""
    return _section(member, hearing, None, request) if hearing.is_published else ""


def item_section(member, item, request):
    """The questions on an item that are wanted most."""
    return _section(member, item.hearing, item, request) if item.hearing.is_published else ""


def tools(member, hearing):
    """The queue of those that wait."""
    if hearing.is_published and hearing_rules.preside(member, hearing):
        return [Link(reverse("hearings:held_questions", args=hearing.url_key), _("Questions that wait"))]
    return []


def item_tools(member, item):
    """The chair closes the asking on an item, and opens it again."""
    if not item.hearing.is_published or item.closed_at or not hearing_rules.change(member, item.hearing):
        return []
    key = [*item.hearing.url_key, item.pk]
    if item.asking_closed_at:
        return [Link(reverse("hearings:ask_on", args=[*key, "open"]), _("Take questions again"))]
    return [Link(reverse("hearings:ask_on", args=[*key, "close"]), _("Take no more questions"))]


def _section(member, hearing, item, request):
    rows = hearing.live_questions.listed().select_related("author", "organisation", "item")
    rows = rows.filter(item=item) if item else rows
    context = {
        "hearing": hearing,
        "item": item,
        "count": rows.count(),
        "questions": _at_home(rows.wanted_most()[:IN_SECTION], hearing) if item else [],
        "may_ask": item and (not member.is_authenticated or rules.put(member, item)) and rules.is_on(hearing),
    }
    if (item and item.asking_closed_at) or (item and item.closed_at):
        context["may_ask"] = False
    if not context["count"] and not context["may_ask"]:
        return ""
    return render_to_string("hearings/_questions_section.html", context, request=request)


def _at_home(rows, hearing):
    """The rows as a list, each with the hearing that is fetched already."""
    rows = list(rows)
    for one in rows:
        one.hearing = hearing
    return rows


# -- Pages -------------------------------------------------------------------------------------------------


@require_safe
def questions(request, year, number):
    """Those shown: wanted most on top, or with `?sort=new` the newest; `?item=` those on one item."""
    hearing = find(HEARINGS, request.user, year=year, number=number)
    rows = WITH_ALL.filter(hearing=hearing, state__in=LISTED)
    item = hearing.items.filter(pk=_number(request.GET.get("item", ""))).first()
    rows = rows.filter(item=item) if item else rows
    is_new = request.GET.get("sort") == "new"
    page, after = _page(rows, request.GET.get("after", ""), is_new=is_new)
    _at_home(page, hearing)
    context = {
        "hearing": hearing,
        "item": item,
        "items": hearing.items.filter(live_questions__state__in=LISTED).distinct(),
        "is_new": is_new,
        "questions": page,
        "after": after,
        "count": rows.count(),
        "own": _own(request.user, hearing),
        "askable": _askable(request.user, hearing, item),
    } | _standing(request.user, hearing, page)
    return render(request, "hearings/questions.html", context)


@require_safe
def question(request, year, number, question):
    """One question with its answers, those merged into it, and all that this member may do with it."""
    found = _find(request, year, number, question)
    may = {name: bool(getattr(rules, name)(request.user, found)) for name in DEEDS}
    may["unmerge"] = may["unmerge"] and found.state == QuestionState.MERGED
    context = {
        "hearing": found.hearing,
        "question": found,
        "may_redact": bool(hearing_rules.preside(request.user, found.hearing)),
        "answers": found.answers.select_related("written_by").order_by("-number"),
        "merged": _at_home(found.merged.select_related("author", "organisation", "item"), found.hearing),
        "may": may,
    } | _standing(request.user, found.hearing, [found])
    if found.merged_into_id:
        found.merged_into.hearing = found.hearing
    return render(request, "hearings/question.html", context)


def takes_part(member, item):
    return rules.take_part(member, item.hearing)


@deed
def put_question(request, year, number, item):
    item = find(ITEMS, request.user, pk=item, hearing__year=year, hearing__number=number)
    language = languages.own_code(request.LANGUAGE_CODE)
    return perform(
        request,
        "hearings/put_question.html",
        form=QuestionForm(posted(request), member=request.user, initial={"language": language}),
        do=lambda **fields: service.put(by=request.user, item=item, **fields),
        rule=rules.put,
        sees=takes_part,
        about=item,
        said=lambda made: (
            _("Your question waits for a moderator. You are told what becomes of it.")
            if made.is_held
            else _("Your question is asked. You are told what becomes of it.")
        ),
        back=lambda made: came_from(request) or made.get_absolute_url(),
        context={"hearing": item.hearing, "item": item},
        most=A_MINUTE,
    )


# -- What they hold ----------------------------------------------------------------------------------------


def _find(request, year, number, question):
    return find(WITH_ALL, request.user, hearing__year=year, hearing__number=number, number=question)


def _page(rows, after, *, is_new):
    """(questions, key of the next page or ""). The key is `57-12`: endorsements and number of the last one here."""
    count, _dash, number = after.partition("-")
    goes_on = after and len(after) <= 20 and count.isdecimal() and number.isdecimal()
    if is_new:
        rows = rows.filter(number__lt=int(number)) if goes_on else rows
        rows = list(rows.order_by("-number")[: PAGE + 1])
    else:
        if goes_on:
            fewer = rows.filter(endorsement_count__lt=int(count))
            rows = fewer | rows.filter(endorsement_count=int(count), number__gt=int(number))
        rows = list(rows.wanted_most()[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.endorsement_count}-{last.number}" if last else ""


def _standing(member, hearing, page):
    """Which of these the member endorses, and whether they may; two queries."""
    if not member.is_authenticated:
        return {"may_take_part": bool(rules.is_on(hearing)), "endorsed": set()}
    wanted = Endorsement.objects.filter(member=member, question__hearing=hearing)
    wanted = wanted.values_list("question__number", "question__merged_into__number")
    return {
        "may_take_part": bool(rules.take_part(member, hearing) and rules.is_on(hearing)),
        "endorsed": {into or number for number, into in wanted} if page else set(),
    }


def _own(member, hearing):
    """The member's own questions, whatever became of them."""
    if not member.is_authenticated:
        return []
    own = WITH_ALL.filter(hearing=hearing, author=member).exclude(state=QuestionState.ERASED)
    return _at_home(own.order_by("number")[:PAGE], hearing)


def _askable(member, hearing, item):
    """Items that take questions now, for the links to ask on them."""
    if not rules.is_on(hearing) or (member.is_authenticated and not rules.take_part(member, hearing)):
        return []
    rows = hearing.items.filter(closed_at=None, asking_closed_at=None)
    return rows.filter(pk=item.pk) if item else rows


def _number(value):
    return int(value) if value.isdecimal() and len(value) <= 12 else 0
