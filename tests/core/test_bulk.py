"""Rows by the thousand: they are all there, with their ids, or none is."""

import pytest
from django.db import IntegrityError, transaction

from core import bulk
from notifications.models import Edition, Issue
from tests.world import World


def test_rows_are_inserted_with_their_ids(db):
    rows = [Edition(language="fr", text=f"Où ?\t\\N {number}\n", items=[["a", 1, "“b”"]]) for number in range(300)]
    with transaction.atomic():
        bulk.insert(Edition, rows)

    assert len({row.pk for row in rows}) == 300
    for row in (rows[0], rows[299]):
        stored = Edition.objects.get(pk=row.pk)
        assert (stored.text, stored.items, stored.created_at) == (row.text, row.items, row.created_at)
    assert Edition.objects.create().pk not in {row.pk for row in rows}


def test_one_row_that_may_not_be_leaves_none_of_them(db):
    world = World()
    edition = Edition.objects.create()
    rows = [Issue(member=world.dora, number=1, edition=edition) for _ in range(2)]

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Issue, rows)

    assert not Issue.objects.exists()
