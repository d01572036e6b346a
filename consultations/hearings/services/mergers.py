"""Questions that ask the same become one: whoever endorsed any of them endorses that one, each person once."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.hearings.models import Endorsement, LiveQuestion
from consultations.hearings.models.questions import WAITING, QuestionState
from consultations.hearings.rules import questions as rules
from core.access import Refused, require
from journal.services import record


def merge(*, by, question, into, at=None):
    """Let `question` be asked as `into`, with those that were merged into it; returns it. Both authors are told.

    Raises Refused where one of them is taken up or gone already, and for a question and itself.
    """
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rules.merge, by, question)
        root = LiveQuestion.objects.select_related("merged_into", "item").get(pk=into.pk)
        root = root.counted_at
        root.hearing = question.hearing
        if root.pk == question.pk or root.hearing_id != question.hearing_id or root.state not in WAITING:
            raise Refused(_("Name another question of this hearing that is shown and was not taken up yet."))
        moved = [question, *question.merged.all()]
        LiveQuestion.objects.filter(pk__in=[one.pk for one in moved]).update(
            merged_into=root, state=QuestionState.MERGED
        )
        question.merged_into, question.state = root, QuestionState.MERGED
        recount(root)
        data = {"number": question.number, "into": root.number, "count": root.endorsement_count}
        record("asked.merged", actor=by, about=question, data=data, audience=question.audience, at=at)
    return question


def unmerge(*, by, question, at=None):
    """Let a question stand by itself again, with the endorsements that were its own; returns it."""
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rules.unmerge, by, question)
        root, question.merged_into = question.merged_into, None
        _stand(by, question, at, left=root)
    return question


def recount(question):
    """Count anew who wants it asked: all who endorsed it or one that was merged into it, and the authors of these, but
    not its own author. Saved; its hearing is locked by the caller.
    """
    people = set(Endorsement.objects.filter(_of(question)).values_list("member", flat=True))
    people |= set(question.merged.values_list("author", flat=True))
    people.discard(question.author_id)
    question.endorsement_count = len(people)
    LiveQuestion.objects.filter(pk=question.pk).update(endorsement_count=len(people), told_count=len(people))


def release(by, question, at=None):
    """Those that were merged into a question which is gone stand by themselves again."""
    for one in question.merged.select_related("author", "organisation", "item"):
        one.hearing = question.hearing
        _stand(by, one, at)


def left_by(root):
    """What the journal says of a question that another does not count for any more, which is counted anew."""
    recount(root)
    return {"from": root.number, "left": root.endorsement_count}


def wants(member, question):
    """Is this member one of those who want a question asked?"""
    return (
        Endorsement.objects.filter(_of(question), member=member).exists()
        or question.merged.filter(author=member).exists()
    )


def _of(question):
    return Q(question=question) | Q(question__merged_into=question)


def _stand(by, question, at, left=None):
    question.merged_into = None
    question.state = QuestionState.SHOWN if question.was_shown else QuestionState.HELD
    question.save(update_fields=["merged_into", "state"])
    recount(question)
    data = {"number": question.number, "count": question.endorsement_count} | (left_by(left) if left else {})
    record("asked.unmerged", actor=by, about=question, data=data, audience=question.audience, at=at)
