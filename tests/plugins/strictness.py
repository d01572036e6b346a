"""What a run leaves out: tests about the other database, and on PostgreSQL what asks no database at all, or looks at
pages in a browser, for that is tried on SQLite already (journeys go through a browser on both); a skip never where
CI=true.
"""

import os

import pytest
from django.db import connection

FIXTURES = {"db", "transactional_db"}
ELSEWHERE = ("tests/config/", "tests/faults/")  # these ask a database in a process of its own


def pytest_collection_modifyitems(config, items):
    """Leave tests out, rather than skip them: nothing is missing without them."""
    is_sqlite = connection.vendor == "sqlite"
    other = "postgres_only" if is_sqlite else "sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(other) or not (is_sqlite or _asks_a_database(item))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


def _asks_a_database(item):
    if "browser" in getattr(item, "fixturenames", ()) and not item.nodeid.startswith("tests/journeys/"):
        return False
    if item.nodeid.startswith(ELSEWHERE) or item.get_closest_marker("django_db"):
        return True
    return bool(FIXTURES & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return without_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return without_skip((yield))


def without_skip(report):
    """A skipped test becomes a failed one in CI, where everything it could need has been installed."""
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing may be skipped when CI=true: install what is missing."
    return report
