"""Posts: a member answers in a thread, and what may happen to the post afterwards, by its author and by moderators.

The web form and an email answer both end in `reply`, so the rules are asked once. How a text is written into a thread
stands in `writing.py`.
"""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from forum import keepers, rules
from forum.models import Post, Revision, Thread
from forum.models.posts import Channel, State
from forum.services import attachments, writing
from journal.models import Audience
from journal.services import Draft, record, record_all
from journal.services import erase as erase_entries


def bring(*, author, thread, text, attempt=None, **post_fields):
    """Take what somebody wrote to a thread, through whatever door; returns the Post, or what its keeper made of it.

    Words that are no post yet (a colleague has to agree first) go to the keeper of the thread; all others are a reply,
    with the fields of `reply`. Raises Refused likewise.
    """
    keeper = keepers.of(thread)
    if keeper and keeper.instead:
        asked = replace(attempt or keepers.Attempt(), organisation=post_fields.get("organisation"))
        channel, has_files = post_fields.get("channel", Channel.WEB), bool(post_fields.get("files"))
        if kept := keeper.instead(author, thread, text, asked, channel=channel, has_files=has_files):
            return kept
    return reply(author=author, thread=thread, text=text, attempt=attempt, **post_fields)


def reply(*, author, thread, text, parent=None, attempt=None, **post_fields):
    """Add a post to an open thread; returns it. A key that was posted before returns that post again.

    `post_fields`: channel, key (idempotency), files (see attachments.Upload), organisation (speak for it),
    voice (voices.Voice: whose words the author carries), language, sent_at. attempt (keepers.Attempt): when the words
    came in, where that is not now. Raises Refused with the reason and the text otherwise.
    """
    who = {name: post_fields.get(name) for name in ("organisation", "voice")}
    attempt = replace(attempt or keepers.Attempt(at=post_fields.get("at") or timezone.now()), **who)
    with transaction.atomic():
        thread = Thread.objects.locked(thread.pk)
        if (key := post_fields.get("key")) and (earlier := writing.already_posted(key)):
            return earlier
        require(lambda member, thing: rules.reply(member, thing, attempt), author, thread, text=text)
        if parent and (parent.thread_id != thread.pk or parent.state not in (State.PUBLISHED, State.WITHDRAWN)):
            raise Refused(_("The post you answer is not in this thread any more. Your text is kept below."), text=text)
        return writing.append(thread, author=author, text=text, parent=parent, attempt=attempt, **post_fields)


def edit(*, by, post, text, reason="", at=None):
    """Change a post's text; the earlier wording stays readable as a revision. `at` back-dates loaded worlds."""
    with transaction.atomic():
        post = locked(post)
        require(rules.edit, by, post, text=text)
        text = writing.checked(text)
        if text == post.text:
            return post
        post.revision_count += 1
        Revision.objects.create(
            post=post,
            number=post.revision_count,
            text=post.text,
            html=post.html,
            written_at=post.edited_at or post.created_at,
            replaced_at=at or timezone.now(),
            replaced_by=by,
            reason=texts.clean_line(reason, 400),
        )
        post.text, post.html, post.html_version = text, texts.render(text), texts.RENDERER_VERSION
        post.edited_at = at or timezone.now()
        post.save()
        _record_change("post.edited", by, post, at)
    return post


def withdraw(*, by, post, at=None):
    """The author takes a post back: its place stays, its text is no longer shown."""
    with transaction.atomic():
        post = locked(post)
        require(rules.withdraw, by, post)
        _unshow(post, State.WITHDRAWN)
        _record_change("post.withdrawn", by, post, at)
    return post


def object_to(*, post, by=None, at=None):
    """The person in whose name a post was carried takes it back: "I did not say that".

    `by` is them, where they are a member; the caller knows that it is they who ask.
    """
    with transaction.atomic():
        post = locked(post)
        require(rules.object_to, by, post)
        if post.state in (State.PUBLISHED, State.PENDING):
            _unshow(post, State.WITHDRAWN)
            _record_change("post.objected", by, post, at)
    return post


def hide(*, by, post, reason, at=None):
    """A moderator hides a post; its place stays, with the reason."""
    with transaction.atomic():
        post = locked(post)
        require(rules.hide, by, post)
        reason = texts.clean_line(reason, 400)
        if not reason:
            raise Refused(_("Say why the post is hidden: its author and all readers see the reason."))
        _unshow(post, State.HIDDEN, reason)
        _record_change("post.hidden", by, post, at, keepers.hidden(post))
    return post


def restore(*, by, post):
    """A moderator shows a hidden post again."""
    with transaction.atomic():
        post = locked(post)
        require(rules.restore, by, post)
        post.state, post.state_reason = State.PUBLISHED, ""
        post.save(update_fields=["state", "state_reason"])
        Thread.objects.filter(pk=post.thread_id).update(post_count=post.thread.post_count + 1)
        _record_change("post.restored", by, post, after=keepers.restored(post))
    return post


def approve(*, by, post, at=None):
    """A moderator lets a waiting post appear."""
    with transaction.atomic():
        post = locked(post)
        require(rules.decide, by, post)
        post.state, post.was_shown = State.PUBLISHED, True
        post.save(update_fields=["state", "was_shown"])
        writing.count(post.thread, post.sent_at)
        post.thread.save(update_fields=writing.COUNTS)
        entry = Draft(verb="post.approved", actor=by, about=post, data=writing.fingerprint(post), at=at)
        record_all(post.thread.journal, [entry, *keepers.approved(post)])
    return post


def decline(*, by, post, reason):
    """A moderator declines a waiting post; the author is told the reason and keeps the text."""
    with transaction.atomic():
        post = locked(post)
        require(rules.decide, by, post)
        post.state, post.state_reason = State.DECLINED, texts.clean_line(reason, 400)
        if not post.state_reason:
            raise Refused(_("Say why the post is declined: its author sees the reason."))
        post.save(update_fields=["state", "state_reason"])
        record("post.declined", actor=by, about=post, audience=(post.carried_by or post.author).reference)
    return post


def erase(*, by, post):
    """The secretariat removes a post's text, wordings, files and journal data for good; its place stays."""
    with transaction.atomic():
        post = locked(post)
        require(rules.erase, by, post)
        was_shown = post.is_published
        post.text = post.html = post.byline = post.byline_address = post.state_reason = ""
        post.file_count = post.revision_count = 0
        post.state = State.ERASED
        post.save()
        post.revisions.all().delete()
        post.redactions.all().delete()
        attachments.discard(post)
        blanked = keepers.erased(post)
        if was_shown:
            Thread.objects.filter(pk=post.thread_id).update(post_count=post.thread.post_count - 1)
        erase_entries(about=post, actor=by, also=blanked)
    return post


def locked(post):
    """The post fetched anew, its thread locked for the transaction."""
    thread = Thread.objects.locked(Post.objects.values_list("thread_id", flat=True).get(pk=post.pk))
    post = (
        Post.objects.select_for_update(of=("self",), no_key=True).select_related("author", "carried_by").get(pk=post.pk)
    )
    post.thread = thread
    return post


def _unshow(post, state, reason=""):
    was_shown = post.is_published
    post.state, post.state_reason = state, reason
    post.save(update_fields=["state", "state_reason"])
    if was_shown:
        Thread.objects.filter(pk=post.thread_id).update(post_count=post.thread.post_count - 1)


def _record_change(verb, by, post, at=None, after=()):
    """Record a change of a post for everyone, or for moderators when nobody else was ever shown it."""
    audience = Audience.EVERYONE if post.was_shown else Audience.MODERATORS
    entry = Draft(verb=verb, actor=by, about=post, data=writing.fingerprint(post), audience=audience, at=at)
    record_all(post.thread.journal, [entry, *after])
