"""A mail server that takes everything and keeps nothing, and a client that hands over as fast as it can: the floor."""

import argparse
import asyncio
import contextlib
import smtplib
import time

GREETING = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n"


class Sink:
    """Counts messages; hand-written ESMTP so that it is not what is measured."""

    def __init__(self):
        self.messages = self.bytes = 0

    async def serve(self, reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            writer.write(b"220 sink ESMTP\r\n")
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    writer.write(GREETING)
                elif verb == b"DATA":
                    writer.write(b"354 go\r\n")
                    data = await reader.readuntil(b"\r\n.\r\n")
                    self.messages += 1
                    self.bytes += len(data)
                    writer.write(b"250 ok\r\n")
                elif verb == b"STAT":  # ours: how many so far
                    writer.write(b"250 %d %d\r\n" % (self.messages, self.bytes))
                elif verb == b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                else:
                    writer.write(b"250 ok\r\n")
        writer.close()


def counted(port):
    """(messages, bytes) the sink has taken."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as client:
        _code, said = client.docmd("STAT")
    return tuple(int(number) for number in said.split())


def push(port, *, count, size, lmtp=False):
    """Hand `count` mails of `size` bytes over one connection; returns mails a second."""
    client = (smtplib.LMTP if lmtp else smtplib.SMTP)("127.0.0.1", port, local_hostname="bench")
    client.ehlo_or_helo_if_needed()
    mail = b"Subject: bench\r\nFrom: a@example.org\r\nTo: b@example.org\r\n\r\n" + (b"x" * 70 + b"\r\n") * (size // 72)
    begun = time.perf_counter()
    for _ in range(count):
        client.sendmail("a@example.org", ["b@example.org"], mail)
    seconds = time.perf_counter() - begun
    client.quit()
    return count / seconds


async def main(port):
    sink = Sink()
    server = await asyncio.start_server(sink.serve, "127.0.0.1", port, limit=60_000_000, backlog=200)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(parser.parse_args().port))
