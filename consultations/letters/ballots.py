"""Letters about ballots: a notice of every extension to everyone with a seat, at once; and to those who read a
workspace post by post, that a ballot opened and what came out. Of a vote of a hearing all on the roll are told that it
is open, with the minute until which their mail counts.

A reader of the journals that comes by itself. A reply to such a letter is a vote.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations.letters import writing
from consultations.models import Ballot, Elector, Vote
from consultations.models.ballots import Kind, RollOf
from consultations.services import counting
from consultations.wording import ballots as wording
from consultations.wording.lines import on_the_web
from consultations.wording.times import moment
from forum.models import Seat
from members.models import Mandate
from notifications import journals
from notifications.digests import prose
from notifications.models import Subscription
from notifications.models.subscriptions import Cadence

READER = "ballots"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        kind = _LETTERS.get(entry.verb)
        if kind and timezone.now() - entry.at < NEWS:
            write, readers = kind
            ballot = Ballot.objects.select_related("workspace__journal").filter(pk=entry.about_id).first()
            if ballot:
                _write(entry, ballot, write, _seats(entry, ballot, readers, workspace))


def _seats(entry, ballot, readers, workspace):
    """Of a live ballot those on the roll are told at once that it is open, where their mails are waited for; of a straw
    poll nobody is mailed what came out. Where a vote is annulled, those are told who were mailed about it, or voted.
    """
    if ballot.kind == Kind.SILENCE or (entry.verb == "ballot.annulled" and not ballot.is_live):
        return everyone(workspace)
    if entry.verb == "ballot.annulled" and not ballot.is_straw:
        return everyone(workspace).filter(member__in=_on_roll(ballot, has_voted=ballot.mail_until is None))
    if ballot.is_live and (ballot.is_straw or (entry.verb == "ballot.opened" and not _waits_for_mail(ballot))):
        return Seat.objects.none()
    if ballot.is_live and entry.verb == "ballot.opened":
        return everyone(workspace).filter(member__in=_on_roll(ballot))
    return readers(workspace)


def _waits_for_mail(ballot):
    return ballot.mail_until is not None and ballot.is_open and ballot.mail_until > timezone.now()


def _write(entry, ballot, write, seats):
    """One letter for each of these seats, with the vote of its reader, and how to vote where they may."""
    is_open = ballot.is_open and ballot.workspace.is_open
    on_roll = _on_roll(ballot) if is_open else set()
    for piece in writing.pieces(seats.select_related("member")):
        writers = {seat.member_id for seat in piece if seat.may_write}
        votes = Vote.objects.filter(ballot=ballot, organisation=None, member__in=[seat.member_id for seat in piece])
        own = {vote.member_id: vote for vote in votes}

        def words(member, own=own, may_vote=on_roll & writers):
            tell = wording.whole(ballot, own=own.get(member.pk), may_vote=member.pk in may_vote)
            return write(entry, ballot, tell)

        writing.many(
            [seat.member for seat in piece],
            words,
            about=ballot.reference,
            key=f"notice:{entry.pk}",
            workspace=ballot.workspace,
        )


# -- Who gets them -----------------------------------------------------------------------------------------


def everyone(workspace):
    """All with a seat, whatever mail they have chosen: a formal act is told to all."""
    return Seat.objects.filter(workspace=workspace, member__is_active=True)


def at_once(workspace):
    """Those with a seat who read the workspace post by post."""
    rows = Subscription.objects.filter(workspace=workspace, thread=None, cadence=Cadence.EACH)
    return everyone(workspace).filter(member__in=rows.values("member"))


# -- What they say -----------------------------------------------------------------------------------------


def extended(entry, ballot, whole):
    """The notice, as it stands on the page."""
    data = entry.data or {}
    facts = {
        "number": data.get("notice", ""),
        "ballot": prose.title(ballot.title),
        "room": prose.title(ballot.workspace.shown_name),
        "authority": prose.title(data.get("authority", "")),
        "reason": prose.title(data.get("reason", "")),
        "old": _moment(data, "old"),
        "new": _moment(data, "new"),
    }
    lines = [
        _("Notice %(number)s of the workspace “%(room)s”: the ballot “%(ballot)s” is extended.") % facts,
        _("It closes on %(new)s. Before, it was to close on %(old)s.") % facts,
        _("By authority of: %(authority)s") % facts + "\n" + _("Reason: %(reason)s") % facts,
        *whole,
        on_the_web(ballot.get_absolute_url()),
    ]
    return _("Notice %(number)s: “%(ballot)s” closes on %(new)s") % facts, lines


def opened(entry, ballot, whole):
    facts = {"ballot": prose.title(ballot.title), "room": prose.title(ballot.workspace.shown_name)}
    lines = [
        _("A ballot is open in the workspace “%(room)s”: %(ballot)s") % facts,
        *whole,
        wording.secrecy(ballot),
        on_the_web(ballot.get_absolute_url()),
    ]
    if ballot.is_live:
        facts["until"] = moment(ballot.mail_until)
        return _("Vote by mail until %(until)s: %(ballot)s") % facts, lines
    if ballot.kind == Kind.SILENCE:
        lines[0] = _("A silence procedure has begun in the workspace “%(room)s”: %(ballot)s") % facts
        facts["closes"] = moment(ballot.closes_at)
        return _("Silence procedure until %(closes)s: %(ballot)s") % facts, lines
    return _("Ballot: %(ballot)s") % facts, lines


def counted(entry, ballot, whole):
    facts = {"ballot": prose.title(ballot.title), "room": prose.title(ballot.workspace.shown_name)}
    lines = [
        _("The ballot “%(ballot)s” in the workspace “%(room)s” is closed and counted.") % facts,
        wording.result(ballot, entry.data or counting.of(ballot).facts),
        *_reasons(ballot),
        on_the_web(ballot.get_absolute_url()),
    ]
    if ballot.kind == Kind.SILENCE:
        lines[0] = _("The silence procedure “%(ballot)s” in the workspace “%(room)s” has ended.") % facts
    return _("Result: %(ballot)s") % facts, lines


def annulled(entry, ballot, whole):
    facts = {"ballot": prose.title(ballot.title), "room": prose.title(ballot.workspace.shown_name)}
    lines = [
        _("The vote “%(ballot)s” in the workspace “%(room)s” is annulled.") % facts,
        prose.title(wording.annulled(ballot)),
        on_the_web(ballot.get_absolute_url()),
    ]
    return _("Annulled: %(ballot)s") % facts, lines


def _reasons(ballot):
    """Who broke a silence, in their own words."""
    if ballot.kind == Kind.SILENCE:
        for vote in Vote.objects.filter(ballot=ballot).select_related("member", "organisation"):
            facts = {"who": prose.title(str(vote.voter)), "what": wording.said(ballot, vote.value)}
            words = "\n".join(prose.lines(prose.paragraphs(vote.words)))
            yield _("%(who)s: %(what)s") % facts + (f"\n{words}" if words else "")


def _on_roll(ballot, *, has_voted=False):
    """The ids of all who may cast a vote, or of those who speak for a vote that is cast."""
    rows = Elector.objects.filter(ballot=ballot, **({"has_voted": True} if has_voted else {}))
    if ballot.roll_of == RollOf.MEMBERS:
        return set(rows.values_list("member", flat=True))
    spoken = Mandate.objects.in_force().filter(organisation__in=rows.values("organisation"))
    return set(spoken.values_list("member", flat=True))


def _moment(data, name):
    at = parse_datetime(data.get(name, ""))
    return moment(at) if at else ""


_LETTERS = {
    "ballot.opened": (opened, at_once),
    "ballot.extended": (extended, everyone),
    "ballot.counted": (counted, at_once),
    "ballot.annulled": (annulled, everyone),
}
