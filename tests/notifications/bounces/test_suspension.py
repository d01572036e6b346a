"""Suspension and revival: what is not sent meanwhile, who is told, what brings an address back, and what comes then."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from forum.services import posts
from members.models import Mandate, Organisation
from notifications import addresses, letters, subscriptions
from notifications.bounces import probes, suspension, telling
from notifications.digests import run
from notifications.models import Bounce, Letter, MailProfile
from tests.notifications.bounces.conftest import left, report


@pytest.fixture
def suspended(world, bounced):
    """Dora, from whom too much came back; she reads English here."""
    world.dora.language = "en"
    world.dora.save()
    bounced(world.dora, 3)
    assert profile(world.dora).suspended_at
    return world.dora


def profile(member):
    return subscriptions.profile_of(member)


def work():
    call_command("work", once=True, verbosity=0)


def states(member, **which):
    return list(Letter.objects.filter(member=member, **which).order_by("pk").values_list("state", flat=True))


def text_of(letter):
    return " ".join(letters.text_of(letter).split())


# -- While it lasts --------------------------------------------------------------------------------------------


def test_nothing_is_sent_to_a_suspended_address_but_codes(world, suspended, postman):
    postman.letter(suspended, world.answer)
    postman.letter(world.bob, world.post)
    letters.compose(recipient=suspended.email, subject="Sign-In Code", text="ABC123")

    work()

    assert states(suspended, about=world.answer.reference) == ["withdrawn"]
    assert Letter.objects.get(member=world.bob, about=world.post.reference).state == "sent"
    assert Letter.objects.get(subject="Sign-In Code").state == "sent"


def test_no_digest_is_written_meanwhile(world, suspended):
    posts.reply(author=world.bob, thread=world.thread, text="While nobody hears.")

    subscriptions.open_for_new_seats()
    run.write_due(now=timezone.now() + timedelta(days=2))

    assert Letter.objects.filter(member=suspended, kind="issue").count() == 0
    assert Letter.objects.filter(member=world.alice, kind="issue").count() == 1


def test_whoever_reads_post_by_post_gets_none_meanwhile(world, suspended):
    subscriptions.follow(member=suspended, workspace=world.workspace, cadence="each")

    posts.reply(author=world.bob, thread=world.thread, text="While nobody hears.")
    work()

    assert Letter.objects.filter(member=suspended, subject__contains="Water").count() == 0
    suspension.revive(suspended, why="self")
    work()
    [issue] = Letter.objects.filter(member=suspended, kind="issue")
    assert "While nobody hears." in text_of(issue)


# -- Back again ------------------------------------------------------------------------------------------------


def test_one_issue_tells_what_was_missed_once_they_write(world, suspended, postman):
    posts.reply(author=world.bob, thread=world.thread, text="While nobody hears.")
    postman.letter(suspended, world.alice, kind=Letter.Kind.NOTICE, text="You have a seat.")
    work()

    postman.brings(postman.mail(suspended, "x", "STATUS"), to=addresses.help_address())
    work()

    assert profile(suspended).suspended_at is None
    [issue] = Letter.objects.filter(member=suspended, kind="issue")
    assert "While nobody hears." in text_of(issue)
    assert issue.state == "sent"
    assert states(suspended, kind="notice") == ["sent"]


def test_a_forged_mail_revives_nobody(world, suspended, postman, settings):
    settings.AUTHSERV_ID = "mx.our.example"
    forged = b"Authentication-Results: mx.our.example; dmarc=fail\r\n"

    postman.brings(forged + postman.mail(suspended, "x", "STATUS"), to=addresses.help_address())
    postman.brings(postman.mail("dora@example.net", "x", "STATUS"), to=addresses.help_address())

    assert profile(suspended).suspended_at is not None


def test_what_was_in_the_digest_that_came_back_is_told_again(world, postman):
    world.dora.language = "en"
    world.dora.save()
    subscriptions.open_for_new_seats()
    posts.reply(author=world.bob, thread=world.thread, text="This came back.")
    issue = left(run.write_now(world.dora))
    assert "This came back." in text_of(issue)

    postman.brings(report(issue), to=addresses.bounce(issue.code), sender="")
    for _time in range(2):
        letter = left(postman.letter(world.dora, world.alice, kind=Letter.Kind.NOTICE))
        postman.brings(report(letter), to=addresses.bounce(letter.code), sender="")
    assert profile(world.dora).suspended_at
    suspension.revive(world.dora, why="self")
    run.write_due()

    newest = Letter.objects.filter(member=world.dora, kind="issue").first()
    assert newest != issue
    assert "This came back." in text_of(newest)


def test_a_code_that_arrived_revives(world, suspended, client):
    client.post("/account/login/code/", {"email": suspended.email})
    code = Letter.objects.get(recipient=suspended.email, member=None)
    [typed] = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", text_of(code))

    client.post("/account/login/code/confirm/", {"code": typed})

    assert client.get("/mail/").status_code == 200
    assert profile(suspended).suspended_at is None


def test_another_way_to_sign_in_revives_nothing_but_the_button_does(world, suspended):
    page = world.sign_in(suspended).get("/mail/").content.decode()
    assert "came back" in page
    assert profile(suspended).suspended_at

    world.client.post("/mail/reach-me/")

    assert profile(suspended).suspended_at is None


def test_another_main_address_revives(world, suspended):
    suspended.email = "dora@new.example"
    suspended.save()

    probes.look()

    assert profile(suspended).suspended_at is None


def test_a_post_that_was_not_mailed_yet_is_told_and_one_that_was_is_not_told_twice(world, postman):
    subscriptions.open_for_new_seats()
    subscriptions.follow(member=world.bob, workspace=world.workspace, cadence="each")
    posts.reply(author=world.alice, thread=world.thread, text="Mailed by itself.")
    work()
    posts.reply(author=world.alice, thread=world.thread, text="Written too late.")

    for _time in range(3):
        notice = left(postman.letter(world.bob, world.alice, kind=Letter.Kind.NOTICE))
        postman.brings(report(notice), to=addresses.bounce(notice.code), sender="")
    work()
    suspension.revive(world.bob, why="self")
    work()

    [issue] = Letter.objects.filter(member=world.bob, kind="issue")
    assert "Written too late." in text_of(issue)
    assert "Mailed by itself." not in text_of(issue)


def test_a_report_on_a_letter_from_before_the_revival_counts_no_more(world, suspended, postman):
    late = left(postman.letter(suspended, world.post))
    suspension.revive(suspended, why="self")

    postman.brings(report(late), to=addresses.bounce(late.code), sender="")

    assert Bounce.objects.filter(letter=late).count() == 0
    assert profile(suspended).suspended_at is None


# -- Probes ----------------------------------------------------------------------------------------------------


def after(member, days):
    """As if the suspension were so many days older."""
    found, back = profile(member), timedelta(days=days)
    found.suspended_at -= back
    found.next_probe_at = found.next_probe_at and found.next_probe_at - back
    found.save()
    Letter.objects.filter(member=member, key__startswith="probe:", state="sent").update(
        key=f"probe:{member.pk}:{found.suspended_at:%Y%m%d%H%M%S}:{found.probes}"
    )


def probe_of(member):
    work()
    return Letter.objects.filter(member=member, key__startswith="probe:").first()


def test_a_probe_that_is_not_returned_within_three_days_revives(world, suspended):
    assert probe_of(suspended) is None
    after(suspended, 3)
    probe = probe_of(suspended)
    assert (probe.state, "you need do nothing" in text_of(probe)) == ("sent", True)
    assert probes.look() == 0

    after(suspended, 3)
    probes.look()

    assert profile(suspended).suspended_at is None


def test_a_returned_probe_leaves_it_suspended_and_after_three_nobody_asks_any_more(world, suspended, postman):
    for days in (3, 4, 7):
        after(suspended, days)
        probe = probe_of(suspended)
        assert probe.state == "sent"
        postman.brings(report(probe), to=addresses.bounce(probe.code), sender="")
        Letter.objects.filter(pk=probe.pk).update(key=None)

    assert profile(suspended).suspended_at is not None
    assert profile(suspended).next_probe_at is None
    assert probes.look() == 0


def test_a_probe_that_is_late_is_waited_for(world, suspended, postman):
    after(suspended, 3)
    probe = probe_of(suspended)
    after(suspended, 2)
    postman.brings(
        report(probe, action="delayed", status="4.4.1", words="later"), to=addresses.bounce(probe.code), sender=""
    )

    after(suspended, 2)
    probes.look()

    assert profile(suspended).suspended_at is not None


def test_an_answer_to_a_probe_revives_at_once(world, suspended, postman):
    after(suspended, 3)
    probe = probe_of(suspended)

    short = postman.replies(probe, "I am here.")
    assert profile(suspended).suspended_at is None
    long = postman.replies(probe, "I am here, but from next week on I am at another office. " * 3)

    assert (short.state, short.outcome) == ("done", "done")
    assert long.state == "held"


# -- Who is told -----------------------------------------------------------------------------------------------


def test_moderators_and_colleagues_are_told_once_a_day_without_addresses(world, suspended):
    spring = Organisation.objects.create(name="Spring Watch", category="ngo")
    for member in (suspended, world.carol):
        Mandate.objects.create(member=member, organisation=spring)

    assert (telling.tell(), telling.tell()) == (2, 0)

    told = Letter.objects.filter(key__startswith="unreachable:")
    to_alice, to_carol = (told.get(member=member) for member in (world.alice, world.carol))
    assert "Dora" in text_of(to_alice)
    assert "Plenary" in text_of(to_alice)
    assert "Spring Watch" in text_of(to_carol)
    assert "Plenary" not in text_of(to_carol)
    assert "dora@example.org" not in text_of(to_alice) + text_of(to_carol)
    assert not Letter.objects.filter(key__startswith="unreachable:", member=world.bob).exists()


def test_a_second_suspension_is_told_the_day_after(world, suspended, bounced):
    telling.tell()
    bounced(world.bob, 3)
    assert telling.tell() == 0

    yesterday = timezone.now() - timedelta(hours=25)
    told = Letter.objects.filter(key__startswith="unreachable:")
    MailProfile.objects.filter(member=suspended).update(suspended_at=yesterday - timedelta(hours=1))
    told.update(created_at=yesterday, key=f"unreachable:{yesterday:%Y%m%d}:{world.alice.pk}")

    assert profile(world.bob).suspended_at
    assert telling.tell() == 1
    newest = Letter.objects.filter(member=world.alice, key__startswith="unreachable:").first()
    assert "Bob" in text_of(newest)
    assert "Dora" not in text_of(newest)
