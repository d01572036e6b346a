"""What Postfix asks before it takes a mail: the LMTP door's answers, given while the sender's server still listens.

So a wrong address is refused to that server, and none of ours has to send a bounce to whoever a forger named. The
protocol is Postfix's SMTP access policy delegation: lines `name=value`, an empty one, and `action=...` in return.
"""

import asyncio
import contextlib
import logging

from django.conf import settings

from notifications import inbound

logger = logging.getLogger(__name__)

LINE_BYTES = 4_096
MOST_LINES = 100
MOST_CONNECTIONS = 200
IDLE_SECONDS = 600  # Postfix lets go of a connection after 300


class Policy:
    """`handler` is the LMTP door's: what it remembers is remembered here."""

    def __init__(self, handler):
        self.handler = handler
        self.connections = 0

    async def serve(self, reader, writer):
        """Answer questions on one connection until it is closed."""
        self.connections += 1
        try:
            while self.connections <= MOST_CONNECTIONS:
                asked = await asyncio.wait_for(_question(reader), IDLE_SECONDS)
                if asked is None:
                    break
                writer.write(f"action={await self.action(asked)}\n\n".encode())
                await writer.drain()
        except (TimeoutError, ConnectionError, ValueError, asyncio.IncompleteReadError):
            pass  # whoever it was does not speak this protocol, or has gone
        finally:
            self.connections -= 1
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def action(self, asked):
        """DUNNO (the next restriction decides), or the refusal."""
        recipient, sender = asked.get("recipient", ""), asked.get("sender", "")
        if recipient.rpartition("@")[2].lower() != settings.REPLY_DOMAIN.lower():
            return "DUNNO"
        size = asked.get("size", "")
        if size.isdecimal() and int(size[:18]) > settings.MAX_MAIL_BYTES:
            return f"552 5.3.4 the mail is larger than {settings.MAX_MAIL_BYTES} bytes"
        try:
            refusal = await self.handler.refusal(recipient, sender)
        except inbound.NotStored:
            return "451 4.3.0 cannot be told now, please try again"
        return refusal or "DUNNO"


async def _question(reader):
    """The names and values of one question; None at the end."""
    asked = {}
    for _line in range(MOST_LINES):
        line = await reader.readline()
        if not line:
            return None
        line = line.decode("utf-8", "replace").rstrip("\r\n")
        if not line:
            return asked
        name, _equals, value = line.partition("=")
        asked[name] = value
    raise ValueError("too many lines")
