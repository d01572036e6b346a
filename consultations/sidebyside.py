"""Two versions beside each other: paragraphs meet by their key, words by their difference."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations import differences
from consultations.anchoring import CHANGED, KEPT, MERGED, MOVED, NEW, ORPHANED, SPLIT
from consultations.models import Paragraph
from forum.models.posts import State

ROWS = 30  # on one page

STATES = {
    KEPT: pgettext_lazy("of a paragraph", "unchanged"),
    MOVED: pgettext_lazy("of a paragraph", "moved"),
    CHANGED: pgettext_lazy("of a paragraph", "changed"),
    SPLIT: pgettext_lazy("of a paragraph", "split off"),
    NEW: pgettext_lazy("of a paragraph", "new"),
    MERGED: pgettext_lazy("of a paragraph", "merged into another"),
    ORPHANED: pgettext_lazy("of a paragraph", "gone"),
}
RENUMBERED = _("unchanged, with another number")


@dataclass
class Row:
    """A line of a report. `said`: comments and proposals on the old paragraph, which the new one does not take over."""

    state: object
    old: str
    new: str
    likeness: int
    said: int


def counts(report):
    """(state in words, how many) of each that there is."""
    found = report.get("counts", {})
    return [(name, found[state]) for state, name in STATES.items() if found.get(state)]


def rows(version, earlier, listed):
    """The Rows of a page of a report, with what was said of the old paragraphs; one query."""
    names = [old for _state, old, _new, _likeness in listed if old]
    shown = Count("comments", filter=Q(comments__contribution__post__state=State.PUBLISHED))
    said = {}
    if earlier:
        found = Paragraph.objects.filter(version=earlier, label__in=names).annotate(said=shown)
        said = dict(found.order_by().values_list("label", "said"))
    return [
        Row(RENUMBERED if state == KEPT else STATES[state], old, new, likeness, said.get(old, 0))
        for state, old, new, likeness in listed
    ]


def pairs(old, new, *, is_whole=False):
    """[(id of the old block or None, id of the new one or None)] in the order of the new version; what is gone stands
    where it stood. Two queries.
    """
    before = list(old.paragraphs.order_by("place").values_list("key", "pk", "label", "text"))
    after = list(new.paragraphs.order_by("place").values_list("key", "pk", "label", "text"))
    by_key = {row[0]: row for row in before}
    left = {row[0] for row in after}
    gone, last = {}, ""
    for row in before:
        if row[0] in left:
            last = row[0]
        else:
            gone.setdefault(last, []).append(row)
    found = [(row[1], None) for row in gone.get("", ())]
    for row in after:
        other = by_key.get(row[0])
        if is_whole or other is None or other[2:] != row[2:]:
            found.append((other[1] if other else None, row[1]))
        found += [(lost[1], None) for lost in gone.get(row[0], ())]
    return found


def drawn(old, new, listed):
    """Each pair of a page with its blocks and their words, what was taken out marked on the left, what was put in on
    the right; one query.
    """
    wanted = [pk for pair in listed for pk in pair if pk]
    found = {row.pk: row for row in Paragraph.objects.filter(pk__in=wanted)}
    shown = []
    for one, other in listed:
        before, after = found.get(one), found.get(other)
        for row, version in ((before, old), (after, new)):
            if row:
                row.version = version
        changes = differences.compare(before.text if before else "", after.text if after else "")
        left = [change for change in changes if change.kind != differences.IN]
        right = [change for change in changes if change.kind != differences.OUT]
        shown.append((before, after, left, right))
    return shown
