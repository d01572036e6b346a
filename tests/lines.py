"""Live pages on the ASGI application itself: its websockets and streams, which wait as long as tests/patience.py says.

The communicators of Channels and asgiref end the application when nothing comes within a second; here it goes on, and
the failure tells what was heard before, and how far this process is with the journals it reads.
"""

import asyncio
import json

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from config.asgi import application
from journal.live.hub import hub
from tests.patience import PATIENCE


def session(member):
    """The key of a new session of this member."""
    client = Client()
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.session.session_key


def cookie(key):
    """What a browser sends back of it."""
    return f"{settings.SESSION_COOKIE_NAME}={key}"


def headers(key="", origin="http://localhost:8000"):
    """What a browser sends from a page of ours, with a session or without."""
    said = {"origin": origin, "host": "localhost:8000"} | ({"cookie": cookie(key)} if key else {})
    return [(name.encode(), value.encode()) for name, value in said.items()]


class Patient:
    """Mixed into a communicator."""

    async def receive_output(self, timeout=PATIENCE):
        heard = self.__dict__.setdefault("heard", [])
        if self.future.done():
            self.future.result()
        try:
            async with asyncio.timeout(timeout):
                heard.append(await self.output_queue.get())
        except TimeoutError:
            if self.future.done():
                self.future.result()
            pytest.fail(f"Nothing came for {timeout} s after {heard}.\n{self.surroundings()}")
        return heard[-1]

    def surroundings(self):
        rooms = [f"journal {one.journal_id} up to {one.seq} for {len(one.pages())}" for one in hub().rooms.values()]
        application = "has ended" if self.future.done() else "goes on"
        return f"The application {application}. Read for {len(hub().pages)} pages: {'; '.join(rooms) or 'nothing'}."

    async def wait(self, timeout=PATIENCE):
        await super().wait(timeout)


class Websocket(Patient, WebsocketCommunicator):
    """`await connect()` says whether it was let in."""

    def __init__(self, path, key="", **options):
        super().__init__(application, path, headers=headers(key, **options))

    async def connect(self, timeout=PATIENCE):
        return (await super().connect(timeout))[0]

    async def disconnect(self, code=1000, timeout=PATIENCE):
        await super().disconnect(code, timeout)

    async def frame(self):
        """The next frame; the test fails when the connection is ended instead."""
        message = await self.receive_output()
        assert message["type"] == "websocket.send", self.heard
        return json.loads(message["text"])

    async def closing_code(self):
        """The code with which the connection is ended, whatever is said before."""
        while (message := await self.receive_output())["type"] != "websocket.close":
            pass
        return message["code"]

    async def frames(self):
        """All that comes, as a stream says it: the end is a frame as well."""
        while True:
            message = await self.receive_output()
            if message["type"] == "websocket.close":
                yield {"type": "gone", "code": message["code"]}
            else:
                yield json.loads(message["text"])


class Stream(Patient, ApplicationCommunicator):
    """`await connect()` says whether it was let in."""

    def __init__(self, path, query, key=""):
        request = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
        super().__init__(application, request | {"headers": headers(key)})

    async def connect(self):
        await self.send_input({"type": "http.request"})
        return (await self.receive_output())["status"] == 200

    async def disconnect(self):
        await self.send_input({"type": "http.disconnect"})
        await self.wait()

    async def frames(self):
        while True:
            message = await self.receive_output()
            for line in message["body"].decode().splitlines():
                if line.startswith("data: "):
                    yield json.loads(line[6:])
