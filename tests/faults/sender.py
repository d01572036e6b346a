"""A mail server that brings answers in by LMTP as a real one does: it keeps a mail until it hears 250."""

import contextlib
import smtplib
import threading
import time
from email.utils import format_datetime

from django.utils import timezone

TIMEOUT = 20  # seconds


class Sender:
    """Brings mails, (raw, recipient), over a few connections; `run` returns when each has been accepted.

    Now and then a mail whose 250 was heard is brought again, as servers do that lose their own memory.
    """

    def __init__(self, port, *, sender="dora@example.org", again_every=10):
        self.port, self.sender, self.again_every = port, sender, again_every
        self.accepted = self.put_off = 0
        self.lock = threading.Lock()

    def run(self, mails, connections=2):
        threads = [
            threading.Thread(target=self._bring, args=(mails[number::connections],)) for number in range(connections)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _bring(self, mails):
        client = None
        for number, (raw, recipient) in enumerate(mails):
            times = 2 if number % self.again_every == 0 else 1
            while times:
                try:
                    client = client or smtplib.LMTP("127.0.0.1", self.port, "mx.example.org", timeout=TIMEOUT)
                    client.sendmail(self.sender, [recipient], raw)
                    times -= 1
                except (smtplib.SMTPException, OSError):
                    # Nobody said 250, so the mail is still ours to bring.
                    self.put_off += 1
                    with contextlib.suppress(smtplib.SMTPException, OSError):
                        client and client.close()
                    client = None
                    time.sleep(0.05)
            with self.lock:
                self.accepted += 1
        if client:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                client.quit()


def answers_of(member, letter_address, count):
    """Mails in which a member answers one letter, each with words of its own."""
    for number in range(count):
        head = (
            f"From: {member.email}\r\nTo: {letter_address}\r\nSubject: Re: Water\r\n"
            f"Date: {format_datetime(timezone.now())}\r\nMessage-ID: <answer.{number}@example.org>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        )
        yield (f"{head}Answer number {number} of many.\r\n").encode(), letter_address
