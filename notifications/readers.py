"""Who may still read: asked when a letter is written, and again when it is about to leave.

What a member loses access to is lost everywhere, queued mail included. Mail about a workspace needs a seat there;
whoever has a seat may read the room.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q, prefetch_related_objects
from django.utils import timezone

from forum.models import Post, Redaction, Seat, Workspace
from journal.models import Entry
from members.models import Member
from notifications import shows
from notifications.bounces import suspension
from notifications.models import Letter, MailProfile, Subscription

SHOWN = ("post.opened", "post.replied", "post.approved", "post.restored")
ANEW = timedelta(minutes=2)
UNSHOWN = ("post.hidden", "post.withdrawn", "post.objected", "record.erased")


def seated_pairs(*, members, workspaces):
    """The (member id, workspace id) pairs that have a seat, of active members; one query."""
    seats = Seat.objects.filter(member__in=members, workspace__in=workspaces, member__is_active=True)
    return set(seats.values_list("member_id", "workspace_id"))


def withdraw_unreadable(batch):
    """Take out of a batch the letters whose reader lost the seat, or which tell of a post that is not shown any more.

    The others come back in the same order. An issue that is withdrawn is undone: its cursors go back, so that the
    next one, without what was lost, tells the rest of it.
    """
    batch = _without_suspended_addresses(_without_closed_accounts(batch))
    return _without_unreadable_answers(_without_unreadable_posts(_without_unreadable_issues(batch)))


def _without_closed_accounts(batch):
    members = {letter.member_id for letter in batch if letter.member_id}
    closed = set(Member.objects.filter(pk__in=members, is_active=False).values_list("pk", flat=True))
    return _keep(batch, lambda letter: letter.member_id not in closed) if closed else batch


def _without_suspended_addresses(batch):
    """What is for an address that mail does not reach is held back; an issue tells it when it does again."""
    lost = suspension.held_back(batch)
    suspension.hold_back([letter for letter in batch if letter.pk in lost])
    return [letter for letter in batch if letter.pk not in lost]


def _without_unreadable_posts(batch):
    about = {int(letter.about[5:]): None for letter in batch if _is_about_post(letter)}
    if not about:
        return batch
    batch = _without_redacted(batch, about)
    shown = dict(Post.objects.published().filter(pk__in=about).values_list("pk", "thread__workspace"))
    pairs = seated_pairs(
        members={letter.member_id for letter in batch if _is_about_post(letter)}, workspaces=set(shown.values())
    )
    return _keep(
        batch,
        lambda letter: not _is_about_post(letter) or (letter.member_id, shown.get(int(letter.about[5:]))) in pairs,
    )


def _without_redacted(batch, about):
    """Letters with words that were taken out of their post meanwhile wait until they are written anew (erasing)."""
    latest = dict(Redaction.objects.filter(post__in=about).values_list("post").annotate(Max("made_at")).order_by())
    old = {
        letter.pk
        for letter in batch
        if latest and _is_about_post(letter) and (at := latest.get(int(letter.about[5:]))) and letter.created_at <= at
    }
    if old:
        Letter.objects.filter(pk__in=old).update(due_at=timezone.now() + ANEW, claimed_until=None)
    return [letter for letter in batch if letter.pk not in old]


def _without_unreadable_answers(batch):
    lost = shows.unreadable(batch) if any(letter.shows for letter in batch) else ()
    return _keep(batch, lambda letter: letter.pk not in lost) if lost else batch


def _without_unreadable_issues(batch):
    told = [letter for letter in batch if letter.issue_id]
    if not told:
        return batch
    prefetch_related_objects(told, "issue__edition")  # what the letters are filled with, each once
    lost = unreadable_issues({letter.issue for letter in told})
    kept = _keep(batch, lambda letter: letter.issue_id not in lost)
    # One that was asked for again is told by no other issue.
    for issue in {letter.issue for letter in told if letter.issue_id in lost and letter.key is None}:
        _undo(issue)
    return kept


def unreadable_issues(issues):
    """The ids of those issues that tell of a room their reader has no seat in, or of a post that is not shown now."""
    rooms = {issue.pk: {int(room) for room in issue.cursors} for issue in issues}
    pairs = seated_pairs(members={issue.member_id for issue in issues}, workspaces=set().union(*rooms.values()))
    gone = _posts_gone_since(issues)
    lost = set()
    for issue in issues:
        covered = {int(room): window for room, window in issue.cursors.items()}
        tells_of_gone = any(room in covered and covered[room][0] < seq <= covered[room][1] for room, seq in gone)
        if tells_of_gone or any((issue.member_id, room) not in pairs for room in rooms[issue.pk]):
            lost.add(issue.pk)
    return lost


def _posts_gone_since(issues):
    """(room, seq of the entry that showed it) of posts that were shown when these issues were written and are not now.

    Nothing but two small queries where nobody hid, withdrew or erased anything since.
    """
    lowest = {}
    for issue in issues:
        for room, (_after, up_to) in issue.cursors.items():
            lowest[int(room)] = min(up_to, lowest.get(int(room), up_to))
    journals = Workspace.objects.filter(pk__in=lowest).values_list("journal", "pk", "journal__seq")
    grown = {journal: room for journal, room, seq in journals if seq > lowest[room]}
    since = Q(pk=None)
    for journal, room in grown.items():
        since |= Q(journal=journal, seq__gt=lowest[room])
    about = set(Entry.objects.filter(since, verb__in=UNSHOWN).values_list("about", flat=True)) if grown else set()
    if not about:
        return []
    ids = [int(reference.partition(":")[2]) for reference in about if reference.startswith("post:")]
    about -= {f"post:{pk}" for pk in Post.objects.published().filter(pk__in=ids).values_list("pk", flat=True)}
    shown = Entry.objects.filter(journal__in=grown, about__in=about, verb__in=SHOWN)
    return [(grown[journal], seq) for journal, seq in shown.values_list("journal", "seq")]


def _undo(issue):
    with transaction.atomic():
        for room, (after, up_to) in issue.cursors.items():
            rows = Subscription.objects.filter(member=issue.member_id, workspace=int(room), thread=None, cursor=up_to)
            rows.update(cursor=after)
        issue.receipts.update(told_in=None, told_at=None)
        MailProfile.objects.filter(member=issue.member_id).update(next_issue_at=timezone.now(), last_day=None)


def _is_about_post(letter):
    return letter.kind == Letter.Kind.POST and letter.about.startswith("post:")


def _keep(batch, is_readable):
    lost = [letter.pk for letter in batch if not is_readable(letter)]
    if lost:
        Letter.objects.filter(pk__in=lost).update(state=Letter.State.WITHDRAWN, claimed_until=None)
    return [letter for letter in batch if letter.pk not in lost]
