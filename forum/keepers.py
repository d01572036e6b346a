"""Keepers: threads that belong to something on a floor above, which says who may reply in them and until when.

A question of a consultation keeps its thread: a reply there is a contribution, with a window and a number. The
keeper's rule is asked in place of the forum's wherever a reply is asked about or written, so web, mail and imports meet
it alike. It may also say something over the posts of its thread, and a line on each of them.
An app registers in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """How words came in. `at`: when they came to us. `proven_at`: when they were provably sent, where that is known
    and earlier (a trusted server's line, a signed date). `started_at`: when the form they were written in was opened.

    facts: what the keeper's own services hand on to it (a phase, a paragraph, who accepted it late and why).
    """

    at: datetime = field(default_factory=timezone.now)
    proven_at: datetime | None = None
    started_at: datetime | None = None
    organisation: object = None
    voice: object = None  # forum.services.voices.Voice: whose words they are
    is_asked: bool = False  # nobody writes yet: a page asks whether to show the form
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """A line on a post: `text` (translated when it is shown) leads to `url`."""

    text: object
    url: str


@dataclass(frozen=True)
class Keeper:
    """may_reply(member, thread, attempt): True, or No(reason).

    received(post, attempt): called in the transaction that wrote the post; returns entries (journal.services.Draft)
    that follow the post's own. May raise Refused, and then nothing is written.
    approved(post), hidden(post), restored(post): called in the transaction that lets a waiting post appear, hides a
    post, or shows it again; return entries likewise.
    takes_replies(thread): could anybody reply now? A visitor who could not is not asked to sign in.
    draw(member, thread, request): HTML that a template made, over the posts.
    notes(posts): {id of a post: Note}; one query, however many posts.

    speaks_for(member, thread, name=""): the organisation that a member speaks for who named none in a mail, or None;
    raises Refused where they have to name one, or where the name they gave is none of theirs.
    instead(member, thread, text, attempt, *, channel, has_files): takes words that are no post yet (they wait for a
    colleague) and returns what they became, with `reference`, `get_absolute_url`, `note` and `how` (what its writer can
    do with it by mail); None where they are to be posted. `posts.bring` asks it.
    receipt(post): what whoever sent it is told of it.

    may_edit(member, post): asked besides the forum's own rule. erased(post): the post's words are gone for good.
    redacted(post, passage, mark): a mark stands where the passage stood. Both return the entries they blanked (seqs).

    is_listed: whether its threads stand in the list of the room and in digests as threads do. Those of paragraphs, of
    which there are hundreds, are found through their text.
    opens_quietly: what keeps them tells of them when they begin, so they stand in lists, letters and digests only from
    the first reply on.
    """

    may_reply: Callable
    received: Callable
    approved: Callable | None = None
    hidden: Callable | None = None
    restored: Callable | None = None
    takes_replies: Callable | None = None
    draw: Callable | None = None
    notes: Callable | None = None
    speaks_for: Callable | None = None
    instead: Callable | None = None
    receipt: Callable | None = None
    may_edit: Callable | None = None
    erased: Callable | None = None
    redacted: Callable | None = None
    is_listed: bool = True
    opens_quietly: bool = False


_keepers: dict[str, Keeper] = {}


def register(name, keeper):
    """Say who keeps the threads whose `kept_by` is this name."""
    if name in _keepers:
        raise ValueError(f"The keeper {name} is registered twice.")
    _keepers[name] = keeper


def of(thread):
    """The keeper of a thread, or None."""
    return _keepers[thread.kept_by] if thread.kept_by else None


def unlisted():
    """Names of the keepers whose threads stand in no list."""
    return [name for name, keeper in _keepers.items() if not keeper.is_listed]


def quiet():
    """Names of the keepers whose threads are no news before somebody replies."""
    return [name for name, keeper in _keepers.items() if keeper.opens_quietly]


def approved(post):
    """The entries that follow that of a post which may appear now."""
    keeper = of(post.thread)
    return keeper.approved(post) if keeper and keeper.approved else ()


def hidden(post):
    """The entries that follow that of a post which is hidden."""
    keeper = of(post.thread)
    return keeper.hidden(post) if keeper and keeper.hidden else ()


def restored(post):
    """The entries that follow that of a hidden post which is shown again."""
    keeper = of(post.thread)
    return keeper.restored(post) if keeper and keeper.restored else ()


def may_edit(member, post):
    """True, or No(reason)."""
    keeper = of(post.thread)
    return keeper.may_edit(member, post) if keeper and keeper.may_edit else True


def erased(post):
    """Tell the keeper that the words of a post are gone for good; returns the entries it blanked."""
    keeper = of(post.thread)
    return keeper.erased(post) or [] if keeper and keeper.erased else []


def redacted(post, passage, mark):
    """Tell the keeper that a mark stands where a passage of a post stood; returns the entries it blanked."""
    keeper = of(post.thread)
    return keeper.redacted(post, passage, mark) if keeper and keeper.redacted else []


def takes_replies(thread):
    """Could somebody reply in this thread now, whoever looks?"""
    keeper = of(thread)
    if keeper and keeper.takes_replies:
        return keeper.takes_replies(thread)
    return thread.is_open


def draw(member, thread, request=None):
    """What stands over the posts of a thread; "" for an ordinary one."""
    keeper = of(thread)
    return keeper.draw(member, thread, request) if keeper and keeper.draw else ""


def annotate(posts):
    """Give each post its `note` where it has one; the posts know their threads. Asks nothing about ordinary threads."""
    kept = {}
    for post in posts:
        post.note = None
        if post.thread.kept_by:
            kept.setdefault(post.thread.kept_by, []).append(post)
    for name, theirs in kept.items():
        notes = _keepers[name].notes(theirs) if _keepers[name].notes else {}
        for post in theirs:
            post.note = notes.get(post.pk)
