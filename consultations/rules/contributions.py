"""Who may contribute, in which capacity, and until when. The window is asked again where the words are written."""

from datetime import timedelta

from django.utils.translation import gettext as _

from consultations.models.consultations import Clearing, Participation
from consultations.models.phases import PhaseState
from consultations.models.questions import Question
from consultations.wording.times import moment
from core.access import No
from forum import rules
from forum.keepers import Attempt
from forum.models.workspaces import Joining
from members.rules import sign_in, speak_for

FINISHING = timedelta(minutes=15)  # for a form that was opened before the close


def contribute(member, question, attempt):
    """Take part in a question: as the consultation says who may, in the window of its phase.

    Facilitators write into the thread at any time; what they say for themselves is no contribution.
    """
    consultation = question.consultation
    if not attempt.voice and not attempt.organisation and rules.moderate(member, consultation.workspace):
        return True
    return (
        takes_part(member, consultation)
        and rules.is_open(consultation.workspace)
        and in_capacity(consultation, attempt)
        and is_cleared(member, question, attempt)
        and ("accepted_by" in attempt.facts or in_window(question.phase, attempt))
    )


def takes_part(member, consultation):
    """Everyone with a seat that is not for reading only; every member, where the consultation is for all of them."""
    workspace = consultation.workspace
    if (
        consultation.participation == Participation.MEMBERS
        and workspace.joining == Joining.OPEN
        and workspace.seat_of(member) is None
    ):
        return sign_in(member)
    return rules.may_write(member, workspace)


def in_capacity(consultation, attempt):
    """Where organisations take part, one speaks for one."""
    return (
        consultation.participation != Participation.ORGANISATIONS
        or attempt.is_asked
        or attempt.organisation is not None
        or No(
            _(
                "This consultation takes positions of organisations. Choose the organisation you speak for; "
                "if you have no mandate, ask the secretariat for one."
            )
        )
    )


def is_cleared(member, thing, attempt):
    """Where a colleague has to agree, a position on a question goes by a draft; see services/positions.py.

    What is said of a paragraph goes at once. Words on paper go without a draft where a facilitator enters them.
    """
    return (
        not _needs_clearing(thing)
        or attempt.is_asked
        or attempt.organisation is None
        or not {"cleared", "accepted_by"}.isdisjoint(attempt.facts)
        or ("entered_by" in attempt.facts and bool(rules.moderate(member, thing.consultation.workspace)))
        or _draft_it()
    )


def edit(member, post, thing):
    """What was sent is changed as it could be sent now: in the window, for an organisation by who speaks for it, and
    not where colleagues agreed to the words as they stand.
    """
    return in_window(thing.phase, Attempt(is_asked=True)) and (
        post.organisation is None
        or (speak_for(member, post.organisation) and (not _needs_clearing(thing) or _draft_it()))
    )


def _needs_clearing(thing):
    return thing.consultation.clearing == Clearing.COLLEAGUE and isinstance(thing, Question)


def _draft_it():
    return No(
        _(
            "In this consultation a colleague has to agree first to what is said for an organisation. "
            "Write it as a draft, and they are asked."
        )
    )


def in_window(phase, attempt):
    """Did the words come in the window [opens, closes)? Slow links and started forms have their grace."""
    state = phase.state_at(attempt.at)
    if state == PhaseState.OPEN or (not attempt.is_asked and state == PhaseState.CLOSED and in_grace(phase, attempt)):
        return True
    facts = {"phase": phase, "opens": moment(phase.opens_at), "closes": moment(phase.closes_at)}
    if attempt.is_asked and state == PhaseState.COMING:
        return No(_("“%(phase)s” opens on %(opens)s.") % facts)
    if attempt.is_asked and state == PhaseState.CLOSED:
        return No(_("“%(phase)s” closed on %(closes)s. Facilitators can accept late words for a good reason.") % facts)
    if state == PhaseState.COMING:
        return No(_("“%(phase)s” opens on %(opens)s, so this was not taken yet. Send it again then.") % facts)
    if attempt.proven_at and attempt.proven_at < phase.closes_at:
        facts["grace"] = moment(phase.closes_at + grace(phase))
        return No(
            _(
                "“%(phase)s” closed on %(closes)s. Mail that was sent before the close was taken until %(grace)s. "
                "Ask the facilitators to accept yours late, and say why it is."
            )
            % facts
        )
    return No(
        _(
            "“%(phase)s” closed on %(closes)s, before this came, so it was not taken. "
            "Ask the facilitators to accept it late, and say why it is."
        )
        % facts
    )


def grace(phase):
    return timedelta(hours=phase.consultation.grace_hours)


def in_grace(phase, attempt):
    """Sent before the close and come within the published grace; or written in a form that was opened before it."""
    sent = attempt.proven_at is not None and attempt.proven_at < phase.closes_at
    begun = attempt.started_at is not None and phase.opens_at <= attempt.started_at < phase.closes_at
    late_by = attempt.at - phase.closes_at
    return (sent and late_by < grace(phase)) or (begun and late_by < FINISHING)
