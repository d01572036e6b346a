"""Who may still read: asked when a letter is written, and again when it is about to leave.

What a member loses access to is lost everywhere, queued mail included. Mail about a workspace needs a seat there;
whoever has a seat may read the room.
"""

from django.db import transaction
from django.utils import timezone

from forum.models import Post, Seat
from notifications.models import Issue, Letter, MailProfile, Subscription


def seated_pairs(*, members, workspaces):
    """The (member id, workspace id) pairs that have a seat, of active members; one query."""
    seats = Seat.objects.filter(member__in=members, workspace__in=workspaces, member__is_active=True)
    return set(seats.values_list("member_id", "workspace_id"))


def withdraw_unreadable(batch):
    """Take out of a batch the letters whose reader lost the seat, or whose post is not shown any more.

    The others come back in the same order. An issue that is withdrawn is undone: its cursors go back, so that the
    next one, without the lost room, tells the rest of it.
    """
    return _without_unreadable_posts(_without_unreadable_issues(batch))


def _without_unreadable_posts(batch):
    about = {int(letter.about[5:]): None for letter in batch if _is_about_post(letter)}
    if not about:
        return batch
    shown = dict(Post.objects.published().filter(pk__in=about).values_list("pk", "thread__workspace"))
    pairs = seated_pairs(
        members={letter.member_id for letter in batch if _is_about_post(letter)}, workspaces=set(shown.values())
    )
    return _keep(
        batch,
        lambda letter: not _is_about_post(letter) or (letter.member_id, shown.get(int(letter.about[5:]))) in pairs,
    )


def _without_unreadable_issues(batch):
    letters = [letter.pk for letter in batch if letter.kind == Letter.Kind.ISSUE]
    issues = {issue.letter_id: issue for issue in Issue.objects.filter(letter__in=letters)} if letters else {}
    if not issues:
        return batch
    rooms = {letter: {int(room) for room in issue.cursors} for letter, issue in issues.items()}
    pairs = seated_pairs(
        members={issue.member_id for issue in issues.values()}, workspaces=set().union(*rooms.values())
    )

    def is_readable(letter):
        issue = issues.get(letter.pk)
        return issue is None or all((issue.member_id, room) in pairs for room in rooms[letter.pk])

    kept = _keep(batch, is_readable)
    for letter in batch:
        if not is_readable(letter):
            _undo(issues[letter.pk])
    return kept


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
