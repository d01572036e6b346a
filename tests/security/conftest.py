"""`postman` brings mail in, `door` is the LMTP door: those of the tests of incoming mail."""

from tests.notifications.intake.conftest import door, postman

__all__ = ["door", "postman"]
