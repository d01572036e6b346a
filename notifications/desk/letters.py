"""What the secretariat does with outgoing mail: send again what failed, take back what waits."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import Refused, require
from journal.models import Audience
from journal.services import record
from notifications import outbox, rules
from notifications.bounces import suspension
from notifications.models import Letter


def resend(*, by, letter):
    """Send a failed letter again, the same bytes under the same Message-ID; raises Refused for any other."""
    require(rules.run_desk, by)
    with transaction.atomic():
        if letter.pruned_at:
            raise Refused(_("What this letter said is kept no longer, so it cannot be sent again."))
        if not outbox.retry(letter):
            raise Refused(_("Only a failed letter can be sent again."))
        record("mail.desk.resent", actor=by, about=letter, audience=Audience.MODERATORS)
    return letter


def withdraw(*, by, letter):
    """Take back a letter that waits. What a digest or a letter about a post told stands in the next issue instead."""
    require(rules.run_desk, by)
    with transaction.atomic():
        free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        waiting = Letter.objects.filter(free, pk=letter.pk, state=Letter.State.QUEUED)
        if not waiting.update(state=Letter.State.WITHDRAWN, claimed_until=None):
            raise Refused(_("This letter does not wait any more, or is about to leave."))
        if letter.member_id:
            suspension.turn_back(letter.member_id, [letter])
        record("mail.desk.withdrawn", actor=by, about=letter, audience=Audience.MODERATORS)
    return letter
