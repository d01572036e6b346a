"""Speakers: they ask for the floor, confirm and withdraw; chair and secretaries enter, move and admit them.

Every deed is done under the lock of the hearing, and the moment is compared there: nobody slips in behind a close.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models import Speaker
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import speakers as rules
from consultations.hearings.services import queues, waiting
from consultations.hearings.services.queues import IN_PLACE
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal.services import record
from members.models import Mandate
from members.services import mandates

TITLES = ("announced_as", "gender", "language", "note")


# -- Asking ------------------------------------------------------------------------------------------------


def request(*, member, item, organisation=None, channel=Channel.WEB, came_at=None, at=None, **said):
    """Ask to speak on an item, for oneself or an organisation; returns the Speaker.

    said: announced_as, gender (if declared), language, note. came_at: when the mail came, which is what counts. Whoever
    waits already changes what they said and keeps their place; who succeeds a delegate has the place of that one. Where
    a hearing is by invitation and one speaks for one invited organisation, it is for that. Raises Refused with the
    reason, and gives back what was written.
    """
    said = tidy(said)
    with transaction.atomic():
        item = queues.item_locked(item)
        moment = came_at or at or timezone.now()
        organisation = organisation or only_invited(member, item.hearing)
        text = said["note"] or said["announced_as"]
        require(lambda who, thing: rules.request(who, thing, moment, organisation), member, item, text=text)
        in_place = item.speakers.filter(queue=Speaker.Queue.LIST, state__in=IN_PLACE)
        if earlier := in_place.filter(member=member, organisation=organisation).select_related("organisation").first():
            return _change(member, item, earlier, said, at)
        if left := _left_behind(in_place, organisation):
            return _succeed(member, item, left, said, at)
        _check_room(item, organisation, text)
        queues.seat(member, item.hearing)
        confirms = item.hearing.confirms
        state = Speaker.State.REQUESTED if confirms else Speaker.State.LISTED
        speaker = queues.add(
            item,
            member=member,
            organisation=organisation,
            state=state,
            channel=channel,
            requested_at=moment,
            **said,
        )
        record("speaker.requested", actor=member, about=speaker, data=queues.facts(speaker), at=at)
    return speaker


def enter(*, by, item, announced_as, member=None, organisation=None, priority=0, account=None, at=None, **said):
    """The secretary puts somebody on the list who is in the room: a member, or a guest without an account.

    The close of the list and the limits do not bind them (rule 73 lets the chair admit others); the entry says who did
    it. Raises Refused without a name.
    """
    said = tidy({**said, "announced_as": announced_as})
    with transaction.atomic():
        item = queues.item_locked(item)
        require(hearing_rules.conduct, by, item.hearing, text=announced_as)
        if not said["announced_as"] and member is None:
            raise Refused(_("Write the name by which the chair will call them."), text=said["note"])
        if not item.takes_speakers:
            require(lambda who, thing: rules.list_is_open(thing, timezone.now()), by, item)
        speaker = queues.add(
            item,
            member=member,
            organisation=organisation,
            state=Speaker.State.LISTED,
            priority=priority,
            account=account,
            entered_by=by,
            requested_at=at or timezone.now(),
            **said,
        )
        record("speaker.requested", actor=by, about=speaker, data={**queues.facts(speaker), "entered": True}, at=at)
    return speaker


def confirm(*, by, speaker, at=None):
    """The second step: from now on they stand on the list, in the place of their request. Twice is once."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.speak_of, by, speaker)
        if speaker.state == Speaker.State.LISTED:
            return speaker
        if speaker.state != Speaker.State.REQUESTED or speaker.item.closed_at:
            raise Refused(_("There is nothing to confirm: %(state)s.") % {"state": speaker.get_state_display()})
        speaker.state, speaker.confirmed_at = Speaker.State.LISTED, at or timezone.now()
        speaker.save(update_fields=["state", "confirmed_at"])
        record("speaker.confirmed", actor=by, about=speaker, data=queues.brief(speaker), at=at)
    return speaker


def withdraw(*, by, speaker, reason="", at=None):
    """Leave the list: the speaker themself, their organisation, or an officer, who says why."""
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.speak_of, by, speaker, text=reason)
        if speaker.state not in (*IN_PLACE, Speaker.State.ABSENT):
            raise Refused(
                _("They are not on the list: %(state)s.") % {"state": speaker.get_state_display()}, text=reason
            )
        if not reason and not rules.is_theirs(by, speaker):
            raise Refused(_("Say why: it is told to the speaker and stands in the record."))
        data = {**queues.brief(speaker), "reason": reason}
        speaker.state = Speaker.State.WITHDRAWN
        speaker.save(update_fields=["state"])
        record("speaker.withdrawn", actor=by, about=speaker, data=data, at=at)
    return speaker


def relist(*, by, speaker, at=None):
    """Put somebody who was absent or had withdrawn at the end of the list again."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(hearing_rules.conduct, by, speaker.item.hearing)
        if speaker.state not in (Speaker.State.ABSENT, Speaker.State.WITHDRAWN):
            raise Refused(_("They are on the list already: %(state)s.") % {"state": speaker.get_state_display()})
        queues.to_end(speaker)
        record("speaker.relisted", actor=by, about=speaker, data=queues.brief(speaker), at=at)
    return speaker


# -- The order, and the list as a whole --------------------------------------------------------------------


def move(*, by, speaker, to, reason, is_suggested=False, at=None):
    """Give somebody another place, counted from 1; the reason is told to them and stands in the record.

    is_suggested: the place is suggested for the balance of the list, and the chair takes it; raises Refused where the
    list moved meanwhile.
    """
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(hearing_rules.conduct, by, speaker.item.hearing, text=reason)
        _check_listed(speaker)
        if not reason:
            raise Refused(_("Say why: it is told to the speaker and stands in the record."))
        if is_suggested:
            _check_suggested(speaker, to)
        was = queues.rank(speaker)
        to = max(1, min(to, queues.waiting(speaker).count()))
        if to != was:
            queues.put(speaker, to)
            data = {**queues.brief(speaker), "from": was, "reason": reason}
            record("speaker.moved", actor=by, about=speaker, data=data | {"suggested": is_suggested}, at=at)
    return speaker


def prioritise(*, by, speaker, priority, reason, at=None):
    """Give somebody a priority (heads of state, the host): they go behind those who have it already."""
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(hearing_rules.conduct, by, speaker.item.hearing, text=reason)
        _check_listed(speaker)
        if not reason:
            raise Refused(_("Say why: it is told to the speaker and stands in the record."))
        was, old = queues.rank(speaker), speaker.priority
        speaker.priority = priority
        speaker.save(update_fields=["priority"])
        queues.place_anew(speaker)
        data = {**queues.brief(speaker), "from": was, "reason": reason, "priority": [old, priority]}
        record("speaker.moved", actor=by, about=speaker, data=data, at=at)
    return speaker


def allot(*, by, speaker, seconds=None, account=None, at=None):
    """Give somebody a time of their own (None: that of their kind), and the time they share with others, if any."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(hearing_rules.conduct, by, speaker.item.hearing)
        _check_listed(speaker)
        if account and account.hearing_id != speaker.item.hearing_id:
            raise Refused(_("This shared time belongs to another hearing."))
        speaker.seconds, speaker.account = seconds, account
        speaker.save(update_fields=["seconds", "account"])
        record("speaker.changed", actor=by, about=speaker, data=queues.facts(speaker), at=at)
    return speaker


def tidy(said):
    """What somebody says of themselves, as it is kept."""
    unknown = set(said) - set(TITLES)
    if unknown:
        raise TypeError(f"A request says nothing of {', '.join(sorted(unknown))}.")
    longest = {"announced_as": 200, "gender": 20, "language": 5, "note": 400}
    return {name: texts.clean_line(said.get(name) or "", longest[name]) for name in TITLES}


def only_invited(member, hearing):
    """The organisation whoever says none speaks for, where a hearing is by invitation; else None."""
    return invited_as(member, hearing) if hearing.is_by_invitation else None


def invited_as(member, hearing):
    """The one invited organisation a member speaks for, or None."""
    if not member.is_authenticated:
        return None
    theirs = [one.pk for one in mandates.of(member)]
    invited = list(hearing.invitees.filter(organisation__in=theirs).select_related("organisation")[:2])
    return invited[0].organisation if len(invited) == 1 else None


def _change(member, item, speaker, said, at):
    """Who asked already changes what they said of themselves; what they leave out stays."""
    speaker.item = item
    new = {name: value for name, value in said.items() if value and value != getattr(speaker, name)}
    if new:
        for name, value in new.items():
            setattr(speaker, name, value)
        speaker.save(update_fields=list(new))
        record("speaker.changed", actor=member, about=speaker, data=queues.facts(speaker), at=at)
    return speaker


def _left_behind(in_place, organisation):
    """The first request for an organisation by somebody who does not speak for it any more, or None."""
    if organisation is None:
        return None
    speak = Mandate.objects.in_force().filter(organisation=organisation)
    left = in_place.filter(organisation=organisation, member__isnull=False).exclude(member__in=speak.values("member"))
    return left.select_related("organisation").order_by("place", "pk").first()


def _succeed(member, item, speaker, said, at):
    """Another delegate takes a place over. What the one before said of themselves goes, and the turn is told anew."""
    speaker.item, speaker.member = item, member
    speaker.announced_as, speaker.gender = said["announced_as"], said["gender"]
    speaker.language, speaker.note = said["language"] or speaker.language, said["note"]
    speaker.told_place, speaker.told_turn_at, speaker.letter_count = None, None, 0
    speaker.save()
    queues.seat(member, item.hearing)
    record("speaker.changed", actor=member, about=speaker, data=queues.facts(speaker), at=at)
    return speaker


def _check_room(item, organisation, text):
    most = item.hearing.most_per_organisation
    if organisation is None or most is None:
        return
    gone = (Speaker.State.WITHDRAWN, Speaker.State.ABSENT)
    theirs = item.speakers.filter(queue=Speaker.Queue.LIST, organisation=organisation).exclude(state__in=gone)
    names = [speaker.name for speaker in theirs.select_related("member")]
    if len(names) >= most:
        said = ngettext(
            "“%(organisation)s” has %(most)s speaker on this item: %(names)s. That is as many as the hearing allows; "
            "one of them can withdraw.",
            "“%(organisation)s” has %(most)s speakers on this item: %(names)s. That is as many as the hearing allows; "
            "one of them can withdraw.",
            most,
        )
        facts_said = {"organisation": organisation, "most": most, "names": ", ".join(names)}
        raise Refused(said % facts_said, text=text)


def _check_suggested(speaker, to):
    """Raises Refused where this place is not, or no more, suggested to the chair."""
    if not any(row.pk == speaker.pk and one.place == to for row, one in waiting.suggestions(speaker.item)):
        raise Refused(_("This is not there any more. Look at the screen again, then press again."))


def _check_listed(speaker):
    if speaker.state != Speaker.State.LISTED:
        raise Refused(_("They are not waiting: %(state)s.") % {"state": speaker.get_state_display()})
