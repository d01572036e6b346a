"""How many live pages an address, and a member, may have open at once; and many for whom nobody answers at the door."""

import asyncio

import pytest
from asgiref.sync import sync_to_async

from forum.live import crowds, doors
from tests.lines import Stream, Websocket, session
from tests.world import World


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bound", ["LIVE_PAGES_PER_ADDRESS", "LIVE_PAGES_PER_MEMBER"])
async def test_one_page_more_than_there_may_be_is_told_to_ask(transactional_db, settings, bound):
    setattr(settings, bound, 1)
    world = await sync_to_async(World)()
    path = f"/live/threads/{world.thread.pk}/"
    bobs, doras = [await sync_to_async(session)(member) for member in (world.bob, world.dora)]
    first, second, third = Websocket(path, bobs), Websocket(path, bobs), Websocket(path, doras)
    before = crowds.refused.value

    assert await first.connect()
    assert (await first.frame())["type"] == "hello"
    assert await second.connect()
    assert await second.closing_code() == 4429
    stream = Stream(f"{path}events", "", bobs)
    await stream.send_input({"type": "http.request"})
    assert (await stream.receive_output())["status"] == 429
    assert await third.connect()
    of_another = await third.receive_output()

    assert (of_another.get("code") == 4429) == (bound == "LIVE_PAGES_PER_ADDRESS")
    assert crowds.refused.value - before == 3 - (bound == "LIVE_PAGES_PER_MEMBER")
    for line in (first, second, third):
        await line.disconnect()
    again = Websocket(path, bobs)
    assert await again.connect()
    assert (await again.frame())["type"] == "hello"
    await again.disconnect()
    assert not crowds._open


@pytest.mark.asyncio
async def test_a_crowd_that_comes_while_the_database_is_away_is_told_of_in_one_line(world, monkeypatch, caplog):
    monkeypatch.setattr(doors, "admit", lambda asks: 1 / 0)
    path = f"/live/threads/{world.thread.pk}/"
    sockets, stream = [Websocket(path) for _ in range(20)], Stream(f"{path}events", "")

    assert await asyncio.gather(*(one.connect() for one in sockets)) == [False] * 20
    [told] = [record for record in caplog.records if record.name == "forum.live.doors"]
    assert "who comes to 20 live pages" in told.getMessage()
    await stream.send_input({"type": "http.request"})
    assert (await stream.receive_output())["status"] == 503
