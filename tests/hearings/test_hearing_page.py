"""What people see of hearings: the list, the page of one and of an item, the panels, the head of a thread."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from consultations.hearings.models import Hearing, Session
from consultations.hearings.services import agenda, floor, hearings, points, questions, sessions, speakers, votes
from consultations.hearings.wording import hearings as wording
from consultations.templatetags import hearings as in_template
from tests.hearings import hearing as scene
from tests.hearings import voting

SCREENS = ("live", "follow", "projector")


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize(
    ("zone", "after", "said", "whole"),
    [
        ("Europe/Zurich", {"minutes": 90}, "13:30 (UTC+2)", "24 October 2026, 13:30 (UTC+2)"),
        (
            "Europe/Zurich",
            {"days": 2},
            "Mon 11:00 (UTC+1)",
            "26 October 2026, 11:00 (UTC+1)",
        ),  # in winter time
        ("Asia/Kathmandu", {"days": 2}, "Mon 15:45 (UTC+5:45)", "26 October 2026, 15:45 (UTC+5:45)"),
        ("Pacific/Apia", {"hours": 11}, "10:00 (UTC+13)", "25 October 2026, 10:00 (UTC+13)"),
        ("Pacific/Pago_Pago", {"days": 9}, "1 Nov 2026 23:00 (UTC-11)", "1 November 2026, 23:00 (UTC-11)"),
    ],
)
def test_an_hour_is_said_with_its_day_and_with_the_offset_of_that_day(monkeypatch, zone, after, said, whole):
    now = datetime(2026, 10, 24, 10, tzinfo=UTC)
    monkeypatch.setattr(wording, "now", lambda: now)
    at = (now + timedelta(**after)).isoformat()

    with timezone.override(zone):
        assert f"{in_template.hour(at)}{in_template.offset(at)}" == said
        assert in_template.whole(at) == whole


def coming(world, slug, days):
    """Published, with its session so many days from now."""
    hearing = scene.announced(world, slug=slug)
    starts_at = timezone.now() + timedelta(days=days)
    Session.objects.filter(hearing=hearing).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    Hearing.objects.filter(pk=hearing.pk).update(title=slug.title())
    return scene.fresh(hearing)


def test_the_list_shows_what_is_on_then_what_comes_then_what_is_over(world):
    coming(world, "later", 20)
    coming(world, "sooner", 2)
    over = scene.running(world, slug="done")
    hearings.end(by=world.alice, hearing=over)
    Hearing.objects.filter(pk=over.pk).update(title="Done")
    scene.running(world, slug="live")
    scene.prepared(world, slug="hidden")
    page = words(world.client.get("/hearings/"))

    places = [page.index(word) for word in ("In session now", "Sooner", "Later", "Over", "Done")]
    assert places == sorted(places)
    assert page.count("Hearing on springs") == 1
    assert page.count("Join live") == 1
    assert "In preparation" in words(world.sign_in(world.alice).get("/hearings/"))


def test_home_shows_what_is_on_and_what_comes_within_a_week(world):
    coming(world, "later", 20)
    assert "All hearings" not in words(world.sign_in(world.bob).get("/"))

    coming(world, "sooner", 2)
    scene.running(world, slug="live")
    home = words(world.client.get("/"))

    assert home.index("Join live") < home.index("Sooner")
    assert "ALP" in home
    assert home[home.index("Hearings", 200) :].count("Later") == 0


def test_the_page_says_when_in_the_readers_zone_and_in_the_room_and_how_to_take_part(world):
    hearing = scene.announced(world, timezone="Asia/Kathmandu", place="Hall 2")
    world.bob.timezone = "Europe/Zurich"
    world.bob.save()
    page = world.sign_in(world.bob).get(hearing.get_absolute_url())

    assert "(UTC+1)" in words(page) or "(UTC+2)" in words(page)
    assert "In the room:" in words(page)
    assert "(UTC+5:45)" in words(page)
    assert "SPEAK 1" in words(page)
    assert "Hall 2" in words(page)
    assert 'rel="canonical" href="http' in page.content.decode()
    assert "In the room:" not in words(world.sign_out().get(scene.running(world, slug="utc").get_absolute_url()))


def test_the_chair_opens_and_concludes_from_plain_buttons_and_comes_back(world):
    hearing = scene.announced(world)
    client, home = world.sign_in(world.alice), {"next": "/"}
    session, item = hearing.sessions.get(), scene.item(hearing)

    opened = client.post(f"{hearing.get_absolute_url()}sessions/{session.pk}/open/", home)
    client.post(f"{item.get_absolute_url()}open/")
    live = words(client.get(hearing.get_absolute_url()))
    client.post(f"{item.get_absolute_url()}close/", home)
    client.post(f"{hearing.get_absolute_url()}sessions/{session.pk}/close/")
    between = words(client.get(hearing.get_absolute_url()))
    client.post(f"{hearing.get_absolute_url()}end/")

    assert opened["Location"] == "/"
    assert "In session now" in live
    assert "under way" in live
    assert "2. The state of the springs" in between
    assert "concluded" in between
    assert "This hearing is over." in words(client.get(hearing.get_absolute_url()))
    assert client.post(f"{item.get_absolute_url()}open/").status_code == 403
    over = f'href="{hearing.get_absolute_url()}">This hearing is over. What was done'
    assert [over in client.get(f"{hearing.get_absolute_url()}{screen}/").content.decode() for screen in SCREENS] == [
        True,
        True,
        False,
    ]


def test_what_is_still_open_is_named_before_an_item_a_session_or_the_hearing_ends(world, hearing, item):
    for member in (world.bob, world.dora):
        speakers.request(member=member, item=item)
    bob = floor.give(by=world.alice, hearing=hearing).speaker
    points.raise_point(member=world.dora, item=item, point="No quorum")
    points.request_reply(member=world.dora, item=item)
    questions.put(by=world.bob, item=item, text="Who measures?")
    vote, waits = voting.put(world, item, title="Lunch"), voting.moved(world, item, title="Supper")
    later = timezone.now() + timedelta(days=1)
    sessions.schedule(by=world.alice, hearing=hearing, starts_at=later, ends_at=later + timedelta(hours=1))
    client, home, session = world.sign_in(world.alice), hearing.get_absolute_url(), hearing.open_session
    pages = [f"{item.get_absolute_url()}close/", f"{home}sessions/{session.pk}/close/", f"{home}end/"]
    blocks = ("Bob has the floor. End their time first.", "A vote is being taken: “Lunch”. Close the vote first.")
    before = [client.get(page) for page in pages]
    refused = client.post(pages[2])
    floor.end(by=world.alice, speaker=bob)
    votes.close(by=world.alice, motion=vote)
    of_item, of_session, of_hearing = (words(client.get(page)) for page in pages)

    assert all(words(page).count(said) == 1 for page in before for said in blocks)
    assert f'<a href="{vote.get_absolute_url()}"' in before[0].content.decode()
    assert (refused.status_code, blocks[0] in words(refused)) == (403, True)
    assert not any(said in page for page in (of_item, of_session, of_hearing) for said in blocks)
    for page in (of_item, of_hearing):
        assert "The chair has not ruled on the point of order of Dora." in page
        assert "Right of reply: Dora" in page
        assert "1 speaker still waits on item 2." in page
        assert f"“{waits}” was not put to the vote and stays undecided." in page
    assert "Item 2 stays open, and goes on in the next session" in of_session
    assert "Item 2 is concluded, and its bulletin goes out" in of_hearing
    assert "1 question was not taken up. Its author is told" in of_hearing
    assert "“Session 2” was not opened. Cancel it if somebody might come." in of_hearing
    client.post(pages[2])
    assert scene.fresh(hearing).ended_at


def test_bob_has_no_buttons_and_opens_nothing(world):
    hearing = scene.announced(world)
    session = hearing.sessions.get()

    assert "Open the session" not in words(world.sign_in(world.bob).get(hearing.get_absolute_url()))
    assert world.client.post(f"{hearing.get_absolute_url()}sessions/{session.pk}/open/").status_code == 403
    assert not scene.fresh(hearing).open_session


def test_an_item_shows_its_words_where_it_stands_and_leads_to_its_thread(world):
    hearing = scene.running(world)
    item = scene.item(hearing)
    below = agenda.add(by=world.alice, hearing=hearing, wordings={"en": ("Measured", "")}, parent=item)
    agenda.reword(by=world.alice, item=item, language="fr", title="État des sources", text="Qui mesure ?")
    world.bob.language = "fr"
    world.bob.save()
    client = world.sign_in(world.bob)
    page, part = client.get(item.get_absolute_url()), words(client.get(below.get_absolute_url()))
    thread = client.get(item.thread.get_absolute_url())

    assert "2. État des sources" in words(page)
    assert "Qui mesure ?" in words(page)
    assert item.thread.get_absolute_url() in page.content.decode()
    assert "2. État des sources" in part
    assert hearing.get_absolute_url() in thread.content.decode()
    assert item.get_absolute_url() in thread.content.decode()
    assert "Qui mesure ?" in words(thread)
