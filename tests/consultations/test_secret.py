"""Secret ballots: what was voted is never joined to who voted, in a full dump, the record and all mails together."""

import base64
import hashlib
import re
from datetime import timedelta
from itertools import permutations

import pytest
from django.apps import apps
from django.utils import timezone

from consultations import clock
from consultations.models import Ballot, Elector, Urn, Vote
from consultations.services import ballots, erasing, urns
from core.access import Refused
from notifications.models import Answer, Arrival, Letter
from tests.notifications.intake.postman import words

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
CHOICES = ["Okapi", "Quokka", "Numbat"]


@pytest.fixture
def secret(world):
    """Which animal? in secret; the labels stand nowhere else."""
    return ballots.open_ballot(
        by=world.alice,
        workspace=world.workspace,
        title="Which animal?",
        kind="choice",
        options=CHOICES,
        is_secret=True,
        closes_at=timezone.now() + timedelta(days=2),
    )


def close_and_count(ballot):
    """Time goes by, the outbox is empty, the clock counts."""
    Letter.objects.filter(state="queued").update(state="sent", sent_at=timezone.now())
    now = timezone.now()
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(hours=1))
    clock.tick()
    return Ballot.objects.get(pk=ballot.pk)


def dumped():
    """Every row of every table, as `table: values`, with bytes as text: what a thief of the database reads."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model, {name: _readable(value) for name, value in row.items()}


def _readable(value):
    if not isinstance(value, bytes | memoryview):
        return value
    raw = bytes(value)
    parts = [raw.decode("utf-8", "replace")]
    for block in re.findall(rb"(?:[A-Za-z0-9+/]{40,76}\r?\n)+[A-Za-z0-9+/=]*", raw):
        parts.append(base64.b64decode(block + b"===", validate=False).decode("utf-8", "replace"))
    return "\n".join(parts)


def test_bob_votes_on_the_web_and_sees_his_receipt_once(world, secret):
    world.sign_in(world.bob)

    answer = world.client.post(f"/ballots/{secret.pk}/vote/", {"text": "B"})
    page = world.client.get(f"/ballots/{secret.pk}/").content.decode()

    [code] = set(CODE.findall(answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    assert code not in page
    assert "Quokka" not in page.split("<form")[0]
    assert not Vote.objects.exists()
    assert Elector.objects.get(has_voted=True).member == world.bob
    entry = world.workspace.journal.entries.get(verb="ballot.voted")
    assert set(entry.data) == {"channel", "cast_at"}


def test_a_secret_vote_is_changed_only_with_its_code(world, secret):
    slip = ballots.vote(member=world.bob, ballot=secret, text="B")
    others = ballots.vote(member=world.dora, ballot=secret, text="A")
    earlier = timezone.now() - timedelta(minutes=5)
    Ballot.objects.update(opens_at=earlier - timedelta(days=1))
    with pytest.raises(Refused, match="that later vote stands"):  # a mail that was read later than what came after it
        ballots.vote(member=world.bob, ballot=secret, text=f"{slip.receipt} A", came_at=earlier)

    for text in ("C", "AAAA-BBBB-CCC2 C"):
        with pytest.raises(Refused, match="receipt code"):
            ballots.vote(member=world.bob, ballot=secret, text=text)
    again = ballots.vote(member=world.bob, ballot=secret, text=f"{slip.receipt.lower()} C")

    ballot = close_and_count(secret)
    assert again.receipt == slip.receipt
    assert dict(urns.published(ballot)) == {slip.receipt: "C", others.receipt: "A"}


def test_dora_votes_by_mail_gets_her_code_and_changes_her_vote_with_it(world, postman, english, secret):
    issue = postman.issue(english, secret)
    postman.replies(issue.letter, f"#{issue.first_item}: B")
    receipt = Letter.objects.get(member=english, about=secret.reference, kind=Letter.Kind.ANSWER)
    [code] = set(CODE.findall(postman.told(english)[0])) - {"K7QF-M2XP-9TRA"}

    refused = postman.replies(issue.letter, f"#{issue.first_item}: A")
    changed = postman.replies(receipt, f"{code} C")

    assert (refused.outcome, changed.outcome) == ("refused", "posted")
    assert Answer.objects.filter(reason__contains="Quokka").count() == 0
    assert urns.published(close_and_count(secret)) == [[code, "C"]]


def test_everyone_finds_their_vote_on_the_published_list_and_the_record_keeps_its_hash(world, secret):
    slip = ballots.vote(member=world.bob, ballot=secret, text="B")
    early = world.client.get(f"/ballots/{secret.pk}/receipts/").content.decode()
    missing = world.client.get(f"/ballots/{secret.pk}/receipts.txt")

    close_and_count(secret)
    found = world.client.post(f"/ballots/{secret.pk}/receipts/", {"code": slip.receipt}).content.decode()
    listed = world.client.get(f"/ballots/{secret.pk}/receipts.txt").content.decode()
    page = words(world.client.get(f"/ballots/{secret.pk}/").content.decode())

    assert slip.receipt not in early
    assert missing.status_code == 404
    assert "was counted as" in found
    assert listed == f"{slip.receipt} B\n"
    counted = world.workspace.journal.entries.get(verb="ballot.counted").data
    assert counted["list_sha256"] == hashlib.sha256(listed.encode()).hexdigest()
    assert counted["order"] == [["B", 1], ["A", 0], ["C", 0]]
    assert "Who voted how" not in page
    assert "does not protect you from somebody who stands beside you" in page


def test_a_copy_made_while_the_ballot_is_open_holds_no_vote(world, secret):
    for member, letter in ((world.bob, "A"), (world.alice, "B")):
        ballots.vote(member=member, ballot=secret, text=letter)

    urn = Urn.objects.get(ballot=secret)

    assert urn.papers is None
    for open_text in ("A", "B"):
        assert base64.urlsafe_b64decode(urn.sealed).find(f'"{open_text} '.encode()) == -1
    first = urn.sealed
    ballots.vote(member=world.dora, ballot=secret, text="C")
    assert not Urn.objects.get(ballot=secret).sealed.startswith(first[:24])


def test_what_was_voted_without_the_quorum_to_open_is_burnt_unread(world):
    ballot = ballots.open_ballot(
        by=world.alice,
        workspace=world.workspace,
        title="Which animal?",
        is_secret=True,
        opening_quorum="1/1",
        closes_at=timezone.now() + timedelta(days=2),
    )
    ballots.vote(member=world.bob, ballot=ballot, text="yes")

    ballot = close_and_count(ballot)

    assert (urns.published(ballot), Urn.objects.get().sealed) == ([], "")
    assert "Not opened" in world.client.get(f"/ballots/{ballot.pk}/").content.decode()


def test_who_is_not_signed_in_leaves_no_vote_in_a_session(world, secret):
    answer = world.client.post(f"/ballots/{secret.pk}/vote/", {"text": "B"})

    assert answer.status_code == 302
    assert not world.client.session.items()


def test_no_dump_of_all_tables_the_record_and_the_mails_joins_a_vote_to_a_voter(world, postman, english, secret):
    """Three vote, on the web and by mail, one after a misunderstanding; then everything that is stored is searched."""
    said = {}
    issue = postman.issue(english, secret, world.thread)
    number = issue.first_item
    postman.replies(
        issue.letter, f"#{number}: the Numbat, please\n\n#{number + 1}: Snow came in May.", subject="Re: Numbat"
    )
    asked = Letter.objects.filter(member=english, about__startswith="arrival:").latest("pk")
    postman.replies(asked, "C")
    receipt = Letter.objects.get(member=english, about=secret.reference, kind=Letter.Kind.ANSWER)
    postman.brings(postman.mail(english, "help@reply.example.org", "STATUS", subject=""))
    [said[world.dora.pk]] = set(CODE.findall(postman.told(english)[-2] + postman.told(english)[-1])) - {
        "K7QF-M2XP-9TRA"
    }
    for member, letter in ((world.alice, "A"), (world.bob, "B")):
        answer = world.sign_in(member).post(f"/ballots/{secret.pk}/vote/", {"text": letter})
        [said[member.pk]] = set(CODE.findall(answer.content.decode()))

    ballot = close_and_count(secret)

    assert dict(urns.published(ballot)) == {
        said[world.alice.pk]: "A",
        said[world.bob.pk]: "B",
        said[world.dora.pk]: "C",
    }
    for model, row in dumped():
        if model is Urn:
            continue
        text = " ".join(str(value) for value in row.values())
        assert not [code for code in said.values() if code in text], (model, row)
    # What mails said is gone: of Dora's, and of all we wrote back; her post stays.
    for model, row in dumped():
        if model in (Arrival, Answer) or (model is Letter and row["kind"] == "answer"):
            assert "Numbat" not in str(row), (model, row)
    assert world.thread.posts.latest("number").text == "Snow came in May."
    assert not bytes(Letter.objects.get(pk=receipt.pk).stored)
    entries = world.workspace.journal.entries.filter(verb="ballot.voted")
    assert {frozenset(entry.data) for entry in entries} == {frozenset({"channel", "cast_at"})}
    # One row, by random code: its order tells neither who came first nor who came last.
    codes = [code for code, _value in urns.published(ballot)]
    assert codes == sorted(codes)
    assert len(set(permutations(codes))) == 6


def test_an_arrivals_digests_do_not_tell_the_words_either(world, postman, english, secret):
    issue = postman.issue(english, secret)
    arrival = postman.replies(issue.letter, f"#{issue.first_item}: B")
    before = (arrival.sha256, arrival.fingerprint, Answer.objects.get().key)

    close_and_count(secret)

    arrival.refresh_from_db()
    answer = Answer.objects.get()
    assert (answer.text, answer.reason, bytes(arrival.raw), arrival.sha256) == ("", "", b"", "")
    assert not {arrival.fingerprint, answer.key} & set(before)
    assert answer.state == Answer.State.TAKEN


def test_words_held_beside_a_vote_are_still_placed_after_its_mail_is_erased(world, postman, english, secret):
    issue = postman.issue(english, secret, world.thread, world.thread)
    arrival = postman.replies(issue.letter, f"Snow came in May.\n\n#{issue.first_item}: B")
    asked = Letter.objects.filter(member=english, about=arrival.reference).latest("pk")

    close_and_count(secret)
    postman.replies(asked, str(issue.first_item + 1))

    assert bytes(Arrival.objects.get(pk=arrival.pk).raw) == b""
    assert world.thread.posts.latest("number").text == "Snow came in May."


def test_the_count_waits_for_receipts_that_have_not_left(world, postman, english, secret):
    issue = postman.issue(english, secret)
    postman.replies(issue.letter, f"#{issue.first_item}: B")
    now = timezone.now()
    Ballot.objects.update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(hours=1))

    clock.tick()
    waiting = Ballot.objects.get().counted_at
    ballot = close_and_count(secret)

    assert waiting is None
    assert ballot.counted_at is not None


def test_a_mail_is_let_go_of_when_its_vote_is_in_the_urn_and_known_again_all_the_same(world, postman, english, secret):
    issue = postman.issue(english, secret)
    raw = postman.answer(issue.letter, f"#{issue.first_item}: B")
    arrival = postman.brings(raw)
    receipt = Letter.objects.get(member=english, about=secret.reference, kind=Letter.Kind.ANSWER)
    [code] = set(CODE.findall(postman.told(english)[0])) - {"K7QF-M2XP-9TRA"}

    Letter.objects.filter(pk=receipt.pk).update(state="sent", sent_at=timezone.now() - timedelta(hours=1))
    erasing.let_go()
    postman.replies(receipt, f"{code} C")
    again = postman.brings(raw)

    arrival.refresh_from_db()
    assert (bytes(arrival.raw), arrival.subject, arrival.sha256, again.pk) == (b"", "", "", arrival.pk)
    assert [answer.text for answer in Answer.objects.all()] == ["", ""]
    assert not bytes(Letter.objects.get(pk=receipt.pk).stored)
    assert urns.published(close_and_count(secret)) == [[code, "C"]]


def test_a_late_mail_with_a_receipt_code_is_not_kept_beside_the_published_list(world, postman, english, secret):
    slip = ballots.vote(member=english, ballot=secret, text="B")
    issue = postman.issue(english, secret)
    ballot = close_and_count(secret)

    late = postman.replies(issue.letter, f"#{issue.first_item}: {slip.receipt} C")

    assert (late.outcome, bytes(late.raw), Answer.objects.get().text) == ("refused", b"", "")
    assert urns.published(ballot) == [[slip.receipt, "B"]]


def test_the_mail_desk_shows_no_word_of_a_vote_in_secret(world, postman, english, secret):
    issue = postman.issue(english, secret, world.thread)
    number = issue.first_item
    held = postman.replies(issue.letter, f"#{number}: Quokka", sender=world.carol)
    type(held).objects.filter(pk=held.pk).update(subject="Quokka", member=world.carol)
    other = postman.replies(issue.letter, f"#{number + 1}: Snow in May", sender=world.carol)
    postman.replies(issue.letter, f"#{number}: C")
    receipt = Letter.objects.get(member=english, about=secret.reference, kind=Letter.Kind.ANSWER)
    desk = world.sign_in(world.sekou)

    pages = [desk.get(f"/mail/desk/arrivals/{arrival.pk}/").content.decode() for arrival in (held, other)]
    sources = [desk.get(f"/mail/desk/arrivals/{arrival.pk}/source/").status_code for arrival in (held, other)]
    letter = desk.get(f"/mail/desk/letters/{receipt.pk}/").content.decode()
    lists = [desk.get(f"/mail/desk/{at}").content.decode() for at in ("", f"people/{world.carol.pk}/")]

    assert ["Quokka" in page for page in lists] == [False, False]
    assert all(f"/mail/desk/arrivals/{held.pk}/" in page for page in lists)
    assert ["Quokka" in pages[0], "Snow in May" in pages[1]] == [False, True]
    assert sources == [404, 200]
    assert "nobody but its reader" in letter
    assert not set(CODE.findall(letter))
