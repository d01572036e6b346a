"""Which hearing of the demo world is played next: the newest one of a script, or the same held anew when it is over."""

import re

from django.db import transaction
from django.utils import timezone

from config.demo import script
from config.demo.hear import Hear, fresh
from config.demo.sitting import Sitting, members
from consultations.hearings.models import Hearing

TODAYS = "passes"  # runs by itself while the demo does


def script_of(hearing):
    """The script of a hearing, or None: of the demo world are those with its chair in a room of its name."""
    for written in script.hearings():
        is_named = re.fullmatch(re.escape(written["slug"]) + r"(-\d+)?", hearing.workspace.slug)
        if is_named and hearing.officers.filter(member__email=script.people()[written["chair"]].email).exists():
            return written
    return None


def todays():
    """The hearing of today as it is written."""
    return next(written for written in script.hearings() if written["slug"] == TODAYS)


def ready(written):
    """The newest hearing of a script that is not over; where there is none, it is announced anew, a moment ago."""
    rows = Hearing.objects.filter(workspace__slug__startswith=written["slug"])
    rows = [row for row in rows.select_related("workspace__journal").order_by("pk") if script_of(row) == written]
    if rows and Sitting(rows[-1], written).is_over:
        rows = []
    return rows[-1] if rows else _anew(written)


def _anew(written):
    rows = Hearing.objects.filter(workspace__slug__startswith=written["slug"])
    taken = set(rows.values_list("workspace__slug", flat=True))
    names = (written["slug"] if number == 1 else f"{written['slug']}-{number}" for number in range(1, 10_000))
    with transaction.atomic():
        slug = next(name for name in names if name not in taken)
        return fresh(Hear(written, members(), timezone.now()).perform(slug))
