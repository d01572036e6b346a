"""Who asks live questions and endorses them, who decides which are shown and taken, and who answers."""

from django.utils.translation import gettext as _

from consultations.hearings.models.questions import GONE, LISTED, WAITING, QuestionState
from consultations.hearings.rules import hearings
from core.access import No
from forum import rules
from forum.models.posts import State
from forum.models.workspaces import Joining, Moderation
from members.rules import administer, sign_in


def take_part(member, hearing):
    """Everyone with a seat that is not for reading only; every member, where one simply takes a seat."""
    workspace = hearing.workspace
    if workspace.joining == Joining.OPEN and workspace.seat_of(member) is None:
        return sign_in(member)
    return rules.may_write(member, workspace)


def is_on(hearing):
    """From publication until the hearing is over."""
    return (hearing.is_published or No(_("This hearing is not published yet. Publish it first."))) and (
        hearing.ended_at is None or No(_("This hearing is over. What was done stands in its record."))
    )


def put(member, item):
    """Ask, from publication of the hearing until the item is concluded or the chair takes no more questions on it."""
    return (
        take_part(member, item.hearing)
        and is_on(item.hearing)
        and rules.is_open(item.hearing.workspace)
        and (
            item.closed_at is None
            or No(_("Item %(label)s is concluded, so it takes no more questions.") % {"label": item.label})
        )
        and (
            item.asking_closed_at is None
            or No(_("The chair takes no more questions on item %(label)s.") % {"label": item.label})
        )
    )


def endorse(member, question):
    """Say that one wants another's question asked, while it waits for its turn."""
    return (
        take_part(member, question.hearing)
        and is_on(question.hearing)
        and _waits(question)
        and (
            question.author_id != member.pk
            or No(_("%(question)s is your own; others endorse it.") % {"question": question})
        )
    )


def show(member, question):
    """Let a question appear that waits, or that was declined."""
    return hearings.preside(member, question.hearing) and (
        question.state in (QuestionState.HELD, QuestionState.DECLINED) or _not_now(question)
    )


def decline(member, question):
    """Decline one that waits, or take down one that is shown and was not taken up."""
    return hearings.preside(member, question.hearing) and (
        question.state in (QuestionState.HELD, *WAITING) or _not_now(question)
    )


def merge(member, question):
    return hearings.change(member, question.hearing) and (
        question.state in (QuestionState.HELD, *WAITING) or _not_now(question)
    )


def unmerge(member, question):
    return hearings.change(member, question.hearing) and (question.state == QuestionState.MERGED or _not_now(question))


def shortlist(member, question):
    """Those the chair means to take; one that was read out and not answered comes back to them."""
    return hearings.change(member, question.hearing) and (
        question.state in (QuestionState.SHOWN, QuestionState.TAKEN) or _not_now(question)
    )


def unshortlist(member, question):
    return hearings.change(member, question.hearing) and (
        question.state == QuestionState.SHORTLISTED or _not_now(question)
    )


def take(member, question):
    """Read out now."""
    return hearings.conduct(member, question.hearing) and _waits(question)


def answer_live(member, question):
    return hearings.conduct(member, question.hearing) and (
        question.state in (QuestionState.TAKEN, *WAITING) or _not_now(question)
    )


def put_to(member, question):
    """Ask somebody to answer it in writing."""
    return hearings.preside(member, question.hearing) and _stands(question)


def answer(member, question):
    """Answer in writing: whoever was asked to, chair and secretaries; after the hearing, too."""
    is_asked = member.is_authenticated and member.is_active and question.addressee_id == member.pk
    return (is_asked or hearings.preside(member, question.hearing)) and _stands(question)


def withdraw(member, question):
    """Authors take their questions back until they are taken up; then they stand in the record."""
    is_theirs = sign_in(member) and (question.author_id == member.pk or No(_("Only the author may do this.")))
    return is_theirs and (question.state in (QuestionState.HELD, QuestionState.MERGED, *WAITING) or _not_now(question))


def redact(member, question):
    return hearings.preside(member, question.hearing) and (question.state not in GONE or _not_now(question))


def erase(member, question):
    """Only the secretariat erases for good."""
    return administer(member) and (question.state != QuestionState.ERASED or _not_now(question))


def waits(member, hearing):
    """Must what this member asks wait for a moderator? Not a permission: a plain yes or no."""
    workspace = hearing.workspace
    if hearings.preside(member, hearing):
        return False
    if hearing.holds_questions or workspace.moderation == Moderation.ALL:
        return True
    if workspace.moderation == Moderation.NONE:
        return False
    has_posted = member.posts.filter(thread__workspace=workspace, state=State.PUBLISHED).exists()
    return not has_posted and not member.live_questions.filter(hearing=hearing, state__in=LISTED).exists()


def _waits(question):
    return question.state in WAITING or _not_now(question)


def _stands(question):
    return question.is_listed or _not_now(question)


def _not_now(question):
    facts = {"question": question, "state": question.get_state_display()}
    return No(_("%(question)s is %(state)s, so this cannot be done.") % facts)
