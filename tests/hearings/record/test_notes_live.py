"""Two note-takers in real browsers: what is typed is saved by itself, and of two wordings none is lost."""

import pytest
from playwright.sync_api import expect

from consultations.hearings.models import Note
from consultations.hearings.services import floor, notes, speakers
from tests.hearings import hearing as scene
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


# Pages look every 15 seconds what others wrote; here they do when something makes them, however long all of this takes.
LOOK_NOT = "(plain => { window.setInterval = (act, wait) => wait === 15000 ? 0 : plain(act, wait) })(setInterval)"


def bad_line(route):
    """Nothing that is sent comes through."""
    return route.abort() if route.request.method == "POST" else route.continue_()


def test_what_two_type_at_once_is_saved_by_itself_and_none_of_it_is_lost(live, new_page, transactional_db):
    world = World()
    hearing = scene.running(world)
    notes.write(by=world.alice, item=scene.item(hearing), text="Three springs.")
    bob = speakers.request(member=world.bob, item=scene.item(hearing))
    alice, sekou = new_page(viewport={"width": 1280, "height": 800}), new_page(viewport={"width": 360, "height": 780})
    for page, member in ((alice, world.alice), (sekou, world.sekou)):
        live.sign_in(page, member)
        page.add_init_script(LOOK_NOT)
        page.goto(f"{live.url}/hearings/{hearing.year}/H{hearing.number}/notes/?item={scene.item(hearing).pk}")
    mine, theirs = (page.locator("form.note textarea").first for page in (alice, sekou))

    mine.fill("Four springs.")
    mine.blur()
    expect(alice.locator("[data-said]").first).to_have_text("Saved.")
    theirs.fill("Five springs.")
    theirs.blur()
    expect(sekou.locator("[data-said] a").first).to_contain_text("Both wordings are kept")
    floor.give(by=world.alice, hearing=hearing, speaker=bob)
    expect(alice.locator("#speaker")).to_have_value(str(bob.pk))  # the new paragraph is about who has the floor
    alice.locator("#text").fill("And a well.")
    alice.locator("#text").blur()
    expect(alice.locator("[data-said]").last).to_have_text("Saved.")

    sekou.locator("[data-said] a").first.click()
    expect(sekou.locator("section.card ins")).to_have_text("Five")
    assert sekou.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sekou.get_by_role("button", name="Make two paragraphs").click()
    expect(sekou.locator("form.note")).to_have_count(4)
    sekou.route("**/notes/**", bad_line)
    for text in ("A brook.", "A lake."):
        sekou.locator("#new textarea").fill(text)
        sekou.get_by_role("button", name="Save, and begin another").last.click()
    expect(sekou.locator("form.note [data-said]").nth(4)).to_contain_text("no connection")
    sekou.on("dialog", lambda dialog: dialog.accept())
    sekou.reload()  # as if the phone had thrown the page away
    expect(sekou.locator("form.note textarea").nth(4)).not_to_have_value("")
    sekou.unroute("**/notes/**")
    sekou.evaluate("dispatchEvent(new Event('online'))")
    for place in (3, 4):
        expect(sekou.locator("form.note [data-said]").nth(place)).to_have_text("Saved.")
    said = list(Note.objects.standing().values_list("text", flat=True))
    assert sorted(said[:3]) == ["And a well.", "Five springs.", "Four springs."]
    assert said[3:] == ["A brook.", "A lake."]  # as they were begun, whichever came through first
    assert Note.objects.get(text="And a well.").speaker == bob
