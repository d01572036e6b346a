"""The floor: the chair gives it to one speaker at a time, lets the clock stand still and go on, and ends it.

Two officers who press at once are two deeds under the lock of the hearing: one is done, and the other is told who has
the floor. Moments of clocks are whole seconds (clocks.py).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import allotments
from consultations.hearings.clocks import Impossible, whole
from consultations.hearings.models import Delivery, Hearing, Speaker
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import accounts, queues, speakers
from core import text as texts
from core.access import Refused, require
from journal.services import record

MOST_SECONDS = 3 * 3600  # of one speaker
RUNNING = Delivery.objects.filter(ended_at=None).select_related("speaker__member", "speaker__organisation")


def give(*, by, hearing, speaker=None, seconds=None, reason="", at=None):
    """Give the floor: to this speaker, or to the next (see `following`); returns the Delivery.

    seconds: instead of what their kind is allotted. reason: why somebody speaks before those who stand before them; it
    is recorded as a changed order. While somebody has the floor only a point of order interrupts: the clock of the
    other stands still. Raises Refused with who has the floor, when nobody waits, and when a shared time is used up.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.conduct, by, hearing, text=reason)
        if hearing.open_session is None:
            raise Refused(_("No session is open. Open it first."))
        speaker = queues.locked(speaker) if speaker else following(hearing)
        if speaker is None:
            raise Refused(_("Nobody waits for the floor."))
        speaker.item.hearing = hearing
        moment = whole(at or timezone.now())
        _check(hearing, speaker)
        _make_way(by, hearing, speaker, moment, at)
        if speaker.queue == Speaker.Queue.LIST and queues.rank(speaker) > 1:
            speakers.move(by=by, speaker=speaker, to=1, reason=reason, at=at)
            speaker.refresh_from_db(fields=["place"])
        allotted = min(seconds or accounts.allowed(speaker, allotments.seconds(hearing, speaker)), MOST_SECONDS)
        data = queues.facts(speaker)
        if speaker.account_id:
            data["account_left"] = accounts.left(speaker.account, moment)
        speaker.state = Speaker.State.SPEAKING
        speaker.save(update_fields=["state"])
        delivery = Delivery.objects.create(speaker=speaker, hearing=hearing, started_at=moment, allotted=allotted)
        record("floor.given", actor=by, about=speaker, data={**data, **times(delivery)}, at=at)
    return delivery


def following(hearing):
    """Who speaks next: a point of order on the item before the hearing, then its list, then its replies; where replies
    are given at the end of the day, those of all items once no item is before the hearing.
    """
    waiting = queues.WITH_ALL.filter(item__hearing=hearing, state=Speaker.State.LISTED)
    if hearing.current_item_id is None:
        replies = waiting.filter(queue=Speaker.Queue.REPLY, item__opened_at__isnull=False)
        return replies.order_by("item__sort_key", "place", "pk").first()
    here = waiting.filter(item=hearing.current_item_id).order_by("place", "pk")
    queues_in_order = [Speaker.Queue.POINT, Speaker.Queue.LIST]
    if not hearing.replies_at_end_of_day:
        queues_in_order.append(Speaker.Queue.REPLY)
    return next((found for queue in queues_in_order if (found := here.filter(queue=queue).first())), None)


def pause(*, by, speaker, reason="", at=None):
    """Let the clock of who speaks stand still."""
    return _turn(by, speaker, "pause", "floor.paused", at, {"reason": texts.clean_line(reason, 400)})


def resume(*, by, speaker, at=None):
    """Let the clock go on. Raises Refused while somebody else has the floor."""
    return _turn(by, speaker, "resume", "floor.resumed", at, {})


def extend(*, by, speaker, seconds, seen=None, at=None):
    """Give who speaks more time; what they share with others bounds it. seen: how many seconds they had when the page
    was drawn; raises Refused where another officer gave them more meanwhile.
    """
    with transaction.atomic():
        speaker, delivery = _speaking(by, speaker)
        if seen is not None and seen != delivery.seconds:
            raise Refused(_("They were given more time a moment ago. Look at the clock, then press again."))
        moment = whole(at or timezone.now())
        seconds = min(int(seconds), MOST_SECONDS - delivery.seconds)
        if seconds <= 0:
            raise Refused(_("Say how many seconds more they have, from 1 on."))
        accounts.check(speaker, delivery, seconds, moment)
        delivery.clock = delivery.clock.extend(seconds)
        delivery.save()
        data = {**queues.brief(speaker), **times(delivery), "extended": seconds}
        record("floor.extended", actor=by, about=speaker, data=data, at=at)
    return delivery


def end(*, by, speaker, at=None):
    """The speaker has finished, or their time is over. Ending twice is ending once."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.conduct, by, speaker.item.hearing)
        if speaker.state == Speaker.State.SPOKE:
            return Delivery.objects.filter(speaker=speaker).first()
        delivery = _of(speaker)
        finish(by, speaker, delivery, whole(at or timezone.now()), at)
    return delivery


def yield_floor(*, by, speaker, at=None):
    """End the time of who was seen to speak, so that the next one can; returns whether it ended now. A point of order
    interrupts them and ends nothing (A/520, rule 71), and is itself ended by its ruling.
    """
    with transaction.atomic():
        speaker = queues.locked(speaker)
        hearing = speaker.item.hearing
        require(rules.conduct, by, hearing)
        is_made = RUNNING.filter(hearing=hearing, speaker__queue=Speaker.Queue.POINT).exists()
        follows = following(hearing)
        is_interrupted = is_made or (follows is not None and follows.queue == Speaker.Queue.POINT)
        if is_interrupted or speaker.state == Speaker.State.SPOKE:
            return False
        finish(by, speaker, _of(speaker), whole(at or timezone.now()), at)
    return True


def absent(*, by, speaker, goes_to_end=True, seen=None, at=None):
    """They were called and are not there: they go to the end of the list, or off it until they are listed again.

    seen: see `queues.require_place`.
    """
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.conduct, by, speaker.item.hearing)
        queues.require_place(speaker, seen)
        if speaker.state == Speaker.State.SPEAKING:
            _of(speaker).delete()
        elif speaker.state != Speaker.State.LISTED:
            raise Refused(_("They are not waiting: %(state)s.") % {"state": speaker.get_state_display()})
        was = queues.rank(speaker)
        if goes_to_end:
            queues.to_end(speaker)
        else:
            speaker.state = Speaker.State.ABSENT
            speaker.save(update_fields=["state"])
        data = {**queues.brief(speaker), "from": was, "relisted": goes_to_end}
        record("speaker.absent", actor=by, about=speaker, data=data, at=at)
    return speaker


def skip(*, by, speaker, reason, seen=None, at=None):
    """Let the one behind them speak first: a move by one place, with its reason. Raises Refused where nobody is behind
    them, and as `speakers.move` does. seen: see `queues.require_place`.
    """
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.conduct, by, speaker.item.hearing, text=reason)
        queues.require_place(speaker, seen, text=reason)
        rank = queues.rank(speaker)  # who does not wait has none, and `move` refuses
        if rank == queues.waiting(speaker).count():
            raise Refused(_("Nobody waits behind them."), text=reason)
        return speakers.move(by=by, speaker=speaker, to=(rank or 0) + 1, reason=reason, at=at)


def correct(*, by, speaker, seconds, reason, at=None):
    """Set right how long somebody spoke, when the clock was stopped too late or too early; both stand in the record."""
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.conduct, by, speaker.item.hearing, text=reason)
        delivery = Delivery.objects.filter(speaker=speaker, ended_at__isnull=False).first()
        if delivery is None:
            raise Refused(_("Their time has not ended yet."))
        if not reason:
            raise Refused(_("Say why: it stands in the record."))
        was = int(delivery.used_at(delivery.ended_at).total_seconds())
        delivery.corrected_seconds = max(0, min(int(seconds), MOST_SECONDS))
        delivery.save(update_fields=["corrected_seconds"])
        data = {**queues.brief(speaker), "was": was, "seconds": delivery.corrected_seconds, "reason": reason}
        record("floor.corrected", actor=by, about=speaker, data=data, at=at)
    return delivery


# -- What others build on ----------------------------------------------------------------------------------


def interrupt(by, hearing, moment, at=None):
    """Let the clock of who speaks stand still, in a hearing the caller has locked; returns their Speaker, or None."""
    delivery = RUNNING.filter(hearing=hearing, paused_at=None).first()
    if delivery is None:
        return None
    speaker = queues.WITH_ALL.get(pk=delivery.speaker_id)
    speaker.item.hearing = hearing
    delivery.clock = delivery.clock.pause(moment)
    delivery.save()
    record("floor.paused", actor=by, about=speaker, data={**queues.brief(speaker), **times(delivery)}, at=at)
    return speaker


def finish(by, speaker, delivery, moment, at=None):
    """End the time of a speaker of a hearing the caller has locked."""
    delivery.clock = delivery.clock.end(moment)
    delivery.save()
    speaker.state = Speaker.State.SPOKE
    speaker.save(update_fields=["state"])
    data = {**queues.brief(speaker), **times(delivery), "used": delivery.clock.used_at(moment)}
    if speaker.account_id:
        data["account_left"] = accounts.left(speaker.account)
    record("floor.ended", actor=by, about=speaker, data=data, at=at)


def times(delivery):
    """The clock, as the journal keeps it."""
    return {
        "started": delivery.started_at.isoformat(),
        "allotted": delivery.seconds,
        "paused": delivery.paused_at.isoformat() if delivery.paused_at else None,
        "stood_still": delivery.paused_seconds,
        "ended": delivery.ended_at.isoformat() if delivery.ended_at else None,
    }


# -- Within ------------------------------------------------------------------------------------------------


def _check(hearing, speaker):
    if speaker.item.hearing_id != hearing.pk or speaker.state != Speaker.State.LISTED:
        state = {"speaker": speaker.name, "state": speaker.get_state_display()}
        raise Refused(_("%(speaker)s does not wait for the floor: %(state)s.") % state)
    is_late_reply = speaker.queue == Speaker.Queue.REPLY and speaker.item.opened_at
    if not speaker.item.is_open and not is_late_reply:
        raise Refused(_("Item %(item)s is not before the hearing.") % {"item": speaker.item.label})


def _make_way(by, hearing, speaker, moment, at):
    """Nobody else has the floor now, or they are interrupted."""
    running = list(RUNNING.filter(hearing=hearing))
    if speaker.queue == Speaker.Queue.POINT:
        if other := next((one for one in running if one.speaker.queue == Speaker.Queue.POINT), None):
            raise Refused(_("%(speaker)s makes a point of order. Rule on it first.") % {"speaker": other.speaker.name})
        interrupt(by, hearing, moment, at)
    elif running:
        raise Refused(_("%(speaker)s has the floor. End their time first.") % {"speaker": running[0].speaker.name})


def _turn(by, speaker, deed, verb, at, more):
    """Pause or resume; where the clock is so already nothing happens."""
    with transaction.atomic():
        speaker, delivery = _speaking(by, speaker)
        if deed == "resume" and (other := _other(delivery)):
            raise Refused(_("%(speaker)s has the floor. End their time first.") % {"speaker": other.speaker.name})
        try:
            delivery.clock = getattr(delivery.clock, deed)(whole(at or timezone.now()))
        except Impossible:
            return delivery
        delivery.save()
        data = {**queues.brief(speaker), **times(delivery), **{name: value for name, value in more.items() if value}}
        record(verb, actor=by, about=speaker, data=data, at=at)
    return delivery


def _speaking(by, speaker):
    speaker = queues.locked(speaker)
    require(rules.conduct, by, speaker.item.hearing)
    return speaker, _of(speaker)


def _of(speaker):
    delivery = Delivery.objects.filter(speaker=speaker, ended_at=None).first()
    if delivery is None:
        raise Refused(_("%(speaker)s does not have the floor.") % {"speaker": speaker.name})
    return delivery


def _other(delivery):
    others = RUNNING.filter(hearing=delivery.hearing_id, paused_at=None).exclude(pk=delivery.pk)
    return others.first()
