"""Meters of a synthesis: what was never cited, who is cited more or less than they spoke, what rests on nothing, or no
longer on what it did.

Each takes a fixed number of queries, however many contributions and sentences there are. Contributions are public in
their room, so no number is kept back.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from consultations import citing
from consultations.models import Citation, Contribution
from consultations.models.syntheses import SentenceKind
from core import languages
from forum.models.posts import State
from members.models import Category, Organisation, Region

BY = {
    "region": "post__region",
    "category": "post__category",
    "language": "post__language",
    "organisation": "organisation",
}
ROWS = 40  # of one table: the largest


@dataclass(frozen=True)
class Line:
    """One group: its contributions, how many of them are cited, and both as parts of the whole in per cent.

    `fair`: how many would be cited if those of all groups were cited as often.
    """

    name: str
    came: int
    cited: int
    came_share: int
    cited_share: int
    fair: float

    @property
    def is_under(self):
        """Is less than half of what would be fair cited, and is that not a matter of chance: one at least?"""
        return self.fair >= 1 and self.cited * 2 < self.fair

    @property
    def is_over(self):
        return self.cited >= self.fair + 1 and self.cited > self.fair * 2


@dataclass(frozen=True)
class Shaky:
    """A reference that no longer holds as it did: why, and the position that took its place, if one did."""

    sentence: object
    number: int
    why: str
    later: int = 0


@dataclass(frozen=True)
class Totals:
    sentences: int
    without: int  # evidence
    contributions: int
    cited: int

    @property
    def uncited(self):
        return self.contributions - self.cited


def standing(synthesis):
    return Contribution.objects.standing().filter(consultation=synthesis.consultation_id).order_by()


def cited_in(synthesis):
    """Whether a sentence in the text cites the contribution, for a queryset of contributions."""
    return Exists(
        Citation.objects.filter(contribution=OuterRef("pk"), sentence__synthesis=synthesis, sentence__dropped_at=None)
    )


def totals(synthesis):
    """How much there is of everything; three queries."""
    sentences = synthesis.sentences.standing().filter(kind=SentenceKind.SENTENCE)
    came = standing(synthesis)
    return Totals(
        sentences=sentences.count(),
        without=without(synthesis).count(),
        contributions=came.count(),
        cited=came.filter(cited_in(synthesis)).count(),
    )


def without(synthesis):
    """The sentences that cite nothing."""
    return synthesis.sentences.standing().filter(kind=SentenceKind.SENTENCE, citations=None)


def shaky(synthesis):
    """References to contributions that are hidden, withdrawn or superseded, or whose words changed. One query."""
    rows = Citation.objects.filter(sentence__synthesis=synthesis, sentence__dropped_at=None)
    rows = rows.select_related("sentence", "contribution__post", "contribution__superseded_by")
    for row in rows.order_by("sentence__place", "pk").iterator(chunk_size=200):
        contribution = row.contribution
        if contribution.post.state != State.PUBLISHED:
            yield Shaky(row.sentence, contribution.number, _("its words are no longer shown"))
        elif row.words and not citing.stands_in(row.words, contribution.post.text):
            yield Shaky(row.sentence, contribution.number, _("the words that are cited no longer stand in it"))
        elif later := contribution.superseded_by:
            yield Shaky(row.sentence, contribution.number, _("a later position took its place"), later.number)


def never_cited(synthesis):
    """The contributions that stand and that no sentence cites."""
    return standing(synthesis).exclude(cited_in(synthesis)).order_by("number")


def table(synthesis, by):
    """The Lines of one table, the largest group first. by: one of BY. Three queries."""
    field, rows = BY[by], standing(synthesis)
    came = dict(rows.values_list(field).annotate(n=Count("pk")))
    cited = dict(rows.filter(cited_in(synthesis)).values_list(field).annotate(n=Count("pk")))
    keys = sorted(came, key=lambda key: (-came[key], str(key)))[:ROWS]
    often = sum(cited.values()) / max(1, sum(came.values()))
    names, missing = _names(by, keys), _("Personal contributions") if by == "organisation" else _("not known")
    return [
        Line(
            str(names.get(key) or missing),
            came[key],
            cited.get(key, 0),
            _share(came, key),
            _share(cited, key),
            came[key] * often,
        )
        for key in keys
    ]


def _share(counts, key):
    whole = sum(counts.values())
    return round(100 * counts.get(key, 0) / whole) if whole else 0


def _names(by, keys):
    if by == "language":
        return {code: name for code, (name, *_rest) in languages.LANGUAGES.items()}
    if by == "category":
        return dict(Category.choices)
    model = Region if by == "region" else Organisation
    return dict(model.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))
