"""What a page missed is read once for all that come back, and never with a hole in it."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from journal.live import frames, missed, reading, rooms, walking
from journal.live.hub import Hub
from journal.live.rooms import Page, Room
from journal.live.wires import Wire

pytestmark = pytest.mark.asyncio


class Kind:
    name = "numbers"
    forgets = frozenset({"word.taken_out"})


class Told(Wire):
    """Remembers what it was given."""

    __slots__ = ("told",)

    def __init__(self):
        super().__init__("text", set())
        self.told = []

    def put(self, piece, sent=None):
        self.told += piece.content


def page(seq, language="en"):
    return Page(
        kind=Kind,
        thing=1,
        language=language,
        session="",
        journal_id=1,
        member_id=None,
        moderates=False,
        seq=seq,
        wire=Told(),
    )


@pytest.fixture
def journal(monkeypatch):
    """Entries 1 to 30, of which a page hears as texts."""

    def read(journal_id, after, upto, most, wanted):
        seqs = range(after + 1, min(upto, after + most) + 1)
        items = [frames.Item(seq, "everyone", "", frame) for seq in seqs for frame in [frames.Frame(str(seq))]]
        return [], dict.fromkeys(wanted, items)

    monkeypatch.setattr(reading, "read", read)
    monkeypatch.setattr(reading, "entries_after", lambda *asked: [])
    monkeypatch.setattr(reading, "in_thread", at_once)
    monkeypatch.setattr(rooms, "FAR_BEHIND", 5)


def at_once(function):
    """In place of a thread: there is no database here that it could let go of."""

    async def run(*arguments):
        return function(*arguments)

    return run


def texts(pieces):
    return [int(text) for piece in pieces for text in piece.content]


async def test_a_page_that_waited_while_the_room_went_on_leaves_no_hole_for_those_behind_it(journal):
    hub, room = Hub(), Room(1, 10)
    late, next_one = page(7), page(17)
    strip = room.strip(late.strip_key)

    async with strip.lock:  # another page is having what it missed read
        waiting = asyncio.create_task(missed.pieces(room, late, hub))
        await asyncio.sleep(0)
        strip.restart(20)
        room.seq = 20
    told = await waiting

    assert told is None  # it is sent to a fresh copy of itself
    assert strip.start == 20
    assert texts(await missed.pieces(room, next_one, hub)) == [18, 19, 20]


async def test_what_was_told_before_words_were_taken_out_is_not_told_again_as_it_was():
    room = Room(1, 10)
    strip = room.strip(page(0).strip_key)
    for seq, verb in ((11, "word.said"), (12, "word.counted"), (13, "word.taken_out")):
        frame = frames.Frame(str(seq))
        drawn = {page(0).strip_key: [frames.Item(seq, "everyone", verb, frame)]}
        room.advance(drawn, [SimpleNamespace(seq=seq, verb=verb, about=verb)])

    assert [item.seq for item in strip.items] == [13]
    assert strip.start == 12  # what comes before is drawn afresh


async def test_who_is_first_in_a_language_while_an_entry_is_handed_out_hears_it_as_the_others_do(monkeypatch):
    hub, room = Hub(), Room(1, 10)
    first, second = page(10), page(10, "fr")
    entry = SimpleNamespace(seq=11, verb="word.said", about="word:1", at=datetime(2026, 5, 3, tzinfo=UTC))

    def come(one):
        room.strip(one.strip_key)
        room.add(one)

    def entries_after(*asked):
        if second.circle is None:
            come(second)
        return []

    def draw(entries, wanted):
        return {key: [frames.Item(11, "everyone", "word:1", frames.Frame(f"11 {key[2]}"))] for key in wanted}

    monkeypatch.setattr(reading, "in_thread", at_once)
    monkeypatch.setattr(reading, "read", lambda *asked: ([entry], draw([entry], asked[-1])))
    monkeypatch.setattr(reading, "draw", draw)
    monkeypatch.setattr(reading, "entries_after", entries_after)
    come(first)

    await walking.hand_out(hub, room)

    assert (first.wire.told, second.wire.told) == (["11 en"], ["11 fr"])
