"""Balance: from where contributions come, beside who could have sent them, while there is still time to act.

Each table takes two queries, however many contributions there are.
"""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from consultations import coverage
from consultations.models import Contribution
from core import languages
from members.models import Category, Region

BY = ("region", "category", "language")


@dataclass(frozen=True)
class Line:
    """One group: how many could speak, how many contributions came, and both as shares in per cent of all whose group
    is known; `is_known` is False for the others.
    """

    name: str
    could: int
    came: int
    could_share: int
    came_share: int
    is_known: bool = True

    @property
    def is_behind(self):
        """Does it speak less than half as much as its part of the room?"""
        return self.could > 0 and self.came_share * 2 < self.could_share


def table(consultation, by):
    """The Lines of one table, the largest part of the room first.

    by: "region" or "category": who could speak are the organisations of the room; "language": the people in it, by the
    language they read. What people say for themselves has a region and a category of its own only where it was noted.
    """
    if by not in BY:
        raise ValueError(f"Balance is by {', '.join(BY)}.")
    could = _could(consultation, by)
    standing = Contribution.objects.standing().filter(consultation=consultation).order_by()
    came = dict(standing.values_list(f"post__{by}").annotate(n=Count("pk")))
    names = _names(by)
    keys = could.keys() | came.keys()
    keys = sorted(keys, key=lambda key: (key not in names, -could.get(key, 0), -came.get(key, 0), str(key)))
    return [
        Line(
            str(names.get(key) or _("not known")),
            could.get(key, 0),
            came.get(key, 0),
            _share(could, key, names),
            _share(came, key, names),
            is_known=key in names,
        )
        for key in keys
    ]


def _share(counts, key, known):
    """The part of one group in per cent of all that are known; 0 for what is not."""
    whole = sum(number for one, number in counts.items() if one in known)
    return round(100 * counts.get(key, 0) / whole) if whole and key in known else 0


def _could(consultation, by):
    if by == "language":
        seats = consultation.workspace.seats.filter(member__is_active=True).order_by()
        return dict(seats.values_list("member__language").annotate(n=Count("pk")))
    return dict(coverage.expected(consultation).order_by().values_list(by).annotate(n=Count("pk")))


def _names(by):
    if by == "language":
        return {code: name for code, (name, *_rest) in languages.LANGUAGES.items()}
    return dict(Category.choices) if by == "category" else dict(Region.objects.values_list("pk", "name"))
