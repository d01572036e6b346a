"""What one may not know is not told by another door either: a link, a letter that waits, a name beside a form."""

import pytest
from allauth.account.models import EmailAddress

from core.access import Refused
from forum.models import Invitation, Seat
from forum.services import posts, seats, threads
from notifications import letters, outbox, subscriptions
from notifications.digests import run
from notifications.models import Letter
from notifications.outbox.transports import Memory
from tests.consultations import consulting


def test_an_address_somebody_only_claims_does_not_keep_its_owner_out(world):
    EmailAddress.objects.create(user=world.bob, email="eve@example.org", verified=False)
    world.sign_in(world.alice)

    world.client.post(
        "/workspaces/plenary/invite/", {"addresses": "eve@example.org\nbob@example.org", "role": "member"}
    )

    assert [invitation.email for invitation in Invitation.objects.all()] == ["eve@example.org"]


def test_the_new_name_of_a_workspace_turns_and_splits_nothing(world):
    world.sign_in(world.alice)
    form = {"name": "Plenary\u202e\u2028gnp.exe\x0bBcc: x", "visibility": "public", "joining": "open"}

    world.client.post("/workspaces/plenary/change/", {**form, "posting": "seated", "moderation": "none"})

    world.workspace.refresh_from_db()
    assert world.workspace.name == "Plenary gnp.exe Bcc: x"


def test_a_seat_changed_after_it_was_taken_away_is_refused_and_no_error(world):
    world.sign_in(world.alice)
    seat = world.workspace.seats.get(member=world.bob)

    Seat.objects.filter(pk=seat.pk).delete()
    for deed in (
        lambda: seats.appoint(by=world.alice, seat=seat, role=Seat.Role.OBSERVER),
        lambda: seats.dismiss(by=world.alice, seat=seat, reason="Again"),
    ):
        with pytest.raises(Refused):
            deed()


@pytest.fixture
def sent():
    Memory.sent.clear()
    yield Memory.sent
    Memory.sent.clear()


def send():
    outbox.Outbox(transport=Memory()).send_due()


@pytest.mark.parametrize("deed", ["hide", "withdraw", "erase"])
def test_a_digest_that_waits_does_not_leave_with_what_is_not_shown_any_more(world, sent, deed):
    run.prepare(force=True)
    secret = posts.reply(author=world.bob, thread=world.thread, text="My address is in this post.")
    posts.reply(author=world.alice, thread=world.thread, text="Snow is late.")
    assert run.write_now(world.dora)

    {
        "hide": lambda: posts.hide(by=world.alice, post=secret, reason="Personal"),
        "withdraw": lambda: posts.withdraw(by=world.bob, post=secret),
        "erase": lambda: posts.erase(by=world.sekou, post=secret),
    }[deed]()
    send()
    run.write_now(world.dora)
    send()

    [(_sender, _recipient, raw)] = [mail for mail in sent if mail[1] == world.dora.email]
    assert b"Snow is late" in raw
    assert b"My address" not in raw


def test_a_digest_leaves_although_something_else_was_hidden_meanwhile(world, sent):
    run.write_now(world.dora)
    posts.reply(author=world.alice, thread=world.thread, text="Snow is late.")
    written = run.write_now(world.dora)
    later = posts.reply(author=world.bob, thread=world.thread, text="Never mind.")

    posts.hide(by=world.alice, post=later, reason="As an example")
    posts.hide(by=world.alice, post=world.post, reason="Shown long before")
    send()

    written.refresh_from_db()
    assert written.state == Letter.State.SENT


def test_nothing_leaves_for_an_account_that_was_closed(world, sent):
    letters.compose(member=world.bob, subject="A post you asked for", text="Secret", kind=Letter.Kind.ANSWER)
    letters.compose(recipient="eve@example.org", subject="Your code", text="123456", sender="notices@example.org")
    world.bob.is_active = False
    world.bob.save()

    send()

    assert [mail[1] for mail in sent] == ["eve@example.org"]


def test_the_link_that_stops_mail_names_only_what_its_member_may_see(world, client):
    secret = world.room("board", visibility="private")
    thread = threads.start(author=world.alice, workspace=secret, title="Whom we let go", text="Nobody yet")
    for kind, thing, name in ((letters.WORKSPACE, secret, "Board"), (letters.THREAD, thread, "Whom we let go")):
        path = letters.stop_url(member_id=world.bob.pk, kind=kind, pk=thing.pk).partition("//")[2].partition("/")[2]
        assert name in client.get(f"/{path}").content.decode()

        seat = secret.seats.filter(member=world.bob)
        seat.update(member=world.carol)
        answers = [client.get(f"/{path}"), client.post(f"/{path}")]
        secret.seats.filter(member=world.carol).update(member=world.bob)

        assert [answer.status_code for answer in answers] == [200, 200]
        assert not any(name in answer.content.decode() for answer in answers)
    assert subscriptions.cadence_of(world.bob, workspace=secret)[0] == "none"


def test_an_invitation_that_was_used_describes_the_room_no_more(world, client):
    secret = world.room("board", visibility="private", description="Where we decide whom to let go")
    invitation = seats.invite(by=world.alice, workspace=secret, email=world.carol.email)
    assert "Where we decide" in client.get(f"/invitations/{invitation.token}/").content.decode()

    seats.accept(member=world.carol, invitation=invitation)

    assert "Where we decide" not in client.get(f"/invitations/{invitation.token}/").content.decode()


def test_the_reason_of_a_declined_post_does_not_appear_when_it_is_erased(world, client):
    world.workspace.moderation = "all"
    world.workspace.save()
    post = posts.reply(author=world.bob, thread=world.thread, text="Spam")
    posts.decline(by=world.alice, post=post, reason="You were warned twice")

    posts.erase(by=world.sekou, post=post)

    assert "warned twice" not in client.get(f"/threads/{world.thread.pk}/").content.decode()


def test_no_control_character_gets_into_a_mail(world):
    letter = letters.compose(member=world.bob, subject="A\r\nBcc: x\x0b\u2028y", text="one\r.\rtwo\r\nthree\x00\x1b[2J")

    head, _, body = bytes(letter.raw).partition(b"\r\n\r\n")
    assert b"\nBcc" not in head
    assert body == b"one\r\n.\r\ntwo\r\nthree[2J\r\n"


def test_feeds_files_and_refusals_are_for_nobody_elses_cache(world):
    consultation = consulting.running(world)
    address = consultation.get_absolute_url()
    client = world.sign_in(world.bob)

    answers = [client.get(f"{address}{name}") for name in ("", "feed/", "results.csv", "calendar.ics", "99/", "late/")]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 404, 403]
    assert not [answer for answer in answers if "private" not in answer["Cache-Control"]]
