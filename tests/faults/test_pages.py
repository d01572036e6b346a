"""The server of open pages is killed with -9 in mid-hearing: each page hears of everything, once, in order."""

import pytest

from tests.faults.house import House, tell_while_killing
from tests.faults.pages import Audience, Page
from tests.hearings import hearing as scene
from tests.world import World

# The server reads what was missed through the same code on either database; PostgreSQL is tried by the command line.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


def test_every_page_hears_of_everything_once_though_its_server_is_killed(tmp_path):
    hearing = scene.running(World())
    address, since = f"/live/hearings/{hearing.pk}/", hearing.workspace.journal.seq
    with House(tmp_path) as house:
        pages = [Page(house.site_ports[0], address, since=since, seed=n) for n in range(12)]
        with Audience(pages) as audience:
            told = tell_while_killing(house, audience, hearing, kills=1)

    assert len(told) > 10
    assert all(page.heard == told and page.returns and not page.snapshots for page in pages)
