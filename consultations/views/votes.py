"""Voting on the web: a vote by name, a vote in secret with its receipt, saying that one is there; the roll and the list
of a secret ballot.
"""

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.forms import votes as vote_forms
from consultations.models import Ballot, Elector
from consultations.rules import ballots as rules
from consultations.services import ballots as service
from consultations.services import counting, silence, urns
from consultations.views.ballots import WITH_ROOM, own_votes
from consultations.wording import ballots as wording
from consultations.words import marks
from core.access import Refused, find, require
from core.deeds import count, deed, perform, posted, refusal

ROWS = 100  # of the roll, or of the list, on one page
A_MINUTE = 20  # votes of one member, over all ballots


def vote(request, pk):
    """Cast or change a vote. What somebody who is not signed in meant to vote in secret waits in no session."""
    signs_in = request.method == "POST" and not request.user.is_authenticated
    if signs_in and Ballot.objects.filter(pk=pk, is_secret=True).exists():
        return redirect_to_login(request.get_full_path())
    return _vote(request, pk)


def _may_ever_vote(member, ballot):
    return rules.may_ever_vote(member, ballot.workspace)


@deed
def _vote(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    if ballot.is_secret:
        return _vote_in_secret(request, ballot)
    own = own_votes(request.user, ballot)
    return perform(
        request,
        "consultations/vote.html",
        form=vote_forms.of(request, ballot, own[0] if len(own) == 1 else None, posted(request)),
        do=lambda **fields: service.vote(member=request.user, ballot=ballot, **fields),
        rule=rules.vote,
        sees=_may_ever_vote,
        about=ballot,
        said=lambda vote: _("Your vote is counted: %(vote)s.") % {"vote": wording.said(ballot, vote.value)},
        back=ballot,
        context={"secrecy": wording.secrecy(ballot)},
        most=A_MINUTE,
    )


@never_cache
def _vote_in_secret(request, ballot):
    """The receipt is the answer to the vote itself: it is shown once, and kept in no session and no message."""
    form, status = vote_forms.of(request, ballot, None, posted(request)), 200
    context = {"form": form, "about": ballot, "secrecy": wording.secrecy(ballot)}
    require(_may_ever_vote if request.method == "POST" else rules.vote, request.user, ballot)
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        try:
            count(request, A_MINUTE)
            slip = service.vote(member=request.user, ballot=ballot, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.reason))
            return refusal(request, "consultations/vote.html", context, refused)
        said = {"ballot": ballot, "slip": slip, "said": wording.said(ballot, slip.value)}
        return render(request, "consultations/receipt.html", said)
    return render(request, "consultations/vote.html", context, status=status)


@deed
def attend(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    return perform(
        request,
        "consultations/attend.html",
        form=forms.Form(posted(request)),
        do=lambda: service.attend(member=request.user, ballot=ballot),
        rule=rules.attend,
        about=ballot,
        said=_("You are there. You have not voted yet."),
        back=ballot,
    )


@require_safe
def roll(request, pk):
    """Who may vote; of a secret ballot after the count also who has voted."""
    ballot = find(WITH_ROOM, request.user, pk=pk)
    rows = Paginator(Elector.objects.filter(ballot=ballot).named(), ROWS).get_page(request.GET.get("page"))
    on_roll, cast, present = counting.turnout(ballot)
    context = {"ballot": ballot, "workspace": ballot.workspace, "page": rows, "roll": on_roll, "cast": cast}
    return render(request, "consultations/roll.html", context | {"present": present})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request, pk):
    """The published list of a secret ballot: every receipt code with its vote, and no name.

    A code is looked up by POST, for addresses are written into logs.
    """
    ballot = _secret(request, pk)
    papers = urns.published(ballot) or []
    code = request.POST.get("code", "")[:40]
    found = [(paper, wording.said(ballot, value)) for paper, value in papers if code and paper == marks.tidy(code)]
    page = Paginator(papers, ROWS).get_page(request.GET.get("page"))
    context = {
        "ballot": ballot,
        "workspace": ballot.workspace,
        "code": code,
        "found": found,
        "page": page,
        "rows": [(paper, wording.said(ballot, value)) for paper, value in page],
        "cast": counting.turnout(ballot)[1],
        "digest": counting.digest(papers) if ballot.counted_at else "",
    }
    return render(request, "consultations/receipts.html", context)


@require_safe
def receipts_file(request, pk):
    """The same list as a file, exactly the bytes whose SHA-256 stands in the record."""
    ballot = _secret(request, pk)
    if not ballot.counted_at:
        raise Http404
    text = "".join(f"{code} {value}\n" for code, value in urns.published(ballot) or ())
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ballot-{ballot.pk}.txt"'
    return answer


@require_safe
def ballot_text(request, pk):
    """What a silence procedure adopts, exactly the bytes whose SHA-256 is told to all."""
    ballot = find(WITH_ROOM, request.user, pk=pk)
    if not ballot.text_sha256:
        raise Http404
    answer = HttpResponse(silence.frozen(ballot.title, ballot.text), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ballot-{ballot.pk}.txt"'
    return answer


def _secret(request, pk):
    ballot = find(WITH_ROOM, request.user, pk=pk)
    if not ballot.is_secret:
        raise Http404
    return ballot
