"""`postman` and `door` as in the tests of the intake; `names` is a name server of the tests' own."""

from tests.notifications.doors.nameserver import key, names
from tests.notifications.intake.conftest import door, postman

__all__ = ["door", "key", "names", "postman"]
