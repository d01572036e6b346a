"""A mail server that does what a test tells it, one worker's outbox connected to it, and letters to send."""

import contextlib

import pytest
from django.utils import timezone

from notifications import letters
from notifications.models import Letter
from notifications.outbox import Outbox, smtp
from tests.notifications.outbox.server import Server


@pytest.fixture
def serve():
    """serve(offers=...) starts a mail server."""
    with contextlib.ExitStack() as stack:

        def serve(**options):
            made = Server(**options)
            stack.callback(made.close)
            return made

        yield serve


@pytest.fixture
def server(serve):
    return serve()


@pytest.fixture
def connect():
    """connect(server) is one worker's outbox, connected to it."""
    with contextlib.ExitStack() as stack:

        def connect(server):
            made = Outbox(smtp.Smtp(host="127.0.0.1", port=server.port))
            stack.callback(made.close)
            return made

        yield connect


@pytest.fixture
def hands(connect, server):
    return connect(server)


@pytest.fixture
def write(db):
    """write("dora") puts a letter to dora@example.org into the outbox; a whole address is taken as it is."""

    def write(name, text="Où sont les sources ?", **fields):
        recipient = name if "@" in name else f"{name}@example.org"
        return letters.compose(recipient=recipient, subject=f"For {name}", text=text, **fields)

    return write


@pytest.fixture
def state():
    """state(letter) is what its row says now."""

    def state(letter):
        letter.refresh_from_db()
        return letter.state

    return state


@pytest.fixture
def due_now():
    """due_now() makes every letter that waits for later due."""
    return lambda: Letter.objects.filter(state="queued").update(due_at=timezone.now())
