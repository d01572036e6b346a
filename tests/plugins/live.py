"""A real server beside the tests: Daphne in a process of its own, over the test's own database.

`live` is for tests that need a socket, a browser or several processes; everything else is faster through
`world.client`. What a test writes must be committed for the server to see it, so the database is emptied after it.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.postgres import free_port

START_TIMEOUT = 60  # seconds; a loaded machine takes its time


class Live:
    """The address of the running site, and a way in."""

    def __init__(self, port, log):
        self.port = port
        self.url = f"http://localhost:{port}"
        self.log = log

    def sign_in(self, page, member):
        """Give the page's browser a session of this member, as the emailed code would."""
        client = Client()
        client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}])

    def cookie(self, member):
        """The Cookie header of a signed-in member, for a socket or a plain request."""
        client = Client()
        client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
        return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.fixture(scope="session")
def _server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        address = database_url()
    port = free_port()
    log = Path(settings.DATA) / "live.log"
    command = [sys.executable, "-m", "daphne", "--bind", "127.0.0.1", "--port", str(port), "config.asgi:application"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment(address, port),
        )
    try:
        wait_until_ready(process, port, log)
        yield Live(port, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def live(_server, transactional_db, settings):
    """The running site (`.url`, `.sign_in(page, member)`, `.cookie(member)`) on this test's database."""
    settings.SITE_URL = _server.url
    return _server


def environment(address, port):
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SITE_URL": f"http://localhost:{port}",
    }


def database_url():
    """The test database, written so that another process finds it."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    where = connection.settings_dict
    host, port = where["HOST"] or "localhost", where["PORT"] or 5432
    return f"postgres://{quote(where['USER'])}:{quote(where['PASSWORD'])}@{host}:{port}/{where['NAME']}"


def wait_until_ready(process, port, log):
    until = time.monotonic() + START_TIMEOUT
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The site did not start within {START_TIMEOUT} seconds:\n{log.read_text()}")
