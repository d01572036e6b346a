"""Who may prepare a consultation, ask in it, and change its timetable."""

from django.utils.translation import gettext as _

from core.access import No
from forum import rules


def prepare(member, thing=None):
    """The secretariat opens consultations, for each owns a room; facilitators do the rest."""
    return rules.create_workspace(member)


def change(member, consultation):
    """Facilitators, who are the moderators of the room, change what is asked, while the room is open."""
    return rules.moderate(member, consultation.workspace) and rules.is_open(consultation.workspace)


def facilitate(member, consultation):
    """Facilitators see what waits and who is silent, also when all is over."""
    return rules.moderate(member, consultation.workspace)


def publish(member, consultation):
    return change(member, consultation) and (
        not consultation.is_published or No(_("This consultation is published already."))
    )


def reword_question(member, question, language):
    """A version in a language that has none yet may come while the question is open: it asks the same."""
    if language in question.languages:
        return change_question(member, question)
    return change(member, question.consultation)


def change_question(member, question):
    """A question can be reworded until its phase opens: nobody answers one thing and is quoted on another."""
    return change(member, question.consultation) and (
        question.thread_id is None
        or No(
            _(
                "Question %(number)s is open, and answers to it stand. It cannot be changed any more; "
                "write an explanation into its thread, or ask a new question."
            )
            % {"number": question.number}
        )
    )
