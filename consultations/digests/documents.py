"""Draft texts in a digest: what is under discussion until when, how one comments on its paragraphs, how to fetch them.

A text is shown when a version was published, when its phase opened or its window was changed, and in the last issue
before the close; never whole, for it is long and GET brings it. What others said of it is told in a line, and what
the drafters decided in a line to those who proposed it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations import labels
from consultations.digests.cards import Card, Cards, closing, hour, is_last_issue, lay_out
from consultations.models import Amendment, Document
from consultations.wording import comments as comment_wording
from consultations.wording import documents as wording
from consultations.wording import times
from core.languages import apart, speaking
from journal.models import Audience
from notifications.digests import happened, prose
from notifications.digests.pieces import Item
from notifications.wrapping import keep

SHOWS = ("phase.opened", "phase.changed", "phase.closing", "version.published")
SAID = ("paragraph.commented", "amendment.proposed")
DECIDED = ("amendment.taken", "amendment.declined")
KEPT = 200  # cards a process remembers
MOST = 200  # open texts in one batch
MOST_ENTRIES = 3_000
NAMED = 12  # paragraphs that a line names


class DocumentCard(Card):
    """A text as digests show it at one hour; the same object for all who are shown the same words."""

    def __init__(self, document, now):
        super().__init__()
        self.document, self.version, self.now = document, document.current, now
        self.parts = prose.paragraphs(self.version.summary)
        self._facts = {}

    def _make(self, columns, style):
        closes = self.document.phase.closes_at
        head = _("Draft text %(code)s. Closes %(when)s, in %(left)s.") % {
            "code": self.version.code,
            "when": closing(closes, style),
            "left": times.left(closes - self.now),
        }
        parts, is_cut = prose.fold(self.parts, columns)
        return lay_out(style, head, parts, [self._how(style.language)], is_cut=is_cut)

    def _how(self, language):
        """The same for everyone who reads the language: it asks the database."""
        if language not in self._facts:
            with speaking(language):
                some = f"{self.document.code} {self._label()}"
                get = _("The whole text: %(get)s, some paragraphs: %(some)s.") % {
                    "get": keep(f"GET {self.document.code}"),
                    "some": keep(f"GET {some}"),
                }
                below = _("Below the number of this item, begin a line with the number of a paragraph, one for each:")
                said = f"{wording.counted(self.version)} {get} {below}  {wording.examples(self._label())}"
                self._facts[language] = said
        return self._facts[language]

    def _label(self):
        rows = self.version.paragraphs.numbered().filter(level__lte=1).order_by("place")
        return rows.values_list("label", flat=True)[0] if rows else "1"


_cards = Cards(KEPT)


def _card(document, now):
    closes_at = document.phase.closes_at
    until = hour(now, closes_at)
    key = (document.current_id, document.title, closes_at, until)
    return _cards.of(key, lambda: DocumentCard(document, until))


@dataclass(slots=True)
class Gathered:
    """`told`: by room the entries; `open`: by room the texts that take comments; `authors`: {amendment: its author}."""

    now: object
    told: dict
    open: dict
    authors: dict


def gather(batch):
    """Fetch what all readers of a batch may need: three queries, whatever their number."""
    told = happened.entries(batch, (*SHOWS, *SAID, *DECIDED), most=MOST_ENTRIES, audience=Audience.EVERYONE)
    decided = {entry.about_id for entries in told.values() for entry in entries if entry.verb in DECIDED}
    running = defaultdict(list)
    for document in _open(batch):
        running[document.consultation.workspace_id].append(document)
    author = "comment__contribution__post__author"
    authors = dict(Amendment.objects.filter(pk__in=decided).values_list("pk", author)) if decided else {}
    return Gathered(batch.now, told, running, authors)


def _open(batch):
    if not batch.lowest:
        return []
    rows = Document.objects.with_all().filter(
        consultation__workspace__in=batch.lowest,
        consultation__published_at__isnull=False,
        current__isnull=False,
        phase__opens_at__lte=batch.now,
        phase__closes_at__gt=batch.now,
    )
    found = list(rows.order_by("phase__closes_at", "number")[:MOST])
    for document in found:
        document.phase.consultation = document.consultation
        document.current.document = document
    return found


def items(gathered, reader):
    """The texts under discussion that this reader should see now."""
    found = []
    for window in reader.windows:
        if not window.is_whole:
            continue
        room = window.row.workspace_id
        fresh = {entry.about for entry in happened.within(window, gathered.told) if entry.verb in SHOWS}
        for document in gathered.open.get(room, ()):
            closes_at = document.phase.closes_at
            is_last_chance = is_last_issue(window, closes_at, gathered.now)
            if is_last_chance or fresh & {document.phase.reference, document.current.reference}:
                found.append(
                    Item(
                        about=document.reference,
                        workspace_id=room,
                        title=prose.title(document.title),
                        at=document.phase.opens_at,
                        voices=[_card(document, gathered.now)],
                        closes_at=closes_at,
                    )
                )
    return found


def news(gathered, reader):
    """How much others said of which paragraphs, and what became of the reader's own proposals."""
    lines = []
    for window in reader.windows:
        if not window.is_whole:
            continue
        room = window.row.workspace_id
        said = defaultdict(list)
        for entry in happened.within(window, gathered.told):
            data = entry.data or {}
            if entry.verb in SAID and entry.actor != reader.member.reference and data.get("paragraph"):
                version, _slash, label = data["paragraph"].rpartition("/")
                said[version].append((entry.verb, label))
            elif entry.verb in DECIDED and gathered.authors.get(entry.about_id) == reader.profile.member_id:
                lines.append((room, _decision(entry.verb, data)))
        lines += [(room, _activity(version, found)) for version, found in said.items()]
    return lines


def _decision(verb, data):
    facts = {"code": data.get("code", ""), "reason": prose.title(data.get("reason", ""))}
    facts["paragraph"] = data.get("paragraph", "")
    if verb == "amendment.taken":
        return _("Your proposal %(code)s on %(paragraph)s was taken. %(reason)s").rstrip() % facts
    return _("Your proposal %(code)s on %(paragraph)s was declined: %(reason)s") % facts


def _place(number):
    """9, 9(c), 10: figures by what they count."""
    return [(len(part), part) for part in re.split(r"(\d+)", number)]


def _activity(version, found):
    """`ALP/2026/C3/D1.2: 4 comments and 2 proposals, on paragraphs 3, 12, 14. GET ALP/2026/C3/D1.2 3`"""
    proposals = sum(verb == "amendment.proposed" for verb, _label in found)
    count = len(found) - proposals
    comments = ngettext("%(count)s new comment", "%(count)s new comments", count) % {"count": count}
    proposed = ngettext("%(count)s new proposal", "%(count)s new proposals", proposals) % {"count": proposals}
    named = sorted({comment_wording.number(label) for _verb, label in found}, key=_place)
    comma = pgettext("between numbers of a list", ", ")
    shown = comma.join(named[:NAMED]) + ("…" if len(named) > NAMED else "")
    facts = {
        "version": apart(version),
        "said": comma.join(part for part, size in ((comments, count), (proposed, proposals)) if size),
        "paragraphs": shown,
        "get": keep(f"GET {version} {labels.clean(named[0])}"),
    }
    return _("%(version)s: %(said)s, on %(paragraphs)s. To read them: %(get)s") % facts
