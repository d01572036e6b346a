"""Points of order, which interrupt and are ruled on, and rights of reply.

Rules 71 and 113 of the General Assembly: a point of order may be raised during the discussion of any matter and is
immediately decided by the chair; an appeal against the ruling is put to the vote at once, and it stands unless a
majority overrules it; who raises one does not speak on the substance. Rules 73 and 115, decision 34/401 and the
practice of the Human Rights Council: rights of reply are given also when the list is closed, at the end of the item or
of the day, so many to a delegation on an item in one day of the room, the second shorter than the first.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.clocks import whole
from consultations.hearings.models import Delivery, Motion, Speaker
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import speakers as rules
from consultations.hearings.services import floor, motions, queues, speakers
from consultations.services import counting
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal.services import record

GONE = (Speaker.State.WITHDRAWN, Speaker.State.ABSENT)


def raise_point(*, member, item, point="", channel=Channel.WEB, at=None):
    """Raise a point of order from any seat; returns its Speaker. The clock of who speaks stands still at once.

    By mail it reaches the chair and stops nobody: what it is about may long be over. One who waits to be ruled on may
    say better what theirs is about. Raises Refused where the item is not before the hearing.
    """
    point = texts.clean_line(point, 400)
    with transaction.atomic():
        item = queues.item_locked(item)
        require(rules.raise_point, member, item, text=point)
        waiting = item.speakers.filter(queue=Speaker.Queue.POINT, ruling="", state__in=queues.IN_PLACE, member=member)
        if earlier := waiting.first():
            if point and point != earlier.point:
                earlier.point = point
                earlier.save(update_fields=["point"])
                earlier.item = item
                record(
                    "speaker.changed", actor=member, about=earlier, data=queues.facts(earlier) | {"point": point}, at=at
                )
            return earlier
        queues.seat(member, item.hearing)
        moment = at or timezone.now()
        speaker = queues.add(
            item, queue=Speaker.Queue.POINT, member=member, channel=channel, requested_at=moment, point=point
        )
        data = {**queues.facts(speaker), "point": point}
        entry = record("point.raised", actor=member, about=speaker, data=data, at=at)
        if channel != Channel.MAIL and item.hearing.current_item_id == item.pk:
            floor.interrupt(member, item.hearing, whole(entry.at), at)
    return speaker


def enter(*, by, item, queue, announced_as, member=None, organisation=None, point="", at=None, **said):
    """The secretary writes down a point of order or a right of reply of somebody in the room, with an account or not.

    point: what it is about, or to what it replies. Limits do not bind the chair; the entry says who did it.
    """
    said, point = speakers.tidy({**said, "announced_as": announced_as}), texts.clean_line(point, 400)
    with transaction.atomic():
        item = queues.item_locked(item)
        require(hearing_rules.conduct, by, item.hearing, text=point)
        if not said["announced_as"] and member is None:
            raise Refused(_("Write the name by which the chair will call them."), text=point)
        if item.opened_at is None:
            raise Refused(_("Item %(item)s has not begun yet.") % {"item": item.label}, text=point)
        is_point = queue == Speaker.Queue.POINT
        moment = at or timezone.now()
        of_delegation = _of_the_day(item, queue, moment).filter(organisation=organisation)
        speaker = queues.add(
            item,
            queue=queue,
            member=member,
            organisation=organisation,
            entered_by=by,
            requested_at=moment,
            point=point,
            turn=of_delegation.count() + 1 if organisation and not is_point else 1,
            **said,
        )
        verb = "point.raised" if is_point else "reply.requested"
        data = {**queues.facts(speaker), "point": point, "entered": True}
        entry = record(verb, actor=by, about=speaker, data=data, at=at)
        if is_point and item.hearing.current_item_id == item.pk:
            floor.interrupt(by, item.hearing, whole(entry.at), at)
    return speaker


def rule(*, by, speaker, ruling, reason="", at=None):
    """The chair decides: `upheld` or `overruled`. If they were making the point their time ends; who was interrupted
    goes on when the chair says so, for an appeal comes first.
    """
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(hearing_rules.conduct, by, speaker.item.hearing, text=reason)
        if speaker.queue != Speaker.Queue.POINT or speaker.ruling or speaker.state in GONE:
            raise Refused(_("There is no point of order to rule on, or it was ruled on already."), text=reason)
        if ruling not in Speaker.Ruling.values:
            raise Refused(_("Say whether the point is upheld or not."), text=reason)
        moment = whole(at or timezone.now())
        if delivery := Delivery.objects.filter(speaker=speaker, ended_at=None).first():
            floor.finish(by, speaker, delivery, moment, at)
        speaker.ruling, speaker.ruling_reason, speaker.state = ruling, reason, Speaker.State.SPOKE
        speaker.save(update_fields=["ruling", "ruling_reason", "state"])
        data = {**queues.brief(speaker), "point": speaker.point, "ruling": str(ruling), "reason": reason}
        record("point.ruled", actor=by, about=speaker, data=data, at=at)
    return speaker


def appeal(*, member, speaker, at=None):
    """Appeal against a ruling, from any seat; the chair puts it to the vote at once. Once is enough."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.raise_point, member, speaker.item)
        if not speaker.ruling:
            raise Refused(_("The chair has not ruled on this yet."))
        if speaker.appealed_at:
            return speaker
        speaker.appealed_at = at or timezone.now()
        speaker.save(update_fields=["appealed_at"])
        data = {**queues.brief(speaker), "ruling": str(speaker.ruling)}
        record("point.appealed", actor=member, about=speaker, data=data, at=at)
    return speaker


def put_appeal(*, by, speaker, at=None):
    """Write down the motion by which the hearing decides about the ruling; returns it, ready to be put to the vote."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(hearing_rules.conduct, by, speaker.item.hearing)
        if not waits_for_vote(speaker):
            raise Refused(_("Nobody has appealed against this ruling, or it was put to the vote already."))
        motion = motions.move(
            by=by,
            item=speaker.item,
            title=_("Appeal: shall the ruling of the chair be overruled?"),
            text="\n\n".join(filter(None, (speaker.point, speaker.ruling_reason))),
            at=at,
        )
        speaker.appeal = motion.reference
        speaker.save(update_fields=["appeal"])
        record("point.put", actor=by, about=speaker, data=queues.brief(speaker) | {"motion": motion.reference}, at=at)
    return motion


def _of_the_day(item, queue, moment):
    """Those of a queue that were asked for on this day of the room, and not given up."""
    begins = timezone.localtime(moment, item.hearing.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return item.speakers.filter(queue=queue, requested_at__gte=begins).exclude(state__in=GONE)


def appeal_of(speaker):
    """The motion by which the hearing decides, or decided, about a ruling; None before it is written down."""
    _kind, _colon, pk = speaker.appeal.partition(":")
    return Motion.objects.with_all().filter(pk=int(pk)).first() if pk else None


def is_overruled(speaker):
    """Did the hearing overrule the ruling? None where it was not asked, or has not decided."""
    motion = appeal_of(speaker)
    if motion is None or motion.state != Motion.State.DECIDED:
        return None
    return bool(counting.final(motion.ballot).facts.get("adopted"))


def waits_for_vote(speaker):
    """Was the ruling appealed against, and not put to the vote yet?"""
    return speaker.appealed_at is not None and not _is_before_hearing(appeal_of(speaker))


def _is_before_hearing(motion):
    return motion is not None and motion.state not in (Motion.State.WITHDRAWN, Motion.State.ANNULLED)


def request_reply(*, member, item, organisation=None, channel=Channel.WEB, came_at=None, at=None, **said):
    """Ask for a right of reply, for oneself or an organisation; returns the Speaker, whose `turn` is counted.

    said: as for a request to speak; note: to what one replies. Who has one waiting keeps it. Raises Refused when a
    delegation has had as many on the item as the hearing gives.
    """
    said = speakers.tidy(said)
    with transaction.atomic():
        item = queues.item_locked(item)
        require(lambda who, thing: rules.reply(who, thing, organisation), member, item, text=said["note"])
        moment = came_at or at or timezone.now()
        whose = {"organisation": organisation} if organisation else {"organisation": None, "member": member}
        replies = item.speakers.filter(queue=Speaker.Queue.REPLY, **whose)
        if earlier := replies.filter(state=Speaker.State.LISTED).select_related("organisation", "member").first():
            earlier.item = item
            return earlier
        most = item.hearing.most_replies
        turn = _of_the_day(item, Speaker.Queue.REPLY, moment).filter(**whose).count() + 1
        if turn > most:
            given = ngettext(
                "Each delegation has %(most)s right of reply on an item a day, and yours is used.",
                "Each delegation has %(most)s rights of reply on an item a day, and yours are used.",
                most,
            )
            raise Refused(given % {"most": most}, text=said["note"])
        queues.seat(member, item.hearing)
        speaker = queues.add(
            item,
            queue=Speaker.Queue.REPLY,
            member=member,
            organisation=organisation,
            channel=channel,
            requested_at=moment,
            turn=turn,
            **said,
        )
        record("reply.requested", actor=member, about=speaker, data=queues.facts(speaker), at=at)
    return speaker
