"""The one way a text becomes a post: answers, new threads and what consultations post for themselves end in `append`.

Who may write was asked before (`posts.reply`, `threads.start`); here is what holds for every post.
"""

import hashlib

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import text as texts
from core.access import Refused, require
from forum import keepers, rules
from forum.models import Post
from forum.models.posts import LAST_NUMBER, Capacity, Channel, State, path_for
from forum.services import attachments, voices
from journal.models import Audience
from journal.services import Draft, record_all
from members.rules import speak_for

MAX_CHARACTERS = 100_000
COUNTS = ["last_number", "post_count", "last_post_at"]  # of a thread


def append(
    thread,
    *,
    author,
    text,
    parent=None,
    channel=Channel.WEB,
    key=None,
    files=(),
    organisation=None,
    voice=None,
    language="",
    sent_at=None,
    at=None,
    after=(),
    attempt=None,
):
    """Write a post into a thread the caller has locked and asked for; a new thread is written with its first post.

    `after`: entries (journal.services.Draft) that come before the post's own. `at` back-dates loaded worlds. `attempt`:
    what the keeper of the thread is told of; the keeper's own words go without.
    """
    text = checked(text)
    if organisation and not (attempt and "entered_by" in attempt.facts):  # whoever enters paper was asked before
        require(speak_for, author, organisation, text=text)
    number = thread.last_number + 1
    if number > LAST_NUMBER:
        raise Refused(_("This thread is full. Start a new one; your text is kept below."), text=text)
    waits = rules.needs_approval(author, thread.workspace)
    now = at or timezone.now()
    sent_at = sent_at or now
    thread.last_number = number
    if not waits:
        count(thread, sent_at)
    thread.save(update_fields=None if thread.is_new else COUNTS)
    post = Post.objects.create(
        thread=thread,
        number=number,
        path=path_for(number, parent),
        parent=parent,
        text=text,
        html=texts.render(text),
        html_version=texts.RENDERER_VERSION,
        language=language or thread.language,
        channel=channel,
        state=State.PENDING if waits else State.PUBLISHED,
        was_shown=not waits,
        sent_at=sent_at,
        created_at=now,
        key=key,
        **_standing(author, organisation),
        **voices.author_fields(author, voice, thread.workspace),
    )
    attachments.attach(post, files)
    entry = Draft(verb="post.submitted", actor=author, about=post, data=fingerprint(post), at=at)
    if waits:
        entry.audience = Audience.MODERATORS
    else:
        entry.verb = "post.replied" if number > 1 else "post.opened"
    keeper = keepers.of(thread) if attempt else None
    record_all(thread.journal, [*after, entry, *(keeper.received(post, attempt) if keeper else ())])
    return post


def already_posted(key):
    """The post made with an idempotency key, or None, as is nearly always so: then the question is a small one."""
    posted = Post.objects.filter(key=key)
    return posted.select_related("thread__workspace").get() if posted.exists() else None


def fingerprint(post):
    """What the journal says of a post: where it stands and what its text was, without the text."""
    sha256 = hashlib.sha256(post.text.encode()).hexdigest()
    data = {"thread": post.thread_id, "number": post.number, "sha256": sha256}
    return data | {"voice": str(post.author_name)} if post.carried_by_id else data


def checked(text):
    """The text as it is stored; raises Refused where there is none, or too much."""
    text = texts.clean_text(text).strip("\n")
    if not text.strip():
        raise Refused(_("There was no text to post. Write something first."))
    if len(text) > MAX_CHARACTERS:
        reason = ngettext(
            "Your text has %(length)s character; a post holds %(most)s. Split it, or attach it as a file.",
            "Your text has %(length)s characters; a post holds %(most)s. Split it, or attach it as a file.",
            len(text),
        )
        raise Refused(reason % {"length": len(text), "most": MAX_CHARACTERS}, text=text)
    return text


def count(thread, sent_at):
    """One more post is shown in a thread."""
    thread.post_count += 1
    thread.last_post_at = max(thread.last_post_at, sent_at)


def _standing(author, organisation):
    """Capacity, and the category, region and country of that moment."""
    if organisation is None:
        return {"country": author.country}
    return {
        "capacity": Capacity.ORGANISATION,
        "organisation": organisation,
        "category": organisation.category,
        "region": organisation.region,
        "country": organisation.country or author.country,
    }
