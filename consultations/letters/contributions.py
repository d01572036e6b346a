"""Letters about contributions: to the writer of a late one, that it was accepted, and why.

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
WITH_ALL = Contribution.objects.select_related("consultation", "post__author", "post__carried_by", "accepted_by")


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb == "contribution.received" and (entry.data or {}).get("stamp") == Stamp.LATE:
            contribution = WITH_ALL.filter(pk=entry.about_id).first()
            if contribution:
                _accepted(contribution)


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
        try:
            letters.compose(
                member=member,
                subject=_("Accepted late: %(code)s") % facts,
                text="\n\n".join(lines),
                priority=Letter.Priority.SOON,
                about=contribution.reference,
                shows=[contribution.reference],
                key=f"late:{contribution.pk}",
            )
        except ValueError:
            logger.warning("No letter about %s can be written to its author", contribution.code)
