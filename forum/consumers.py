"""Live thread pages: a websocket that says what happened since the page was made, and goes on saying it.

The page says in its address how far it knows (`since=`). Writing goes over HTTP; all a page may send is a ping.
The protocol stands in docs/live.md.
"""

import asyncio
import contextlib
import json
import logging
import time
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import Http404
from django.utils import timezone

from core.access import find
from core.languages import own_code
from forum import live, rules
from forum.models import Thread
from journal import chain
from journal.hub import FAR_BEHIND, Reader, hub, read
from journal.models import Audience
from journal.services import site_journal
from members.models import Member

logger = logging.getLogger(__name__)

GONE = 4404  # the thread does not exist for this reader, or no longer does
MALFORMED = 4400
TOO_MANY = 4429
MAX_FRAME = 65_536
PINGS_A_MINUTE = 30
RECHECK_SECONDS = 20  # for what no journal tells: a sign-out
MOST_MISSED = 500_000  # characters of frames that are sent of what was missed; more comes with a fresh page
RECHECK = object()  # stands in the queue for an entry of the site's journal about the reader's own account


class Account(Reader):
    """Hears for one page what happens to its reader's account, which stands in the journal of the site."""

    draw = staticmethod(live.draw)

    def __init__(self, page, journal_id):
        self.page, self.journal_id = page, journal_id

    def hear(self, drawn):
        if any(one is None or one.rechecks == self.page.member_id for one in drawn):
            self.page.hear([RECHECK])


class ThreadConsumer(AsyncWebsocketConsumer, Reader):
    """One open page of one thread."""

    draw = staticmethod(live.draw)

    async def connect(self):
        self.outgoing = asyncio.Queue(maxsize=FAR_BEHIND)
        self.journal_id = self.sender = self.account = None
        self.pings, self.is_gone = [], False
        await self.accept()
        query = parse_qs(self.scope["query_string"].decode("ascii", "replace"))
        self.language = own_code(query.get("language", ["en"])[0])
        since = query.get("since", ["0"])[0]
        if not since.isdecimal() or len(since) > 15:
            await self.close(code=MALFORMED)
            return
        if not await self.may_read():
            await self.close(code=GONE)
            return
        self.cursor = int(since)
        self.sender = asyncio.get_running_loop().create_task(self.run())

    async def disconnect(self, code):
        if self.journal_id is not None:
            hub().leave(self, self.journal_id)
        if self.account is not None:
            hub().leave(self.account, self.account.journal_id)
        if self.sender is not None:
            self.sender.cancel()

    async def receive(self, text_data=None, bytes_data=None):
        """A ping is answered; anything else, or too many, ends the connection."""
        now = time.monotonic()
        self.pings = [at for at in self.pings if at > now - 60] + [now]
        if len(self.pings) > PINGS_A_MINUTE:
            await self.close(code=TOO_MANY)
        elif text_data is None or len(text_data) > MAX_FRAME or not is_ping(text_data):
            await self.close(code=MALFORMED)
        else:
            await self.say({"type": "pong", "time": chain.moment(timezone.now())})

    def hear(self, drawn):
        """Take entries from the hub. A page too slow to take them is sent to a fresh copy of itself."""
        for one in drawn:
            try:
                self.outgoing.put_nowait(one)
            except asyncio.QueueFull:
                while not self.outgoing.empty():
                    self.outgoing.get_nowait()
                self.outgoing.put_nowait(None)
                return

    async def run(self):
        """Work until the page leaves; when that fails the page is let go, so that it comes back and misses nothing."""
        try:
            await self.work()
        except Exception:
            logger.exception("The live page of thread %s is closed; it will come back", self.thread.pk)
            await self.close(code=1000)

    async def work(self):
        """Catch up, then say whatever the hub hands over, in order."""
        self.journal_id = self.thread.workspace.journal_id
        head = await hub().join(self, self.journal_id)
        if self.member_id:
            self.account = Account(self, self.site_id)
            await hub().join(self.account, self.site_id)
        await self.say({"type": "hello", "seq": head, "time": chain.moment(timezone.now())})
        if head - self.cursor > FAR_BEHIND or self.cursor > head:
            self.cursor = head
            await self.say({"type": "snapshot", "seq": head})
        missed = 0
        while self.cursor < head and not self.is_gone:
            last, drawn = await database_sync_to_async(read)(self.journal_id, self.cursor, live.draw, {self.language})
            missed += sum(len(one.frames.get(self.language, "")) for one in drawn if one)
            if missed > MOST_MISSED:
                drawn, last, self.cursor = [None], head, head
            for one in drawn:
                await self.tell(one)
            self.cursor = last
        while not self.is_gone:
            one = RECHECK
            with contextlib.suppress(TimeoutError):
                until = self.checked_at + RECHECK_SECONDS - time.monotonic()
                one = await asyncio.wait_for(self.outgoing.get(), max(0, until))
            await self.tell(one)

    async def tell(self, one):
        """Send one entry, if it is news here and this reader may hear it; None stands for what cannot be told."""
        if self.is_gone or (one not in (None, RECHECK) and one.seq <= self.cursor):
            return
        rechecks = one in (None, RECHECK) or one.rechecks in ("all", self.member_id)
        if rechecks and not await self.may_read():
            self.is_gone = True
            await self.close(code=GONE)
        elif one is None:
            await self.say({"type": "snapshot", "seq": self.cursor})
        elif one is not RECHECK:
            self.cursor = one.seq
            await self.pass_on(one)

    async def pass_on(self, one):
        heard = one.audience == Audience.EVERYONE or (one.audience == Audience.MODERATORS and self.moderates)
        if one.thread == self.thread.pk and (heard or one.audience == f"member:{self.member_id}"):
            await self.send(text_data=one.frames[self.language])

    async def say(self, message):
        await self.send(text_data=json.dumps(message))

    @database_sync_to_async
    def may_read(self):
        """May this reader see this thread, now? Fetches session, member and thread anew."""
        self.checked_at = time.monotonic()
        member, session = self.scope["user"], self.scope["session"]
        if member.is_authenticated:
            member = Member.objects.filter(pk=member.pk, is_active=True).first()
            member = member if session.exists(session.session_key) else None
        if member is None:
            return False
        try:
            self.thread = find(Thread, member, pk=self.scope["url_route"]["kwargs"]["pk"])
        except Http404:
            return False
        self.member_id, self.site_id = member.pk, site_journal().pk
        self.moderates = bool(rules.moderate(member, self.thread.workspace))
        return True


def is_ping(text):
    try:
        return json.loads(text) == {"type": "ping"}
    except (ValueError, RecursionError):
        return False
