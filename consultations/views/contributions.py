"""What a consultation received: one contribution under its permanent reference, and lists of them: all, those to one
question, those of one organisation.
"""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import glance
from consultations.models import Association, Consultation, Contribution, Question
from consultations.rules import consultations as rules
from consultations.views import places
from consultations.views.consultations import labelled, language_in, number_in, versions, worded
from consultations.wording import consultations as wording
from core.access import find
from forum import rules as forum_rules
from forum.views.posts import WITH_ALL
from members.models import Organisation
from notifications import addresses

WITH_ROOM = Consultation.objects.select_related("workspace__journal")


def of(request, year, number):
    """The consultation of an address, and whether the one who asks facilitates it."""
    consultation = find(WITH_ROOM, request.user, year=year, number=number)
    return consultation, bool(rules.facilitate(request.user, consultation))


@require_safe
def contribution(request, year, number, contribution):
    """One contribution: its words, where it came in the window, what it superseded, and who stands beside it."""
    consultation, moderates = of(request, year, number)
    row = find_contribution(request.user, consultation, contribution, moderates=moderates)
    context = {
        "consultation": consultation,
        "workspace": consultation.workspace,
        "contribution": row,
        "post": row.post,
        "question": worded([row.question], language_in(request))[0] if row.question else None,
        "came": wording.came(row),
        "earlier": Contribution.objects.filter(superseded_by=row).exclude(pk=row.pk).first(),
        "associations": list(row.associations.select_related("organisation")),
        "deeds": places.deeds(request.user, row),
        "own": own_deeds(request.user, row.post),
    }
    return render(request, "consultations/contribution.html", context)


def own_deeds(member, post):
    """What its writer may still do with it: names of deeds of posts."""
    if member not in (post.author, post.carried_by):
        return ()
    return [name for name in ("edit", "withdraw") if getattr(forum_rules, name)(member, post)]


def find_contribution(member, consultation, number, *, moderates):
    """A contribution to a consultation the member may read, with its post, whose place stays when its words do not."""
    placed = WITH_ALL.placed_for(member, moderates=moderates)
    post = placed.filter(contribution__consultation=consultation, contribution__number=number).first()
    if post is None:
        raise Http404
    post.thread.workspace = consultation.workspace
    rows = Contribution.objects.select_related("question", "phase", "organisation", "accepted_by", "superseded_by")
    row = rows.get(post=post)
    row.post, row.consultation = post, consultation
    return row


@require_safe
def contributions(request, year, number):
    """Everything that was received, in the order of the numbers, a page at a time."""
    consultation, moderates = of(request, year, number)
    rows = glance.received(request.user, consultation, moderates=moderates)
    found, more = glance.page(consultation, rows, after=number_in(request.GET, "after"))
    context = {"consultation": consultation, "contributions": labelled(found), "more": more}
    return render(request, "consultations/contributions.html", context)


@require_safe
def question(request, year, number, question):
    """One question in the reader's language, and what was said to it, a page at a time."""
    consultation, moderates = of(request, year, number)
    question = find(
        Question.objects.select_related("phase", "thread"), request.user, consultation=consultation, number=question
    )
    question.consultation = question.phase.consultation = consultation
    glance.count(request.user, [question])
    rows = glance.received(request.user, consultation, moderates=moderates).filter(question=question)
    found, more = glance.page(consultation, rows, after=number_in(request.GET, "after"))
    worded([question], language_in(request))
    context = {
        "consultation": consultation,
        "question": question,
        "versions": versions(question, question.wording.language),
        "contributions": labelled(found, with_question=False),
        "more": more,
        "help": addresses.help_address(),
        "is_open": bool(question.thread) and bool(forum_rules.reply(request.user, thread_of(question))),
        "ways": places.ways(request.user, question) if question.thread and request.user.is_authenticated else [],
    }
    return render(request, "consultations/question.html", context)


def thread_of(question):
    question.thread.workspace = question.consultation.workspace
    return question.thread


@require_safe
def organisations(request, year, number):
    """The organisations that spoke, by name, with how much each said; a page at a time."""
    consultation, _moderates = of(request, year, number)
    found, more = glance.organisations(consultation, after=number_in(request.GET, "after"))
    context = {
        "consultation": consultation,
        "organisations": found,
        "more": more,
        "totals": glance.totals(consultation),
    }
    return render(request, "consultations/organisations.html", context)


@require_safe
def of_organisation(request, year, number, organisation):
    """What one organisation said, and what it associated itself with."""
    consultation, moderates = of(request, year, number)
    organisation = Organisation.objects.filter(pk=organisation).first()
    rows = glance.received(request.user, consultation, moderates=moderates)
    theirs = Q(organisation=organisation) | Q(
        pk__in=Association.objects.filter(organisation=organisation).values("contribution")
    )
    found, more = glance.page(consultation, rows.filter(theirs), after=number_in(request.GET, "after"))
    if organisation is None or not (found or "after" in request.GET):
        raise Http404
    for row in found:
        row.is_associated = row.organisation_id != organisation.pk
    context = {
        "consultation": consultation,
        "organisation": organisation,
        "contributions": labelled(found),
        "more": more,
    }
    return render(request, "consultations/of_organisation.html", context)
