"""The agenda: its numbers follow its tree, it comes from a table whole or not at all, what is published stays on it."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.hearings import importing, timing
from consultations.hearings.models import Item, Session
from consultations.hearings.services import agenda, imports
from core.access import Refused
from tests.hearings import hearing as scene

A_PAGE = 14_600  # bytes compressed
TABLE = """number;title;minutes;session;titre fr;title fr;text
1;Opening;10;1;;Ouverture;Welcome.
2;Springs;;;;;
2.1;Measured;20;1;;;
2.1.1;By hand;;;;;
3;Close;5;Session 1;;;
"""


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def labels(hearing):
    return list(hearing.items.values_list("label", "title"))


def test_numbers_follow_when_an_item_moves_under_another(world):
    hearing = scene.prepared(world)
    third, second = scene.item(hearing, "3"), scene.item(hearing, "2")

    agenda.move(by=world.alice, item=third, parent=second, place=0)

    assert labels(hearing) == [("1", scene.ITEMS[0]), ("2", scene.ITEMS[1]), ("2.1", scene.ITEMS[2])]
    with pytest.raises(Refused, match="under itself"):
        agenda.move(by=world.alice, item=second, parent=third, place=0)


def test_plain_buttons_move_an_item_up_under_and_out_again(world):
    hearing = scene.announced(world)
    client, third = world.sign_in(world.alice), scene.item(hearing, "3")
    seen = []
    for way in ("up", "under", "out", "up", "up"):
        answer = client.post(f"{third.get_absolute_url()}move/", {"way": way})
        seen.append((Item.objects.get(pk=third.pk).label, answer.status_code))

    assert seen == [("2", 302), ("1.1", 302), ("2", 302), ("1", 302), ("1", 403)]
    assert "The item cannot be moved further that way." in words(answer)
    assert scene.item(hearing, "1").thread.title == f"1. {scene.ITEMS[2]}"
    assert scene.item(hearing, "3").thread.title == f"3. {scene.ITEMS[1]}"


def test_an_item_that_was_taken_up_keeps_its_number(world):
    hearing = scene.running(world)
    third = scene.item(hearing, "3")

    with pytest.raises(Refused, match="Item 2 was taken up under this number"):
        agenda.shift(by=world.alice, item=third, way="up")
    agenda.shift(by=world.alice, item=third, way="under")
    assert [label for label, _title in labels(hearing)] == ["1", "2", "2.1"]


def test_bob_does_not_write_on_the_agenda(world):
    hearing = scene.announced(world)
    answer = world.sign_in(world.bob).post(
        f"{hearing.get_absolute_url()}items/add/", {"language": "en", "title": "Mine"}
    )

    assert answer.status_code == 403
    assert hearing.items.count() == 3


def test_an_item_is_added_with_its_time_in_the_room_and_has_a_thread_once_published(world):
    hearing = scene.announced(world, timezone="Asia/Kathmandu")
    form = {"language": "en", "title": "Any other business", "parent": scene.item(hearing, "3").pk, "minutes": "15"}
    form |= {"takes_speakers": "1", "list_closes_at": "2027-03-01T09:30"}
    answer = world.sign_in(world.alice).post(f"{hearing.get_absolute_url()}items/add/", form | {"then": "1"})

    item = scene.item(hearing, "3.1")
    assert answer["Location"].endswith("/items/add/")
    assert item.list_closes_at == datetime(2027, 3, 1, 3, 45, tzinfo=UTC)
    assert item.thread.title == "3.1. Any other business"
    assert 'value="2027-03-01T09:30"' in world.client.get(f"{item.get_absolute_url()}change/").content.decode()


def test_an_item_stays_on_a_published_agenda_and_goes_from_another(world):
    hearing = scene.prepared(world)
    client = world.sign_in(world.alice)
    client.post(f"{scene.item(hearing, '1').get_absolute_url()}drop/")
    assert labels(hearing) == [("1", scene.ITEMS[1]), ("2", scene.ITEMS[2])]

    client.post(f"{hearing.get_absolute_url()}publish/")
    with pytest.raises(Refused, match="published"):
        agenda.drop(by=world.alice, item=scene.item(hearing))
    assert scene.item(hearing).thread.title == f"2. {scene.ITEMS[2]}"


def test_a_table_is_looked_at_and_then_stands_behind_the_agenda_there_is(world):
    hearing = scene.announced(world)
    client, address = world.sign_in(world.alice), f"{hearing.get_absolute_url()}items/import/"
    looked = client.post(address, {"language": "en", "table": TABLE})
    assert "5.1.1 By hand" in words(looked)
    assert "Take these items" in words(looked)
    assert hearing.items.count() == 3

    done = client.post(address, {"language": "en", "table": TABLE, "take": "1"}, follow=True)

    assert "5 items stand on the agenda." in words(done)
    assert [label for label, _title in labels(hearing)] == ["1", "2", "3", "4", "5", "5.1", "5.1.1", "6"]
    opening = scene.item(hearing, "4")
    assert (opening.worded("fr").title, opening.text, opening.minutes) == ("Ouverture", "Welcome.", 10)
    assert (opening.session, scene.item(hearing, "6").session) == (hearing.sessions.get(), hearing.sessions.get())
    assert scene.item(hearing, "5.1.1").thread.title == "5.1.1. By hand"


def test_each_row_that_cannot_be_taken_is_told_and_then_none_is(world):
    hearing = scene.prepared(world)
    rows = ("1,,5,", "2,Two,soon,", "3.1,Low,5,", "4,Four,5,Night", "x,X,5,", "6,Six,5,", "6,Again,,", "7,So,00099,")
    table = "\n".join(("number,title,minutes,session", *rows))
    client, address = world.sign_in(world.alice), f"{hearing.get_absolute_url()}items/import/"
    page = words(client.post(address, {"language": "en", "table": table}))
    taken = client.post(address, {"language": "en", "table": table, "take": "1"})

    assert "7 rows cannot be taken." in page
    for said in ("It has no title.", "no number of minutes", "under which it could stand", "no session “Night”"):
        assert said in page
    assert "“x” is no number of an item." in page
    assert "The number 6 stands above already." in page
    assert "Take these items" not in page
    assert taken.status_code == 403
    assert "so none was" in words(taken)
    assert hearing.items.count() == 3


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("number,minutes\n1,5\n", "no column “title”"),
        ("title\n", "no rows below"),
        ("title\nA\nB\nC\n", "room for 2 more items"),
        ('title\n"A\n', "cannot be read as a table"),
    ],
)
def test_what_is_no_table_of_items_is_said(table, said):
    with pytest.raises(Refused, match=said):
        importing.read(table, "en", 2)


def test_levels_place_rows_as_well_as_numbers_do():
    rows = importing.read("Level\tTitle\n1\tA\n2\tB\n3\tC\n2\tD\n4\tE\n", "en", 200)

    assert [(row.title, row.depth, row.parent and row.parent.title) for row in rows[:4]] == [
        ("A", 0, None),
        ("B", 1, "A"),
        ("C", 2, "B"),
        ("D", 1, "A"),
    ]
    assert "none of 1 to 3" in rows[4].problem


def test_a_long_agenda_takes_no_more_queries_and_stays_a_light_page(world):
    hearing = scene.prepared(world)
    world.sign_in(world.alice)
    few, _bytes = looking(world, hearing, 2)
    many, size = looking(world, hearing, 195)

    assert hearing.items.count() == 200
    assert many <= few
    assert size < A_PAGE
    with pytest.raises(Refused, match="room for 0"):
        imports.look(scene.fresh(hearing), "title\nOne more\n", "en")


def looking(world, hearing, count):
    """How many queries the page of the hearing and of an item take with so many more items, and its compressed size."""
    rows = "".join(f"The springs of valley {place} above three thousand metres,15\n" for place in range(count))
    imports.take(by=world.alice, hearing=hearing, text=f"title,minutes\n{rows}", language="en")
    world.client.get(hearing.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        page = world.client.get(hearing.get_absolute_url())
        assert world.client.get(scene.item(hearing).get_absolute_url()).status_code == 200
        assert world.client.get(f"{hearing.get_absolute_url()}setup/").status_code == 200
    return len(queries), len(gzip.compress(page.content))


# -- When an item comes up -----------------------------------------------------------------------------------------

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)


def sitting(pk, hours, **fields):
    starts_at = NINE + timedelta(hours=hours)
    return Session(pk=pk, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **fields)


def planned(pk, minutes, **fields):
    return Item(pk=pk, minutes=minutes, label=str(pk), **fields)


def hours_of(found):
    return {pk: f"{at:%H:%M}" for pk, at in found.items()}


def test_items_follow_one_another_by_their_minutes_into_the_next_session():
    items = [planned(1, 40), planned(2, 30), planned(3, 10), planned(4, None), planned(5, 5)]

    found = timing.estimates([sitting(1, 0), sitting(2, 5), sitting(3, 3, cancelled_at=NINE)], items, NINE)

    assert hours_of(found) == {1: "09:00", 2: "09:40", 3: "14:00", 4: "14:10"}


def test_what_was_taken_up_says_when_and_moves_those_after_it():
    late = NINE + timedelta(minutes=25)
    done = {"opened_at": NINE, "closed_at": NINE + timedelta(minutes=10)}
    items = [planned(1, 5), planned(2, 5, **done), planned(3, 10, opened_at=done["closed_at"]), planned(4, 10)]

    found = timing.estimates([sitting(1, 0, opened_at=NINE)], items, late)

    assert hours_of(found) == {2: "09:00", 3: "09:10", 4: "09:25"}
