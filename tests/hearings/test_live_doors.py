"""Who may no longer follow a hearing hears nothing more of it, by whichever of the three ways."""

import json
from contextlib import AsyncExitStack, asynccontextmanager
from types import SimpleNamespace

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.test import Client

from consultations.hearings.models import Officer
from consultations.hearings.services import captions, delegates, invitations, officers, speakers
from forum.live import guard
from forum.services import seats, workspaces
from journal.live import reading, walking
from journal.live.hub import hub
from journal.models import Journal
from members.models import Organisation
from members.services import mandates, members
from tests.hearings import hearing as scene
from tests.lines import Stream, Websocket, cookie, session
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


class Reader:
    """A websocket and a stream of one reader, and what each was told; `news()` asks as the third way does."""

    def __init__(self, path, member, since):
        self.path, self.since = path, since
        self.key = session(member) if member.pk else ""
        self.lines = Websocket(f"{path}?since={since}", self.key), Stream(f"{path}events", f"since={since}", self.key)

    async def come(self):
        assert [await line.connect() for line in self.lines] == [True, True]

    async def go(self):
        for line in self.lines:
            await line.disconnect()

    async def told(self, upto):
        """The entries each of its lines brings up to this one."""
        return [await entries(line.frames(), upto) for line in self.lines]

    async def told_to_the_end(self):
        """The entries each of its lines still brings until it says that the hearing is gone; 4404 is the last."""
        return [await entries(line.frames()) for line in self.lines]

    def news(self):
        return Client().get(f"{self.path}news.json?since={self.since}", headers={"cookie": cookie(self.key)})


async def entries(frames, upto=None):
    heard = []
    async for frame in frames:
        if frame["type"] == "entry":
            heard.append(frame)
        if frame["type"] == "gone":
            return [*heard, frame["code"]]
        if frame.get("seq") == upto and frame["type"] == "entry":
            return heard
    raise AssertionError("It ended without a word.")


@pytest.fixture
def room(transactional_db, monkeypatch):
    """A public hearing with one who listens, who has a seat, a mandate, an account, a session, and an office."""
    monkeypatch.setattr("journal.live.rounds.SWEEP_SECONDS", 3600)  # who has to leave hears it before
    world = World()
    world.erin, world.kofi, world.lena = (world.member(name) for name in ("erin", "kofi", "lena"))
    world.hearing = hearing = scene.running(world, room={"joining": "invitation"})
    organisation = Organisation.objects.create(name="Uri", category="state")
    world.mandate = mandates.give(by=world.sekou, member=world.erin, organisation=organisation)
    invitations.invite(by=world.alice, hearing=hearing, organisations=[organisation])
    officers.appoint(by=world.alice, hearing=hearing, member=world.kofi, role=Officer.Role.SECRETARY)
    seats.give(by=world.alice, workspace=hearing.workspace, member=world.lena)
    world.workspace = hearing.workspace
    return world


def makes_it_private(room, reader):
    workspaces.change(by=room.alice, workspace=room.workspace, visibility="private")


def loses_the_seat(room, reader):
    seat = room.workspace.seats.select_related("workspace", "member").get(member=room.bob)
    seats.dismiss(by=room.alice, seat=seat, reason="Left the partnership")


def loses_the_mandate(room, reader):
    mandates.end(by=room.sekou, mandate=room.mandate)
    delegates.depart(by=room.sekou, mandate=room.mandate)


def is_deactivated(room, reader):
    members.deactivate(by=room.sekou, member=room.dora)


def signs_out(room, reader):
    Session.objects.get(session_key=reader.key).delete()


# In this order: once the room is private, a seat is what the others are there by.
ENDS = {
    makes_it_private: ("anybody", "carol"),
    loses_the_seat: ("bob",),
    loses_the_mandate: ("erin",),
    is_deactivated: ("dora",),
    signs_out: ("lena",),
}


def seq_of(room):
    return Journal.objects.get(pk=room.workspace.journal_id).seq


def say(room, text="For those who are here."):
    """Something is said in the hearing; the number of its entry."""
    captions.say(by=room.alice, hearing=room.hearing, lines=[captions.Line(text=text)])
    return seq_of(room)


@asynccontextmanager
async def everybody(room):
    since = await sync_to_async(seq_of)(room)
    path, people = f"/live/hearings/{room.hearing.pk}/", {"alice": room.alice, "kofi": room.kofi}
    people |= {name: getattr(room, name, AnonymousUser()) for names in ENDS.values() for name in names}
    async with AsyncExitStack() as stack:
        there = {}
        for name, member in people.items():
            there[name] = reader = await sync_to_async(Reader)(path, member, since)
            await reader.come()
            stack.push_async_callback(reader.go)
        yield SimpleNamespace(**there)


async def test_who_may_no_longer_follow_is_told_nothing_more_by_any_way(room):
    async with everybody(room) as there:
        for deed, names in ENDS.items():
            readers = [getattr(there, name) for name in names]
            last = await sync_to_async(say)(room)
            assert {(await sync_to_async(reader.news)()).status_code for reader in readers} == {200}, names

            await sync_to_async(deed)(room, *readers[:1])
            if deed is signs_out:  # no journal tells of it; it is looked for now and then
                for reader in readers:
                    await reader.told(last)
                await guard.sweep(hub(), list(hub().pages))
            await sync_to_async(say)(room)

            for reader in readers:
                for heard in await reader.told_to_the_end():
                    assert heard.pop() == 4404, names
                    assert not [entry for entry in heard if entry["seq"] > last], names
                assert (await sync_to_async(reader.news)()).status_code == 404, names

        now = await sync_to_async(seq_of)(room)
        whole = [entry["seq"] for entry in (await sync_to_async(there.alice.news)()).json()["entries"]]
        assert [[entry["seq"] for entry in heard] for heard in await there.alice.told(now)] == [whole, whole]


async def test_who_is_shut_out_while_an_entry_is_drawn_is_not_shown_what_was_said_then(room, monkeypatch):
    draw = reading.draw

    def draw_late(entries, wanted):
        monkeypatch.setattr(reading, "draw", draw)
        makes_it_private(room, None)
        say(room, "Behind closed doors.")
        return draw(entries, wanted)

    async with everybody(room) as there:
        before = await sync_to_async(seq_of)(room)  # once the first entry is in, the two late ones may be any moment
        monkeypatch.setattr(reading, "draw", draw_late)
        await sync_to_async(say)(room)

        for heard in await there.carol.told_to_the_end():
            assert "Behind closed doors." not in json.dumps(heard)
        for heard in await there.alice.told(before + 3):
            assert "Behind closed doors." in json.dumps(heard)


async def test_who_is_shut_out_while_what_they_missed_is_drawn_is_not_shown_what_was_said_then(room, monkeypatch):
    since, draw = await sync_to_async(seq_of)(room), reading.draw

    def draw_late(entries, wanted):
        monkeypatch.setattr(reading, "draw", draw)
        makes_it_private(room, None)
        say(room, "Behind closed doors.")
        return draw(entries, wanted)

    async def nothing(hub):
        """The walker is late."""

    await sync_to_async(say)(room)
    monkeypatch.setattr(reading, "draw", draw_late)
    monkeypatch.setattr(walking, "look", nothing)
    carol = Websocket(f"/live/hearings/{room.hearing.pk}/?since={since}", await sync_to_async(session)(room.carol))
    assert await carol.connect()

    assert await entries(carol.frames()) == [4404]
    await carol.disconnect()


async def test_who_loses_the_office_stays_and_hears_what_everybody_hears(room):
    item = await sync_to_async(scene.item)(room.hearing)
    async with everybody(room) as there:
        await sync_to_async(speakers.request)(member=room.bob, item=item)
        before = await sync_to_async(seq_of)(room)
        for heard in await there.kofi.told(before):
            assert "requests" in shown(heard)

        officer = await Officer.objects.select_related("hearing", "member").aget(member=room.kofi)
        await sync_to_async(officers.dismiss)(by=room.alice, officer=officer)
        await sync_to_async(speakers.request)(member=room.dora, item=item)
        last = await sync_to_async(say)(room)

        bobs = (await there.bob.told(last))[0]
        for heard in await there.kofi.told(last):
            assert heard == [entry for entry in bobs if entry["seq"] > before]
        news = (await sync_to_async(there.kofi.news)()).json()["entries"]
        assert [entry["seq"] for entry in news] == [entry["seq"] for entry in bobs]
        for chairs in await there.alice.told(last):
            assert "requests" in shown(entry for entry in chairs if entry["seq"] > before)
        assert "requests" not in shown([*bobs, *news])


def shown(entries):
    """The sections these entries carry."""
    return {name for entry in entries for name in entry.get("state", ())}
