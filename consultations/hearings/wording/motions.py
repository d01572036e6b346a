"""Sentences about motions that pages and mails share."""

from django.utils.translation import gettext as _

from consultations.services import counting
from consultations.wording import ballots as wording


def moved(motion):
    """Who moved it, and who seconded it; "" where nobody is named."""
    facts = {"mover": motion.mover, "seconder": motion.seconder}
    if motion.mover and motion.seconder:
        return _("Moved by %(mover)s, seconded by %(seconder)s.") % facts
    return _("Moved by %(mover)s.") % facts if motion.mover else ""


def result(motion):
    """What came out, in sentences, or why it was annulled; "" before the count."""
    ballot = motion.ballot
    if ballot and ballot.annulled_at:
        return wording.annulled(ballot)
    if ballot is None or ballot.counted_at is None:
        return ""
    return wording.result(ballot, counting.final(ballot).facts)
