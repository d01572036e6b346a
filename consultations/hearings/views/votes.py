"""Votes on motions: put to the vote, cast by name on a page of the hearing, closed, annulled."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from consultations.forms import votes as vote_forms
from consultations.hearings.forms.motions import PutForm, ReasonForm
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import motions as moving
from consultations.hearings.services import votes as service
from consultations.hearings.views import motions
from consultations.views import ballots as ballot_pages
from consultations.views.votes import A_MINUTE
from consultations.wording import ballots as wording
from core.deeds import came_from, deed, perform, posted


@deed
def put_to_vote(request, year, number, motion):
    motion = motions.found(request, year, number, motion)
    return motions.press(
        request,
        motion,
        "hearings/put_to_vote.html",
        form=PutForm(posted(request), motion=motion, is_amended=bool(moving.adopted_amendments(motion))),
        deed_of=service.put_to_vote,
        rule=rules.put_to_vote,
        said=_("The motion is put to the vote."),
    )


@deed
def close(request, year, number, motion):
    return motions.press(
        request,
        motions.found(request, year, number, motion),
        "hearings/close_vote.html",
        form=forms.Form(posted(request)),
        deed_of=service.close,
        rule=rules.close,
        said=_("The vote is closed."),
    )


@deed
def annul(request, year, number, motion):
    """Stop the vote; what was wrong is put right in a new motion, which is offered with the same words."""
    motion = motions.found(request, year, number, motion)
    return motions.press(
        request,
        motion,
        "consultations/annul_ballot.html",
        form=ReasonForm(posted(request)),
        deed_of=service.annul,
        rule=rules.annul,
        said=_("The vote is annulled. All who voted are told."),
    )


@deed
def cast(request, year, number, motion):
    """A vote by name from a page of the hearing; one in secret is cast on the page of its ballot, with a receipt."""
    motion = motions.found(request, year, number, motion)
    ballot = motion.ballot
    if ballot and ballot.is_secret:
        return redirect("consultations:vote", ballot.pk)
    own = ballot_pages.own_votes(request.user, ballot) if ballot else ()
    own = own[0] if len(own) == 1 else None
    return perform(
        request,
        "hearings/vote_on_motion.html",
        form=vote_forms.of(request, ballot, own, posted(request)) if ballot else forms.Form(posted(request)),
        do=lambda **fields: service.cast(member=request.user, motion=motion, **fields),
        rule=rules.cast,
        about=motion,
        said=lambda vote: _("Your vote is counted: %(vote)s.") % {"vote": wording.said(ballot, vote.value)},
        back=lambda vote: came_from(request) or motion.get_absolute_url(),
        most=A_MINUTE,
    )
