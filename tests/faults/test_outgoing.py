"""Letters leave the house while servers refuse, connections drop and workers are killed."""

import pytest

from notifications.models import Letter
from tests.faults.house import House, kill_while_sending, verdict, write_letters
from tests.faults.sink import FAULTS, REFUSED_FOR_GOOD

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(tmp_path):
    with House(tmp_path) as house:
        house.open_sink()
        yield house


def test_every_fault_of_a_server_is_survived_and_nothing_is_sent_twice(house):
    write_letters(20 * len(FAULTS))

    house.finish()

    found = verdict(house)
    assert (found["lost"], found["strange"], found["twice"]) == ([], [], 0)
    # What was read to its end and not answered had to be sent again: the window that SMTP itself leaves open.
    assert found["unanswered"] == 20
    assert Letter.objects.filter(state=Letter.State.FAILED).count() == 20 * len(REFUSED_FOR_GOOD)


def test_workers_killed_at_any_moment_lose_nothing(house):
    # So many that some are left whatever the dead had claimed: nobody has to wait until those claims have run out.
    write_letters(2400, faults=("slow", "fine", "fine", "fine"))

    kill_while_sending(house, kills=4)
    house.finish()

    found = verdict(house)
    assert (found["lost"], found["strange"], found["kills"]) == ([], [], 4)
    assert found["twice"] <= 4
