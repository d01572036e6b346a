"""The receipt of words on paper: on a page to print, and by mail where an address was given."""

import hashlib
import logging

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.wording import consultations as wording
from consultations.wording.times import moment
from core.languages import speaking
from notifications import letters
from notifications.models import Letter

logger = logging.getLogger(__name__)
MOST_A_DAY = 100  # receipts by mail of one who enters


def lines(contribution):
    """Pairs (label, value) of what a receipt says."""
    post = contribution.post
    pairs = [
        (_("Reference"), contribution.code),
        (_("Consultation"), contribution.consultation.worded().title),
        (_("Question"), contribution.question.worded().title if contribution.question else ""),
        (_("Whose words"), str(post.author_name)),
        (_("For"), str(post.organisation) if post.organisation else ""),
        (_("Entered by"), str(post.carried_by.shown_name) if post.carried_by else ""),
        (_("Entered on"), moment(post.created_at)),
        (_("Window"), f"{contribution.get_stamp_display()}. {wording.came(contribution)}"),
        (_("Consent"), contribution.consent),
        (_("SHA-256 of the text"), hashlib.sha256(post.text.encode()).hexdigest()),
    ]
    return [(label, value) for label, value in pairs if value]


def send_receipt(contribution, address, *, by):
    """Mail the receipt to an address the people gave; returns the letter, or None when that was enough for a day."""
    key = f"paper:{by.pk}:{timezone.now():%Y%m%d}:"
    if not letters.can_write_to(address) or Letter.objects.filter(key__startswith=key).count() >= MOST_A_DAY:
        return None
    with speaking(contribution.post.language or by.language):
        text = [
            _("Your words were entered as a contribution. This is the receipt."),
            "\n".join(f"{label}: {value}" for label, value in lines(contribution)),
            _("On the web: %(url)s") % {"url": f"{settings.SITE_URL}{contribution.get_absolute_url()}"},
            _("These are the words:"),
            contribution.post.text,
        ]
        try:
            return letters.compose(
                recipient=address,
                subject=_("Receipt: %(code)s") % {"code": contribution.code},
                text="\n\n".join(text),
                key=f"{key}{contribution.pk}",
            )
        except ValueError:
            logger.warning("No receipt of %s can be written to its address", contribution.code)
            return None
