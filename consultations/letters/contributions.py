"""Letters about contributions: to the writer of a late one, that it was accepted, and why; to an organisation, that an
earlier position of its own stands again because the later one was hidden.

Reads the journals by itself, like every writer of letters.
"""

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Contribution
from consultations.models.contributions import Stamp
from core.languages import speaking
from notifications import journals, letters
from notifications.models import Letter

logger = logging.getLogger(__name__)
READER = "contributions"
FOCAL_POINTS = 20  # of an organisation, who are told
WITH_ALL = Contribution.objects.select_related(
    "consultation", "organisation", "post__author", "post__carried_by", "accepted_by"
)


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb == "contribution.received" and (entry.data or {}).get("stamp") == Stamp.LATE:
            contribution = WITH_ALL.filter(pk=entry.about_id).first()
            if contribution:
                _accepted(contribution)
        elif entry.verb == "contribution.stands":
            contribution = WITH_ALL.filter(pk=entry.about_id).first()
            if contribution and contribution.superseded_by_id is None:
                _stands(contribution, entry)


def _stands(contribution, entry):
    """To those who wrote the two positions, and to the focal points of the organisation."""
    hidden = WITH_ALL.filter(consultation=contribution.consultation, number=(entry.data or {}).get("hidden", 0)).first()
    people = {row.post.carried_by or row.post.author for row in (contribution, hidden) if row}
    focal = contribution.organisation.mandates.in_force().filter(is_focal_point=True).select_related("member")
    people |= {mandate.member for mandate in focal[:FOCAL_POINTS]}
    for member in sorted((member for member in people if member and member.is_active), key=lambda member: member.pk):
        with speaking(member.language), timezone.override(member.zone):
            facts = {
                "code": contribution.code,
                "later": hidden.code if hidden else "",
                "reason": hidden.post.state_reason if hidden else "",
                "organisation": contribution.organisation.name,
                "url": f"{settings.SITE_URL}{contribution.get_absolute_url()}",
            }
            lines = [
                _("A facilitator hid the position %(later)s of %(organisation)s. Reason: %(reason)s") % facts,
                _("Therefore the earlier one, %(code)s, stands again.") % facts,
                _("If it should not, its author takes it back; while the phase is open, a new one takes its place."),
                _("On the web: %(url)s") % facts,
            ]
            subject = _("%(code)s stands again as the position of %(organisation)s") % facts
            _write(contribution, member, subject, lines, f"stands:{entry.pk}:{member.pk}")


def _accepted(contribution):
    post = contribution.post
    member = post.carried_by or post.author
    if member is None or not member.is_active or member == contribution.accepted_by:
        return
    with speaking(member.language), timezone.override(member.zone):
        facts = {
            "code": contribution.code,
            "who": contribution.accepted_by or _("a facilitator"),
            "reason": contribution.accepted_because,
            "url": f"{settings.SITE_URL}{contribution.get_absolute_url()}",
        }
        lines = [
            _("Your contribution came after the close. %(who)s accepted it as %(code)s, stamped late.") % facts,
            _("Reason: %(reason)s") % facts,
            _("On the web: %(url)s") % facts,
        ]
        _write(contribution, member, _("Accepted late: %(code)s") % facts, lines, f"late:{contribution.pk}")


def _write(contribution, member, subject, lines, key):
    try:
        letters.compose(
            member=member,
            subject=subject,
            text="\n\n".join(lines),
            priority=Letter.Priority.SOON,
            about=contribution.reference,
            shows=[contribution.reference],
            key=key,
        )
    except ValueError:
        logger.warning("No letter about %s can be written to %s", contribution.code, member.reference)
