"""Words on paper are entered, with a receipt to print; late contributions are listed and accepted."""

import secrets

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.forms.contributions import EntryForm, LateForm
from consultations.letters import entries as letters
from consultations.models import Question
from consultations.rules import consultations as consultation_rules
from consultations.rules import entries as rules
from consultations.services import entries, late, positions
from consultations.views import places
from consultations.views.contributions import find_contribution, of
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.models.posts import Channel
from members.models import Organisation
from members.services import mandates

MOST_DRAFTS = 300  # that were cleared too late, on one page
QUESTIONS = Question.objects.select_related("phase", "thread__workspace__journal")


@deed
def enter(request, year, number, question):
    """A sheet of paper becomes a contribution."""
    consultation, facilitates = of(request, year, number)
    question = find(QUESTIONS, request.user, consultation=consultation, number=question)
    question.consultation = question.phase.consultation = consultation
    spoken_for = [organisation.pk for organisation in mandates.of(request.user)]
    organisations = Organisation.objects.all() if facilitates else Organisation.objects.filter(pk__in=spoken_for)
    form = EntryForm(
        posted(request),
        request.FILES or None,
        organisations=organisations,
        facilitates=facilitates,
        initial={"key": secrets.token_urlsafe(9), "language": question.language},
    )
    return perform(
        request,
        "consultations/enter.html",
        form=form,
        do=lambda **fields: enter_words(request, question, **fields),
        rule=rules.enter,
        about=question,
        said=lambda contribution: (
            _("Entered as %(code)s. Print the receipt, or read it out.") % {"code": contribution.code}
        ),
        back=lambda contribution: reverse(
            "consultations:paper_receipt", args=[*consultation.url_key, contribution.number]
        ),
        context={"consultation": consultation, "question": question},
    )


def enter_words(request, question, key="", address="", **fields):
    """Enter what was filled in, and send the receipt where an address was given; returns the contribution."""
    origin = entries.Origin(
        **{name: fields.pop(name) for name in ("name", "place", "people", "category", "region", "country")}
    )
    contribution = entries.enter(
        by=request.user, question=question, origin=origin, key=f"paper:{request.user.pk}:{key}", **fields
    )
    if address:
        letters.send_receipt(contribution, address, by=request.user)
    return contribution


@require_safe
@deed
def paper_receipt(request, year, number, contribution):
    """What the people take home: the reference, the moment, whose words, and the words."""
    consultation, facilitates = of(request, year, number)
    found = find_contribution(request.user, consultation, contribution, moderates=facilitates)
    if found.post.channel != Channel.PAPER or not found.post.is_readable:
        raise Http404
    if found.phase:
        found.phase.consultation = consultation
    context = {
        "consultation": consultation,
        "contribution": found,
        "post": found.post,
        "receipt": letters.lines(found),
        "url": f"{settings.SITE_URL}{found.get_absolute_url()}",
    }
    return render(request, "consultations/paper_receipt.html", context)


@require_safe
@deed
def late_ones(request, year, number):
    """What came too late and waits for a facilitator's word."""
    consultation, _facilitates = of(request, year, number)
    require(consultation_rules.facilitate, request.user, consultation)
    after = request.GET.get("after", "")
    answers, more = late.waiting(consultation, after=int(after[:18]) if after.isdecimal() else 0)
    drafts = late.cleared_late(consultation)[:MOST_DRAFTS] if not after else []
    context = {"consultation": consultation, "answers": answers, "more": more, "drafts": drafts}
    return render(request, "consultations/late.html", context)


@deed
def accept_late(request, year, number, pk):
    consultation, _facilitates = of(request, year, number)
    require(consultation_rules.facilitate, request.user, consultation)
    answer = late.find(consultation, pk)
    if answer is None:
        raise Http404
    answer.question.consultation = consultation
    return perform(
        request,
        "consultations/accept_late.html",
        form=LateForm(posted(request), organisations=mandates.of(answer.member)),
        do=lambda **fields: late.accept(by=request.user, answer=answer, **fields),
        rule=lambda member, thing: rules.accept_late(member, consultation),
        about=consultation,
        said=_accepted,
        context={"answer": answer, "text": answer.text, "who": answer.on_behalf or answer.member},
    )


@deed
def accept_late_position(request, pk):
    draft = _late_draft(request, pk)
    return perform(
        request,
        "consultations/accept_late.html",
        form=LateForm(posted(request)),
        do=lambda because: late.accept_draft(by=request.user, draft=draft, because=because),
        rule=lambda member, thing: rules.accept_late(member, draft.question.consultation),
        about=draft.question.consultation,
        said=_accepted,
        context={"text": draft.text, "who": draft.organisation},
    )


def _late_draft(request, pk):
    """A draft that was cleared too late, for those who facilitate; 404 for everybody else."""
    draft = positions.WITH_ALL.filter(pk=pk).first()
    consultation = draft.question.consultation if draft else None
    if consultation is None or not consultation_rules.facilitate(request.user, consultation):
        raise Http404
    if not late.cleared_late(consultation).filter(pk=pk).exists():
        raise Http404
    return draft


def _accepted(contribution):
    return _("Accepted as %(code)s. Its writer is told.") % {"code": contribution.code}


def ways(member, question):
    """To enter words on paper, for who may."""
    if not rules.enter(member, question):
        return []
    key = [*question.consultation.url_key, question.number]
    return [places.Link(reverse("consultations:enter", args=key), _("Enter words on paper"))]


def tools(member, consultation):
    """Links for those who facilitate, from publication on."""
    if not consultation.is_published:
        return []
    return [places.Link(reverse("consultations:late", args=consultation.url_key), _("Late contributions"))]
