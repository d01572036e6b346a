"""How bytes reach a client: straight while its socket is idle, in order always, and never more than a bound."""

import json
import sys
from types import SimpleNamespace

import pytest
from autobahn.websocket.protocol import PreparedMessage, WebSocketProtocol

from journal.live import frames, straight, wires
from journal.live.frames import Drawn, pieces


class Transport:
    """What Twisted's is to a wire: a socket that takes `room` bytes, and a buffer behind it."""

    def __init__(self, room):
        self.room, self.taken = room, b""
        self.dataBuffer, self.offset, self._tempDataBuffer = b"", 0, []
        self.socket = self
        self.aborted = False

    @property
    def _tempDataLen(self):
        return sum(map(len, self._tempDataBuffer))

    def setsockopt(self, *_):
        pass

    def fileno(self):
        return self

    def send(self, data):
        sent = data[: self.room]
        self.room -= len(sent)
        self.taken += sent
        return len(sent)

    def write(self, data):
        self._tempDataBuffer.append(data)

    def flush(self, room):
        """The client reads: the socket takes that many bytes more, first of all what the buffer held."""
        self.room += room
        held = b"".join(self._tempDataBuffer)
        self._tempDataBuffer = []
        sent = self.send(held)
        self._tempDataBuffer = [held[sent:]] if held[sent:] else []

    def abortConnection(self):
        self.aborted = True


@pytest.fixture(autouse=True)
def sockets_that_take_little(monkeypatch):
    monkeypatch.setattr("journal.live.straight.send_now", lambda file, data, size, flags: file.send(data._obj) or -1)


class Protocol:
    def __init__(self):
        self.state, self.send_queue = straight.OPEN, []


def wire(room):
    transport = Transport(room)
    return transport, straight.Straight("websocket", set(), Protocol(), transport, None)


def piece(seq, size=1000):
    frame = frames.Frame(json.dumps({"type": "entry", "seq": seq, "line": "x" * size}))
    return frames.Piece(frame.websocket, 1, seq, len(frame.websocket))


def said(data):
    """The texts of websocket frames."""
    texts = []
    while data:
        length, head = data[1], 2
        if length >= 126:
            head = 4 if length == 126 else 10
            length = int.from_bytes(data[2:head], "big")
        texts.append(json.loads(data[head : head + length]))
        data = data[head + length :]
    return texts


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_frame_is_the_one_autobahn_would_make(size):
    text = "x" * size

    assert frames.Frame(text).websocket == PreparedMessage(text.encode(), False, False, True).payloadHybi
    assert WebSocketProtocol.STATE_OPEN == straight.OPEN


def test_what_a_socket_takes_at_once_waits_nowhere():
    transport, one = wire(room=10_000)

    one.put(piece(1))

    assert [frame["seq"] for frame in said(transport.taken)] == [1]
    assert (one.waiting, one.busy) == (0, set())


@pytest.mark.parametrize("room", [0, 1, 700, 1500, 30_000])
def test_order_holds_however_much_a_socket_takes(room):
    transport, one = wire(room)

    for seq in range(100):
        one.put(piece(seq))
        if seq % 7 == 0:
            transport.flush(900)
            one.pump() if one in one.busy else None
    while one.waiting:
        transport.flush(5000)
        one.pump() if one in one.busy else None

    assert [frame["seq"] for frame in said(transport.taken)] == list(range(100))


def test_beyond_the_bound_a_snapshot_stands_for_what_was_let_go():
    transport, one = wire(room=0)

    for seq in range(1000):
        one.put(piece(seq))
        assert one.waiting <= wires.BOUND + straight.IN_TRANSPORT
    while one.waiting:
        transport.flush(50_000)
        one.pump() if one in one.busy else None

    heard = said(transport.taken)
    snapshots = [place for place, frame in enumerate(heard) if frame["type"] == "snapshot"]
    assert len(snapshots) == 1
    before, after = heard[: snapshots[0]], heard[snapshots[0] :]
    assert [frame["seq"] for frame in before] == list(range(len(before)))
    assert [frame["seq"] for frame in after] == list(range(after[0]["seq"], 1000))


def test_many_are_written_to_at_once_and_who_is_not_idle_is_left_to_its_wire():
    written = {name: wire(room) for name, room in [("idle", 9999), ("slow", 300), ("full", 0), ("ending", 9999)]}
    pages = [(one, one.fileno) for _transport, one in written.values()]
    occupied = {-1, written["ending"][0]}

    others = straight.write(pages, piece(1), occupied)
    unshaped = straight.write(pages, frames.Piece(("text",), 1, 1, 4), occupied)

    assert others == [(written["slow"][1], 300), (written["full"][1], -1), (written["ending"][1], None)]
    assert [sent for _, sent in unshaped] == [None] * 4
    for one, sent in others:
        one.put(piece(1), sent)
    for transport, _one in written.values():
        transport.flush(9999)
        assert [frame["seq"] for frame in said(transport.taken)] == [1]


def test_what_waits_anywhere_keeps_a_socket_from_being_written_to(monkeypatch):
    waiting, farewell = Transport(0), Transport(0)
    reactor = SimpleNamespace(getWriters=lambda: [waiting])
    monkeypatch.setitem(sys.modules, "twisted.internet.reactor", reactor)
    monkeypatch.setattr("journal.live.straight.ending", {farewell})
    slow, behind = wire(room=0)
    for seq in range(60):
        behind.put(piece(seq))

    assert straight.occupied(behind.busy) == {-1, waiting, farewell, slow}


def test_what_was_missed_may_be_more_than_the_bound():
    transport, one = wire(room=0)

    one.replay([piece(seq, size=10_000) for seq in range(45)])
    one.put(piece(45))
    while one.waiting:
        transport.flush(50_000)
        one.pump() if one in one.busy else None

    assert [frame["seq"] for frame in said(transport.taken)] == list(range(46))
    assert one.bound == wires.BOUND


def test_a_client_that_takes_nothing_for_minutes_is_let_go(monkeypatch):
    transport, one = wire(room=0)
    for seq in range(100):
        one.put(piece(seq))

    one.pump()
    assert not transport.aborted
    monkeypatch.setattr("journal.live.straight.STALLED", -1)
    one.pump()

    assert transport.aborted
    assert one.busy == set()


def drawn(seq, audience="everyone", **more):
    return Drawn(seq, audience, 1, {"en": f'{{"seq":{seq}}}'}, **more)


def test_each_audience_hears_its_share():
    told = [
        drawn(1),
        drawn(2, "moderators"),
        drawn(3, "member:5"),
        drawn(4, moderators={"en": '{"seq":4,"desk":1}'}),
    ]

    def texts(*, moderates, **who):
        items = [one.item("en", moderates) for one in told]
        return [text for one in pieces(items, form="text", moderates=moderates, **who) for text in one.content]

    assert texts(moderates=False) == ['{"seq":1}', '{"seq":4}']
    assert texts(moderates=False, member_id=5) == ['{"seq":1}', '{"seq":3}', '{"seq":4}']
    assert texts(moderates=True, member_id=6) == ['{"seq":1}', '{"seq":2}', '{"seq":4,"desk":1}']


def test_frames_are_joined_into_pieces_of_a_size():
    items = [Drawn(seq, "everyone", 1, {"en": "x" * 5000}).item("en", False) for seq in range(1, 8)]

    made = pieces(items, form="websocket", moderates=False)

    assert [one.count for one in made] == [3, 3, 1]
    assert all(one.size == len(one.content) <= frames.PIECE for one in made)
    assert all(one.size == len(one.content) for one in pieces(items, form="chunk", moderates=False))
    assert [one.seq for one in made] == [3, 6, 7]
