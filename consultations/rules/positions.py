"""Positions on their way: who drafts one, who clears it, and what is done with a draft until it is sent."""

from django.utils.translation import gettext as _

from consultations.models.consultations import Clearing
from consultations.models.positions import Clearance, Draft, DraftState
from consultations.rules import contributions as rules
from core.access import No
from forum import rules as forum_rules
from members.rules import sign_in, speak_for

OPEN = (DraftState.WRITING, DraftState.ASKED, DraftState.REFUSED)


def write(member, question, organisation, attempt):
    """Who speaks for an organisation drafts its position, in the window of the question."""
    consultation = question.consultation
    return (
        rules.takes_part(member, consultation)
        and forum_rules.is_open(consultation.workspace)
        and (speaks_for_somebody(member) if organisation is None else speak_for(member, organisation))
        and (
            consultation.clearing == Clearing.COLLEAGUE
            or No(_("In this consultation nobody has to agree first. Send your text as an answer to the question."))
        )
        and rules.in_window(question.phase, attempt)
    )


def speaks_for_somebody(member):
    return member.mandates.in_force().exists() or No(
        _("You have no mandate to speak for an organisation. Ask the secretariat for one.")
    )


def see(member, draft):
    """Its author, and those who speak for the organisation now, while they may read the question."""
    return sign_in(member) and (
        Draft.objects.visible_to(member).filter(pk=draft.pk).exists()
        or No(_("Only those who speak for the organisation see its drafts."))
    )


def change(member, draft):
    """The author, until it is sent."""
    return (
        see(member, draft)
        and (member.pk == draft.author_id or No(_("Only the author changes a draft.")))
        and _is_on_its_way(draft)
    )


def clear(member, clearance):
    """The colleague who was asked agrees or not, once, to the words they were asked about."""
    draft = clearance.draft
    return (
        see(member, draft)
        and (member.pk == clearance.member_id or No(_("This was asked of somebody else.")))
        and speak_for(member, draft.organisation)
        and _is_on_its_way(draft)
        and (
            clearance.state == Clearance.State.ASKED
            or No(_("You have answered this already: %(answer)s.") % {"answer": clearance.get_state_display()})
        )
    )


def _is_on_its_way(draft):
    return draft.state in OPEN or No(
        _("This draft is no longer on its way: it was %(state)s.") % {"state": draft.get_state_display()}
    )
