"""The load client: client.c, compiled for this run, and what it says of thousands of open pages."""

import json
import os
import selectors
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
CONCURRENT = 48  # handshakes at a time: Twisted lets 50 wait at its door, and one more would wait a second


def compiled(name, folder):
    """The program NAME.c as a file that runs."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        sys.exit("The load client is written in C: install a C compiler (Debian: gcc and libc6-dev).")
    program = Path(folder) / name
    if not program.exists():
        subprocess.run([compiler, "-O2", "-o", program, HERE / f"{name}.c"], check=True)
    return program


def kept_to(cores):
    """What a child does before it starts: stay on these processors."""
    return (lambda: os.sched_setaffinity(0, cores)) if cores else None


class Client:
    """All the pages of one target. Everything it measures is of one clock, CLOCK_MONOTONIC."""

    def __init__(self, target, *, folder, cores=None):
        self.target, self.count = target, target.clients
        self.seq = target.seq
        pages = Path(folder) / f"pages-{target.ports[0]}"
        with pages.open("w") as file:
            for number in range(self.count):
                cookie = target.cookies[number] if target.cookies else ""
                file.write(f"{target.ports[number % len(target.ports)]} {target.path} {cookie}\n")
        self.process = subprocess.Popen(
            [compiled("client", folder), pages, "1" if target.greets else "0"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=kept_to(cores),
        )
        self.lines = selectors.DefaultSelector()
        self.lines.register(self.process.stdout, selectors.EVENT_READ)
        self.rest = b""

    def stop(self):
        self.process.kill()
        self.process.wait()

    def join(self):
        """Open all pages; returns joins a second."""
        self.tell(f"join {self.seq} {CONCURRENT}")
        said = self.hear("joined", 600)
        return self.count / said["seconds"]

    def expect(self, events):
        """Make ready for that many entries; returns the number of the first."""
        self.tell(f"expect {events}")
        self.spent = self.hear("ready", 60)["spent"]
        first = self.seq + 1
        self.seq += events
        return first

    def result(self, seconds=120):
        """What arrived, when every page has all; or what has arrived by then, with `is_late`."""
        said = self.hear("done", seconds, may_be_late=True)
        is_late = said is None
        if is_late:
            self.tell("report")
            said = self.hear("report", 60)
        return {**said, "is_late": is_late, "spent": said["spent"] - self.spent}

    def tell(self, line):
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def hear(self, word, seconds, *, may_be_late=False):
        until = time.monotonic() + seconds
        while True:
            line, found, after = self.rest.partition(b"\n")
            if found:
                self.rest = after
                said = json.loads(line)
                if said["event"] == word:
                    return said
                continue
            if not self.lines.select(max(0, until - time.monotonic())):
                if may_be_late:
                    return None
                sys.exit(f"{self.target.name}: the load client did not say {word!r} within {seconds} s")
            got = os.read(self.process.stdout.fileno(), 1 << 20)
            if not got:
                sys.exit(f"{self.target.name}: the load client ended")
            self.rest += got
