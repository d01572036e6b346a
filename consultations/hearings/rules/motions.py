"""Who moves, puts to the vote, calls the roll, enters votes, and explains theirs. Rule numbers are those of the General
Assembly of the United Nations (A/520).
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Motion
from consultations.hearings.models.hearings import Stage
from consultations.hearings.rules import hearings as rules
from consultations.hearings.rules import speakers as speaker_rules
from consultations.models.ballots import RollOf
from consultations.rules import ballots as rules_of_ballots
from core.access import No
from members.services import mandates

State, Manner = Motion.State, Motion.Manner


def move(member, hearing):
    """Chair and secretaries write down what was moved, and by whom."""
    return rules.conduct(member, hearing)


def propose(member, item, organisation=None):
    """Whoever has a seat and a vote moves something, for themself or an organisation, until the item is concluded."""
    hearing = item.hearing
    return (
        take_the_floor(member, hearing)
        and speaker_rules.speak_for(member, hearing, organisation)
        and (item.closed_at is None or No(_("Item %(item)s is concluded.") % {"item": item.label}))
    )


def second(member, motion):
    """Chair and secretaries write down who did."""
    return rules.conduct(member, motion.hearing) and _is_moved(motion)


def support(member, motion):
    """Whoever has a seat and a vote, and did not move it, seconds a motion."""
    return (
        take_the_floor(member, motion.hearing)
        and _is_moved(motion)
        and (not is_own(member, motion) or No(_("You moved this yourself. Somebody else seconds it.")))
        and (not motion.seconder or No(_("It is seconded already, by %(name)s.") % {"name": motion.seconder}))
    )


def rule_out(member, motion):
    """The chair rules it out of order; secretaries write that down."""
    return rules.conduct(member, motion.hearing) and _is_moved(motion)


def withdraw(member, motion):
    """Its mover takes it back until the vote begins (rule 80); chair and secretaries write that down for them."""
    return (is_own(member, motion) or rules.conduct(member, motion.hearing)) and _is_moved(motion)


def put_to_vote(member, motion):
    """Chair and secretaries, while a session is on."""
    return (
        rules.conduct(member, motion.hearing)
        and _is_moved(motion)
        and _is_seconded(motion)
        and _is_not_amended(motion)
        and _amends_what_waits(motion)
        and (
            motion.hearing.stage == Stage.LIVE
            or No(_("No session is open, so nothing can be put to the vote. Open the session first."))
        )
    )


def cast(member, motion):
    """As its ballot has it, from when it was put to the vote on."""
    return rules_of_ballots.vote(member, motion.ballot) if motion.ballot else is_open(motion)


def close(member, motion, at=None):
    """Chair and secretaries; the ballot has its own rule besides."""
    return rules.conduct(member, motion.hearing) and is_open(motion, at)


def annul(member, motion):
    """Chair and secretaries stop a vote whose result is not there yet; the ballot has its own rule besides."""
    return rules.conduct(member, motion.hearing) and (
        motion.state in (State.OPEN, State.CLOSED) or is_open(motion)  # which says how it stands
    )


def officiate(member, hearing):
    """Enter and confirm what others said: chair, secretaries and note-takers."""
    return rules.take_notes(member, hearing) and (
        hearing.ended_at is None or No(_("This hearing is over. What was done stands in its record."))
    )


def call(member, motion, at=None):
    """Officers call the roll while the vote is open."""
    return officiate(member, motion.hearing) and _is(motion, Manner.ROLL_CALL) and is_open(motion, at)


def count_hall(member, motion, at=None):
    return officiate(member, motion.hearing) and _is(motion, Manner.HALL) and is_open(motion, at)


def phone(member, motion, at=None):
    """Votes by phone are taken where votes are neither secret nor called one by one."""
    return officiate(member, motion.hearing) and _is(motion, Manner.HALL, Manner.SHOW) and is_open(motion, at)


def confirm(member, sheet, at=None):
    """An officer who did not enter it."""
    return (
        officiate(member, sheet.motion.hearing)
        and _waits(sheet)
        and is_open(sheet.motion, at)
        and (
            sheet.entered_by_id != member.pk
            or No(_("You entered these votes yourself. They count when another officer has confirmed them."))
        )
    )


def discard(member, sheet):
    return officiate(member, sheet.motion.hearing) and _waits(sheet)


def explain(member, motion):
    """Who may vote in it, before or after, but neither its mover nor in a secret vote (rule 88); a straw poll binds
    nobody and needs no reasons.
    """
    return (
        rules_of_ballots.may_ever_vote(member, motion.hearing.workspace)
        and (motion.ballot_id is None or rules_of_ballots.is_on_roll(member, motion.ballot))
        and (not motion.is_straw or No(_("A straw poll binds nobody, so votes in it are not explained.")))
        and (motion.manner != Manner.SECRET or No(_("The vote is secret, so it is not explained (A/520, rule 88).")))
        and (
            motion.moved_by_id != member.pk
            or No(_("You moved this yourself. Movers do not explain their vote on it (A/520, rule 88)."))
        )
        and (motion.state not in (State.WITHDRAWN, State.RULED_OUT, State.ANNULLED) or _is_moved(motion))
        and (
            motion.hearing.ended_at is None
            or No(_("This hearing is over, so no explanation is taken any more. Write into its discussion."))
        )
    )


def is_open(motion, at=None):
    """Is a vote being taken at this moment, or now?"""
    state = motion.state_at(at or timezone.now())
    return state == State.OPEN or No(
        _("No vote is being taken on “%(motion)s”: %(state)s.") % {"motion": motion, "state": state.label}
    )


def by_organisations(motion):
    return motion.rules.get("roll_of") == RollOf.ORGANISATIONS


def is_own(member, motion):
    """Did they move it, or the organisation they speak for?"""
    if not member.is_authenticated:
        return False
    if motion.moved_by_id == member.pk:
        return True
    return motion.moved_for_id is not None and motion.moved_for in mandates.of(member)


def take_the_floor(member, hearing):
    """Whoever has a seat and a vote, in a hearing that is announced and not over."""
    if not hearing.is_published:
        return No(_("This hearing is not published yet."))
    if hearing.ended_at:
        return No(_("This hearing is over. What was done stands in its record."))
    return rules_of_ballots.may_ever_vote(member, hearing.workspace)


def _is_seconded(motion):
    return (
        motion.seconder
        or not (motion.mover and motion.hearing.needs_second)
        or No(_("Nobody has seconded “%(motion)s”, and here that comes before the vote.") % {"motion": motion})
    )


def _is_not_amended(motion):
    """An amendment is voted on before what it would change (rule 90)."""
    for amendment in motion.amendments.select_related("ballot", "hearing"):
        if amendment.state in (State.MOVED, State.OPEN, State.CLOSED):
            facts = {"number": amendment.number, "amendment": amendment}
            return No(_("Motion %(number)s would amend it, and is voted on first: “%(amendment)s”.") % facts)
    return True


def _amends_what_waits(motion):
    return (
        motion.amends_id is None
        or motion.amends.state == State.MOVED
        or No(_("What it would amend does not wait for a vote any more."))
    )


def _is(motion, *manners):
    return motion.manner in manners or No(
        _("The vote on “%(motion)s” is taken in another way: %(manner)s.")
        % {"motion": motion, "manner": motion.get_manner_display()}
    )


def _is_moved(motion):
    return motion.state == State.MOVED or No(
        _("“%(motion)s” is no longer to be decided: %(state)s.") % {"motion": motion, "state": motion.state.label}
    )


def _waits(sheet):
    return sheet.state == sheet.State.WAITING or No(
        _("These votes wait for nobody any more: %(state)s.") % {"state": sheet.get_state_display()}
    )
