"""Screens of a hearing in real browsers: what the chair presses everybody sees, and what is refused says why."""

import re

import pytest
from playwright.sync_api import expect

from consultations.hearings.services import agenda, floor, speakers, votes
from members.models import Member
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.patience import until
from tests.world import World

# What browsers draw is the same on PostgreSQL; the journey of a hearing tries it there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]

DESK, PHONE, WALL = ({"width": width, "height": height} for width, height in ((1280, 800), (360, 780), (1920, 1080)))


@pytest.fixture
def room(live, transactional_db):
    world = World()
    hearing = scene.running(world)
    for member in (world.bob, world.dora):
        speakers.request(member=member, item=scene.item(hearing))
    Member.objects.filter(pk=world.bob.pk).update(timezone="Asia/Kathmandu")
    world.hearing, world.url = hearing, f"{live.url}/hearings/{hearing.year}/H{hearing.number}"
    return world


def opened(live, new_page, room, screen, member=None, viewport=PHONE, **options):
    page = new_page(viewport=viewport, **options)
    if member:
        live.sign_in(page, member)
    page.goto(f"{room.url}/{screen}/")
    if options.get("java_script_enabled", True):
        expect(page.locator("[data-way=live]")).to_be_attached()
    return page


def buttons(chair):
    """Where some of the buttons of the console are."""
    return [chair.locator(f"button[value={deed}]").first.bounding_box() for deed in ("end", "close_list", "close_item")]


def test_the_chair_gives_the_floor_with_a_key_and_all_screens_show_it(live, new_page, room):
    chair = opened(live, new_page, room, "console", room.alice, DESK)
    bob = opened(live, new_page, room, "live", room.bob)
    wall = opened(live, new_page, room, "projector", viewport=WALL)
    expect(bob.locator("[data-say='mine.place']")).to_have_text("1")
    expect(bob.locator("[data-time='mine.at']")).to_have_text(re.compile(r"^\d\d:\d\d \(UTC\+5:45\)$"))
    places = buttons(chair)

    chair.keyboard.press("n")

    for page in (chair, bob, wall):
        expect(page.locator(".speaker")).to_have_text("Bob")
    expect(bob.get_by_text("You have the floor.")).to_be_visible()
    expect(bob.locator(".mine button[value=withdraw]")).to_be_hidden()
    assert buttons(chair) == places
    chair.keyboard.press("p")
    expect(wall.locator(".clock.paused")).to_be_attached()

    chair.wait_for_timeout(700)  # a press just after a list moved was meant for what stood there before
    chair.locator("[data-each='next.speakers'] button[value=give]").first.click()
    expect(chair.locator("[data-told].refusal")).to_contain_text("Bob has the floor")

    bob.get_by_text("Ask a question").click()
    bob.locator("textarea").fill("Who reads the gauges in winter?")
    bob.locator("button[value=ask]").click()
    expect(chair.locator("[data-each='questions.top']")).to_contain_text("Who reads the gauges")
    expect(bob.locator("[data-each='questions.top'] button[value=endorse]")).to_be_visible()

    first = voting.put(room, scene.item(room.hearing))
    expect(bob.locator(".vote button")).to_have_text(["yes", "no", "abstention"])
    chair.keyboard.press("c")  # what is not undone is gone to, and not pressed
    expect(chair.locator("[data-each='motion.open'] button[value=close_vote]")).to_be_focused()
    bob.wait_for_timeout(700)
    place = bob.locator(".vote button").first.bounding_box()
    bob.locator(".vote button").first.press("Enter")
    expect(bob.locator("[data-told]")).to_have_text("Your vote is counted: yes.")
    expect(bob.get_by_role("button", name="yes", pressed=True)).to_be_focused()
    expect(bob.locator("[data-say=own]")).to_have_text("yes")
    second = voting.put(room, scene.item(room.hearing), kind="choice", options=["One page", "Two pages"])
    expect(bob.locator(".vote button")).to_have_text(["A) One page", "B) Two pages", "yes", "no", "abstention"])
    votes.close(by=room.alice, motion=second)
    expect(bob.locator(".vote button")).to_have_count(3)
    expect(bob.get_by_role("button", name="yes", pressed=True)).to_be_focused()
    assert bob.locator(".vote button").first.bounding_box() == place
    votes.close(by=room.alice, motion=first)
    expect(bob.locator(".vote button")).to_have_count(0)
    expect(wall.locator(".result")).to_contain_text("1 for, 0 against")

    for page in (chair, bob):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    letters = wall.evaluate(
        "Math.min(...['.speaker', '.clock', '.item', '.next li'].map((one) =>"
        " parseFloat(getComputedStyle(document.querySelector(one)).fontSize)))"
    )
    bob.context.clear_cookies(name="csrf")  # as after signing in anew in another window
    bob.wait_for_timeout(700)
    bob.locator("textarea").fill("And who is paid for it?")
    bob.locator("button[value=ask]").click()
    expect(bob.locator("textarea")).to_have_value("And who is paid for it?")
    bob.get_by_role("button", name="Send it again").click()
    expect(bob.locator("[data-each='questions.top']")).to_contain_text("who is paid")
    expect(bob.locator("[data-way=live]")).to_be_attached()
    bob.context.clear_cookies(name="session")
    bob.get_by_text("Ask a question").click()
    bob.locator("textarea").fill("And who pays for it?")
    bob.locator("button[value=ask]").click()
    expect(bob).to_have_url(re.compile("login"))
    assert letters >= 0.055 * WALL["height"]  # of which a capital takes 0.7, some 4% of the height of the picture

    voting.put(room, scene.item(room.hearing), kind="choice", options=[f"القرية رقم {number}" for number in range(26)])
    expect(wall.locator(".vote .answers li")).to_have_count(26)
    last = wall.locator(".vote .answers li").last
    assert last.evaluate("row => row.getBoundingClientRect().bottom <= innerHeight")
    assert last.evaluate("row => getComputedStyle(row).direction") == "rtl"  # which its letter alone is not


def test_without_a_script_and_from_right_to_left_everything_is_there_and_pressed(live, new_page, room):
    Member.objects.filter(pk=room.alice.pk).update(language="ar")
    chair = opened(live, new_page, room, "console", room.alice, PHONE, java_script_enabled=False)

    chair.locator("button[value=next]").click()
    chair.locator("button[value=give]").first.click()

    assert chair.locator("html").get_attribute("dir") == "rtl"
    expect(chair.locator(".speaker")).to_have_text("Bob")
    expect(chair.locator("[data-told].refusal")).to_contain_text("Bob")
    bob = opened(live, new_page, room, "follow", None, PHONE, java_script_enabled=False)
    expect(bob.locator(".speaker")).to_have_text("Bob")
    expect(bob.locator(".next")).to_contain_text("Dora")
    live.sign_in(bob, room.bob)
    bob.goto(f"{room.url}/live/?still")
    bob.locator("textarea").fill("Written in the tunnel")
    bob.context.set_offline(True)
    bob.locator("button[value=ask]").click()
    expect(bob).to_have_url(re.compile("chrome-error"))
    bob.context.set_offline(False)
    bob.go_back()
    expect(bob.locator("textarea")).to_have_value("Written in the tunnel")


def test_a_screen_that_was_away_comes_back_with_what_is_now(live, new_page, room):
    bob = opened(live, new_page, room, "live", room.bob)
    bob.context.set_offline(True)
    bob.evaluate("(now => { Date.now = () => now() + 60000; })(Date.now)")  # a minute later

    agenda.open_item(by=room.alice, item=scene.item(room.hearing, "3"))
    bob.context.set_offline(False)
    bob.evaluate("dispatchEvent(new Event('online'))")

    expect(bob.locator("[data-say='item.title']")).to_have_text(scene.ITEMS[2])
    bob.get_by_role("link", name="What happened while you were away").click()
    expect(bob.locator("main")).to_contain_text(f"Item 3. {scene.ITEMS[2]} was taken up")
    expect(bob.locator("[name=since]")).to_have_value(re.compile(r"\d\d:\d\d"))


def test_a_copy_that_was_long_on_its_way_undoes_nothing_that_was_told_meanwhile(live, new_page, room):
    bob, on_its_way = opened(live, new_page, room, "live", room.bob), []
    bob.route("**/live/", lambda route: on_its_way.append((route, route.fetch())))
    speaker = floor.give(by=room.alice, hearing=room.hearing).speaker  # Bob, whose page fetches what is his own
    expect(bob.get_by_text("You have the floor.")).to_be_visible()
    until(lambda: on_its_way, sleep=lambda seconds: bob.wait_for_timeout(1000 * seconds))

    floor.pause(by=room.alice, speaker=speaker)
    expect(bob.locator(".clock.paused").first).to_be_attached()
    for route, answer in on_its_way:
        route.fulfill(response=answer)

    bob.wait_for_timeout(300)
    expect(bob.locator(".clock.paused").first).to_be_attached()
