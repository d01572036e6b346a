"""Who may open a ballot, vote in it and extend it. Each refusal says why, and what to do.

Whether the window is open is asked of a moment: of now, or for a mail of the moment it came to us.
"""

from django.utils.translation import gettext as _

from consultations.models.ballots import State
from consultations.wording.times import moment
from core.access import No
from forum import rules


def open_ballot(member, workspace):
    """Moderators put a question to the vote, while the room is open."""
    return rules.moderate(member, workspace) and rules.is_open(workspace)


def vote(member, ballot, at=None):
    """Everyone with a seat that is not for reading only votes, in the window. Nobody votes without a seat."""
    return may_ever_vote(member, ballot.workspace) and is_open(ballot, at)


def may_ever_vote(member, workspace):
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


def is_open(ballot, at=None):
    """Votes are taken in [opens, closes), and never once the result was recorded."""
    facts = {"ballot": ballot, "opens": moment(ballot.opens_at), "closes": moment(ballot.closes_at)}
    state = ballot.state_at(at) if at else ballot.state
    if state == State.COMING:
        return No(_("“%(ballot)s” opens on %(opens)s, so your vote was not counted. Send it again then.") % facts)
    if state == State.CLOSED:
        return No(_("“%(ballot)s” closed on %(closes)s, before your vote came, so it was not counted.") % facts)
    if ballot.counted_at:
        return No(_("“%(ballot)s” closed on %(closes)s and its result is recorded already.") % facts)
    return True


def extend(member, ballot):
    """Moderators extend a ballot that has not closed yet."""
    return rules.moderate(member, ballot.workspace) and (
        ballot.state != State.CLOSED
        or No(
            _("“%(ballot)s” closed on %(closes)s. What is closed cannot be extended; open a new ballot instead.")
            % {"ballot": ballot, "closes": moment(ballot.closes_at)}
        )
    )
