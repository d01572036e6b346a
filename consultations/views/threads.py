"""What the thread of a question shows beside its posts: what is asked, in the reader's language, and until when; and
under each contribution its reference and its stamp.
"""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution
from consultations.models.phases import PhaseState
from consultations.rules import consultations as rules
from consultations.services import contributions
from consultations.wording import consultations as wording
from forum import keepers


def takes_replies(thread):
    """Is the window of the question open now?"""
    return contributions.question_of(thread).phase.state == PhaseState.OPEN


def head(member, thread, request):
    """The question in the reader's language, for the thread itself is in the one it was asked in; over the form of an
    answer it stands in any case. One query.
    """
    question = contributions.question_of(thread)
    said = question.worded()
    is_apart = request is not None and request.path != thread.get_absolute_url()
    context = {"question": question, "wording": said, "is_whole": is_apart or said.language != question.language}
    context["facilitates"] = is_apart and bool(rules.facilitate(member, question.consultation))
    return render_to_string("consultations/_question_head.html", context, request=request)


def notes(posts):
    """The line under each post that is a contribution: `ALP/2026/C3/14 · extended period`. One query.

    What follows the question and is none was said by a facilitator.
    """
    rows = Contribution.objects.filter(post__in=posts).select_related("consultation")
    found = {row.post_id: keepers.Note(wording.stamped(row), row.get_absolute_url()) for row in rows}
    return {
        post.pk: found.get(post.pk) or keepers.Note(_("message of a facilitator"), post.get_absolute_url())
        for post in posts
        if post.pk in found or post.number > 1
    }
