"""Who may do what with mail. The rules of what a mail does (reply, start, join ...) are those of the forum."""

from django.utils.translation import gettext as _

from core.access import No
from forum import rules as forum_rules
from members.rules import sign_in

# -- Couriers ----------------------------------------------------------------------------------------------


def keep_delegations(member, courier):
    """Members note for whom they carry; the secretariat notes it for anyone."""
    return sign_in(member) and (
        member.pk == courier.pk
        or member.is_secretariat
        or No(_("Only the courier or the secretariat notes for whom a mailbox speaks."))
    )


def agree(member, delegation):
    """A person who is a member agrees themselves; nobody agrees for them."""
    return sign_in(member) and (
        (member.pk == delegation.person_id or No(_("Only the person whose words are carried can agree to it.")))
        and (delegation.objected_at is None or No(_("The person has objected. Ask them to be noted anew.")))
        and (delegation.ended_at is None or No(_("This has ended.")))
    )


def end_delegation(member, delegation):
    """Either side ends it, and the secretariat."""
    return sign_in(member) and (
        member.pk in (delegation.courier_id, delegation.person_id)
        or member.is_secretariat
        or No(_("Only the courier, the person or the secretariat ends this."))
    )


def object_for(member, delegation):
    """A person without a line of their own objects through the secretariat."""
    return sign_in(member) and (
        member.pk == delegation.person_id
        or member.is_secretariat
        or No(_("Only the person whose words were carried, or the secretariat for them, can object."))
    )


# -- The mail of others -------------------------------------------------------------------------------------


def run_desk(member, thing=None):
    """The mail desk, and who cannot be reached, are the secretariat's: it sees addresses and what was written."""
    return sign_in(member) and (member.is_secretariat or No(_("The mail desk is the secretariat's.")))


def see_unreachable(member, workspace):
    """Moderators see whom of their room mail does not reach: names, never addresses."""
    return forum_rules.moderate(member, workspace)


# -- Sending ------------------------------------------------------------------------------------------------


def watch_sending(member, thing=None):
    """How sending goes is shown to the secretariat: counts and domains, no addresses."""
    return sign_in(member) and (member.is_secretariat or No(_("Only the secretariat watches over sending.")))


def pause_sending(member, thing=None):
    """The switch is the secretariat's; an operator has it at the console."""
    return sign_in(member) and (member.is_secretariat or No(_("Only the secretariat pauses sending.")))
