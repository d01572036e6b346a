"""A synthesis on the web: its page, with a link from every reference to what is cited; its meters; its publication; and
what other pages show of it.
"""

from itertools import islice

from django.db.models import Count, Q
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations import glance, meters
from consultations.forms.syntheses import BeginForm, PublishForm
from consultations.models import Consultation, Sentence, Synthesis
from consultations.models.phases import PhaseKind
from consultations.models.syntheses import ObjectionState
from consultations.rules import consultations as consultation_rules
from consultations.rules import syntheses as rules
from consultations.services import syntheses as service
from consultations.services import translations
from consultations.views.consultations import labelled, language_in, number_in
from consultations.views.places import Link
from core import languages
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.models.posts import State

SHOWN = 60  # sentences on one page
DEEDS = 5  # sentences that the page of a contribution names
WITH_ROOM = Consultation.objects.select_related("workspace__journal")
WITH_ALL = Synthesis.objects.select_related("consultation__workspace__journal")


def find_synthesis(request, year, number):
    """The synthesis of an address, as far as whoever asks may see it."""
    return find(WITH_ALL, request.user, consultation__year=year, consultation__number=number)


def address(synthesis, name, *args):
    return reverse(f"consultations:{name}", args=[*synthesis.consultation.url_key, *args])


def place_of(sentence):
    """Where a sentence stands on the page of its synthesis."""
    first = (sentence.place - 1) // SHOWN * SHOWN
    page = f"?after={first}" if first else ""
    return f"{sentence.synthesis.get_absolute_url()}{page}#s{sentence.pk}"


def drawn(synthesis, sentences, translation=None):
    """Give each sentence `references`: (number, words that still stand, address of the contribution, is it shown?); and
    how it is `said` in which `tongue`.
    """
    base = synthesis.consultation.get_absolute_url()
    for row in sentences:
        translated = translation.of(row) if translation else ""
        row.said = translated or row.text
        row.tongue = translation.language if translated else synthesis.language
        row.references = [
            (
                one.contribution.number,
                service.shown_words(one),
                f"{base}{one.contribution.number}/",
                one.contribution.post.state == State.PUBLISHED,
            )
            for one in row.citations.all()
        ]
    return sentences


@require_safe
def synthesis(request, year, number):
    """The text, a page at a time; while it is written, with the means to write it."""
    found = find_synthesis(request, year, number)
    rows = found.sentences.standing().prefetch_related("citations__contribution__post")
    may_write = bool(rules.write(request.user, found))
    if may_write:
        rows = rows.annotate(remarked=Count("remarks", filter=Q(remarks__resolved_at=None)))
    rows = list(rows.filter(place__gt=number_in(request.GET, "after"))[: SHOWN + 1])
    translation = translations.asked_for(found, language_in(request))
    context = {
        "synthesis": found,
        "translation": translation,
        "tongues": _tongues(found, translation),
        "others": [(code, name) for code, name in languages.CHOICES if code != found.language],
        "consultation": found.consultation,
        "workspace": found.consultation.workspace,
        "sentences": drawn(found, rows[:SHOWN], translation),
        "more": rows[SHOWN - 1].place if len(rows) > SHOWN else 0,
        "may_write": may_write,
        "facilitates": bool(rules.see_draft(request.user, found)),
    }
    if may_write:
        context["totals"] = meters.totals(found)
    if found.is_published:
        context |= _afterwards(request, found)
    return render(request, "consultations/synthesis.html", context)


def _tongues(synthesis, translation):
    """(language, its name, is it the one that is shown?) of those the synthesis can be read in; none for one alone."""
    codes = list(synthesis.translations.order_by("language").values_list("language", flat=True))
    shown = translation.language if translation else synthesis.language
    return (
        [(code, languages.LANGUAGES[code][0], code == shown) for code in [synthesis.language, *codes]] if codes else []
    )


def _afterwards(request, synthesis):
    """What came of it: corrigenda with their corrections, objections that were declined, whether one may object."""
    decided = synthesis.objections.exclude(state=ObjectionState.OPEN).select_related("sentence", "member")
    decided = list(decided.order_by("decided_at", "pk"))
    corrigenda = list(synthesis.corrigenda.all())
    for one in corrigenda:
        one.corrections = [row for row in decided if row.corrigendum_id == one.pk]
    return {
        "corrigenda": corrigenda,
        "declined": [row for row in decided if row.state == ObjectionState.DECLINED],
        "coming": sum(row.state == ObjectionState.ACCEPTED and not row.corrigendum_id for row in decided),
        "may_object": (may_object := bool(rules.misrepresented(request.user, synthesis))),
        "until": rules.objects_until(request.user, synthesis) if may_object else None,
    }


@deed
def begin_synthesis(request, year, number):
    consultation = find(WITH_ROOM, request.user, year=year, number=number)
    initial = {"language": consultation.language, "title": _("Synthesis: %(title)s") % {"title": consultation}}
    return perform(
        request,
        "consultations/begin_synthesis.html",
        form=BeginForm(posted(request), initial=initial),
        do=lambda **fields: service.begin(by=request.user, consultation=consultation, **fields),
        rule=rules.begin,
        about=consultation,
        back=lambda made: address(made, "write_synthesis"),
    )


@deed
@require_safe
def synthesis_meters(request, year, number):
    """Contributions never cited, groups that are cited too much or too little, sentences that rest on nothing."""
    found = find_synthesis(request, year, number)
    require(rules.see_draft, request.user, found)
    rows = glance.received(request.user, found.consultation, moderates=True)
    rows = rows.filter(pk__in=meters.never_cited(found).order_by().values("pk"))
    rows, more = glance.page(found.consultation, rows, after=number_in(request.GET, "after"))
    names = {
        "region": _("By region"),
        "category": _("By category"),
        "language": _("By language"),
        "organisation": _("By organisation"),
    }
    without = list(meters.without(found)[:SHOWN])
    shaky = list(islice(meters.shaky(found), SHOWN))
    for row in [*without, *(one.sentence for one in shaky)]:
        row.synthesis = found
        row.address = place_of(row)
    context = {
        "synthesis": found,
        "consultation": found.consultation,
        "totals": meters.totals(found),
        "tables": [(names[by], meters.table(found, by)) for by in meters.BY],
        "rows": labelled(rows),
        "more": more,
        "without": without,
        "shaky": shaky,
    }
    return render(request, "consultations/synthesis_meters.html", context)


@deed
def publish_synthesis(request, year, number):
    found = find_synthesis(request, year, number)
    return perform(
        request,
        "consultations/publish_synthesis.html",
        form=PublishForm(posted(request)),
        do=lambda **fields: service.publish(by=request.user, synthesis=found, **fields),
        rule=rules.publish,
        about=found,
        said=gettext_lazy("The synthesis is published. Everyone it cites is told."),
        back=found,
        context={"totals": meters.totals(found)},
    )


# -- On other pages ----------------------------------------------------------------------------------------


def section(member, consultation, request):
    """The published synthesis on the page of its consultation; one query."""
    found = Synthesis.objects.filter(consultation=consultation, published_at__isnull=False).first()
    if found is None:
        return ""
    found.consultation = consultation
    context = {"synthesis": found, "consultation": consultation}
    return render_to_string("consultations/_synthesis.html", context, request=request)


def tools(member, consultation):
    """Writing it, for facilitators, where there is a phase for it or it was begun."""
    found = Synthesis.objects.filter(consultation=consultation).first()
    if found:
        waiting = found.objections.filter(state=ObjectionState.OPEN).exists() if found.is_published else False
        name = "objections" if waiting else "synthesis"
        return [Link(reverse(f"consultations:{name}", args=consultation.url_key), _("Synthesis"))]
    is_foreseen = any(phase.kind == PhaseKind.SYNTHESIS for phase in consultation.timetable)
    if not (is_foreseen and consultation_rules.change(member, consultation) and consultation.is_published):
        return []
    return [Link(reverse("consultations:begin_synthesis", args=consultation.url_key), _("Begin the synthesis"))]


def deeds(member, contribution):
    """The sentences of the published synthesis that cite a contribution."""
    rows = Sentence.objects.filter(
        citations__contribution=contribution, dropped_at=None, synthesis__published_at__isnull=False
    )
    rows = list(rows.select_related("synthesis").distinct().order_by("place")[:DEEDS])
    for row in rows:
        row.synthesis.consultation = contribution.consultation
    return [Link(place_of(row), _("Cited in sentence %(number)s") % {"number": row.number}) for row in rows]
