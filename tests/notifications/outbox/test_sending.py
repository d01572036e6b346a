"""The outbox: every letter leaves once, whatever the mail server says and whenever a worker dies."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from journal.models import Entry
from notifications import letters, outbox, subscriptions
from notifications.models import Bounce, Letter
from notifications.outbox import Outbox, sending, smtp, transports
from notifications.tasks.jobs import Job
from notifications.tasks.worker import Worker
from tests.patience import PATIENCE
from tests.postgres import free_port
from tests.security.test_at_once import at_once


class Sink:
    """A real SMTP server on loopback that keeps what it takes. `answers` maps a recipient to the reply it gets."""

    def __init__(self):
        self.taken, self.answers, self.rcpt_answers, self.connections = [], {}, {}, 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.rcpt_answers:
            return self.rcpt_answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (recipient,) = envelope.rcpt_tos
        if recipient in self.answers:
            return self.answers[recipient]
        self.taken.append((envelope.mail_from, recipient, envelope.content))
        return "250 taken"


@pytest.fixture
def sink():
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE)
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def hands(sink):
    """One worker's outbox, connected to the sink."""
    made = Outbox(smtp.Smtp(host="127.0.0.1", port=sink.port))
    yield made
    made.close()


def write(name, **fields):
    return letters.compose(
        recipient=f"{name}@example.org", subject=f"For {name}", text="Où sont les sources ?", **fields
    )


def state(letter):
    letter.refresh_from_db()
    return letter.state


def test_letters_leave_byte_for_byte_over_one_connection(db, sink, hands):
    written = [write(name) for name in ("dora", "bob", "carol")]

    assert hands.send_due() == 3

    assert {content for _from, _to, content in sink.taken} == {bytes(letter.raw) for letter in written}
    assert {sender for sender, _to, _content in sink.taken} == {letter.sender for letter in written}
    assert sink.connections == 1
    assert {state(letter) for letter in written} == {"sent"}
    assert hands.send_due() == 0


def test_urgent_letters_go_first(db, sink, hands):
    write("digest", priority=Letter.Priority.BULK)
    write("code", priority=Letter.Priority.NOW)

    hands.send_due()

    assert [to for _from, to, _content in sink.taken] == ["code@example.org", "digest@example.org"]


def test_a_temporary_refusal_is_tried_again_with_growing_pauses_and_given_up_after_five_days(db, sink, hands):
    sink.answers["dora@example.org"] = "451 later, please"
    letter, other = write("dora"), write("bob")
    pauses = []

    for _try in range(3):
        hands.send_due()
        letter.refresh_from_db()
        pauses.append(letter.due_at - timezone.now())
        Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now())
    Letter.objects.filter(pk=letter.pk).update(tried_at=timezone.now() - timedelta(days=5, minutes=1))
    hands.send_due()

    assert timedelta(seconds=50) < pauses[0] < pauses[1] < pauses[2]
    assert state(letter) == "failed"
    assert "451 later, please" in letter.last_error
    assert state(other) == "sent"


@pytest.mark.parametrize("where", ["answers", "rcpt_answers"])
def test_a_permanent_refusal_fails_at_once_and_the_rest_goes_on(db, sink, hands, where):
    getattr(sink, where)["dora@example.org"] = "550 no such user"
    letter, other = write("dora"), write("bob")

    hands.send_due()

    assert state(letter) == "failed"
    assert letter.last_error == "550 no such user"
    assert state(other) == "sent"
    sink.answers.clear()
    sink.rcpt_answers.clear()
    assert outbox.retry(letter)
    hands.send_due()
    assert state(letter) == "sent"


def test_a_connection_lost_before_the_answer_sends_the_same_bytes_again(db, sink, hands):
    sink.answers["dora@example.org"] = "421 4.3.2 going away"
    letter = write("dora")
    hands.send_due()
    assert state(letter) == "queued"

    sink.answers.clear()
    Letter.objects.update(due_at=timezone.now())
    hands.send_due()

    assert state(letter) == "sent"
    ((_from, _to, content),) = sink.taken
    assert content == bytes(letter.raw)
    assert message_from_bytes(content)["Message-ID"] == letter.message_id


def test_a_server_that_is_away_costs_no_letter_a_try(db):
    hands = Outbox(smtp.Smtp(host="127.0.0.1", port=1))
    letter = write("dora")

    hands.send_due()
    hands.send_due()  # stays away for a while

    assert state(letter) == "queued"
    assert letter.claimed_until is None
    assert "127.0.0.1:1" in letter.last_error
    assert hands.failures == 1


class Killed(BaseException):
    """What a worker meets when it is killed: no cleaning up of any kind."""


class Deadly(transports.Memory):
    """Hands letters over; the worker is killed before, or right after, the third."""

    def __init__(self, *, after):
        self.sent, self.after, self.calls = [], after, 0

    def hand_over(self, letter, following=None):
        self.calls += 1
        if self.calls == 3 and not self.after:
            raise Killed
        super().hand_over(letter)
        if self.calls == 3:
            raise Killed


@pytest.mark.parametrize("after", [False, True])
def test_a_killed_worker_loses_nothing_and_sends_at_most_one_again(db, after):
    written = [write(f"reader{number}") for number in range(6)]
    transport = Deadly(after=after)
    with pytest.raises(Killed):
        Outbox(transport).send_due()
    assert Letter.objects.filter(state="sending").count() == 1

    assert Outbox(transport).send_due() == 0  # the dead worker's claims have not run out
    Letter.objects.exclude(claimed_until=None).update(claimed_until=timezone.now() - timedelta(seconds=1))
    Outbox(transport).send_due()

    codes = [message_from_bytes(raw)["Message-ID"] for _from, _to, raw in transport.sent]
    assert set(codes) == {letter.message_id for letter in written}
    assert len(codes) == 6 + after
    assert {state(letter) for letter in written} == {"sent"}


def test_a_claim_that_ran_out_and_was_taken_by_another_is_respected(db):
    first, second = write("one"), write("two")

    class Slow(transports.Memory):
        sent = []

        def hand_over(self, letter, following=None):
            super().hand_over(letter)
            # Meanwhile another worker takes what this one had claimed.
            Letter.objects.filter(pk=second.pk).update(claimed_until=timezone.now() + timedelta(minutes=9))

    hands = Outbox(Slow())
    hands.send_due()

    assert [to for _from, to, _raw in Slow.sent] == ["one@example.org"]
    assert state(first) == "sent"
    assert state(second) == "queued"


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once():
    for number in range(60):
        write(f"reader{number}")
    sent = []

    class Shared(transports.Memory):
        def hand_over(self, letter, following=None):
            sent.append(letter.pk)

    def work():
        hands = Outbox(Shared())
        while hands.send_due(limit=7) or outbox.queued().filter(claimed_until=None).exists():
            pass

    assert at_once(*[work] * 4) == [None] * 4
    assert sorted(sent) == sorted(Letter.objects.values_list("pk", flat=True))
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_djangos_own_mails_become_letters_that_go_first(db):
    mail.send_mail("Your code", "Your code is 123456", None, ["new@example.net"], html_message="<p>123456</p>")

    letter = Letter.objects.get(recipient="new@example.net")
    assert letter.priority == Letter.Priority.NOW
    assert "Your code is 123456" in letters.text_of(letter)
    assert message_from_bytes(bytes(letter.raw))["From"].endswith("<notices@reply.example.org>")
    assert letter.sender.startswith("bounce+")


def test_a_maildir_keeps_a_letter_once_however_often_it_is_sent(db, tmp_path):
    transport = transports.from_url(f"maildir://{tmp_path}/mail")
    letter = write("dora")

    transport.hand_over(letter)
    transport.hand_over(letter)

    (file,) = (tmp_path / "mail" / "new").iterdir()
    assert file.read_bytes() == bytes(letter.raw)


def test_an_address_of_no_known_kind_is_named_at_start():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        transports.from_url("carrier-pigeon://loft")


def test_one_failing_job_does_not_stop_the_others(caplog):
    done = []

    def fail(should_stop):
        raise ValueError("broken")

    def work(should_stop):
        done.append(1)
        return len(done) < 3

    Worker([Job("bad", fail, 1), Job("good", work, 1)]).finish()

    assert len(done) >= 3
    assert "The job bad failed" in caplog.text


def test_a_sign_in_code_that_comes_in_the_middle_of_a_digest_run_leaves_next(db, monkeypatch):
    monkeypatch.setattr(sending, "URGENT_EVERY", 0)
    for number in range(20):
        write(f"digest{number}", priority=Letter.Priority.BULK)

    class Busy(transports.Memory):
        sent = []

        def hand_over(self, letter, following=None):
            super().hand_over(letter)
            if len(self.sent) == 5:
                mail.send_mail("Your code", "Your code is 123456", None, ["new@example.net"])

    Outbox(Busy()).send_due()

    recipients = [to for _from, to, _raw in Busy.sent]
    assert len(recipients) == 21
    assert recipients.index("new@example.net") == 6  # one letter had been named to the server already


def test_letters_leave_in_the_order_of_their_urgency(db, sink, hands):
    for name in ("bulk", "soon", "next", "now"):
        write(name, priority=Letter.Priority[name.upper()])

    hands.send_due()

    assert [to for _from, to, _content in sink.taken] == [
        f"{name}@example.org" for name in ("now", "next", "soon", "bulk")
    ]


def test_a_refusal_for_good_counts_as_a_bounce_and_a_later_one_does_not(world, sink, hands):
    sink.rcpt_answers["dora@example.org"] = "550 5.1.1 no such user"
    sink.rcpt_answers["bob@example.org"] = "452 4.2.2 mailbox full"
    sink.answers["alice@example.org"] = "554 5.7.1 we do not like your words"
    for member in (world.dora, world.bob, world.alice):
        letters.compose(member=member, subject="Issue 1", text="What was said.")

    hands.send_due()

    # A policy is no fault of the mailbox: it counts half of what a mailbox does that is not there.
    assert {(row.member, row.points) for row in Bounce.objects.all()} == {(world.dora, 2), (world.alice, 1)}


def test_a_letter_of_which_nobody_knows_is_counted_and_recorded(world, server, connect):
    hands = connect(server)
    server.says["END", "dora@example.org"] = ["taken, then hang up"]
    letter, other = write("dora"), write("bob")

    hands.send_due()
    Letter.objects.filter(state="queued").update(due_at=timezone.now())
    hands.send_due()

    assert (state(letter), letter.unanswered, state(other), other.unanswered) == ("sent", 1, "sent", 0)
    assert server.recipients == ["dora@example.org", "bob@example.org", "dora@example.org"]
    first, again = (content for _from, to, content in server.taken if to == "dora@example.org")
    assert first == again == bytes(letter.raw)
    entry = Entry.objects.get(verb="letter.repeated")
    assert entry.about == letter.reference


def test_a_suspended_address_gets_its_codes_and_nothing_else(world, sink, hands):
    profile = subscriptions.profile_of(world.dora)
    profile.suspended_at, profile.suspended_address = timezone.now(), world.dora.email
    profile.save()
    notice = letters.compose(member=world.dora, subject="A notice", text="What was said.")
    mail.send_mail("Your code", "Your code is 123456", None, [world.dora.email])

    hands.send_due()

    assert state(notice) == "withdrawn"
    assert [to for _from, to, _content in sink.taken] == [world.dora.email]


def test_a_letter_whose_bytes_are_kept_no_longer_is_not_sent_again(db, sink, hands):
    letter = write("dora")
    Letter.objects.update(state="failed", pruned_at=timezone.now(), stored=b"")

    assert not outbox.retry(letter)
    hands.send_due()

    assert state(letter) == "failed"
    assert sink.taken == []
