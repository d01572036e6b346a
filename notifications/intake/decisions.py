"""What is told later: a moderator's decision on a post that came by mail, and refusals that were not explained at once.

An answer that nobody was told about within a day, because the day's explanations were used up, is told then.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import languages
from forum.models import Post, Thread
from forum.models.posts import State
from notifications.intake import explaining
from notifications.intake.cases import Case
from notifications.models import Answer

BATCH = 100
UNTOLD_FOR = timedelta(hours=24)
DECIDED = (State.PUBLISHED, State.DECLINED)


def tell():
    """Tell the senders of waiting posts what was decided; returns how many decisions there were."""
    waiting = Answer.objects.filter(state=Answer.State.WAITING).select_related("member", "arrival").order_by("pk")
    found = {answer.pk: answer for answer in waiting[:1000]}
    posts = _posts(found.values())
    count = 0
    for answer in found.values():
        post = posts.get(answer.pk)
        if post is None or post.state != State.PENDING:
            _decided(answer, post)
            count += 1
    return count


def _posts(rows):
    """The post that each waiting answer became, by the answer's id; of a thread, its first."""
    by_post = {row.pk: int(row.result[5:]) for row in rows if row.result.startswith("post:")}
    by_thread = {row.pk: int(row.result[7:]) for row in rows if row.result.startswith("thread:")}
    posts = Post.objects.select_related("thread").in_bulk(list(by_post.values()))
    threads = Thread.objects.in_bulk(list(by_thread.values()))
    firsts = {
        post.thread_id: post for post in Post.objects.select_related("thread").filter(thread__in=threads, number=1)
    }
    found = {pk: posts.get(post) for pk, post in by_post.items()}
    return found | {pk: firsts.get(thread) for pk, thread in by_thread.items()}


def _decided(answer, post):
    with transaction.atomic():
        locked = Answer.objects.select_for_update().filter(pk=answer.pk, state=Answer.State.WAITING).first()
        if locked is None:
            return  # another worker told them
        is_shown = post is not None and post.state == State.PUBLISHED
        locked.state = Answer.State.TAKEN if is_shown else Answer.State.REFUSED
        locked.reason = "" if post is None else post.state_reason
        locked.save(update_fields=["state", "reason"])
        if post is not None and post.state in DECIDED:
            case = _case(answer)
            context = {"answer": answer, "post": post, "is_shown": is_shown, "reason": post.state_reason}
            with languages.speaking(answer.member.language):
                explaining.reply(case, "decision", context)


def tell_untold():
    """Explain what was refused or held a day ago and has not been explained; returns how many answers."""
    before = timezone.now() - UNTOLD_FOR
    states = (Answer.State.REFUSED, Answer.State.HELD)
    untold = Answer.objects.filter(told_at=None, told_in=None, state__in=states, created_at__lt=before)
    rows = list(untold.select_related("member", "arrival").order_by("member", "pk")[:BATCH])
    count = 0
    for member_id in dict.fromkeys(row.member_id for row in rows):
        count += _tell_member([row for row in rows if row.member_id == member_id])
    return count


def _tell_member(rows):
    case = _case(rows[-1])
    context = {
        "refused": [row for row in rows if row.state == Answer.State.REFUSED],
        "held": [row for row in rows if row.state == Answer.State.HELD],
    }
    with transaction.atomic(), languages.speaking(case.member.language):
        if not explaining.explain(case, "report", cause="untold", context=context):
            return 0
        Answer.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return len(rows)


def _case(answer):
    return Case(arrival=answer.arrival, address=None, member=answer.member, answers=[answer])
