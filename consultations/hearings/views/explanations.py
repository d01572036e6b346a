"""Explanations of vote: written on the page of the motion."""

from django.utils.translation import gettext_lazy as _

from consultations.hearings.forms.motions import ExplainForm
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import explanations as service
from consultations.hearings.views import motions
from consultations.rules import ballots as rules_of_ballots
from core.deeds import deed, posted
from members.services import mandates


@deed
def explain(request, year, number, motion):
    motion = motions.found(request, year, number, motion)
    organisations = mandates.of(request.user) if rules.by_organisations(motion) else ()
    return motions.press(
        request,
        motion,
        "hearings/explain_vote.html",
        form=ExplainForm(posted(request), organisations=organisations),
        deed_of=_explain,
        rule=rules.explain,
        sees=lambda member, _motion: rules_of_ballots.may_ever_vote(member, motion.hearing.workspace),
        said=_("Your explanation stands with the result."),
    )


def _explain(*, by, motion, **fields):
    service.explain(by=by, motion=motion, **fields)
    return motion
