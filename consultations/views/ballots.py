"""The pages of ballots: those of a room, one of them with its form or its result; opening, voting and extending."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.forms.ballots import BallotForm, ExtendForm, VoteForm
from consultations.models import Ballot, Vote
from consultations.models.ballots import Kind
from consultations.rules import ballots as rules
from consultations.services import ballots as service
from consultations.wording import ballots as wording
from core.access import find
from core.deeds import deed, perform, posted
from forum.models import Workspace

LISTED = 100
VOTES = 100  # named votes on one page
WITH_ROOM = Ballot.objects.select_related("workspace__journal", "opened_by").prefetch_related("options")


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
    """One ballot: what is asked and until when; the member's vote and the form; after the count what came out."""
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return render(request, "consultations/ballot.html", page(request, ballot))


def page(request, ballot):
    """What the page of a ballot shows. Votes and totals come into it only once they are recorded."""
    may_vote = rules.vote(request.user, ballot)
    own = Vote.objects.filter(ballot=ballot, member=request.user).first() if request.user.is_authenticated else None
    context = {
        "ballot": ballot,
        "workspace": ballot.workspace,
        "changes": ballot.changes.select_related("made_by").order_by("number"),
        "cast": ballot.votes.count(),
        "own": own,
        "own_vote": wording.said(ballot, own.value) if own else "",
        "may_vote": bool(may_vote),
        "why_not": "" if may_vote else may_vote.reason,
        "may_extend": bool(rules.extend(request.user, ballot)),
        "form": VoteForm(ballot=ballot, initial={"text": own.value if own else ""}) if may_vote else None,
    }
    if ballot.counted_at:
        context |= counted(ballot, request.GET.get("page"))
    return context


def counted(ballot, page):
    """What came out, and a page of who voted how."""
    result = service.result(ballot)
    votes = Paginator(ballot.votes.select_related("member").order_by("member__name", "pk"), VOTES).get_page(page)
    first = dict(result.first)
    names = {option.letter: str(option) for option in ballot.choices}
    rows = [
        (names.get(option) or wording.said(ballot, option), number, first.get(option))
        for option, number in result.order
    ]
    return {
        "result": result,
        "rows": rows,
        "is_ranking": ballot.kind == Kind.RANKING,
        "is_tie": len(result.winners) > 1,
        "votes": [(vote, wording.said(ballot, vote.value)) for vote in votes],
        "page": votes,
    }


@deed
def open_ballot(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    return perform(
        request,
        "consultations/open_ballot.html",
        form=BallotForm(posted(request)),
        do=lambda **fields: service.open_ballot(by=request.user, workspace=workspace, **fields),
        rule=rules.open_ballot,
        about=workspace,
        said=_("The ballot is there. It goes out with the next digests."),
    )


@deed
def vote(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/vote.html",
        form=VoteForm(posted(request), ballot=ballot),
        do=lambda text: service.vote(member=request.user, ballot=ballot, text=text),
        rule=rules.vote,
        about=ballot,
        said=lambda vote: _("Your vote is counted: %(vote)s.") % {"vote": wording.said(ballot, vote.value)},
        back=ballot,
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
        about=ballot,
        said=lambda change: (
            _("Notice %(number)s is written. It goes to everyone with a seat now.") % {"number": change.number}
        ),
        back=ballot,
    )
