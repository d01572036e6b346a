"""The phases of `python -m tests.faults`: each breaks one side of the house, counts, prints what it found."""

import collections
import functools
import shutil
import sqlite3
import subprocess
import threading
import time

from django.db import connection

from forum.models import Post
from notifications import addresses, letters
from notifications.models import Arrival, Letter
from tests.faults.house import (
    House,
    bring_while_killing,
    kill_while_sending,
    tell_while_killing,
    verdict,
    write_letters,
)
from tests.faults.pages import Audience, Roaming
from tests.faults.sender import Sender, answers_of
from tests.faults.sink import REFUSED_FOR_GOOD
from tests.hearings import hearing as scene
from tests.world import World

AWAY_SECONDS = 6


@functools.cache
def a_letter_to_answer():
    """(Dora, the letter about a post that she answers)."""
    world = World()
    about = world.answer.reference
    return world.dora, letters.compose(
        member=world.dora, subject="Water", text="Who measures?", kind=Letter.Kind.POST, about=about
    )


def outgoing(folder, database, count, *, kills, away):
    """Letters over every fault of a server, workers killed meanwhile: none lost, none twice without a reason."""
    write_letters(count)
    started = time.monotonic()
    with House(folder, DJANGO_SETTINGS_MODULE="config.settings") as house, _going_away(database, away) as gone:
        house.open_sink()
        kill_while_sending(house, kills=kills)
        gone.finish()
        house.finish()
        found = verdict(house)
    seconds = time.monotonic() - started
    states = dict(collections.Counter(Letter.objects.values_list("state", flat=True)))
    print(  # noqa: T201
        f"letters: {found['letters']} in {seconds:.0f} s, {kills} kills, database away {gone.times} times: "
        f"{len(found['lost'])} lost, {len(found['strange'])} in a wrong state, {found['twice']} twice, "
        f"{found['unanswered']} read by the server and not answered; {states}, "
        f"of which refused for good: {len(REFUSED_FOR_GOOD)} faults"
    )
    return not found["lost"] and not found["strange"] and found["twice"] <= kills + gone.times


def incoming(folder, database, count, *, kills, away):
    """Answers through the door, door and workers killed meanwhile: each posted exactly once."""
    dora, letter = a_letter_to_answer()
    mails = list(answers_of(dora, addresses.reply(letter.code), count))
    started = time.monotonic()
    with House(folder, DJANGO_SETTINGS_MODULE="config.settings") as house, _going_away(database, away) as gone:
        house.open_sink()  # what Dora is told leaves through it
        bring_while_killing(house, mails, kills=kills)
        gone.finish()
        house.finish()
    seconds = time.monotonic() - started
    texts = collections.Counter(Post.objects.filter(author=dora).values_list("text", flat=True))
    lost = [number for number in range(count) if not texts[f"Answer number {number} of many."]]
    twice = sum(found - 1 for found in texts.values())
    left = Arrival.objects.exclude(state=Arrival.State.DONE).count()
    print(  # noqa: T201
        f"arrivals: {count} in {seconds:.0f} s, {kills} kills, database away {gone.times} times: "
        f"{len(lost)} lost, {twice} posted twice, {left} not done"
    )
    return not lost and not twice and not left


class _going_away:
    """The database goes away so many times while the block runs."""

    def __init__(self, database, times):
        self.database, self.wanted, self.times = database, times, 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()

    def finish(self):
        """Wait until it has been away as often as it should."""
        self.thread.join()
        connection.close()

    def _run(self):
        while self.times < self.wanted and not self.stop.wait(4):
            self.database.go_away(AWAY_SECONDS)
            self.times += 1


def told(folder, count, *, kills, processes=1):
    """Open pages whose servers are killed again and again: each entry reaches each page once, in order."""
    hearing = scene.running(World())
    address, since = f"/live/hearings/{hearing.pk}/", hearing.workspace.journal.seq
    started = time.monotonic()
    with House(folder, processes=processes, DJANGO_SETTINGS_MODULE="config.settings") as house:
        pages = [Roaming(house.site_ports, address, since=since, seed=number) for number in range(count)]
        with Audience(pages) as audience:
            entries = tell_while_killing(house, audience, hearing, kills=kills)
    missed = sum(len(set(entries) - set(page.heard)) for page in pages)
    twice = sum(len(page.heard) - len(set(page.heard)) for page in pages)
    disordered = sum(page.heard != sorted(page.heard) for page in pages)
    snapshots, returns = sum(page.snapshots for page in pages), sum(page.returns for page in pages)
    seconds = time.monotonic() - started
    print(  # noqa: T201
        f"pages: {count}, {len(entries)} entries, {seconds:.0f} s, processes: {processes}, {kills} kills, "
        f"{returns} returns: {missed} missed, {twice} twice, {disordered} pages out of order, "
        f"{snapshots} sent to a snapshot"
    )
    return not (missed or twice or disordered)


def full_disk(folder, disk):
    """The disk fills while mails come in: what heard 250 is there, what could not be kept was put off, not lost."""
    dora, letter = a_letter_to_answer()
    address = addresses.reply(letter.code)
    mails = [(raw + b"x" * 220_000 + b"\r\n", to) for raw, to in answers_of(dora, address, 60)]
    connection.close()
    with House(folder, DJANGO_SETTINGS_MODULE="config.settings") as house:
        house.open_door()
        sender = Sender(house.door_port, again_every=10**9)
        threads = sender.run(mails, connections=1)
        house.wait_until(lambda: shutil.disk_usage(disk).free < 400_000 or sender.accepted == len(mails))
        time.sleep(2)
        at_full, put_off = sender.accepted, sender.put_off
        make_room(disk)
        for thread in threads:
            thread.join(timeout=300)
    with sqlite3.connect(disk / "faults.sqlite3") as database:
        [[stored]] = database.execute("SELECT count(*) FROM notifications_arrival WHERE size > 150000")
        [[health]] = database.execute("PRAGMA integrity_check")
    print(  # noqa: T201
        f"full disk: {at_full} of {len(mails)} accepted when it was full, {put_off} put off; after room was made "
        f"{sender.accepted} accepted, {stored} stored; the database is {health}"
    )
    return at_full < len(mails) and put_off > 0 and stored == len(mails) == sender.accepted and health == "ok"


def make_room(disk):
    subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
