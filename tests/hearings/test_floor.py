"""The floor is given to one at a time; clocks stand still for points of order; nothing that was said is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.hearings import state as screens
from consultations.hearings.models import Delivery, Speaker, Speech
from consultations.hearings.services import accounts, agenda, floor, points, sessions, speakers, speeches
from core.access import Refused
from journal.models import Entry
from tests.consultations import consulting
from tests.hearings import hearing as scene


@pytest.fixture
def listed(world, item):
    """Bob, Carol and Dora wait for the floor on item 2."""
    return [speakers.request(member=member, item=item) for member in (world.bob, world.carol, world.dora)]


def state(speaker):
    return Speaker.objects.get(pk=speaker.pk).state


def test_what_two_secretaries_press_at_once_is_done_once_and_the_other_told(world, hearing, listed):
    console, client = f"{hearing.get_absolute_url()}console/", world.sign_in(world.alice)

    def press(**fields):
        return [client.post(console, fields).status_code for _officer in range(2)]

    bob = screens.of(hearing, "en", ["next"])["next"]["speakers"][0]["key"]
    absent = press(deed="absent", speaker=bob)
    carol = screens.of(hearing, "en", ["order"], moderators=True)["order"]["waiting"][1]["key"]
    skipped = press(deed="move", speaker=carol, reason="On the telephone")
    given = press(deed="next")
    more = press(deed="extend", speaker=listed[2].pk, allotted=Delivery.objects.get().seconds)

    points.raise_point(member=world.bob, item=scene.item(hearing), point="Nobody hears her")
    raised = press(deed="next", speaker=listed[2].pk)  # interrupts her, and ends nothing

    assert absent == skipped == given == more == raised == [302, 403]
    assert (state(listed[2]), Delivery.objects.filter(ended_at=None).count()) == ("speaking", 2)
    told = ["speaker.absent", "speaker.moved", "floor.extended"]
    assert [entry.verb for entry in Entry.objects.filter(verb__in=told).order_by("seq")] == told
    assert Delivery.objects.get(speaker=listed[2]).extended == 30


def test_the_next_has_the_floor_and_nobody_else_meanwhile(world, hearing, listed):
    floor.give(by=world.alice, hearing=hearing)

    with pytest.raises(Refused, match="Bob has the floor"):
        floor.give(by=world.alice, hearing=hearing)
    with pytest.raises(Refused, match="Bob has the floor"):
        agenda.close(by=world.alice, item=scene.item(hearing))
    with pytest.raises(Refused, match="Bob has the floor"):
        sessions.close_session(by=world.alice, session=hearing.open_session)
    floor.end(by=world.alice, speaker=listed[0])
    floor.end(by=world.alice, speaker=listed[0])
    with pytest.raises(Refused, match="why"):
        floor.give(by=world.alice, hearing=hearing, speaker=listed[2])
    floor.give(by=world.alice, hearing=hearing, speaker=listed[2], reason="Her train leaves")
    assert [state(one) for one in listed] == ["spoke", "listed", "speaking"]
    given = Entry.objects.filter(verb="floor.given").order_by("seq")
    assert [(entry.data["name"], entry.data["place"]) for entry in given] == [("Bob", 1), ("Dora", 1)]


def test_a_point_of_order_stops_the_clock_until_it_is_ruled_on(world, hearing, item, listed):
    now = timezone.now().replace(microsecond=0)
    floor.give(by=world.alice, hearing=hearing, at=now)
    point = points.raise_point(
        member=world.carol, item=item, point="There is no quorum", at=now + timedelta(seconds=60)
    )
    floor.give(by=world.alice, hearing=hearing, at=now + timedelta(seconds=70))

    with pytest.raises(Refused, match="Carol has the floor"):
        floor.resume(by=world.alice, speaker=listed[0])
    points.rule(by=world.alice, speaker=point, ruling="overruled", reason="There is", at=now + timedelta(seconds=90))
    points.appeal(member=world.bob, speaker=point)
    motion = points.put_appeal(by=world.alice, speaker=point)
    floor.resume(by=world.alice, speaker=listed[0], at=now + timedelta(seconds=100))
    floor.extend(by=world.alice, speaker=listed[0], seconds=30)
    delivery = floor.end(by=world.alice, speaker=listed[0], at=now + timedelta(seconds=260))
    assert (delivery.used_at(now).total_seconds(), delivery.seconds) == (220, 210)
    assert Speaker.objects.get(pk=point.pk).appeal == motion.reference
    guest = points.enter(by=world.alice, item=item, queue="point", announced_as="The mayor", point="The air")
    assert points.rule(by=world.alice, speaker=guest, ruling="upheld").name == "The mayor"


def test_who_is_called_and_absent_goes_to_the_end_or_off(world, hearing, listed):
    floor.give(by=world.alice, hearing=hearing)

    floor.absent(by=world.alice, speaker=listed[0])
    floor.absent(by=world.alice, speaker=listed[1], goes_to_end=False)
    with pytest.raises(Refused, match="Only a moderator"):
        floor.skip(by=world.bob, speaker=listed[1], reason="I am next")
    with pytest.raises(Refused, match="not waiting"):
        floor.skip(by=world.alice, speaker=listed[1], reason="On the telephone")
    floor.skip(by=world.alice, speaker=listed[2], reason="On the telephone")
    assert floor.give(by=world.alice, hearing=hearing).speaker.name == "Bob"
    speakers.relist(by=world.alice, speaker=listed[1])
    assert [state(one) for one in listed] == ["speaking", "listed", "listed"]


def test_shared_time_bounds_who_speaks_on_it(world, hearing, listed):
    group = accounts.share(by=world.alice, hearing=hearing, name="Women", seconds=200)
    for speaker in listed[:2]:
        speakers.allot(by=world.alice, speaker=speaker, account=group)
    now = timezone.now()
    floor.give(by=world.alice, hearing=hearing, at=now)
    with pytest.raises(Refused, match="20 seconds left"):
        floor.extend(by=world.alice, speaker=listed[0], seconds=60, at=now)
    floor.end(by=world.alice, speaker=listed[0], at=now + timedelta(seconds=150))

    assert floor.give(by=world.alice, hearing=hearing).seconds == 50
    floor.end(by=world.alice, speaker=listed[1])
    floor.correct(by=world.alice, speaker=listed[1], seconds=50, reason="The clock was started late")
    assert accounts.left(group) == 0
    group = accounts.correct(by=world.alice, account=group, seconds=30, reason="Applause")
    assert accounts.left(group) == 30


def test_replies_are_counted_and_the_second_is_shorter(world, hearing, item, listed):
    for _turn in range(2):
        points.request_reply(member=world.bob, item=item, note="To Carol")
        reply = Speaker.objects.filter(queue="reply", state="listed").get()
        floor.give(by=world.alice, hearing=hearing, speaker=reply)
        floor.end(by=world.alice, speaker=reply)

    assert [delivery.allotted for delivery in Delivery.objects.order_by("pk")] == [180, 120]
    with pytest.raises(Refused, match="yours are used"):
        points.request_reply(member=world.bob, item=item)
    tomorrow = timezone.now() + timedelta(days=1)
    assert points.request_reply(member=world.bob, item=item, at=tomorrow).turn == 1
    assert floor.following(hearing) == listed[0]


def test_a_text_is_kept_until_it_was_said_and_shown_where_it_never_is(world, hearing, item, listed):
    for speaker in listed[:2]:
        speeches.hand_in(by=speaker.member, speaker=speaker, text="We measure *twice*.")

    assert [Speech.objects.visible_to(who).count() for who in (world.bob, world.dora, world.alice)] == [1, 0, 2]
    floor.give(by=world.alice, hearing=hearing)
    floor.end(by=world.alice, speaker=listed[0])
    speeches.deliver(by=world.alice, speaker=listed[0], text="We measure once.")
    assert [change.text for change in speeches.changes(listed[0]) if change.kind == "in"] == ["once"]
    with pytest.raises(Refused, match="spoken already"):
        speeches.hand_in(by=world.bob, speaker=listed[0], text="Better")
    agenda.close(by=world.alice, item=item)
    shown = Speech.objects.visible_to(world.dora).exclude(shown_at=None).get()
    entry = Entry.objects.get(verb="speech.shown")
    assert (shown.speaker, entry.data["sha256"]) == (listed[1], speeches.digest(shown.text))


def test_replies_of_the_day_follow_once_the_items_are_done(world):
    hearing = scene.running(world, replies_at_end_of_day=True)
    item = scene.item(hearing)
    alps = consulting.organisation(world, "Alpine Springs", world.bob)
    points.request_reply(member=world.bob, item=item, organisation=alps)

    assert floor.following(hearing) is None
    agenda.close(by=world.alice, item=item)
    assert floor.give(by=world.alice, hearing=scene.fresh(hearing)).speaker.organisation == alps
