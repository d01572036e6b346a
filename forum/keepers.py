"""Keepers: threads that belong to something on a floor above, which says who may reply in them and until when.

A question of a consultation keeps its thread: a reply there is a contribution, with a window and a number. The
keeper's rule is asked in place of the forum's wherever a reply is asked about or written, so web, mail and imports meet
it alike.
An app registers in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """How words came in. `at`: when they came to us. `proven_at`: when they were provably sent, where that is known
    and earlier (a trusted server's line, a signed date). `started_at`: when the form they were written in was opened.

    facts: what the keeper's own services hand on to it (a phase, a paragraph, who accepted it late and why).
    """

    at: datetime = field(default_factory=timezone.now)
    proven_at: datetime | None = None
    started_at: datetime | None = None
    organisation: object = None
    voice: object = None  # forum.services.voices.Voice: whose words they are
    is_asked: bool = False  # nobody writes yet: a page asks whether to show the form
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Keeper:
    """may_reply(member, thread, attempt): True, or No(reason).

    received(post, attempt): called in the transaction that wrote the post; returns entries (journal.services.Draft)
    that follow the post's own. May raise Refused, and then nothing is written.
    """

    may_reply: Callable
    received: Callable


_keepers: dict[str, Keeper] = {}


def register(name, keeper):
    """Say who keeps the threads whose `kept_by` is this name."""
    if name in _keepers:
        raise ValueError(f"The keeper {name} is registered twice.")
    _keepers[name] = keeper


def of(thread):
    """The keeper of a thread, or None."""
    return _keepers[thread.kept_by] if thread.kept_by else None
