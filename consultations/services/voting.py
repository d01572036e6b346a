"""One vote: read, checked against the roll and the window, and written under the ballot's lock.

A named vote stands in a row of its own, and in the journal for its member alone until the count. Of a secret one the
roll and the journal keep that it was cast, and the urn what; the receipt code is the only thing that joins them, and
nobody but the voter has it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations import keeping
from consultations.models import Ballot, Elector, Vote
from consultations.models.ballots import NAMED_ONLY, Kind
from consultations.rules import ballots as rules
from consultations.services import counting, opening, rolls, silence, urns
from consultations.wording import ballots as wording
from consultations.wording.times import moment as say
from consultations.words import marks, positions
from consultations.words import votes as words
from core.access import Refused, require
from forum.models.posts import Channel
from journal.models import Entry
from journal.services import Draft, record, record_all


@dataclass(frozen=True)
class Slip:
    """What became of a secret vote: what was counted, and its receipt code, which is kept nowhere with a name."""

    reference: str
    value: str
    receipt: str
    words: str = ""
    in_grace: bool = False


def vote(
    *,
    member,
    ballot,
    text,
    channel=Channel.WEB,
    came_at=None,
    proven_at=None,
    organisation=None,
    code="",
    at=None,
):
    """Cast or change a vote; returns the Vote, or the Slip of a secret one. The vote whose moment is later stands,
    until the close; a secret one is changed by who has its receipt code.

    text: what they wrote, read by `words`; a receipt code may stand in it. came_at: when it came to us, if that was
    not just now; proven_at: when it was provably sent. organisation: whose vote it is, where the member speaks for
    several. Raises Refused with the reason, and with the allowed words when it was not understood. `at` back-dates
    loaded worlds.
    """
    came_at = came_at or at or timezone.now()
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        opening.open_due(ballot, came_at)
        require(lambda who, what: rules.vote(who, what, came_at, proven_at), member, ballot, text=text)
        elector = rolls.elector(ballot, member, organisation, text)
        in_grace = came_at >= ballot.closes_at
        moment = proven_at if in_grace else came_at
        _require_room(ballot, elector, text)
        if ballot.is_secret:
            return _cast_secret(ballot, elector, member, text, code, channel, moment, in_grace, at)
        value, reasons = read(ballot, text, member)
        cast = _cast(ballot, elector, member, value, reasons, channel, moment, in_grace, text)
        data = {"value": value, "channel": str(channel), "cast_at": moment.isoformat()}
        data |= {"organisation": elector.organisation_id} if elector.organisation_id else {}
        data |= {"in_grace": True, "came_at": came_at.isoformat()} if in_grace else {}
        data |= {"words": reasons} if reasons else {}
        voted = Draft(verb="ballot.voted", actor=member, about=ballot, data=data, audience=member.reference, at=at)
        record_all(ballot.journal, [voted, *keeping.voted(ballot, elector, cast)])
        if ballot.kind == Kind.SILENCE:
            _break_silence(ballot, cast, at)
    return cast


def enter(*, by, ballot, elector, value, channel, moment):
    """Write down the vote that somebody on the roll said aloud, in a ballot the caller has locked and will record it
    of; returns the Vote. value: one of `answers`.

    Raises Refused when the ballot does not take it at this moment, or when they voted later themselves.
    """
    require(lambda who, what: rules.is_open(what, moment), by, ballot)
    if ballot.is_secret or value not in answers(ballot):
        raise Refused(wording.not_understood(ballot))
    _require_room(ballot, elector, "")
    member = by if elector.organisation_id else elector.member
    return _cast(ballot, elector, member, value, "", channel, moment, False, "", entered_by=by)


def retract(*, ballot, elector, is_present):
    """Take back the vote that was entered for somebody on the roll who said none, in a ballot the caller has locked and
    will record it of. Where they cast one themselves, be it another, nothing changes and the Vote is returned.
    """
    whose = {"organisation": elector.organisation_id} if elector.organisation_id else {"member": elector.member_id}
    vote = Vote.objects.filter(ballot=ballot, **whose).first()
    if vote and (vote.entered_by_id is None or _told(ballot, elector, "ballot.voted")):
        return vote
    if vote:
        vote.delete()
    is_present = is_present or bool(_told(ballot, elector, "ballot.attended"))
    Elector.objects.filter(pk=elector.pk).update(has_voted=False, is_present=is_present)
    return None


def answers(ballot):
    """What one can say aloud: yes, no, abstain, or the letters of the options; nothing where that is not enough."""
    if ballot.kind == Kind.YES_NO:
        return ["yes", "no", "abstain"]
    return [option.letter for option in ballot.choices] if ballot.kind == Kind.CHOICE else []


def _require_room(ballot, elector, text):
    """Never more votes than the roll has: some may have been given by hand, in the hall."""
    if not ballot.hall or ballot.is_straw or elector.has_voted:
        return
    roll, cast, _present = counting.turnout(ballot)
    if cast + sum(ballot.hall.values()) >= roll:
        raise Refused(
            _(
                "With the hands counted in the hall as many have voted as are on the roll, so this vote was not "
                "counted. If you did not vote there, tell the chair now."
            ),
            text=text,
        )


def attend(*, member, ballot, came_at=None, at=None):
    """Say that one is there, without voting: counts for quorums and for majorities of those present. Who speaks for
    several organisations is there for all of them. Returns the first of these rows of the roll.
    """
    came_at = came_at or at or timezone.now()
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        opening.open_due(ballot, came_at)
        require(lambda who, what: rules.attend(who, what, came_at), member, ballot)
        electors = list(Elector.objects.filter(ballot=ballot).cast_by(member).named())
        for elector in electors:
            if not elector.is_present:
                Elector.objects.filter(pk=elector.pk).update(is_present=True)
                data = {"organisation": elector.organisation_id} if elector.organisation_id else {}
                record("ballot.attended", actor=member, about=ballot, data=data, audience=member.reference, at=at)
    return electors[0]


def read(ballot, text, member):
    """(the vote these words say, the reasons with it); raises Refused with the allowed words."""
    try:
        if ballot.kind in NAMED_ONLY:
            position, reasons = positions.read(text, kind=ballot.kind, name=member.name)
            if ballot.kind == Kind.SILENCE and position not in (positions.OBJECTION, positions.AMENDMENT):
                raise Refused(_("You agree: nothing needs to be sent. Who is silent until the end agrees."), text=text)
            return position, reasons
        labels = [option.label for option in ballot.choices]
        return words.read(text, kind=ballot.kind, labels=labels, name=member.name, most=ballot.most), ""
    except words.Unclear as unclear:
        if unclear.is_double:
            said = _("You voted twice in one mail, and not for the same, so neither was counted.")
        elif unclear.is_too_many:
            said = _("You chose more options than one may, so your vote was not counted.")
        else:
            said = _("This was not understood as a vote, so it was not counted.")
        raise Refused(f"{said} {wording.not_understood(ballot)}", text=text) from unclear


def _cast(ballot, elector, member, value, reasons, channel, moment, in_grace, text, entered_by=None):
    whose = (
        {"organisation": elector.organisation} if elector.organisation_id else {"organisation": None, "member": member}
    )
    earlier = Vote.objects.filter(ballot=ballot, **whose).first()
    if earlier and earlier.cast_at > moment:
        said = _("You voted after this, on %(when)s, so that later vote stands: %(vote)s.")
        if elector.organisation_id:
            said = _("Your organisation voted after this, on %(when)s, so that later vote stands: %(vote)s.")
        if entered_by:
            said = _("%(name)s voted after this, on %(when)s, so that later vote stands.")
        facts = {"name": elector.name, "when": say(earlier.cast_at), "vote": wording.said(ballot, earlier.value)}
        raise Refused(said % facts, text=text)
    cast = earlier or Vote(ballot=ballot, organisation=elector.organisation)
    cast.member, cast.value, cast.words = member, value, reasons
    cast.channel, cast.cast_at, cast.in_grace, cast.entered_by = channel, moment, in_grace, entered_by
    cast.save()
    if not elector.has_voted:
        Elector.objects.filter(pk=elector.pk).update(has_voted=True, is_present=True)
    return cast


def _cast_secret(ballot, elector, member, text, code, channel, moment, in_grace, at):
    """The urn takes the value; the roll and the journal keep that there was a vote, and when it came."""
    if not code:
        code, text = marks.code_in(text)
    value, _reasons = read(ballot, text, member)
    if elector.has_voted:
        if not marks.tidy(code):
            raise Refused(
                _(
                    "You have voted in this secret ballot. To change your vote, write its receipt code before it, "
                    "for example “%(example)s”; it was shown, or mailed, to you when you voted."
                )
                % {"example": f"{marks.EXAMPLE} {wording.first_word(ballot)}"},
                text=text,
            )
        if (latest := _latest(ballot, elector)) and latest > moment:
            said = _("You voted after this, on %(when)s, so that later vote stands.")
            raise Refused(said % {"when": say(latest)}, text=text)
        receipt = urns.change(ballot, marks.tidy(code), value)
    else:
        receipt = urns.put(ballot, value)
        Elector.objects.filter(pk=elector.pk).update(has_voted=True, is_present=True, in_grace=in_grace)
    data = {"channel": str(channel), "cast_at": moment.isoformat()}
    data |= {"organisation": elector.organisation_id} if elector.organisation_id else {}
    data |= {"in_grace": True} if in_grace else {}
    record("ballot.voted", actor=member, about=ballot, data=data, audience=member.reference, at=at)
    return Slip(elector.reference, value, receipt, in_grace=in_grace)


def _latest(ballot, elector):
    """The moment of the last vote of this row of the roll, as the record has it; the urn has no times."""
    found = [entry.data or {} for entry in _told(ballot, elector, "ballot.voted")]
    return max((parse_datetime(data["cast_at"]) for data in found if "cast_at" in data), default=None)


def _told(ballot, elector, verb):
    """The entries of the record of what this row of the roll did itself."""
    entries = Entry.objects.filter(journal=ballot.journal, about=ballot.reference, verb=verb)
    if elector.organisation_id:
        return entries.filter(data__organisation=elector.organisation_id)
    return entries.filter(actor=elector.member.reference, data__organisation__isnull=True)


def _break_silence(ballot, cast, at):
    """One objection ends it: the result is recorded at once, and everyone is told."""
    if ballot.counted_at is None:
        ballot.counted_at = at or timezone.now()
        ballot.save(update_fields=["counted_at"])
        facts = counting.of(ballot).facts | silence.told(ballot)
        record("ballot.counted", about=ballot, data=facts | {"broken_by": cast.voter.reference}, at=at)
