"""What every test may ask for. `world` is the cast in its scene; `live`, `page` and `new_page` are real processes."""

import os

import hypothesis
import pytest
from django.db import OperationalError, connection

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

TIMES = 5
DEADLOCK = "40P01"  # https://www.postgresql.org/docs/current/errcodes-appendix.html

pytest_plugins = ["tests.plugins.browser", "tests.plugins.live", "tests.plugins.strictness"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL empties no tables, and drops no database, that somebody reads: a server beside the tests may still do
    so, and threads of the tests may have left a connection open.
    """
    with pytest.MonkeyPatch.context() as patched:
        if connection.vendor == "postgresql":
            ops = type(connection.ops)
            patched.setattr(ops, "execute_sql_flush", patient(ops.execute_sql_flush))
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def patient(flush):
    """Empty tables once more where a reader waits for them and they for the reader: PostgreSQL ends one of the two."""

    def empty(ops, statements):
        for attempts_left in reversed(range(TIMES)):
            try:
                return flush(ops, statements)
            except OperationalError as error:
                if attempts_left == 0 or getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                    raise

    return empty


@pytest.fixture
def world(db, client):
    """Alice moderates, Bob takes part, Carol is outside, Dora has only email. See tests/world.py."""
    return World(client)
