"""A mail server that misbehaves as it is told to: `python -m tests.faults.sink PORT LOG`.

How it treats a letter follows from the recipient's domain (`someone@drop.example`); the first try meets the fault,
later ones are taken, but for `never`. Every message whose end was read is written to LOG as a line, flushed before the
answer: `taken MESSAGE-ID`, or `unanswered MESSAGE-ID` when the connection is closed instead.
"""

import asyncio
import re
import sys

FAULTS = {
    "fine": "takes everything",
    "later": "451 at RCPT",
    "full": "452 4.2.2 after DATA",
    "never": "550 at RCPT, every time",
    "content": "554 after DATA, every time",
    "drop": "drops the connection in the middle of DATA",
    "silent": "reads all of DATA, then closes instead of answering",
    "slow": "takes a while for each answer",
    "goodbye": "421 at MAIL, and closes",
    "nth": "refuses every third letter once with 451",
}
REFUSED_FOR_GOOD = ("never", "content")
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(\S+)")


class Sink:
    def __init__(self, log):
        self.log = log
        self.seen = set()  # (fault, recipient) that met their fault already
        self.count = 0

    def is_first(self, fault, recipient):
        first = (fault, recipient) not in self.seen
        self.seen.add((fault, recipient))
        return first

    async def serve(self, reader, writer):
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader, writer):
        async def say(text):
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        recipient, fault = "", "fine"
        await say("220 sink.example ESMTP")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                await say("250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
            elif verb == b"RCPT":
                recipient = re.search(rb"<([^>]*)>", line)[1].decode()
                fault = recipient.rpartition("@")[2].partition(".")[0]
                self.count += 1
                if fault == "slow":
                    await asyncio.sleep(0.02)
                refusal = self._refusal_at_rcpt(fault, recipient)
                await say(refusal or "250 2.1.5 ok")
                recipient = "" if refusal else recipient
                if refusal and refusal.startswith("421"):
                    return
            elif verb == b"DATA":
                if not recipient:
                    await say("503 5.5.1 no recipient")
                    continue
                if not await self._data(reader, say, fault, recipient):
                    return
                recipient = ""
            elif verb == b"QUIT":
                await say("221 2.0.0 bye")
                return
            else:
                await say("250 2.0.0 ok")

    def _refusal_at_rcpt(self, fault, recipient):
        if fault == "never":
            return "550 5.1.1 no such mailbox"
        if fault == "later" and self.is_first(fault, recipient):
            return "451 4.3.2 not now"
        if fault == "nth" and self.count % 3 == 0 and self.is_first(fault, recipient):
            return "451 4.7.1 too many of you"
        if fault == "goodbye" and self.is_first(fault, recipient):
            return "421 4.3.2 closing down"
        return ""

    async def _data(self, reader, say, fault, recipient):
        """Whether the connection goes on."""
        await say("354 go on")
        if fault == "drop" and self.is_first(fault, recipient):
            await reader.readexactly(200)
            return False
        raw = await reader.readuntil(b"\r\n.\r\n")
        message_id = MESSAGE_ID.search(raw)[1].decode()
        if fault == "full" and self.is_first(fault, recipient):
            await say("452 4.2.2 mailbox full")
        elif fault == "content":
            await say("554 5.7.1 we do not like it")
        elif fault == "silent" and self.is_first(fault, recipient):
            self._note("unanswered", message_id)
            return False
        else:
            self._note("taken", message_id)
            await say("250 2.0.0 taken")
        return True

    def _note(self, word, message_id):
        self.log.write(f"{word} {message_id}\n")
        self.log.flush()


async def main(port, path):
    with open(path, "a") as log:
        sink = Sink(log)
        server = await asyncio.start_server(sink.serve, "127.0.0.1", port, limit=10_000_000, backlog=200)
        async with server:
            await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
