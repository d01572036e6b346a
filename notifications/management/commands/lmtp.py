"""`manage.py lmtp`: the door for a mail server that speaks LMTP, on loopback by default."""

import asyncio
import signal
from argparse import ArgumentTypeError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notifications.doors import lmtp


class Command(BaseCommand):
    help = "Take in mail by LMTP until stopped with SIGTERM or Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=_port, default=settings.LMTP_PORT)
        parser.add_argument("--host", default=settings.LMTP_HOST)

    def handle(self, *, host, port, **options):
        try:
            asyncio.run(self.serve(host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {error.strerror}. Choose another port: --port N."
            ) from error

    async def serve(self, host, port):
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with lmtp.serve(host, port, settings.POLICY_PORT) as bound:
            self.stdout.write(f"Taking in mail by LMTP at {host}:{bound}.")
            if settings.POLICY_PORT:
                self.stdout.write(f"Telling Postfix beforehand at {host}:{settings.POLICY_PORT}.")
            self.stdout.flush()
            await stop.wait()


def _port(text):
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise ArgumentTypeError(f"{text} is no port: a number up to 65535")
