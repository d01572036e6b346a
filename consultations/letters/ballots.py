"""Letters about ballots: a notice of every extension to everyone with a seat, at once; and to those who read a
workspace post by post, that a ballot opened and what came out. Of a vote of a hearing all on the roll are told that it
is open, with the minute until which their mail counts.

A reader of the journals that comes by itself. A reply to such a letter is a vote.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations.models import Ballot, Elector, Vote
from consultations.models.ballots import Kind, RollOf
from consultations.services import counting
from consultations.wording import ballots as wording
from consultations.wording.times import moment
from core.languages import speaking
from forum.models import Seat
from members.models import Mandate
from notifications import journals, letters, outbox
from notifications.digests import prose
from notifications.models import Letter, Subscription
from notifications.models.subscriptions import Cadence

logger = logging.getLogger(__name__)
READER = "ballots"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news
MEMBERS = 200  # letters written in one piece


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
    poll nobody is mailed what came out.
    """
    if ballot.kind == Kind.SILENCE:
        return everyone(workspace)
    if ballot.is_live and (ballot.is_straw or (entry.verb == "ballot.opened" and not _waits_for_mail(ballot))):
        return Seat.objects.none()
    if ballot.is_live and entry.verb == "ballot.opened":
        return everyone(workspace).filter(member__in=_on_roll(ballot))
    return readers(workspace)


def _waits_for_mail(ballot):
    return ballot.mail_until is not None and ballot.is_open and ballot.mail_until > timezone.now()


def _write(entry, ballot, write, seats):
    """One letter for each of these seats; one that no mail header can address does not keep the others back."""
    seats = seats.select_related("member").order_by("pk")
    is_open = ballot.is_open and ballot.workspace.is_open
    on_roll = _on_roll(ballot) if is_open else set()
    last = 0
    while chunk := list(seats.filter(pk__gt=last)[:MEMBERS]):
        votes = Vote.objects.filter(ballot=ballot, organisation=None, member__in=[seat.member_id for seat in chunk])
        own = {vote.member_id: vote for vote in votes}
        drafts = []
        for seat in chunk:
            member = seat.member
            with speaking(member.language), timezone.override(member.zone):
                tell = wording.whole(ballot, own=own.get(member.pk), may_vote=member.pk in on_roll and seat.may_write)
                subject, paragraphs = write(entry, ballot, tell)
                try:
                    drafts.append(_draft(entry, ballot, member, subject, "\n\n".join(paragraphs)))
                except ValueError:
                    logger.warning("No letter about ballot %s can be written to member %s", ballot.pk, member.pk)
        outbox.deliver_all(drafts)
        last = chunk[-1].pk


def _draft(entry, ballot, member, subject, text):
    return letters.draft(
        member=member,
        subject=subject,
        text=text,
        priority=Letter.Priority.SOON,
        about=ballot.reference,
        workspace=ballot.workspace,
        shows=[ballot.reference],
        key=f"notice:{entry.pk}:{member.pk}",
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
        _on_the_web(ballot),
    ]
    return _("Notice %(number)s: “%(ballot)s” closes on %(new)s") % facts, lines


def opened(entry, ballot, whole):
    facts = {"ballot": prose.title(ballot.title), "room": prose.title(ballot.workspace.shown_name)}
    lines = [
        _("A ballot is open in the workspace “%(room)s”: %(ballot)s") % facts,
        *whole,
        wording.secrecy(ballot),
        _on_the_web(ballot),
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
        _on_the_web(ballot),
    ]
    if ballot.kind == Kind.SILENCE:
        lines[0] = _("The silence procedure “%(ballot)s” in the workspace “%(room)s” has ended.") % facts
    return _("Result: %(ballot)s") % facts, lines


def _reasons(ballot):
    """Who broke a silence, in their own words."""
    if ballot.kind == Kind.SILENCE:
        for vote in Vote.objects.filter(ballot=ballot).select_related("member", "organisation"):
            facts = {"who": prose.title(str(vote.voter)), "what": wording.said(ballot, vote.value)}
            words = "\n".join(prose.lines(prose.paragraphs(vote.words)))
            yield _("%(who)s: %(what)s") % facts + (f"\n{words}" if words else "")


def _on_roll(ballot):
    """The ids of all who may cast a vote."""
    rows = Elector.objects.filter(ballot=ballot)
    if ballot.roll_of == RollOf.MEMBERS:
        return set(rows.values_list("member", flat=True))
    spoken = Mandate.objects.in_force().filter(organisation__in=rows.values("organisation"))
    return set(spoken.values_list("member", flat=True))


def _moment(data, name):
    at = parse_datetime(data.get(name, ""))
    return moment(at) if at else ""


def _on_the_web(ballot):
    return _("On the web: %(url)s") % {"url": f"{settings.SITE_URL}{ballot.get_absolute_url()}"}


_LETTERS = {
    "ballot.opened": (opened, at_once),
    "ballot.extended": (extended, everyone),
    "ballot.counted": (counted, at_once),
}
