"""What these tests share: `postman`, the LMTP `door`, a name server (`names`) and an IMAP server (`mailbox`)."""

from tests.notifications.doors.dovecot import mailbox, mailbox_without_idle
from tests.notifications.doors.nameserver import key, names
from tests.notifications.intake.conftest import door, postman

__all__ = ["door", "key", "mailbox", "mailbox_without_idle", "names", "postman"]
