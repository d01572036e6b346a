"""`make demo`: starts on an empty folder, says where it is, stops without a trace, and goes on where it was."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest

from tests.house.house import ROOT
from tests.postgres import free_port

PATIENCE = 300  # seconds; the world is large and the machine may be busy


@pytest.fixture
def start(tmp_path):
    """A function that starts the demo on this test's folder; what is left running is killed afterwards."""
    started = []

    def run(port, **variables):
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_URL")}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEMO": "1", "PYTHONUNBUFFERED": "1"}
        environment |= {"DATA": str(tmp_path / "demo"), "SITE_URL": f"http://localhost:{port}", **variables}
        environment.pop("STATICFILES_STORAGE", None)
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.stdout.close()
        process.wait()


def read_until(process, wanted):
    """What the process says, up to and with this line; fails when it ends before or says nothing for too long."""
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    said = ""
    for line in process.stdout:
        said += line
        if wanted in line:
            break
    else:
        pytest.fail(f"The demo ended without a word of {wanted!r}:\n{said}")
    watchdog.cancel()
    return said


# The demo always runs on SQLite, so once is enough.
@pytest.mark.sqlite_only
def test_the_demo_starts_stops_and_goes_on(start):
    port = free_port()
    first = start(port)
    said = read_until(first, "Ctrl-C stops it")
    assert f"http://localhost:{port}/" in said
    assert all(name in said for name in ["Alice", "Bob", "Carol", "Dora"])
    with urllib.request.urlopen(f"http://localhost:{port}/") as home:
        assert home.status == 200
    mail_port = int(re.search(r"LMTP at 127\.0\.0\.1:(\d+)", said).group(1))
    with socket.create_connection(("127.0.0.1", mail_port), timeout=PATIENCE) as mail:
        assert mail.recv(100).startswith(b"220 ")

    first.send_signal(signal.SIGINT)
    rest = first.stdout.read()

    assert first.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in rest
    for closed in (port, mail_port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", closed), timeout=2)

    second = start(port)
    said = read_until(second, "Ctrl-C stops it")
    assert "Loading the demo world" not in said
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=PATIENCE) == 0


@pytest.mark.sqlite_only
def test_a_taken_port_is_said_plainly(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = start(port)
        said = refused.stdout.read()

    assert refused.wait(timeout=PATIENCE) == 1
    assert f"Port {port} is taken by another program. Choose another one: make demo PORT=" in said
    assert "Traceback" not in said


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"DEMO": "0"}, "This is not set up as a demo"),
        ({"DATABASE_URL": "sqlite:////tmp/somewhere-else.sqlite3"}, "keeps its database in DATA"),
        ({"EMAIL_URL": "smtp://localhost:25"}, "sends no mail to anyone"),
    ],
)
def test_nothing_but_a_demo_becomes_one(start, variables, reason):
    refused = start(free_port(), **variables)
    said = refused.stdout.read()

    assert refused.wait(timeout=PATIENCE) == 1
    assert reason in said


@pytest.mark.sqlite_only
def test_a_folder_with_a_site_in_it_is_left_alone(start, tmp_path):
    (tmp_path / "demo").mkdir()
    database = tmp_path / "demo" / "alphorn.sqlite3"
    database.write_bytes(b"years of talk")

    refused = start(free_port())
    said = refused.stdout.read()

    assert refused.wait(timeout=PATIENCE) == 1
    assert "holds a site that is no demo" in said
    assert database.read_bytes() == b"years of talk"
