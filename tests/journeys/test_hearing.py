"""A hearing from its agenda to its record: a chair, a participant and a wall in browsers, Dora by mail alone, and lines
that are cut off or slow. All end with the same journal. Journey 4 of the design.
"""

import asyncio
import json
import re
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from consultations.hearings.models import Bulletin, Endorsement, LiveQuestion, Record, Speaker
from consultations.hearings.services import calls, hearings, motions, records, votes
from journal.models import Journal
from journal.verify import verify
from notifications import letters
from notifications.models import Letter, Subscription
from tests import redis
from tests.faults.pages import Audience, Page
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Door, Postman
from tests.patience import PATIENCE, until
from tests.plugins.live import Live, database_url, environment, wait_until_ready
from tests.postgres import free_port
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


class Remembering(Page):
    """Remembers the frames, as a browser does."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.frames, self.is_cut = [], False

    def take(self, frame):
        super().take(frame)
        self.frames.append(frame)

    async def visit(self):
        if not self.is_cut:
            self.line = asyncio.ensure_future(super().visit())
            try:
                await self.line
            except asyncio.CancelledError:
                if not self.is_cut:
                    raise

    def cut(self, loop):
        """The line is gone, until `is_cut` is false again."""
        self.is_cut = True
        loop.call_soon_threadsafe(self.line.cancel)


class Slow(Remembering):
    """Takes 1 KB a second, until the hearing is over and it may catch up."""

    hurries = False

    async def frame(self, reader):
        if not self.hurries:
            text = await super().frame(reader)
            await asyncio.sleep(len(text or "") / 1_024)
            return text
        return await super().frame(reader)


class Screen:
    """A browser before a screen of the hearing, and what its socket told it."""

    def __init__(self, site, new_page, hearing, name, member=None, **viewport):
        self.page, self.frames = new_page(viewport=viewport), []
        if member:
            site.sign_in(self.page, member)
        self.page.on("websocket", lambda line: line.on("framereceived", self.hear))
        self.page.goto(f"{site.url}/hearings/{hearing.year}/H{hearing.number}/{name}/")
        expect(self.page.locator("[data-way=live]")).to_be_attached()

    def hear(self, payload):
        self.frames.append(json.loads(payload))

    def see(self, where, said):
        expect(self.page.locator(where)).to_contain_text(said)

    def until(self, holds):
        """Wait for what must come to be, while browsers go on."""
        until(holds, sleep=lambda seconds: self.page.wait_for_timeout(1000 * seconds))

    def key(self, name):
        self.rest()
        self.page.keyboard.press(name)

    def rest(self):
        """Until the last press was answered: what a form is asked meanwhile it does not do."""
        self.until(lambda: not self.page.evaluate("[...document.forms].some((form) => form.busy)"))

    def press(self, deed, within="main"):
        self.rest()
        button = self.page.locator(f"{within} button[value={deed}]:visible").first
        if button.evaluate("(one) => Boolean(one.closest('[data-each]'))"):
            self.page.wait_for_timeout(650)  # a press just after a list moved was meant for another row
        button.click()


@pytest.fixture
def scenery(settings, live):
    """Bob has a seat and a browser; Dora has a mailbox, reads French, and gets the room post by post."""
    settings.EMAIL_BACKEND = "notifications.outbox.EmailBackend"
    settings.EMAIL_URL = "memory:"
    world = World()
    world.hearing = scene.announced(world)
    Subscription.objects.update_or_create(
        member=world.dora, workspace=world.hearing.workspace, thread=None, defaults={"cadence": "each"}
    )
    return world


@pytest.fixture
def waker():
    with redis.server() as made:
        yield made


@pytest.fixture
def pair(settings, scenery, waker):
    """Two processes of the site, which Redis wakes."""
    ports, running = (free_port(), free_port()), []
    for port in ports:
        log = Path(site.DATA) / f"pair-{port}.log"
        surroundings = environment(database_url(), port) | {"REDIS_URL": waker.address}
        command = [
            sys.executable,
            "-m",
            "daphne",
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "config.asgi:application",
        ]
        with log.open("wb") as output:
            running.append(
                (subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=surroundings), port, log)
            )
    for process, port, log in running:
        wait_until_ready(process, port, log)
    yield [Live(port, log) for _process, port, log in running]
    for process, _port, _log in running:
        process.terminate()
    for process, _port, _log in running:
        process.wait(timeout=PATIENCE)


@pytest.mark.sqlite_only  # on PostgreSQL it is the next one
def test_from_the_agenda_to_the_record(scenery, live, new_page):
    play(scenery, live, live, new_page)


@pytest.mark.postgres_only
def test_the_same_over_two_processes_and_redis(scenery, pair, new_page):
    play(scenery, *pair, new_page)


def play(world, near, far, new_page):
    """The chair is before one process, all others before the other one."""
    hearing = world.hearing
    since = hearing.journal.seq
    where = {"path": f"/live/hearings/{hearing.pk}/", "since": since}
    steady, cut = Remembering(near.port, **where), Remembering(far.port, **where)
    slow = Slow(far.port, **where)
    chair = Screen(near, new_page, hearing, "console", world.alice, width=1280, height=800)
    bob = Screen(far, new_page, hearing, "live", world.bob, width=360, height=780)
    wall = Screen(far, new_page, hearing, "projector", width=1920, height=1080)
    screens, pages = (chair, bob, wall), (steady, cut, slow)
    with Audience(pages) as audience:
        speakers_register(world, chair, bob)
        cut.cut(audience.loop)  # and away for all that follows
        the_floor(chair, bob, wall)
        questions(world, chair, bob, wall)
        roll_call(world, chair, bob, wall)
        it_ends(world, chair)
        cut.is_cut, slow.hurries = False, True
        seq = Journal.objects.get(pk=hearing.journal.pk).seq
        chair.until(lambda: audience.have(seq) and all(heard(screen, since)[-1:] == [seq] for screen in screens))
    told = list(
        hearing.journal.entries.filter(seq__gt=since, audience="everyone").order_by("seq").values_list("seq", flat=True)
    )
    for one in (*screens, *pages):
        assert [seq for seq in heard(one, since) if seq in set(told)] == told
        assert not any(frame["type"] == "snapshot" for frame in one.frames)
    assert cut.returns >= 1
    verify(hearing.journal)
    record(world)


def heard(one, since):
    return [frame["seq"] for frame in one.frames if frame["type"] == "entry" and frame["seq"] > since]


def speakers_register(world, chair, bob):
    """Bob by web, Dora by mail; then the list is closed, and Carol comes too late."""
    hearing, item = world.hearing, scene.item(world.hearing)
    chair.press("open_session")
    bob.page.get_by_text("Ask for the floor").first.click()
    bob.page.locator("select[name=item]").first.select_option(label="2")
    bob.press("speak")
    bob.see(".mine", "waiting")
    answer(world, Postman().letter(world.dora, item), "PAROLE")
    chair.press("open_item", f"[data-each=agenda] li:has-text('{scene.ITEMS[1]}')")
    chair.see("[data-each='next.speakers']", "Dora")
    chair.key("l")
    bob.see("[data-line]", "closed")
    assert Speaker.objects.filter(item=item, state="listed").count() == 2
    bob.see("[data-say='mine.place']", "1")
    assert hearing.journal.entries.filter(verb="list.closed").exists()


def the_floor(chair, bob, wall):
    """Bob speaks: the clock runs on all screens by itself, stands still, and goes on."""
    chair.key("n")
    for screen in (chair, bob, wall):
        screen.see(".speaker", "Bob")
    expect(wall.page.locator(".clock")).not_to_have_text(wall.page.locator(".clock").inner_text())
    chair.key("x")
    chair.see("[data-line]", "given more time")
    chair.key("p")
    for screen in (chair, bob):  # the key means something else when the chair sees it
        expect(screen.page.locator(".clock.paused").first).to_be_attached()
    chair.key("p")
    expect(bob.page.locator(".clock.paused")).not_to_be_attached()
    chair.key("n")
    for screen in (chair, wall):
        screen.see(".speaker", "Dora")
    chair.key("e")
    wall.see(".floor", "Nobody has the floor.")


def questions(world, chair, bob, wall):
    """One by web, two by mail; Bob endorses, and the chair takes one up."""
    letter = Postman().letter(world.dora, scene.item(world.hearing))
    answer(world, letter, "QUESTION : Qui mesure en hiver ?")
    answer(world, letter, "QUESTION : Qui paie ?")
    bob.page.get_by_text("Ask a question").click()
    bob.page.locator("textarea").fill("Is the data open?")
    bob.press("ask")
    bob.see("[data-each='questions.top']", "Is the data open?")
    bob.press("endorse", "li:has-text('Qui mesure en hiver')")
    bob.until(Endorsement.objects.filter(member=world.bob, question__text="Qui mesure en hiver ?").exists)
    chair.see("[data-each='questions.top']", "Is the data open?")
    chair.press("take", "[data-each='questions.top'] li:has-text('Qui mesure')")
    wall.see(".taken", "Qui mesure en hiver ?")
    chair.press("answered")
    expect(wall.page.locator(".taken")).to_be_hidden()
    assert LiveQuestion.objects.filter(channel="mail").count() == 2


def roll_call(world, chair, bob, wall):
    """Called name by name; the wall shows each answer as it is said, then the result."""
    item = scene.item(world.hearing)
    motion = motions.move(
        by=world.alice, item=item, title="That the springs be measured twice a year", manner="roll_call", mover="Bob"
    )
    votes.put_to_vote(by=world.alice, motion=motion)
    wall.see(".vote", "measured twice a year")
    for said in ("yes", "no", "yes"):
        if call := calls.current(motion):
            calls.say(by=world.alice, motion=motion, call=call, said=said)
            wall.see(".said", call.name)
    while call := calls.current(motion):
        calls.say(by=world.alice, motion=motion, call=call, said="absent")
    chair.press("close_vote")
    wall.see(".result", "measured twice a year")
    bob.see(".result", "measured twice a year")


def it_ends(world, chair):
    """The item is concluded; its bulletin reaches Dora in her language, once, with who spoke and what was decided."""
    chair.press("close_item")
    chair.see("[data-line]", "concluded")
    work()
    work()
    bulletin = Bulletin.objects.get()
    letter = Letter.objects.get(key=f"bulletin:{bulletin.pk}:{world.dora.pk}")
    lines = letters.text_of(letter).splitlines()
    assert len(lines) <= 20
    assert {"Bob", "Dora", "M1", "Q1"} <= set(re.findall(r"\w+", "\n".join(lines)))
    hearings.end(by=world.alice, hearing=world.hearing)


def record(world):
    """Everything stands in the record: who spoke, what was asked, how everybody voted."""
    hearing = scene.fresh(world.hearing)
    records.publish_provisional(by=world.alice, hearing=hearing, until=timezone.now() + timedelta(days=7))
    page = world.client.get(f"/hearings/{hearing.year}/H{hearing.number}/record/?item=2").content.decode()
    for said in ("Bob", "Dora", "measured twice a year", "Qui mesure en hiver ?"):
        assert said in page
    assert Record.objects.get().hearing == hearing


def answer(world, letter, text):
    """Dora's answer comes through the LMTP door and is processed."""
    mail = message_from_bytes(raw := Postman().answer(letter, text), policy=policy.default)
    with Door() as door:
        assert door.sends(raw, mail["To"].addresses[0].addr_spec, sender=world.dora.email) == {}
    work()


def work():
    call_command("work", once=True, verbosity=0)
