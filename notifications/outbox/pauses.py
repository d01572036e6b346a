"""The pause switch: no mail leaves while it is on, except sign-in codes; what waits leaves afterwards.

Every worker looks before each batch, so a pause holds within one batch of each. Days of a pause are not counted among
the five in which a letter must have left.
"""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import Refused, require
from core.text import clean_line
from journal.services import record
from notifications import rules
from notifications.models import Letter, Pause


def current():
    """The pause in force, or None."""
    return Pause.objects.filter(ended_at=None).first()


def pause(*, by, reason):
    """Let no mail leave from now on; returns the pause. Raises Refused: not allowed, no reason, or paused already.

    by: a member of the secretariat, or None for the operator at the console.
    """
    if by is not None:
        require(rules.pause_sending, by, None)
    reason = clean_line(reason, 400)
    if not reason:
        raise Refused(_("Say why: whoever looks at the page of sending will want to know."))
    try:
        with transaction.atomic():
            begun = Pause.objects.create(began_at=timezone.now(), began_by=by, reason=reason)
            record("sending.paused", actor=by, about=begun, data={"reason": reason})
    except IntegrityError as two:
        raise Refused(_("Sending is paused already.")) from two
    return begun


def resume(*, by):
    """Let mail leave again; returns the pause that ended. Raises Refused: not allowed, or nothing is paused."""
    if by is not None:
        require(rules.pause_sending, by, None)
    with transaction.atomic():
        ended = Pause.objects.filter(ended_at=None).select_for_update().first()
        if ended is None:
            raise Refused(_("Sending is not paused."))
        ended.ended_at, ended.ended_by = timezone.now(), by
        ended.save(update_fields=["ended_at", "ended_by"])
        tried = Letter.objects.filter(state=Letter.State.QUEUED, tried_at__lt=ended.began_at)
        tried.update(tried_at=F("tried_at") + (ended.ended_at - ended.began_at))
        record("sending.resumed", actor=by, about=ended)
    return ended
