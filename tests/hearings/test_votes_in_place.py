"""Voting on the screen of those who take part: with one press, where one has one vote to cast and casts it by name."""

import json
import re

from consultations.hearings import live
from consultations.hearings.services import votes
from consultations.models import Elector, Vote
from consultations.services import ballots
from journal.models import Entry
from tests.consultations import consulting
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.hearings.test_screens import at
from tests.notifications.intake.postman import words

JSON = {"Accept": "application/json"}


def press(world, hearing, motion, answer, **headers):
    fields = {"deed": "vote", "motion": motion.number, "answer": answer}
    return world.client.post(at(hearing, "live"), fields, headers=headers)


def on_screen(world, hearing):
    """(the page, what its state says of the open vote, what of the reader)."""
    page = world.client.get(at(hearing, "live")).content.decode()
    state = json.loads(re.search(r'<script id="state"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    return page, state["motion"]["open"][0], state["mine"]


def test_bob_votes_with_one_press_and_changes_it_until_the_close(world, hearing, item):
    motion = voting.put(world, item)
    world.sign_in(world.bob)
    page, row, mine = on_screen(world, hearing)
    assert row["in_place"]
    assert mine["votes"] == {"1": ""}
    assert 'Your vote: <b dir="auto" data-say="own">–</b>' in words(page)

    pressed = press(world, hearing, motion, "yes")
    assert pressed.status_code == 302
    page, _row, _mine = on_screen(world, hearing)
    assert "Your vote is counted: yes." in page
    assert 'value="yes" aria-pressed="true"' in page
    told = press(world, hearing, motion, "no", **JSON).json()
    assert told["done"] == "Your vote is counted: no."
    assert told["mine"]["votes"] == {"1": "no"}
    votes.close(by=world.alice, motion=motion)

    late = press(world, hearing, motion, "yes", **JSON)
    assert late.status_code == 403
    assert "before your vote came, so it was not counted" in late.json()["refused"]
    assert Vote.objects.get().value == "no"


def test_the_options_of_a_choice_are_buttons_and_what_needs_more_or_is_secret_leads_to_its_page(world, hearing, item):
    choice = voting.put(world, item, kind="choice", options=["One page", "Two pages"])
    world.sign_in(world.bob)
    page = world.client.get(at(hearing, "live")).content.decode()
    assert 'value="B" aria-pressed="false">B) Two pages<' in page
    press(world, hearing, choice, "B")
    assert Vote.objects.get().value == "B"

    for fields in ({"kind": "ranking", "options": ["A", "B"]}, {"manner": "secret"}):
        motion = voting.put(world, item, **fields)
        page, row, _mine = on_screen(world, hearing)
        assert (row["number"], row["answers"], row["in_place"]) == (motion.number, [], False)
        assert f'href="{motion.get_absolute_url()}"' in page

    refused = press(world, hearing, motion, "yes", **JSON)
    assert refused.json()["refused"].startswith("This ballot is secret")
    assert not Elector.objects.filter(ballot=motion.ballot, has_voted=True).exists()
    moved = press(world, hearing, voting.moved(world, item), "yes", **JSON)
    assert "No vote is being taken" in moved.json()["refused"]


def test_who_is_not_on_the_roll_or_speaks_for_several_goes_to_the_page_and_is_refused_with_the_reason(world):
    hearing = scene.running(world, is_by_invitation=True)
    world.dora.language = "en"
    world.dora.save()
    consulting.organisation(world, "Alpine Springs", world.bob)
    motion = voting.put(world, scene.item(hearing))
    world.sign_in(world.bob)
    assert on_screen(world, hearing)[1]["in_place"]
    world.sign_in(world.dora)
    _page, row, mine = on_screen(world, hearing)
    assert not row["in_place"]
    assert mine["rolls"] == ["members"]
    refused = press(world, hearing, motion, "yes", **JSON)
    assert "no mandate" in refused.json()["refused"]

    consulting.organisation(world, "Valley Wells", world.bob)
    votes.close(by=world.alice, motion=motion)
    both = voting.put(world, scene.item(hearing))
    world.sign_in(world.bob)
    assert on_screen(world, hearing)[2]["votes"] == {"2": None}
    assert press(world, hearing, both, "yes", **JSON).status_code == 403
    assert not Vote.objects.exists()


def test_nobody_is_sent_how_another_votes(world, hearing, item):
    after = hearing.journal.seq
    motion = voting.put(world, item)
    ballots.vote(member=world.bob, ballot=motion.ballot, text="yes")

    entries = list(Entry.objects.filter(journal=hearing.journal).since(after))
    drawn = live.draw(entries, {"en"}, {hearing.pk}, moderators={"en"})

    [voted] = [one for one in drawn if json.loads(one.texts["en"])["verb"] == "ballot.voted"]
    assert voted.audience == world.bob.reference
    rows = [json.loads(one.texts["en"]).get("state", {}).get("motion") for one in drawn]
    [row] = next(section for section in rows if section)["open"]
    assert row["answers"] == [["yes", "yes"], ["no", "no"], ["abstain", "abstention"]]
    assert not {"own", "in_place"} & set(row)
