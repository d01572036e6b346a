"""A live page without a browser: the websocket, and the stream, of docs/live.md over a plain blocking socket."""

import base64
import json
import os
import socket

from tests.patience import PATIENCE


class Connection:
    """A TCP connection to the running site, with a head of lines sent and the head of the answer read."""

    def __init__(self, live, path, *, cookie="", headers=(), receive_buffer=0):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", live.port))
        lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{live.port}", *headers]
        lines += [f"Cookie: {cookie}"] if cookie else []
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.buffer = b""
        self.head = self.until(b"\r\n\r\n").decode()
        self.status = int(self.head.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def more(self):
        got = self.socket.recv(65_536)
        if not got:
            raise EOFError
        self.buffer += got

    def until(self, mark):
        while mark not in self.buffer:
            self.more()
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    def exactly(self, count):
        while len(self.buffer) < count:
            self.more()
        found, self.buffer = self.buffer[:count], self.buffer[count:]
        return found


class Websocket(Connection):
    def __init__(self, live, path, *, origin="", more=(), **options):
        key = base64.b64encode(os.urandom(16)).decode()
        headers = [
            f"Origin: {origin or live.url}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *more,
        ]
        super().__init__(live, path, headers=headers, **options)

    def frame(self):
        """The next text as JSON, or the code of a close."""
        while True:
            first, length = self.exactly(2)
            if length >= 126:
                length = int.from_bytes(self.exactly(2 if length == 126 else 8), "big")
            payload = self.exactly(length)
            if first & 15 == 8:
                return int.from_bytes(payload[:2], "big")
            if first & 15 == 1:
                return json.loads(payload)

    def say(self, payload, opcode=1):
        """Send one masked frame."""
        length = len(payload)
        size = bytes([0x80 | length]) if length < 126 else b"\xff" + length.to_bytes(8, "big")
        self.socket.sendall(bytes([0x80 | opcode]) + size + bytes(4) + payload)


class Stream(Connection):
    def event(self):
        """The next event with data as JSON; its id is kept in `.last`."""
        while True:
            fields = dict(line.split(": ", 1) for line in self.block().splitlines())
            self.last = fields.get("id", getattr(self, "last", None))
            if "data" in fields:
                return json.loads(fields["data"])

    def block(self):
        """The next lines up to an empty one, out of the chunks of HTTP/1.1; EOFError at the end."""
        while b"\n\n" not in (text := getattr(self, "text", b"")):
            size = int(self.until(b"\r\n"), 16)
            if size == 0:
                raise EOFError
            self.text = text + self.exactly(size)
            self.until(b"\r\n")
        block, _, self.text = self.text.partition(b"\n\n")
        return block.decode()
