"""Who may prepare a draft text, publish a version of it, and decide what becomes of an amendment."""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models.phases import PhaseKind, PhaseState
from consultations.rules import consultations
from consultations.wording.times import moment
from core.access import No


def prepare(member, consultation):
    """Facilitators upload texts, before the phase opens as well as in it."""
    return consultations.change(member, consultation)


def publish(member, version, at=None):
    """A version is published once, while its phase is not over, and only with paragraphs that can be answered."""
    at = at or timezone.now()
    facts = {"version": version.code, "phase": version.phase, "closes": moment(version.phase.closes_at)}
    return (
        prepare(member, version.consultation)
        and (not version.is_published or No(_("%(version)s is published already.") % facts))
        and (
            version.paragraph_count > 0
            or No(
                _(
                    "No numbered paragraph was found in this text, so nobody could comment on it. "
                    "Number its paragraphs (1. 2. 3.), then upload it again."
                )
            )
        )
        and (
            version.phase.state_at(at) != PhaseState.CLOSED
            or No(_("“%(phase)s” closed on %(closes)s. Upload the text again for a phase that is not over.") % facts)
        )
    )


def drop(member, version):
    """What is published stays."""
    return prepare(member, version.consultation) and (
        not version.is_published or No(_("%(version)s is published, and stays as it is.") % {"version": version.code})
    )


def takes_texts(phase):
    """Is this a phase in which a text is discussed?"""
    return phase.kind == PhaseKind.DRAFT or No(
        _("“%(phase)s” is not for a draft text. Choose a phase of that kind, or schedule one.") % {"phase": phase}
    )


def decide(member, amendment):
    """Facilitators take amendments or decline them, also when the phase is over; drafting goes on then."""
    return consultations.facilitate(member, amendment.paragraph.version.consultation)
