"""Silent focal points are reminded: one mail each, with the questions that their organisations have not answered."""

import logging
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import coverage
from consultations.letters import reminders as letters
from consultations.models import Consultation, Reminder
from consultations.models.reminders import REST
from consultations.rules import consultations as rules
from consultations.services.silence import unreachable
from core.access import Refused, require
from journal.models import Audience
from journal.services import record
from notifications import outbox

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """Whom a reminder goes to now. `wanted`: {member: [(organisation, questions), ...]}; `resting`: organisations that
    were reminded lately; `lost`: those without a speaker whom mail reaches.
    """

    wanted: dict
    resting: list
    lost: list

    @property
    def organisations(self):
        found = {organisation.pk: organisation for rows in self.wanted.values() for organisation, _left in rows}
        return sorted(found.values(), key=lambda organisation: organisation.name)


def due(consultation, *, partly=False, now=None):
    """The Round that `remind` would send now; the same few queries, whatever its size."""
    now = now or timezone.now()
    rows = coverage.unanswered(consultation, partly=partly, now=now)
    lately = Reminder.objects.filter(consultation=consultation, sent_at__gt=now - REST)
    resting = set(lately.values_list("organisation", flat=True))
    spoken_for = coverage.speakers(consultation, [organisation.pk for organisation, _left in rows])
    away = unreachable([mandate.member_id for theirs in spoken_for.values() for mandate in theirs])
    wanted, lost = defaultdict(list), []
    for organisation, left in rows:
        reached = [one.member for one in spoken_for.get(organisation.pk, ()) if one.member_id not in away]
        if not reached:
            lost.append(organisation)
        elif organisation.pk not in resting:
            for member in reached:
                wanted[member].append((organisation, left))
    return Round(dict(wanted), [row[0] for row in rows if row[0].pk in resting], lost)


def remind(*, by, consultation, partly=False, at=None):
    """Write to the focal points of every organisation that has said nothing yet; returns the Round.

    partly: to those too that have left some of the open questions unanswered. An organisation is not reminded again
    within three days. Raises Refused when there is nobody to remind.
    """
    now = at or timezone.now()
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.facilitate, by, consultation)
        sent = due(consultation, partly=partly, now=now)
        if not sent.wanted:
            raise Refused(_("There is nobody to remind: all have answered, are writing, or were reminded lately."))
        drafts = []
        for member, rows in sent.wanted.items():
            try:
                drafts.append(letters.draft(consultation, member, rows, by=by, now=now))
            except ValueError:
                logger.warning("No reminder can be written to member %s", member.pk)
        outbox.deliver_all(drafts)
        Reminder.objects.bulk_create(
            Reminder(consultation=consultation, organisation=organisation, sent_by=by, sent_at=now)
            for organisation in sent.organisations
        )
        data = {"organisations": [organisation.pk for organisation in sent.organisations], "letters": len(drafts)}
        record("consultation.reminded", actor=by, about=consultation, data=data, audience=Audience.MODERATORS, at=at)
    return sent
