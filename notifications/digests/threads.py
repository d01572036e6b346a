"""Threads in a digest: one item for each thread with new posts, in it who wrote what, and whom they answer.

Posts are fetched once for a batch of members. Their words are cut and wrapped once per process, whoever reads them;
whether they may be read is asked of the database every time.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import format_skeleton, format_time
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import keepers
from forum.models import Post, Thread
from forum.models.posts import Channel, State
from journal.models import Audience, Entry
from notifications.digests import prose
from notifications.digests.pieces import LEVELS, Item, Piece, paragraph
from notifications.files import listing
from notifications.wrapping import wrap

SHOWN = frozenset(("post.opened", "post.replied", "post.approved"))
DECIDED = frozenset(("post.approved", "post.declined"))
MOST_ENTRIES = 3000  # of one room in one issue; of an older backlog only the number is told
KEPT = 1500  # posts whose words a process remembers
LOCALES = {"zh": "zh_Hans", "en": "en_GB"}  # Babel's names where they are not ours


@dataclass(slots=True)
class Happening:
    """An entry of the journal that is about a post."""

    seq: int
    at: object
    verb: str
    post: int
    audience: str


class Card:
    """A post as digests show it, with every piece of text that was made of it."""

    __slots__ = (
        "_pieces",
        "author_id",
        "byline",
        "files",
        "is_own_answer",
        "note",
        "organisation",
        "parts",
        "reference",
        "sent_at",
        "thread_id",
        "to",
    )

    def __init__(self, post):
        self.thread_id, self.author_id, self.sent_at = post.thread_id, post.author_id, post.sent_at
        self.reference = post.reference
        self.note = post.note.text if post.note else ""
        self.byline = name_of(post)
        self.organisation = post.organisation.short_name if post.organisation else ""
        self.to = name_of(post.parent) if post.parent else None
        self.is_own_answer = bool(post.parent) and post.author_id == post.parent.author_id is not None
        self.parts = prose.paragraphs(post.text)
        self.files = list(post.attachments.all())[: listing.MOST_LISTED] if post.file_count else []
        self._pieces = {}

    def piece(self, level, style):
        """(Piece, bytes) of this post with so many columns of its text; `level` is a place in LEVELS."""
        key = (level, style)
        made = self._pieces.get(key)
        if made is None:
            made = self._make(LEVELS[level], style)
            made = self._pieces[key] = (made, made.bytes_in(html=style.html))
        return made

    def _make(self, columns, style):
        parts, is_cut = prose.fold(self.parts, columns)
        head = self._head(style)
        body = prose.lines(parts)
        files = [listing.line(file) for file in self.files]  # never carried along
        for line in files:
            body += wrap(line)
        html = ""
        if style.html:
            html = paragraph([head], bold_first=True) + "".join(map(paragraph, prose.blocks(parts)))
            html += paragraph(files) if files else ""
        return Piece("\n".join(wrap(head) + body), html, is_cut)

    def _head(self, style):
        """Bob (ICIMOD), 20 Nov 14:05, answers Alice:"""
        facts = {"who": _who(self.byline, self.organisation, style), "when": when(self.sent_at, style)}
        if self.note:
            facts["note"] = prose.title(str(self.note))
            return _("%(who)s, %(when)s (%(note)s):") % facts
        if self.is_own_answer:
            return _("%(who)s, %(when)s, adds:") % facts
        if self.to:
            facts["whom"] = prose.name(self.to, style.language)
            return _("%(who)s, %(when)s, answers %(whom)s:") % facts
        return _("%(who)s, %(when)s:") % facts


def byline(post, style):
    """Bob (ICIMOD), for one reader."""
    return _who(name_of(post), post.organisation.short_name if post.organisation else "", style)


def _who(name, organisation, style):
    who = prose.name(name or _("Unknown sender"), style.language)
    if not organisation:
        return who
    return _("%(name)s (%(organisation)s)") % {"name": who, "organisation": prose.name(organisation, style.language)}


def name_of(post):
    """Who wrote a post, as it stands in mails; an imported author without membership has a byline."""
    return post.author.name if post.author else post.byline


class Cards:
    """The cards of the posts seen last, a bounded number of them."""

    def __init__(self):
        self._kept = OrderedDict()

    def fetch(self, shown):
        """Cards of posts by id. `shown`: {id: version}, of posts that may be read now."""
        found, missing = {}, []
        for pk, version in shown.items():
            card = self._kept.get((pk, version))
            if card is None:
                missing.append(pk)
            else:
                self._kept.move_to_end((pk, version))
                found[pk] = card
        posts = Post.objects.select_related("author", "organisation", "parent__author", "thread").defer(
            "html", "parent__text", "parent__html"
        )
        for start in range(0, len(missing), 500):
            some = list(posts.filter(pk__in=missing[start : start + 500]))
            prefetch_related_objects([post for post in some if post.file_count], "attachments")
            keepers.annotate(some)
            for post in some:
                found[post.pk] = self._kept[post.pk, shown[post.pk]] = Card(post)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found


_cards = Cards()


@dataclass(slots=True)
class Gathered:
    """What happened in the rooms of a batch: entries by room, the cards of their posts, and the threads."""

    happened: dict[int, list]
    earlier: dict[int, int]  # by room: no entry up to this one was fetched, though some reader's window begins before
    cards: dict[int, Card]
    threads: dict[int, Thread]
    cut: dict


def gather(batch):
    """Fetch what all readers of a batch may need: four queries, whatever their number."""
    happened, earlier = _entries(batch)
    posts = {entry.post for entries in happened.values() for entry in entries}
    shown, decided = _states(posts)
    cards = _cards.fetch(shown)
    threads = Thread.objects.in_bulk({card.thread_id for card in cards.values()})
    return Gathered(happened, earlier, cards, threads, {"decided": decided})


def _entries(batch):
    happened, earlier = defaultdict(list), {}
    by_journal = {batch.rooms[room].journal_id: room for room in batch.lowest}
    wanted = []
    for room, after in batch.lowest.items():
        journal = batch.rooms[room].journal
        if journal.seq - after > 10 * MOST_ENTRIES:
            after = earlier[room] = journal.seq - 10 * MOST_ENTRIES
        wanted.append(Q(journal=journal.pk, seq__gt=after, seq__lte=journal.seq))
    for start in range(0, len(wanted), 100):
        either = Q()
        for one in wanted[start : start + 100]:
            either |= one
        entries = Entry.objects.filter(either, verb__in=SHOWN | DECIDED).order_by("journal", "seq")
        for entry in entries.values_list("journal_id", "seq", "at", "verb", "about", "audience").iterator():
            journal, seq, at, verb, about, audience = entry
            happened[by_journal[journal]].append(Happening(seq, at, verb, int(about.rpartition(":")[2]), audience))
    for room, entries in happened.items():
        if len(entries) > MOST_ENTRIES:
            earlier[room] = entries[-MOST_ENTRIES - 1].seq
            happened[room] = entries[-MOST_ENTRIES:]
    return happened, earlier


def _states(posts):
    """({id: version} of the published ones, {id: (author, thread's title, its other titles, reason)} of those decided
    upon).
    """
    shown, decided = {}, {}
    posts = sorted(posts)
    for start in range(0, len(posts), 900):
        rows = Post.objects.filter(pk__in=posts[start : start + 900]).values_list(
            "pk",
            "state",
            "revision_count",
            "created_at",
            "author__name",
            "author_id",
            "thread__title",
            "thread__titles",
            "state_reason",
            "channel",
        )
        for pk, state, revision, created_at, name, author, title, titles, reason, channel in rows:
            if state == State.PUBLISHED:
                shown[pk] = (revision, created_at, name)  # a changed post is another card
            if channel != Channel.MAIL:  # who wrote by mail is told by mail, at once
                decided[pk] = (author, title, titles, reason)
    return shown, decided


def items(gathered, reader):
    """The threads with new posts that others wrote, for one reader."""
    found = {}
    for window in reader.windows:
        room = window.row.workspace_id
        for thread, cards, missed in _news(gathered, window, reader):
            others = [card for card in cards if card.author_id != reader.profile.member_id]
            if not others:
                continue
            found[thread.pk] = Item(
                about=thread.reference,
                workspace_id=room,
                title=prose.title(thread.shown_title),
                at=max(card.sent_at for card in others),
                voices=others,
                of=thread.post_count,
                more=missed,
                note="" if thread.is_open else _("closed"),
            )
    return list(found.values())


def _news(gathered, window, reader):
    """(thread, cards, missed) of one window. The same for everyone with the same window, so it is kept."""
    room, only = window.row.workspace_id, window.row.thread_id
    own = frozenset() if only else frozenset(reader.own_threads.get(room, ()))
    key = (room, window.after, window.up_to, window.before, only, own)
    kept = gathered.cut.get(key)
    if kept is None:
        threads, unlisted, quiet = defaultdict(list), keepers.unlisted(), keepers.quiet()
        for entry in gathered.happened.get(room, ()):
            if not window.covers(entry):
                continue
            card = gathered.cards.get(entry.post) if entry.verb in SHOWN else None
            if card and not only and gathered.threads[card.thread_id].kept_by in unlisted:
                continue  # told of by what keeps it
            if card and entry.verb == "post.opened" and gathered.threads[card.thread_id].kept_by in quiet:
                continue
            if card and (card.thread_id == only if only else card.thread_id not in own):
                threads[card.thread_id].append(card)
        kept = [(gathered.threads[pk], _once(cards), 0) for pk, cards in threads.items()]
        gathered.cut[key] = kept
    return kept


def _once(cards):
    return list(dict.fromkeys(cards))


def news(gathered, reader):
    """What moderators decided about the reader's own posts."""
    lines = []
    for window in reader.windows:
        if not window.is_whole:
            continue
        room = window.row.workspace_id
        for entry in gathered.happened.get(room, ()):
            if entry.verb not in DECIDED or not window.after < entry.seq <= window.up_to:
                continue
            author, title, titles, reason = gathered.cut["decided"].get(entry.post, (None, "", {}, ""))
            if author != reader.profile.member_id:
                continue
            shown = Thread(title=title, titles=titles).shown_title
            facts = {"title": prose.title(shown), "reason": prose.title(reason)}
            if entry.verb == "post.approved":
                lines.append((room, _("A moderator published your post in “%(title)s”.") % facts))
            elif entry.audience in (Audience.EVERYONE, reader.member.reference):
                lines.append((room, _("A moderator declined your post in “%(title)s”: %(reason)s") % facts))
    return lines


@lru_cache(maxsize=20_000)
def _when(minute, language, zone, with_year):
    locale = LOCALES.get(language, language)
    local = minute.astimezone(zone)
    day = format_skeleton("yMMMd" if with_year else "MMMd", local, locale=locale)
    return f"{day} {format_time(local, 'HH:mm', locale=locale)}"


def when(at, style):
    """`20 Nov 14:05` in the reader's language and time zone, with the year when it is not this one's."""
    with_year = at.year != timezone.now().year
    return _when(at.replace(second=0, microsecond=0), style.language, style.zone, with_year)
