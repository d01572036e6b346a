"""Motions from the floor: a delegate proposes one, another seconds it, the chair puts it to the vote (`motions.py`) or
rules it out of order, and until then its mover withdraws it.

The rules of procedure of the General Assembly stand behind this (A/520): proposals and amendments come in writing
(rules 78 and 120), an amendment is voted on before what it changes (rule 90), and the mover withdraws a motion as long
as no vote on it has begun (rule 80). Seconding is asked for only where the hearing says so.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Motion
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import motions, speakers
from core import text as texts
from core.access import Refused, require
from journal.services import record

MOST_WAITING = 5  # motions of one member that wait, on one item


def propose(*, member, item, title, text="", organisation=None, amends=None, at=None):
    """Move something on an item, for oneself or an organisation; returns the Motion, which waits for the chair. Who
    speaks for one of the invited organisations does so here, too.

    amends: the motion it would change. Raises Refused when the member may not, and where theirs wait already.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        item = hearing.items.get(pk=item.pk)
        item.hearing = hearing
        organisation = organisation or speakers.only_invited(member, hearing)
        require(lambda who, thing: rules.propose(who, thing, organisation), member, item, text=text)
        if hearing.motions.waiting().filter(item=item, moved_by=member).count() >= MOST_WAITING:
            raise Refused(_("Several motions of yours wait for the chair on this item. Withdraw one first."), text=text)
        return motions.write(
            hearing,
            item,
            by=member,
            title=title,
            text=text,
            form=Motion.Form.FORMAL,
            manner=Motion.Manner.SHOW,
            asked={},
            at=at,
            mover=(organisation.name if organisation else member.shown_name)[:200],
            moved_by=member,
            moved_for=organisation,
            amends=amends,
        )


def support(*, member, motion, at=None):
    """Second a motion of somebody else; returns it."""
    with transaction.atomic():
        motion = motions.locked(motion)
        require(rules.support, member, motion)
        motion.seconder = member.shown_name[:200]
        motion.save(update_fields=["seconder"])
        record("motion.seconded", actor=member, about=motion, data={"seconder": motion.seconder}, at=at)
    return motion


def rule_out(*, by, motion, reason, at=None):
    """The chair rules a motion out of order; its mover is told the reason, which stands in the record."""
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        motion = motions.locked(motion)
        require(rules.rule_out, by, motion, text=reason)
        if not reason:
            raise Refused(_("Say why: it is told to the mover and stands in the record."))
        motion.ruled_out_at, motion.ruled_out_because = at or timezone.now(), reason
        motion.save(update_fields=["ruled_out_at", "ruled_out_because"])
        record("motion.ruled_out", actor=by, about=motion, data={"reason": reason}, at=at)
    return motion
