"""Who may do what with people and organisations."""

from django.utils.translation import gettext_lazy as _

from core.access import No


def sign_in(member, thing=None):
    """The deed needs somebody: an active member who is signed in."""
    return (member.is_authenticated and member.is_active) or No(_("Please sign in first."))


def administer(member, thing=None):
    """The secretariat keeps members, organisations, mandates, themes and regions."""
    return sign_in(member) and (member.is_secretariat or No(_("Only the secretariat may do this.")))


def speak_for(member, organisation):
    """A member speaks for an organisation while a mandate is in force."""
    return sign_in(member) and (
        organisation.mandates.in_force().filter(member=member).exists()
        or No(
            _("You have no mandate to speak for %(organisation)s. Ask the secretariat for one, or post personally.")
            % {"organisation": organisation}
        )
    )


def deactivate(member, profile):
    """The secretariat closes accounts and opens them again: nobody their own, and an operator's only an operator."""
    return administer(member) and (
        (member.pk != profile.pk and (member.is_superuser or not profile.is_superuser))
        or No(_("This account is your own, or an operator's. Ask another operator."))
    )


def edit_profile(member, profile):
    """Members edit their own profile; the secretariat edits anyone's."""
    return sign_in(member) and (
        member.pk == profile.pk or member.is_secretariat or No(_("You may only edit your own profile."))
    )


def end_mandate(member, mandate):
    """Members lay down their own mandates; the secretariat ends anyone's."""
    return sign_in(member) and (
        member.pk == mandate.member_id
        or member.is_secretariat
        or No(_("Only the secretariat ends another member's mandate."))
    )


def withdraw_key(member, key):
    """Members withdraw their own access keys; those of a closed account open nothing."""
    return sign_in(member) and (member.pk == key.member_id or No(_("You may only withdraw your own keys.")))


def see_profile(member, profile):
    """Profiles are for members: people outside see names beside posts and no more."""
    return sign_in(member) and (profile.is_active or member.is_secretariat or No(_("This account is closed.")))
