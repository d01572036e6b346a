"""Sentences about motions that pages and mails share."""

from django.utils.translation import gettext as _

from consultations.services import counting
from consultations.wording import ballots as wording


def amends(number):
    """That a motion would change another one."""
    return _("amendment to motion %(number)s") % {"number": number}


def gone(motion):
    """How a motion ended without a vote, and why; "" where it did not."""
    if not (motion.withdrawn_at or motion.ruled_out_at):
        return ""
    reason = motion.withdrawn_because or motion.ruled_out_because
    return ": ".join(filter(None, (str(motion.state.label), reason)))


def moved(motion):
    """Who moved it, and who seconded it; "" where nobody is named."""
    facts = {"mover": motion.mover, "seconder": motion.seconder}
    if motion.mover and motion.seconder:
        return _("Moved by %(mover)s, seconded by %(seconder)s.") % facts
    return _("Moved by %(mover)s.") % facts if motion.mover else ""


def result(motion):
    """What came out, in sentences, or why nothing did; "" before that."""
    ballot = motion.ballot
    if ballot is None:
        return gone(motion)
    if ballot.annulled_at:
        return wording.annulled(ballot)
    if ballot.counted_at is None:
        return ""
    return wording.result(ballot, counting.final(ballot).facts)
