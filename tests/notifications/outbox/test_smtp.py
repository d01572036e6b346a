"""The dialogue with a mail server: few round trips, and each refusal is the letter's that it was said of."""

import pytest

from notifications.models import Letter


def test_letters_leave_byte_for_byte_in_one_round_trip_each(server, hands, write, state):
    written = [write(f"reader{number}", text=f"{number}\n.\n..two\n.") for number in range(20)]

    hands.send_due()

    assert {content for _from, _to, content in server.taken} == {bytes(letter.raw) for letter in written}
    assert {state(letter) for letter in written} == {"sent"}
    assert server.connections == 1
    assert server.waits <= 20 + 3  # greeting, the first letter's commands, and one look for more


def test_a_server_without_pipelining_is_asked_step_by_step(serve, connect, write, state):
    server = serve(offers=("8BITMIME",))
    written = [write(name) for name in ("dora", "bob", "carol")]
    server.says["RCPT", "bob@example.org"] = "550 5.1.1 no such user"

    connect(server).send_due()

    assert sorted(server.recipients) == ["carol@example.org", "dora@example.org"]
    assert [state(letter) for letter in written] == ["sent", "failed", "sent"]
    assert server.waits >= 2 * 4


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "END"])
@pytest.mark.parametrize("said", ["550 5.1.1 no such user", "450 4.2.2 mailbox full"])
def test_a_refusal_is_that_letters_and_the_others_leave(server, hands, write, state, verb, said):
    written = [write(name) for name in ("alice", "bob", "carol", "dora", "eve")]
    for name in ("bob", "carol"):
        server.says[verb, f"{name}@example.org"] = said

    hands.send_due()

    assert sorted(server.recipients) == ["alice@example.org", "dora@example.org", "eve@example.org"]
    refused = "failed" if said[0] == "5" else "queued"
    assert [state(letter) for letter in written] == ["sent", refused, refused, "sent", "sent"]
    assert Letter.objects.get(recipient="bob@example.org").last_error == said
    assert server.connections == 1


def test_a_refused_sender_is_told_of_the_right_letter(server, hands, write, state):
    written = [write(name) for name in ("alice", "bob", "carol")]
    server.says["MAIL", "*"] = ["250 ok", "451 4.1.8 who are you?", "250 ok"]

    hands.send_due()

    assert [state(letter) for letter in written] == ["sent", "queued", "sent"]


def test_a_server_that_waits_for_content_although_it_refused_gets_none(server, hands, write, state):
    written = [write(name) for name in ("alice", "bob", "carol")]
    server.says["RCPT", "bob@example.org"] = "550 5.1.1 no such user"
    server.says["DATA", "*"] = "354 go"

    hands.send_due()

    assert server.contents == [b".\r\n"]
    assert sorted(server.recipients) == ["alice@example.org", "carol@example.org"]
    assert [state(letter) for letter in written] == ["sent", "failed", "sent"]


def test_a_server_that_closes_after_each_letter_costs_no_letter_a_try(server, hands, write, state):
    server.per_connection = 1
    written = [write(f"reader{number}") for number in range(5)]

    hands.send_due()

    assert len(server.taken) == 5
    assert {(state(letter), letter.attempts) for letter in written} == {("sent", 1)}
    assert server.connections == 5


def test_a_connection_that_was_closed_meanwhile_is_opened_again(server, hands, write, state):
    write("dora")
    hands.send_due()
    server.says["MAIL", "*"] = ["421 4.4.2 you were silent for too long"]
    late = write("bob")

    hands.send_due()
    server.hang_up()
    later = write("carol")
    hands.send_due()

    assert server.recipients == ["dora@example.org", "bob@example.org", "carol@example.org"]
    assert (state(late), state(later)) == ("sent", "sent")
    assert server.connections == 3


def test_a_letter_larger_than_the_server_takes_fails_and_says_so(serve, connect, write, state):
    server = serve(offers=("PIPELINING", "SIZE 2000"))
    large, small = write("dora", text="a long word " * 300), write("bob")

    connect(server).send_due()

    assert (state(large), state(small)) == ("failed", "sent")
    assert "takes 2000 at most" in large.last_error


def test_an_address_that_would_write_commands_of_its_own_never_leaves(server, hands, write, state):
    letter, other = write("dora"), write("bob")
    Letter.objects.filter(pk=letter.pk).update(recipient="dora@example.org>\r\nRCPT TO:<eve@example.org")

    hands.send_due()

    assert (state(letter), state(other)) == ("failed", "sent")
    assert server.recipients == ["bob@example.org"]


def test_a_letter_taken_by_another_worker_sends_no_content(server, hands, write, state, monkeypatch):
    first, second, third = write("alice"), write("bob"), write("carol")
    monkeypatch.setattr(hands.transport, "hand_over", _after_first(hands, second))

    hands.send_due()

    assert sorted(server.recipients) == ["alice@example.org", "carol@example.org"]
    assert [state(letter) for letter in (first, second, third)] == ["sent", "queued", "sent"]


def _after_first(hands, second):
    """Hand over as ever, but after the first letter another worker has taken the second."""
    hand_over = hands.transport.hand_over

    def and_lose(letter, following=None):
        hand_over(letter, following)
        Letter.objects.filter(pk=second.pk).update(claimed_until=None)

    return and_lose
