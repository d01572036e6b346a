"""Status: what a member sent and what became of it, what waits, their settings, their address, and what mail costs."""

from datetime import timedelta

from django.utils import timezone

from forum.models import JoinRequest, Post, Workspace
from forum.models.posts import State
from notifications import costs, subscriptions
from notifications.intake.told import Section
from notifications.models import Answer, Arrival, Bounce, Issue, Subscription
from notifications.models.subscriptions import Cadence

MOST_ANSWERS = 12  # that are listed, the latest first
MOST_WAITING = 10
MOST_ROOMS = 100
MOST_THREADS = 10  # with a cadence of their own
BOUNCE_DAYS = 30


def status(case, argument):
    """`STATUS`, which also tells of what the same mail answers."""
    return Section("STATUS", "status", lambda: _context(case.member))


def _context(member):
    """A fixed number of queries, however much there is."""
    profile = subscriptions.profile_of(member)
    rooms = list(Workspace.objects.seated(member).select_related("journal").order_by("name")[:MOST_ROOMS])
    rows = Subscription.objects.filter(member=member).select_related("thread").order_by("thread__title", "pk")
    rows = list(rows[: MOST_ROOMS + MOST_THREADS])
    chosen = {row.workspace_id: row.cadence for row in rows if row.thread_id is None}
    cadences = [(room, Cadence(chosen.get(room.pk, Cadence.DAILY))) for room in rooms]
    bounces = Bounce.objects.filter(member=member, at__gt=timezone.now() - timedelta(days=BOUNCE_DAYS))
    requests = JoinRequest.objects.filter(member=member, state=JoinRequest.State.OPEN).select_related("workspace")
    return {
        "answers": _answers(member),
        "held": Arrival.objects.filter(member=member, state=Arrival.State.HELD).count(),
        "waiting": _waiting(member),
        "requests": requests[:MOST_WAITING],
        "cadences": cadences,
        "threads": [row for row in rows if row.thread_id][:MOST_THREADS],
        "profile": profile,
        "is_paused": bool(profile.paused_until and profile.paused_until > timezone.now()),
        "bounces": bounces.count(),
        "last_bounce": bounces.first(),
        "spent": costs.spent(member),
        "month": costs.a_month(member, profile, cadences),
    }


def _answers(member):
    """The last answers, each with the title of its item, and whether a later vote took its place."""
    rows = list(Answer.objects.filter(member=member).order_by("-pk")[:MOST_ANSWERS])
    items = Issue.objects.items(member.pk, {row.number for row in rows if row.number})
    shown, voted = [], set()
    for row in rows:
        is_vote = row.state == Answer.State.TAKEN and bool(row.reason)
        title = items[row.number].title if row.number in items else ""
        shown.append({"row": row, "title": title, "is_replaced": is_vote and row.about in voted})
        if is_vote:
            voted.add(row.about)
    return shown


def _waiting(member):
    """Posts of theirs, by mail or not, that a moderator has not decided on."""
    posts = Post.objects.filter(author=member, state=State.PENDING).select_related("thread").order_by("-pk")
    return list(posts.only("sent_at", "thread__title", "thread__titles")[:MOST_WAITING])
