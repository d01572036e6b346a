"""Explanations of vote: written before or after the vote, on the web or in a mail to its ballot. They stand with the
result; until it is there nobody but their writer reads those that were written since the vote began.
"""

import hashlib

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Explanation, Hearing, Motion
from consultations.hearings.rules import motions as rules
from consultations.hearings.wording import lengths
from consultations.models.ballots import RollOf
from consultations.services import rolls
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal.services import record
from members.services import mandates

When = Explanation.When
MOST = 6000  # characters
WITH_AUTHORS = ("explanations__member", "explanations__organisation")


def explain(*, by, motion, text, organisation=None, channel=Channel.WEB, at=None):
    """Explain a vote; returns the Explanation. Who writes again before, or after, the vote replaces what they wrote.

    organisation: which they speak for, where organisations vote and they hold several mandates. Raises Refused when the
    member may not, or without words.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(motion.hearing_id)
        motion = Motion.objects.select_related("ballot").get(pk=motion.pk)
        motion.hearing = hearing
        require(rules.explain, by, motion, text=text)
        organisation = _voice(motion, by, organisation, text)
        text = texts.clean_text(text).strip()
        if not text:
            raise Refused(_("Write why you vote, or voted, as you do."))
        if len(text) > MOST:
            raise Refused(lengths.too_long(len(text) - MOST), text=text)
        when = When.BEFORE if motion.state == Motion.State.MOVED else When.AFTER
        whose = {"organisation": organisation} if organisation else {"organisation": None, "member": by}
        earlier = Explanation.objects.filter(motion=motion, when=when, **whose).first()
        explanation = earlier or Explanation(motion=motion, when=when, organisation=organisation)
        explanation.member, explanation.text, explanation.html = by, text, texts.render(text)
        explanation.language, explanation.channel = by.language, channel
        explanation.written_at = at or timezone.now()
        explanation.save()
        data = {
            "explanation": explanation.pk,
            "when": str(when),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "again": bool(earlier),
        }
        data |= {"organisation": organisation.pk} if organisation else {}
        record("motion.explained", actor=by, about=motion, data=data, at=at)
    return explanation


def shown(motion):
    """Those that everyone reads now: what is written from when the vote began on waits for its result, for as long as
    votes come in by mail it would sway them. Asks nothing where WITH_AUTHORS were fetched with the motion.
    """
    prefetch_related_objects([motion], *WITH_AUTHORS)
    is_decided = motion.state == Motion.State.DECIDED
    return [one for one in motion.explanations.all() if is_decided or one.when == When.BEFORE]


def own(motion, member):
    """What this member wrote, or wrote for an organisation."""
    if not member.is_authenticated:
        return Explanation.objects.none()
    return Explanation.objects.filter(motion=motion, member=member).select_related("organisation")


def _voice(motion, member, organisation, text):
    """The organisation they explain for, or None: that of the row of the roll they vote for."""
    if motion.ballot_id:
        elector = rolls.elector(motion.ballot, member, organisation, text)
        return elector.organisation
    if motion.rules.get("roll_of") != RollOf.ORGANISATIONS:
        return None
    found = [one for one in mandates.of(member) if organisation is None or one.pk == organisation.pk]
    if len(found) != 1:
        raise Refused(_("Organisations vote in this. Say for which of yours you explain the vote."), text=text)
    return found[0]
