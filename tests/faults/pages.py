"""Open pages that come back whenever their server is gone, written from docs/live.md alone."""

import asyncio
import base64
import contextlib
import json
import os
import random
import threading


class Page:
    """One page: which entries it heard, in the order in which they came; how often it came back."""

    def __init__(self, port, path, *, since, cookie="", seed=0):
        self.port, self.path, self.cookie = port, path, cookie
        self.since, self.heard, self.snapshots, self.returns = since, [], 0, -1
        self.random = random.Random(seed)

    async def stay(self):
        """Be connected, for ever."""
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self.visit()
            await asyncio.sleep(self.random.uniform(0.05, 0.4))

    async def visit(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            key = base64.b64encode(os.urandom(16)).decode()
            lines = [
                f"GET {self.path}?since={self.since} HTTP/1.1",
                f"Host: localhost:{self.port}",
                f"Origin: http://localhost:{self.port}",
                "Upgrade: websocket",
                "Connection: Upgrade",
                f"Sec-WebSocket-Key: {key}",
                "Sec-WebSocket-Version: 13",
                *([f"Cookie: {self.cookie}"] if self.cookie else []),
            ]
            writer.write("\r\n".join([*lines, "", ""]).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                return
            self.returns += 1
            while (text := await self.frame(reader)) is not None:
                self.take(json.loads(text))
        finally:
            writer.close()

    async def frame(self, reader):
        """The text of the next frame that has one; None when the server says that it closes."""
        while True:
            first, length = await reader.readexactly(2)
            if length >= 126:
                length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
            payload = await reader.readexactly(length)
            if first & 15 == 8:
                return None
            if first & 15 == 1:
                return payload

    def take(self, frame):
        if frame["type"] == "entry":
            self.heard.append(frame["seq"])
        elif frame["type"] == "snapshot":
            self.snapshots += 1
        if "seq" in frame and frame["type"] != "hello":
            self.since = max(self.since, frame["seq"])


class Roaming(Page):
    """Leaves every few seconds, as on a phone, and comes back to any of the processes, as through a proxy that shares
    the load.
    """

    def __init__(self, ports, path, **options):
        super().__init__(ports[0], path, **options)
        self.ports = ports

    async def visit(self):
        self.port = self.random.choice(self.ports)
        await asyncio.wait_for(super().visit(), self.random.uniform(2, 8))  # then it is off, which is an OSError


class Audience:
    """Many pages, in a thread with an event loop of its own. `with Audience(pages):`"""

    def __init__(self, pages):
        self.pages, self.stays = pages, []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self):
        self.thread.start()
        # Kept, for a loop does not hold on to its tasks.
        self.stays = [asyncio.run_coroutine_threadsafe(page.stay(), self.loop) for page in self.pages]
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self.end(), self.loop).result(timeout=10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def end(self):
        mine = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)

    def have(self, seq):
        """Has every page heard of everything up to this entry?"""
        return all(page.since >= seq for page in self.pages)
