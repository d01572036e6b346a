"""Who comes in, and who may stay: session, account and permission of many at once.

After a restart everybody comes back in the same seconds. So those who wait at the door are asked about together: one
turn of a thread and a handful of queries for up to two hundred, whoever they are. Nothing of it is remembered.
"""

import asyncio
import logging
import weakref
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from forum import rules
from forum.live.kinds import Kind
from forum.models.seats import Seat
from journal.live.reading import in_thread
from journal.services import site_journal
from members.models import Member

log = logging.getLogger(__name__)
AT_ONCE = 200
GATHER_SECONDS = 0.01  # between two turns, when people come faster than they are asked about
GONE = 4404  # the thing does not exist for this reader, or no longer does


@dataclass(slots=True)
class Ask:
    """Somebody at the door: what for, with which session (empty: none)."""

    kind: Kind
    thing: int
    session: str


@dataclass(slots=True)
class Admission:
    """Who may come in, as whom; and `marks`, {journal id: seq}, up to where its journal and the site's were heeded."""

    member_id: int | None
    moderates: bool
    journal_id: int
    marks: dict


def admit(asks):
    """An Admission for each of these, in order, or None where the thing does not exist for who asks."""
    site = site_journal()  # before the accounts, for the mark may only be too early
    people = members_of({ask.session for ask in asks if ask.session})
    wanted = {}
    for ask in asks:
        wanted.setdefault((ask.kind, ask.thing), set()).add(people.get(ask.session) or ANYBODY)
    admitted = {}
    for (kind, thing), those in wanted.items():
        admitted.update(admit_to(kind, thing, those, site))
    return [admitted.get((ask.kind, ask.thing, people.get(ask.session) or ANYBODY)) for ask in asks]


ANYBODY = AnonymousUser()


def admit_to(kind, pk, members, site):
    """Who of these may see one thing: `{(kind, pk, member): Admission}`."""
    thing = kind.rows.filter(pk=pk).first()
    if thing is None:
        return {}
    room = thing.workspace
    marks = {room.journal_id: room.journal.seq, site.pk: site.seq}
    know_seats(room, members)
    admitted = {}
    for member in members:
        if kind.sees(member, thing) if kind.sees else kind.rows.visible_to(member).filter(pk=pk).exists():
            moderates = member.is_authenticated and bool(rules.moderate(member, room))
            admitted[kind, pk, member] = Admission(member.pk, moderates, room.journal_id, marks)
    return admitted


def know_seats(room, members):
    """Fetch the seats of many members in a room at once."""
    known = dict.fromkeys(member.pk for member in members if member.pk)
    for seat in Seat.objects.filter(workspace=room, member__in=known):
        known[seat.member_id] = seat
    room.__dict__["_seats"] = known


def members_of(keys):
    """Who is signed in with these sessions: `{key: Member}`. As `django.contrib.auth.get_user`, for many at once."""
    backends = settings.AUTHENTICATION_BACKENDS
    sessions = {key: data for key, data in decoded(keys) if data.get(BACKEND_SESSION_KEY) in backends}
    ids = {data[SESSION_KEY] for data in sessions.values()}
    found = {str(member.pk): member for member in Member.objects.filter(pk__in=ids, is_active=True)}
    signed_in = {}
    for key, data in sessions.items():
        member = found.get(data[SESSION_KEY])
        if member is not None and is_of_this_password(member, data.get(HASH_SESSION_KEY, "")):
            signed_in[key] = member
    return signed_in


def is_of_this_password(member, digest):
    hashes = (member.get_session_auth_hash(), *member.get_session_auth_fallback_hash())
    return any(constant_time_compare(digest, one) for one in hashes)


def decoded(keys):
    """What these sessions hold, as `(key, data)`."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if getattr(store, "get_model_class", None) and store.get_model_class() is Session:
        rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        return [(row.session_key, store().decode(row.session_data)) for row in rows]
    return [(key, store(key).load()) for key in keys]


class Unanswered(Exception):
    """It could not be asked who this is; the door has logged why, and they will come back."""


class Door:
    """Those who wait to be let in, asked about together."""

    def __init__(self):
        self.waiting = []
        self.task = None

    async def admit(self, ask):
        """The Admission for one who comes, or None; raises Unanswered."""
        answer = asyncio.get_running_loop().create_future()
        self.waiting.append((ask, answer))
        if self.task is None:
            self.task = asyncio.create_task(self.work())
        return await answer

    async def work(self):
        while self.waiting:
            some, self.waiting = self.waiting[:AT_ONCE], self.waiting[AT_ONCE:]
            try:
                answers = await in_thread(admit)([ask for ask, _ in some])
            except BaseException as error:
                for _, answer in some:
                    if not answer.done():
                        answer.set_exception(Unanswered())
                if not isinstance(error, Exception):
                    raise
                log.exception("It could not be asked who comes to %d live pages; they will come back.", len(some))
                await asyncio.sleep(GATHER_SECONDS)
                continue
            for (_, answer), admission in zip(some, answers, strict=True):
                if not answer.done():
                    answer.set_result(admission)
            await asyncio.sleep(GATHER_SECONDS)
        self.task = None


_doors = weakref.WeakKeyDictionary()


def door():
    """The door of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _doors:
        _doors[loop] = Door()
    return _doors[loop]
