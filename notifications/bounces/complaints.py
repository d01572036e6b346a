"""Complaints: a recipient pressed "this is spam", and their provider tells us (RFC 5965).

All digests and letters about posts to them stop at once, without a last issue: another mail would be another complaint.
The secretariat is told, for the member may not have meant it, and does not know that anything stopped.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import speaking
from journal.models import Audience
from journal.services import record
from members.models import Member
from notifications import letters
from notifications.models import Letter, Subscription
from notifications.models.subscriptions import Cadence

MOST_TOLD = 50  # people of the secretariat


def take(letter):
    """Stop bulk mail to the member who complained about a letter; returns whether anything was left to stop."""
    member = letter.member
    if member is None:
        return False
    with transaction.atomic():
        rows = Subscription.objects.filter(member=member).exclude(cadence=Cadence.NONE)
        if not rows.update(cadence=Cadence.NONE, changed_at=timezone.now()):
            return False
        waiting = Letter.objects.filter(member=member, state=Letter.State.QUEUED)
        waiting = waiting.filter(kind__in=(Letter.Kind.POST, Letter.Kind.ISSUE))
        waiting.update(state=Letter.State.WITHDRAWN, claimed_until=None)
        entry = record("mail.complained", about=member, audience=Audience.MODERATORS)
        _tell_secretariat(member, entry)
    return True


def _tell_secretariat(member, entry):
    for reader in Member.objects.filter(is_secretariat=True, is_active=True).order_by("pk")[:MOST_TOLD]:
        with speaking(reader.language):
            facts = {
                "who": member.shown_name,
                "url": f"{settings.SITE_URL}{reverse('notifications:desk_person', args=[member.pk])}",
            }
            text = [
                _(
                    "The mail provider of %(who)s reports that a mail of ours was marked as spam. All digests and "
                    "letters about posts to them have stopped, as they asked in this way."
                ),
                _(
                    "Many do this by mistake. Ask them by another way, or the next time you speak, whether they want "
                    "mail again; they can turn it on themselves."
                ),
                _("What was sent to them: %(url)s"),
            ]
            letters.compose(
                member=reader,
                subject=_("%(who)s marked our mail as spam") % facts,
                text="\n\n".join(part % facts for part in text),
                priority=Letter.Priority.SOON,
                key=f"complaint:{entry.pk}:{reader.pk}",
            )
