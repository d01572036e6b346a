"""Migrations: the models and the database agree, and each step has a name that says what it does."""

import re

import pytest
from django.core.management import call_command

from tests.house import house


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_is_named_after_its_idea():
    unnamed = [
        str(path.relative_to(house.ROOT))
        for path in house.modules(*house.FLOORS)
        if path.parent.name == "migrations" and re.match(r"\d{4}_(auto_|alter_|remove_.*_and_more)", path.name)
    ]

    assert unnamed == []
