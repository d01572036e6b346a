"""Who may associate an organisation with the contribution of another, and until when."""

from dataclasses import replace

from django.utils.translation import gettext as _

from consultations.rules import contributions as rules
from core.access import No
from forum import rules as forum_rules
from forum.keepers import Attempt
from forum.models.posts import State
from members.rules import speak_for


def associate(member, contribution, organisation=None, attempt=None):
    """Whoever speaks for another organisation, while the phase of the contribution is open.

    Without an organisation: could the member, for one they will name?
    """
    attempt = attempt or Attempt(is_asked=True)
    return (
        rules.takes_part(member, contribution.consultation)
        and forum_rules.is_open(contribution.consultation.workspace)
        and _stands(contribution)
        and (organisation is None or speak_for(member, organisation))
        and (
            organisation is None
            or organisation.pk != contribution.post.organisation_id
            or No(_("This is the contribution of %(organisation)s itself.") % {"organisation": organisation})
        )
        and in_window(contribution, attempt)
    )


def dissociate(member, association, attempt=None):
    """Whoever speaks for the organisation, until the phase closes; afterwards the record stands."""
    contribution = association.contribution
    return speak_for(member, association.organisation) and in_window(contribution, attempt or Attempt(is_asked=True))


def in_window(contribution, attempt):
    """As words are: until the close, with the grace of mail that was sent before it."""
    return contribution.phase is None or rules.in_window(contribution.phase, replace(attempt, started_at=None))


def _stands(contribution):
    if contribution.superseded_by_id:
        return No(
            _("A later position took the place of %(code)s: %(later)s. Associate yourself with that one.")
            % {"code": contribution.code, "later": contribution.superseded_by.code}
        )
    shown = contribution.post.state == State.PUBLISHED
    return shown or No(_("%(code)s is not shown, so nobody can associate with it.") % {"code": contribution.code})
