"""The margin of a synthesis: what those who write say to each other about a sentence, until it is settled."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Remark, Synthesis
from consultations.rules import syntheses as rules
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

MOST = 100  # on one sentence


def remark(*, by, sentence, text):
    """Say something of a sentence to the others who write; returns the Remark."""
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(sentence.synthesis_id)
        require(rules.write, by, synthesis, text=text)
        text = texts.clean_line(text, 1000)
        if not text:
            raise Refused(_("There is nothing in this remark. Write what you think of the sentence."))
        if sentence.remarks.count() >= MOST:
            raise Refused(_("No more remarks fit beside a sentence: the most is %(most)s.") % {"most": MOST}, text=text)
        made = Remark.objects.create(sentence=sentence, author=by, text=text)
        facts = {"sentence": sentence.pk}
        record("synthesis.remarked", actor=by, about=synthesis, data=facts, audience=Audience.MODERATORS)
    return made


def resolve(*, by, remark):
    """Say that a remark is settled; doing it twice is doing it once."""
    with transaction.atomic():
        synthesis = Synthesis.objects.locked(remark.sentence.synthesis_id)
        require(rules.write, by, synthesis)
        remark = Remark.objects.select_for_update(no_key=True).get(pk=remark.pk)
        if remark.resolved_at is None:
            remark.resolved_by, remark.resolved_at = by, timezone.now()
            remark.save(update_fields=["resolved_by", "resolved_at"])
            facts = {"sentence": remark.sentence_id}
            record("synthesis.settled", actor=by, about=synthesis, data=facts, audience=Audience.MODERATORS)
    return remark
