"""Who may open a ballot, vote in it and extend it. Each refusal says why, and what to do.

Whether the window is open is asked of a moment: of now, or for a mail of the moment it came to us.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Elector
from consultations.models.ballots import Kind, RollOf, State
from consultations.wording.times import moment
from core.access import No
from forum import rules


def open_ballot(member, workspace):
    """Moderators put a question to the vote, while the room is open."""
    return rules.moderate(member, workspace) and rules.is_open(workspace)


def vote(member, ballot, at=None, proven_at=None):
    """Who is on the roll, or holds a mandate of an organisation on it, votes in the window, while they have a seat.

    at: when the vote came to us; proven_at: when it was provably sent.
    """
    return may_ever_vote(member, ballot.workspace) and is_open(ballot, at, proven_at) and is_on_roll(member, ballot)


def may_ever_vote(member, workspace):
    """Nobody votes without a seat, and those who only read have none to vote with."""
    return (
        rules.is_seated(member, workspace)
        and (
            workspace.seat_of(member).may_write
            or No(
                _("Your seat in “%(workspace)s” is for reading only and has no vote. Ask a moderator to change it.")
                % {"workspace": workspace}
            )
        )
        and rules.is_open(workspace)
    )


def is_on_roll(member, ballot):
    """The roll is frozen when the ballot opens; until then nobody can say."""
    if ballot.announced_at is None:
        return True
    return Elector.objects.filter(ballot=ballot).cast_by(member).exists() or not_on_roll(ballot)


def not_on_roll(ballot):
    if ballot.roll_of == RollOf.ORGANISATIONS:
        return No(
            _(
                "Organisations vote in “%(ballot)s”, and you have no mandate of one that is on its roll. "
                "If you should have one, ask the secretariat."
            )
            % {"ballot": ballot}
        )
    return No(
        _(
            "The roll of “%(ballot)s” was closed when the ballot opened, and you are not on it, "
            "so you have no vote in this one."
        )
        % {"ballot": ballot}
    )


def is_open(ballot, at=None, proven_at=None):
    """Votes are taken in [opens, closes), and never once the result was recorded. Mail provably sent before the close
    has the grace of the ballot.
    """
    facts = {"ballot": ballot, "opens": moment(ballot.opens_at), "closes": moment(ballot.closes_at)}
    at = at or timezone.now()
    if at < ballot.opens_at:
        return No(_("“%(ballot)s” opens on %(opens)s, so your vote was not counted. Send it again then.") % facts)
    if ballot.annulled_at:
        return No(
            _("“%(ballot)s” was annulled on %(when)s, so no votes are taken in it: %(reason)s")
            % {"ballot": ballot, "when": moment(ballot.annulled_at), "reason": ballot.annulled_because}
        )
    if ballot.counted_at and ballot.counted_at < ballot.closes_at:
        return No(
            _("“%(ballot)s” ended on %(ended)s, for there was an objection. Nothing more needs to be sent.")
            % {"ballot": ballot, "ended": moment(ballot.counted_at)}
        )
    if at >= ballot.closes_at and not in_grace(ballot, at, proven_at):
        if proven_at and proven_at < ballot.closes_at and ballot.grace_hours:
            facts["grace"] = moment(ballot.counts_from)
            return No(
                _("“%(ballot)s” closed on %(closes)s. Votes sent by mail before that were taken until %(grace)s.")
                % facts
            )
        return No(_("“%(ballot)s” closed on %(closes)s, before your vote came, so it was not counted.") % facts)
    if ballot.counted_at:
        return No(_("“%(ballot)s” closed on %(closes)s and its result is recorded already.") % facts)
    return True


def in_grace(ballot, at, proven_at):
    """Provably sent before the close, and come within the grace that was announced?"""
    return proven_at is not None and proven_at < ballot.closes_at <= at < ballot.counts_from


def extend(member, ballot):
    """Moderators extend a ballot of its own that has not closed yet; that of a phase closes with its phase."""
    return rules.moderate(member, ballot.workspace) and (
        _is_its_own(ballot)
        and (not ballot.is_live or No(_("This vote is open until the chair closes it.")))
        and (
            ballot.state != State.CLOSED
            or No(
                _("“%(ballot)s” closed on %(closes)s. What is closed cannot be extended; open a new ballot instead.")
                % {"ballot": ballot, "closes": moment(ballot.closes_at)}
            )
        )
    )


def close(member, ballot, at=None):
    """Moderators close a live ballot; while mail is promised to count, only when everyone on the roll has voted."""
    at = at or timezone.now()
    facts = {"ballot": ballot, "closes": moment(ballot.closes_at)}
    return rules.moderate(member, ballot.workspace) and (
        (ballot.is_live or No(_("“%(ballot)s” closes by itself on %(closes)s.") % facts))
        and (ballot.state_at(at) == State.OPEN or No(_("“%(ballot)s” is not open, so it was not closed.") % facts))
        and (ballot.mail_until is None or at >= ballot.mail_until or _have_all_voted(ballot) or _mail_counts(ballot))
    )


def annul(member, ballot):
    """Moderators stop a ballot that has opened, as long as its result is not recorded."""
    facts = {"ballot": ballot}
    return rules.moderate(member, ballot.workspace) and (
        (ballot.annulled_at is None or No(_("“%(ballot)s” is annulled already.") % facts))
        and (ballot.counted_at is None or No(_("The result of “%(ballot)s” is recorded, and stands.") % facts))
        and (
            ballot.opens_at <= timezone.now()
            or No(_("“%(ballot)s” has not opened, so it can simply be taken back.") % facts)
        )
    )


def _have_all_voted(ballot):
    return ballot.announced_at is not None and not Elector.objects.filter(ballot=ballot, has_voted=False).exists()


def _mail_counts(ballot):
    return No(
        _("All were told that votes by mail are taken until %(until)s, and not all have voted. Close the vote then.")
        % {"until": moment(ballot.mail_until)}
    )


def _is_its_own(ballot):
    return ballot.phase_id is None or No(
        _("“%(ballot)s” is open as long as its phase, “%(phase)s”. Change the window of the phase by a notice.")
        % {"ballot": ballot, "phase": ballot.phase}
    )


def drop(member, ballot):
    """Moderators take back a ballot that has not opened."""
    return rules.moderate(member, ballot.workspace) and (
        ballot.announced_at is None
        or No(_("“%(ballot)s” has opened, so it is not taken back. Its result will stand here.") % {"ballot": ballot})
    )


def attend(member, ballot, at=None):
    """Who may vote can say that they are there, without voting; to a silence procedure silence is the answer."""
    return (
        ballot.kind != Kind.SILENCE or No(_("In a silence procedure nothing needs to be sent: who is silent agrees."))
    ) and vote(member, ballot, at)
