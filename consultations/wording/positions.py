"""Sentences about drafts of positions that pages and mails share."""

from django.utils.translation import gettext as _

from consultations.models import Clearance
from consultations.models.positions import DraftState


def asked(members):
    """Whom a draft waits for."""
    return _("these colleagues were asked to agree: %(names)s") % {"names": ", ".join(map(str, members))}


def how():
    """What the author of a draft can do with it by mail."""
    return _(
        "To change it, answer this mail with the new text: your colleagues are asked again. Or answer REMIND, which "
        "asks those who have not answered; ASK and the name of a colleague, who is asked alone; or DROP, which gives "
        "it up."
    )


def after(draft, agrees):
    """What an answer to a draft led to."""
    if not agrees:
        return _("you do not agree; %(author)s is told") % {"author": draft.author}
    if draft.state == DraftState.SENT:
        return _("you agree; the position is sent as %(code)s") % {"code": draft.contribution.code}
    waiting = draft.clearances.filter(state=Clearance.State.ASKED).select_related("member")
    if names := ", ".join(str(row.member) for row in waiting):
        return _("you agree; still asked: %(names)s") % {"names": names}
    return _("you agree, but it came too late; the facilitators may accept it all the same")


def about(draft):
    """What a draft is: `the position of WWF on question 2 of ALP/2026/C3`."""
    return _("the position of %(organisation)s on question %(number)s of %(code)s") % {
        "organisation": draft.organisation,
        "number": draft.question.number,
        "code": draft.question.consultation.code,
    }
