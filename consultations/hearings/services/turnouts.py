"""How many have voted while a vote is open: told to all every few seconds, and not at the moment of a single vote."""

from django.db import transaction
from django.utils import timezone

from consultations.hearings.models import Hearing, Motion
from consultations.models.ballots import Ballot
from consultations.services import counting
from journal.services import record

BATCH = 20  # open votes at once, on the whole site


def tell_due(should_stop=lambda: False, *, now=None):
    """Record how many votes there are, of each vote that got more since; returns how many. A roll call tells itself."""
    running = Motion.objects.open_at(now or timezone.now()).filter(ballot__is_called=False)
    return sum(
        _tell(motion) for motion in running.select_related("ballot")[:BATCH] if _cast(motion) != motion.cast_told
    )


def _tell(motion):
    with transaction.atomic():
        hearing = Hearing.objects.locked(motion.hearing_id)
        motion = Motion.objects.get(pk=motion.pk)
        motion.hearing, motion.ballot = hearing, Ballot.objects.locked(motion.ballot_id)
        cast = _cast(motion)
        if not motion.is_open or cast == motion.cast_told:
            return 0
        Motion.objects.filter(pk=motion.pk).update(cast_told=cast)
        record("motion.turnout", about=motion, data={"ballot": motion.ballot.reference, "cast": cast})
    return 1


def _cast(motion):
    return counting.turnout(motion.ballot)[1] + sum((motion.ballot.hall or {}).values())
