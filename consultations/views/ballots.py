"""The pages of ballots: those of a room, one of them with its form or its result; opening, extending, taking back."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import keeping
from consultations.forms import votes as vote_forms
from consultations.forms.ballots import PURPOSES, BallotForm, ExtendForm
from consultations.models import Ballot, Elector, Vote
from consultations.models.ballots import Kind
from consultations.rules import ballots as rules
from consultations.services import ballots as service
from consultations.services import counting, silence
from consultations.wording import ballots as wording
from consultations.wording import results
from core.access import find, require
from core.deeds import deed, perform, posted
from forum.forms import ReasonForm
from forum.models import Workspace

LISTED = 100
VOTES = 100  # named votes on one page
WITH_ROOM = Ballot.objects.select_related(
    "workspace__journal", "opened_by", "phase__consultation__workspace"
).prefetch_related("options")


@require_safe
def ballots(request, slug):
    """The ballots of a room, the one that closes last on top."""
    workspace = find(Workspace, request.user, slug=slug)
    listed = Ballot.objects.visible_to(request.user).filter(workspace=workspace)[:LISTED]
    may_open = bool(rules.open_ballot(request.user, workspace))
    context = {"workspace": workspace, "ballots": listed, "may_open": may_open}
    return render(request, "consultations/ballots.html", context)


@require_safe
def ballot(request, pk):
    """One ballot: what is asked, by which rules and until when; the member's vote and the form; then what came out."""
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return render(request, "consultations/ballot.html", page(request, ballot))


def page(request, ballot):
    """What the page of a ballot shows. Votes and totals come into it only once they are recorded."""
    may_vote = rules.vote(request.user, ballot)
    own = own_votes(request.user, ballot)
    has_voted = _has_voted(request.user, ballot)
    roll, cast, present = counting.turnout(ballot)
    context = {
        "ballot": ballot,
        "workspace": ballot.workspace,
        "rules": wording.rules(ballot),
        "secrecy": wording.secrecy(ballot),
        "place": keeping.place(ballot),
        "changes": ballot.changes.select_related("made_by").order_by("number"),
        "roll": roll,
        "cast": cast,
        "present": present,
        "own": [(vote, wording.said(ballot, vote.value)) for vote in own],
        "has_voted": has_voted,
        "may_vote": bool(may_vote),
        "why_not": "" if may_vote else (rules.is_on_roll(request.user, ballot) and may_vote).reason,
        "may_attend": bool(may_vote and not has_voted and rules.attend(request.user, ballot)),
        "may_extend": bool(rules.extend(request.user, ballot)),
        "may_drop": bool(rules.drop(request.user, ballot)),
        "may_annul": bool(rules.annul(request.user, ballot)),
        "annulled": wording.annulled(ballot) if ballot.annulled_at else "",
        "form": vote_forms.of(request, ballot, own[0] if len(own) == 1 else None) if may_vote else None,
    }
    if ballot.kind == Kind.SILENCE and rules.open_ballot(request.user, ballot.workspace):
        context["not_reached"] = silence.not_reached(ballot)
    if ballot.counted_at:
        context |= counted(ballot, request.GET.get("page"))
    return context


def own_votes(member, ballot):
    """The named votes this member, or an organisation they speak for, has cast."""
    if not member.is_authenticated:
        return []
    rows = Elector.objects.filter(ballot=ballot).cast_by(member)
    mine = Vote.objects.filter(ballot=ballot, member=member, organisation=None)
    theirs = Vote.objects.filter(ballot=ballot, organisation__in=rows.values("organisation"))
    return list((mine | theirs).select_related("organisation", "member"))


def _has_voted(member, ballot):
    return Elector.objects.filter(ballot=ballot, has_voted=True).cast_by(member).exists()


def counted(ballot, page):
    """What came out, and a page of who voted how."""
    result = counting.final(ballot)
    context = {
        "explanation": wording.result(ballot, result.facts),
        "tables": results.tables(ballot, result),
        "facts": result.facts,
    }
    if ballot.is_secret:
        return context
    if result.facts["opening"] and not result.facts["opening"]["met"]:
        return context
    found = ballot.votes.select_related("member", "organisation").order_by("organisation__name", "member__name", "pk")
    votes = Paginator(found, VOTES).get_page(page)
    return context | {"votes": [(vote, wording.said(ballot, vote.value)) for vote in votes], "page": votes}


@deed
def open_ballot(request, slug):
    """First which kind, then the fields of that kind and no others."""
    workspace = find(Workspace, request.user, slug=slug)
    kind = request.POST.get("kind") or request.GET.get("kind")
    if kind not in Kind.values:
        require(rules.open_ballot, request.user, workspace)
        kinds = [(value, label, PURPOSES[value]) for value, label in Kind.choices]
        return render(request, "consultations/choose_ballot.html", {"about": workspace, "kinds": kinds})
    return perform(
        request,
        "consultations/open_ballot.html",
        form=BallotForm(posted(request), kind=kind, workspace=workspace),
        do=lambda **fields: service.open_ballot(by=request.user, workspace=workspace, **fields),
        rule=rules.open_ballot,
        about=workspace,
        said=_("The ballot is there. It goes out with the next digests."),
        context={"kind": Kind(kind), "purpose": PURPOSES[kind]},
    )


@deed
def extend(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/extend.html",
        form=ExtendForm(posted(request)),
        do=lambda **fields: service.extend(by=request.user, ballot=ballot, **fields),
        rule=rules.extend,
        sees=lambda member, _ballot: rules.open_ballot(member, ballot.workspace),
        about=ballot,
        said=lambda change: (
            _("Notice %(number)s is written. It goes to everyone with a seat now.") % {"number": change.number}
        ),
        back=ballot,
    )


@deed
def annul(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/annul_ballot.html",
        form=ReasonForm(posted(request)),
        do=lambda **fields: service.annul(by=request.user, ballot=ballot, **fields),
        rule=rules.annul,
        about=ballot,
        said=_("The vote is annulled. All who voted are told."),
        back=ballot,
    )


@deed
def drop(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/drop_ballot.html",
        form=forms.Form(posted(request)),
        do=lambda: service.drop(by=request.user, ballot=ballot),
        rule=rules.drop,
        about=ballot,
        said=_("The ballot is taken back."),
        back=ballot.workspace,
    )
