"""Search: posts a member may read, by words, in any of the six languages, with plain means of the database.

Each word becomes a pattern that stands for the ways in which one writes it: with or without capitals and accents
(`etat`, `État`), with the Arabic letters that stand for one another and with vowel signs. A word also finds longer ones
that contain it. Chinese, which writes no spaces, is looked for by pairs of signs. All words must be in the post or in
its thread's title.

The newest posts are read first, a few thousand at a time, until there is enough or a time is over: `Found.back_to`
says how far that was.
"""

import re
import time
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Max, Q

from core.text import excerpt
from forum.models import Post, Thread
from forum.models.posts import State

MOST_HITS = 20
MOST_CANDIDATES = 120  # among which the best are chosen
MOST_WORDS = 8
MOST_LETTERS = 40  # of a word
WINDOW = 4_000  # posts read in one statement
SECONDS = 4
AROUND = 70  # columns of the words around a hit, on each side
_WORD = re.compile(r"[^\W_]+(?:['’\u064b-\u0652\u0640][^\W_]*)*")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_ARABIC_MARKS = "[\u064b-\u0652\u0670\u0640]*"
_ARABIC_ALIKE = ("اأإآٱ", "ىيئ", "ةه", "وؤ")


@dataclass(frozen=True)
class Hit:
    """A post that has the words, with those around them."""

    post: Post
    words: str


@dataclass(frozen=True)
class Found:
    """The best hits; `are_more` where there were more, `back_to` where older posts were not looked at."""

    hits: list
    are_more: bool = False
    back_to: datetime | None = None
    shortened: bool = False  # nothing had the whole words, so these have their beginnings


def find(member, query, *, most=MOST_HITS, seconds=SECONDS):
    """Published posts with all the words of a query that this member may read; a `Found`."""
    words = terms(query)
    if not words:
        return Found([])
    until = time.monotonic() + seconds
    found = _find(member, words, most, until)
    roots = [root(word) for word in words]
    if not found.hits and not found.back_to and roots != words:
        found = _find(member, roots, most, until)
        return Found(found.hits, found.are_more, found.back_to, shortened=bool(found.hits))
    return found


def terms(query):
    """The words to look for: of Chinese, pairs of signs."""
    found = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", query)):
        start = 0
        for run in _HAN.finditer(word):
            found += [word[start : run.start()]]
            signs = run[0]
            found += [signs[at : at + 2] for at in range(max(len(signs) - 1, 1))]
            start = run.end()
        found.append(word[start:])
    return list(dict.fromkeys(word[:MOST_LETTERS] for word in found if word))[:MOST_WORDS]


def root(word):
    """The beginning that other forms of a word share, roughly: endings of Russian or Spanish have two letters or so."""
    return word[:-2] if len(word) > 5 and not _HAN.match(word) else word


def _find(member, words, most, until):
    patterns = [pattern(word) for word in words]
    titled = {word: _titled(member, word) for word in patterns}
    wanted = Q(state=State.PUBLISHED)
    for word in patterns:
        wanted &= Q(text__regex=word) | Q(thread__in=titled[word])
    visible = Post.objects.visible_to(member)
    upper = (Post.objects.aggregate(Max("pk"))["pk__max"] or 0) + 1
    rows, back_to = [], None
    while upper > 1 and len(rows) < MOST_CANDIDATES:
        if time.monotonic() > until:
            back_to = Post.objects.filter(pk__lte=upper).order_by("-pk").values_list("created_at", flat=True).first()
            break
        lower = max(upper - WINDOW, 0)
        within = visible.filter(wanted, pk__gte=lower, pk__lt=upper).order_by("-pk")
        rows += within.values_list("pk", "thread_id")[: MOST_CANDIDATES - len(rows)]
        upper = lower
    chosen = _best(rows, words, titled)[:most]
    posts = Post.objects.select_related("thread__workspace", "author", "organisation").defer("html").in_bulk(chosen)
    together = re.compile("|".join(patterns))
    hits = [Hit(posts[pk], around(posts[pk].text, together)) for pk in chosen if pk in posts]
    return Found(hits, len(rows) > len(hits), back_to)


def _titled(member, word):
    """Threads with the word in their title, the latest few hundred."""
    threads = Thread.objects.visible_to(member).filter(title__regex=word).order_by("-pk")
    return list(threads.values_list("pk", flat=True)[:300])


def _best(rows, words, titled):
    """Posts in order: first those of threads whose title has the most words, each kind newest first; two a thread."""
    per_thread, kept = {}, []
    for pk, thread in rows:
        per_thread[thread] = per_thread.get(thread, 0) + 1
        if per_thread[thread] <= 3:
            kept.append((-sum(thread in found for found in titled.values()), -pk, pk))
    return [pk for _score, _newest, pk in sorted(kept)]


def around(text, pattern):
    """The words around the first hit, on one line; the beginning of the text where the hit is in the title."""
    plain = excerpt(text, 20_000)
    hit = pattern.search(plain)
    if hit is None or hit.start() < AROUND:
        return excerpt(plain, 2 * AROUND)
    start = plain.find(" ", hit.start() - AROUND, hit.start()) + 1 or hit.start() - AROUND // 2
    return "… " + excerpt(plain[start:], 2 * AROUND)


# -- Patterns ----------------------------------------------------------------------------------------------


@cache
def _alike():
    """Each letter, without its accents and in small, with all the ways in which it is written."""
    alike = {}
    for code in (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        if letter.isalpha():
            alike.setdefault(_bare(letter), set()).add(letter)
    for letters in _ARABIC_ALIKE:
        alike |= {letter: set(letters) for letter in letters}
    return alike


def _bare(letter):
    plain = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)) or letter


def pattern(word):
    """A regular expression that both databases and Python read alike, for one word."""
    pieces = []
    for char in unicodedata.normalize("NFC", word):
        if unicodedata.combining(char) or char == "\u0640":
            continue
        bare = _bare(char)
        ways = "".join(sorted(_alike().get(char) or _alike().get(bare) or {char}))
        piece = f"[{ways}]" if len(ways) > 1 else re.escape(ways)
        pieces.append(piece + (_ARABIC_MARKS if "\u0600" <= char <= "\u06ff" else ""))
    return "".join(pieces)
