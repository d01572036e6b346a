"""A real mail server on loopback that does what a test tells it, in bytes: refuse, hang up, offer what it likes.

`says` maps ("MAIL" | "RCPT" | "DATA" | "END", recipient, domain or "*") to an answer, or to a list of answers that are
given one after the other. "hang up" closes the connection instead; "END" is the answer to the content.
"""

import contextlib
import re
import socket
import threading
from collections import Counter

OFFERS = ("PIPELINING", "8BITMIME", "SIZE 50000000")


class Server:
    def __init__(self, offers=OFFERS):
        self.offers, self.says = offers, {}
        self.taken, self.connections, self.waits = [], 0, 0
        self.per_connection = None  # letters after which it closes a connection
        self.busy, self.busiest = Counter(), Counter()  # contents under way, by domain
        self.before_answer = None  # called with the recipient before the content is answered
        self.contents = []  # everything it was sent as content, finished or not
        self._lock, self._open = threading.Lock(), set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.hang_up()

    def hang_up(self):
        """Close every connection there is."""
        with self._lock:
            for line in self._open:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    @property
    def recipients(self):
        return [recipient for _sender, recipient, _content in self.taken]

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                line, _from = self._door.accept()
                with self._lock:
                    self.connections += 1
                    self._open.add(line)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line):
        with contextlib.suppress(OSError, EOFError):
            Talk(self, line).run()
        with self._lock:
            self._open.discard(line)
        line.close()

    def answer(self, verb, recipient, otherwise):
        with self._lock:
            for key in (recipient, recipient.rpartition("@")[2], "*"):
                said = self.says.get((verb, key))
                if isinstance(said, list):
                    said = said.pop(0) if said else None
                if said:
                    return said
        return otherwise

    def is_under_way(self, recipient, step):
        domain = recipient.rpartition("@")[2]
        with self._lock:
            self.busy[domain] += step
            self.busiest[domain] = max(self.busiest[domain], self.busy[domain])


class Talk:
    """One connection."""

    def __init__(self, server, line):
        self.server, self.line, self.buffer = server, line, b""
        self.sender = self.recipient = ""
        self.letters = 0

    def run(self):
        self.say("220 test")
        while True:
            command = self.until(b"\r\n").decode()
            verb = command[:4].upper()
            if not getattr(self, verb.lower(), self.unknown)(command):
                return

    def ehlo(self, command):
        lines = ["test", *self.server.offers]
        return self.say("\r\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"]))

    def mail(self, command):
        if self.sender:  # a second MAIL is an error, RFC 5321 section 4.1.4
            return self.say("503 there is one already")
        # Servers that refuse the sender do it without knowing the recipient.
        said = self.server.answer("MAIL", "", "250 ok")
        self.sender = _address(command) if said.startswith("250") else ""
        return self.say(said)

    def rcpt(self, command):
        if not self.sender:
            return self.say("503 MAIL first")
        recipient = _address(command)
        said = self.server.answer("RCPT", recipient, "250 ok")
        self.recipient = recipient if said.startswith("250") else ""
        return self.say(said)

    def data(self, command):
        if not self.recipient:
            return self.say(self.server.answer("DATA", "*", "554 no valid recipients")) and self.content()
        said = self.server.answer("DATA", self.recipient, "354 go")
        if not said.startswith("354"):
            return self.say(said)
        self.server.is_under_way(self.recipient, 1)
        try:
            return self.say(said) and self.content()
        finally:
            self.server.is_under_way(self.recipient, -1)
            self.sender = self.recipient = ""

    def content(self):
        if self.said.startswith("554"):
            return True
        content = b""
        while not content.endswith(b"\r\n.\r\n") and content != b".\r\n":
            content += self.until(b"\n")
        if not self.recipient:
            self.server.contents.append(content)
            return self.say("554 nobody to give it to")
        self.letters += 1
        if self.server.before_answer:
            self.server.before_answer(self.recipient)
        said = self.server.answer("END", self.recipient, "250 taken")
        if said.startswith("250") or said == "taken, then hang up":
            self.server.taken.append((self.sender, self.recipient, content[:-3].replace(b"\r\n..", b"\r\n.")))
        return self.say(said) and self.letters != self.server.per_connection

    def rset(self, command):
        self.sender = self.recipient = ""
        return self.say("250 forgotten")

    def quit(self, command):
        self.say("221 bye")
        return False

    def unknown(self, command):
        return self.say("500 what?")

    def say(self, text):
        """Answer; False when the connection is closed instead, or after it."""
        self.said = text
        if text.endswith("hang up"):
            return False
        self.line.sendall(text.encode() + b"\r\n")
        return not text.startswith("421")

    def until(self, end):
        while end not in self.buffer:
            self.server.waits += 1
            more = self.line.recv(1_000_000)
            if not more:
                raise EOFError
            self.buffer += more
        found, _end, self.buffer = self.buffer.partition(end)
        return found if end == b"\r\n" else found + end


def _address(command):
    return re.search(r"<(.*?)>", command)[1]
