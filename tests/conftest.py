"""What every test may ask for. `world` is the cast in its scene; `live`, `page` and `new_page` are real processes."""

import os

import hypothesis
import pytest
from django.db import connection

from tests.world import World

# A change is judged by the same examples each time; whoever works on the code tries others with every run. How long an
# example takes, to be tried or to be thought of, says how busy the machine is and nothing of the code.
hypothesis.settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
hypothesis.settings.load_profile("ours")

pytest_plugins = ["tests.plugins.browser", "tests.plugins.live", "tests.plugins.strictness"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL does not drop a database that is in use: threads of the tests may have left a connection open."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def world(db, client):
    """Alice moderates, Bob takes part, Carol is outside, Dora has only email. See tests/world.py."""
    return World(client)
