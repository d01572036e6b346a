"""Fatou takes part with a mailbox and nothing else, from the first mail to the last, in five languages and programs.

Her mails go in through the LMTP door as her program writes them, around the very bytes she was sent; what she is told
is read from what left for her. No page is opened.
"""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.models import Vote
from consultations.services import ballots
from forum.models import Post
from forum.services import posts, threads, workspaces
from members.models import Member
from notifications.models import MailProfile
from notifications.outbox import transports
from tests.notifications.intake.postman import Door
from tests.notifications.reading import clients
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

FATOU = "participant@example.org"  # as the samples of mail programs have it


class Mailbox:
    """What has come for Fatou, and her mail program."""

    def __init__(self, program, language):
        self.program, self.words = program, clients.LANGUAGES[language]
        self.charset = clients.CHARSETS[language]
        self.count = 0

    def work(self):
        call_command("work", once=True, verbosity=0)

    @property
    def letters(self):
        raws = [raw for _sender, recipient, raw in transports.Memory.sent if recipient == FATOU]
        return [message_from_bytes(raw, policy=policy.default) for raw in raws]

    def newest(self, containing=""):
        found = [letter for letter in self.letters if containing in letter["Subject"] + text(letter)]
        return found[-1]

    def writes(self, to, subject, body=""):
        """A mail of her own."""
        self._send(clients._mail(self.words, body), to, subject)

    def answers(self, letter, body):
        """Her answer to a letter, quoted as her program quotes."""
        quoting = SimpleNamespace(**{**vars(self.words), "issue": text(letter)})
        raw = self.program(quoting, body, text(letter), "utf-8")
        self._send(raw, letter["Reply-To"].addresses[0].addr_spec, f"Re: {letter['Subject']}")

    def _send(self, raw, to, subject):
        self.count += 1
        head, _blank, body = raw.partition(b"\n\n")
        head = re.sub(rb"(?m)^(To|Subject|Message-ID|In-Reply-To):.*\n?", b"", head).rstrip(b"\n")
        new = f"\nTo: {to}\nSubject: {subject}\nMessage-ID: <fatou.{self.count}@example.org>\n\n"
        with Door() as door:
            assert door.sends(head + new.encode() + body, to, sender=FATOU) == {}
        self.work()


def text(letter):
    return letter.get_body(("plain",)).get_content()


@pytest.fixture
def world(settings):
    settings.EMAIL_BACKEND = "notifications.outbox.EmailBackend"
    settings.EMAIL_URL = "memory:"
    transports.Memory.sent.clear()
    world = World()
    workspaces.change(by=world.alice, workspace=world.workspace, joining="open")
    yield world
    transports.Memory.sent.clear()


@pytest.mark.parametrize(
    ("program", "language", "yes", "words"),
    [
        (clients.gmail, "en", "YES", ("Ours too.", "42 a sack.", "It holds.")),
        (clients.outlook, "fr", "OUI", ("Chez nous aussi.", "42 le sac.", "Il tient.")),
        (clients.yahoo, "es", "SÍ", ("También aquí.", "42 el saco.", "Aguanta.")),
        (clients.mail_ru, "ru", "ДА", ("У нас тоже.", "42 за мешок.", "Держится.")),
        (clients.qq, "zh", "是", ("我们也是。", "一袋四十二。", "还稳。")),
        (clients.outlook_html, "ar", "نعم", ("عندنا أيضا.", "42 للكيس.", "إنه صامد.")),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_everything_by_mail(world, program, language, yes, words):
    fatou = Mailbox(program, language)

    # She asks for a seat, and confirms.
    fatou.writes("plenary+join@reply.example.org", "Hello")
    fatou.answers(fatou.newest(), yes)
    member = Member.objects.get(email=FATOU)
    assert world.workspace.seats.filter(member=member).exists()
    fatou.answers(fatou.newest("SET LANGUAGE"), f"SET LANGUAGE {language}")
    member.refresh_from_db()
    assert member.language == language

    # Her first issue.
    for title in ("Barley prices", "The bridge at Tso"):
        threads.start(author=world.alice, workspace=world.workspace, title=title, text=f"What do you know of {title}?")
    ballot = ballots.open_ballot(
        by=world.alice,
        workspace=world.workspace,
        title="Which form?",
        kind="choice",
        options=["One page", "Two pages"],
        closes_at=timezone.now() + timedelta(days=2),
    )
    posts.reply(author=world.bob, thread=world.thread, text="The spring of Naldera fell dry in May.")
    call_command("send_digests", member=FATOU, verbosity=0)
    fatou.work()
    issue = fatou.newest("[#")
    numbers = {title.strip(): number for number, title in re.findall(r"^\[#(\d+)\] (.+)$", text(issue), re.MULTILINE)}
    tags = [numbers[title] for title in ("Water above 3,000 m", "Barley prices", "The bridge at Tso", "Which form?")]

    # Three answers and a vote, in one reply.
    body = "\n".join(f"#{tag}: {word}" for tag, word in zip(tags, (*words, "A"), strict=True))
    fatou.answers(issue, body)
    assert sorted(Post.objects.filter(author=member).values_list("text", flat=True)) == sorted(words)
    assert Vote.objects.get(member=member).value == "A"

    # STATUS tells what became of them and what the mail costs; GET brings a discussion.
    fatou.answers(issue, "STATUS")
    status = text(fatou.newest())
    assert all(str(tag) in status for tag in tags)
    assert all(word in status for word in words)
    assert "25" in status  # kilobytes a mail may have
    fatou.answers(issue, f"GET {tags[0]} THREAD")
    assert "Who measures the springs?" in text(fatou.newest())

    # The ballot is extended by a formal notice; her answer to the notice is another vote.
    ballots.extend(
        by=world.alice,
        ballot=ballot,
        closes_at=timezone.now() + timedelta(days=9),
        authority="The bureau",
        reason="The road to Tso was closed.",
    )
    fatou.work()
    notice = fatou.newest("The road to Tso was closed.")
    fatou.answers(notice, "B")
    assert Vote.objects.get(member=member).value == "B"

    # She pauses, comes back and leaves.
    fatou.answers(issue, "PAUSE 3 WEEKS")
    assert MailProfile.objects.get(member=member).paused_until > timezone.now() + timedelta(days=20)
    fatou.answers(issue, "RESUME")
    fatou.writes("plenary+leave@reply.example.org", "Goodbye")
    assert not world.workspace.seats.filter(member=member).exists()
    assert Post.objects.filter(author=member).count() == 3
