"""What these tests share: `postman`, the doors, a name server, and real mail servers (`mailbox`, `postfix`)."""

import pytest

from tests.notifications.doors.dovecot import mailbox, mailbox_without_idle
from tests.notifications.doors.nameserver import key, names
from tests.notifications.doors.postfix import postfix, sink
from tests.notifications.intake.conftest import door, postman
from tests.notifications.intake.postman import Door
from tests.postgres import free_port

__all__ = ["door", "key", "mailbox", "mailbox_without_idle", "names", "postfix", "postman", "sink"]


@pytest.fixture
def asked_door(transactional_db):
    """The LMTP door with the port at which Postfix asks."""
    with Door(policy_port=free_port()) as door:
        yield door
