"""Carries mail in the tests: makes letters and issues, writes the mails that answer them, and brings those in.

`Postman.brings` hands the bytes to `accept` and `process`; `Door` is the real LMTP door on a free port.
"""

import asyncio
import itertools
import smtplib
import threading
from email import message_from_bytes, policy
from email.utils import format_datetime

from django.utils import timezone

from notifications import addresses, inbound, letters
from notifications.doors import lmtp
from notifications.models import Edition, Issue, Letter, MailProfile
from tests.patience import PATIENCE

_ids = itertools.count(1)


def words(text):
    """A text as one line, however it was wrapped."""
    return " ".join(text.split())


class Postman:
    def letter(self, member, about, *, text="We do, twice a year.", kind=Letter.Kind.POST, **fields):
        """A letter about one thing, as it left for a member."""
        return letters.compose(member=member, subject="A post", text=text, kind=kind, about=about.reference, **fields)

    def issue(self, member, *things):
        """A digest of these things; its items are numbered on from the member's last."""
        profile, _ = MailProfile.objects.get_or_create(member=member)
        first, number = profile.last_item + 1, profile.last_issue + 1
        lines = [f"Issue {number}. Begin a line with a number to answer, for example  #{first}: my answer", ""]
        for item, thing in enumerate(things, first):
            lines += [f"[#{item}] {thing}", "Somebody wrote something about it.", ""]
        text = "\n".join([*lines, f"End of issue {number}."])
        edition = Edition.objects.create(
            language=member.language, text=text, items=[[thing.reference, None, str(thing)[:200]] for thing in things]
        )
        issue = Issue.objects.create(
            member=member, number=number, edition=edition, first_item=first, last_item=first + len(things) - 1
        )
        letter = letters.compose(member=member, subject=f"Issue {number}", text=text, kind=Letter.Kind.ISSUE)
        Letter.objects.filter(pk=letter.pk).update(issue=issue)
        profile.last_item, profile.last_issue = profile.last_item + len(things), number
        profile.save()
        return issue

    def mail(self, sender, to, text, *, subject="Re: A post", headers=(), message_id="", content_type="text/plain"):
        """The bytes of a mail as a mail program writes them."""
        address = getattr(sender, "email", sender)
        fields = [
            ("From", address),
            ("To", to),
            ("Subject", subject),
            ("Date", format_datetime(timezone.now())),
            ("Message-ID", message_id or f"<mail.{next(_ids)}@example.org>"),
            ("MIME-Version", "1.0"),
            ("Content-Type", f"{content_type}; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            *headers,
        ]
        head = "".join(f"{name}: {value}\r\n" for name, value in fields)
        return (head + "\r\n" + text.replace("\n", "\r\n")).encode()

    def answer(self, letter, text, *, sender=None, **fields):
        """A reply on top of the quoted letter."""
        quoted = "\n".join(f"> {line}" for line in letters.text_of(letter).rstrip("\n").split("\n"))
        body = f"{text}\n\nOn Mon, 2 Mar 2026 at 07:00, Alphorn wrote:\n{quoted}\n"
        return self.mail(sender or letter.member, addresses.reply(letter.code), body, **fields)

    def brings(self, raw, to=None, sender="somebody@example.org", door="lmtp"):
        """Store a mail and process it; returns the arrival."""
        to = to or message_from_bytes(raw, policy=policy.compat32)["To"]
        return inbound.process(inbound.accept(raw, inbound.Envelope(recipient=to, sender=sender, door=door)))

    def replies(self, letter, text, **fields):
        """A member answers a letter; returns the arrival."""
        return self.brings(self.answer(letter, text, **fields), to=addresses.reply(letter.code))

    def told(self, member):
        """The texts of what was explained to a member, oldest first, each with its subject."""
        found = Letter.objects.filter(member=member, kind=Letter.Kind.ANSWER).order_by("pk")
        return [f"{letter.subject}\n{letters.text_of(letter)}" for letter in found]


class Door:
    """The LMTP door in a thread of its own; with a policy_port, where Postfix may ask, too."""

    def __init__(self, policy_port=0):
        self.policy_port = policy_port
        self._ready, self._stop = threading.Event(), None
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self):
        self._stop, self.loop = asyncio.Event(), asyncio.get_running_loop()
        async with lmtp.serve("127.0.0.1", 0, self.policy_port) as self.port:
            self._ready.set()
            await self._stop.wait()

    def __enter__(self):
        self.thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self._stop.set)
        self.thread.join(PATIENCE)

    def client(self):
        return smtplib.LMTP("127.0.0.1", self.port, local_hostname="mx.example.org", timeout=60)

    def sends(self, raw, *recipients, sender="somebody@example.org"):
        """Bring a mail in; returns what smtplib's sendmail returns: the recipients refused after DATA."""
        with self.client() as client:
            return client.sendmail(sender, recipients, raw)
