"""The console of a roll call: the name that is called, one answer after the other by keyboard, and corrections.

It works without a script: a letter and Enter, and the next name stands there. What it shows is what the database holds,
so another officer goes on with it on another machine.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from consultations.hearings.forms.motions import CallForm
from consultations.hearings.models import Call
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import calls as service
from consultations.hearings.views import motions, sheets
from consultations.services import voting
from core.access import Refused
from core.deeds import deed, perform, posted


@deed
def call(request, year, number, motion):
    motion = motions.found(request, year, number, motion)
    if not (motion.ballot and motion.is_open):
        return redirect(motion)
    rows = list(motion.calls.select_related("elector").order_by("place"))
    wanted = request.POST.get("call") or request.GET.get("name")
    uncalled = [row for row in rows if not row.said]
    now = next((row for row in rows if str(row.pk) == wanted), uncalled[0] if uncalled else None)
    answers = [*voting.answers(motion.ballot), *Call.UNVOTED]
    form = CallForm(posted(request), ballot=motion.ballot, initial={"call": now.pk, "seen": now.said} if now else {})
    return perform(
        request,
        "hearings/call_roll.html",
        form=form,
        do=lambda call, said, seen: _say(request.user, motion, rows, call, said, seen),
        rule=rules.call,
        sees=sheets.officers,
        about=motion,
        back=lambda done: request.path,
        context={
            "now": now,
            "sent": _sent(motion, now),
            "rows": [(row, service.word(motion.ballot, row.said)) for row in rows],
            "left": len(uncalled),
            "unvoted": [row for row in rows if row.said in Call.UNVOTED],
            "answers": [(one, service.word(motion.ballot, one)) for one in answers],
            "may_close": bool(rules.close(request.user, motion)),
        },
    )


def _say(member, motion, rows, call, said, seen):
    row = next((one for one in rows if one.pk == call), None)
    if row is None:
        raise Refused(_("This name is not on the roll."))
    return service.say(by=member, motion=motion, call=row, said=said, seen=seen)


def _sent(motion, now):
    """The vote that was sent ahead for the name that is called, in words, and as it is stored."""
    if now is None or not now.elector.has_voted:
        return None
    votes = motion.ballot.votes.filter(organisation=now.elector.organisation_id)
    vote = (votes.filter(member=now.elector.member_id) if now.elector.member_id else votes).first()
    return vote and (vote.value, service.word(motion.ballot, vote.value))
