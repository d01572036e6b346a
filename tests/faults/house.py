"""The house under fire: its processes, which are killed and started again, over the database of this process."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

from consultations.hearings.services import captions, floor, speakers
from journal.models import Journal
from notifications import letters, outbox
from notifications.models import Arrival, Destination, Letter, MailProfile
from tests.faults.sender import Sender
from tests.faults.sink import FAULTS, REFUSED_FOR_GOOD
from tests.plugins.live import database_url
from tests.postgres import free_port

DEADLINE = 300  # seconds to wait for one thing; the tests need a few
MOST_TURNS = 50  # while a site is away; who misses more than 500 entries is rightly sent to a fresh page


class House:
    """Workers, a mail door, a sink, and processes of the site. `with House(folder) as house:` stops them in the end."""

    def __init__(self, folder, *, seed=1, processes=1, **environment):
        self.folder = Path(folder)
        self.random = random.Random(seed)
        self.log = self.folder / "sink.log"
        self.sink_port, self.door_port = free_port(), free_port()
        self.site_ports = [free_port() for _ in range(processes)]
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink_port}",
            "LMTP_PORT": str(self.door_port),
            "MAX_MAILS_PER_HOUR": "1000000",
            "LOG_LEVEL": "ERROR",
            "PYTEST_XDIST_WORKER": "",
            **environment,
        }
        self.workers, self.door, self.sink, self.sites = [], None, None, {}
        self.kills = 0

    def __enter__(self):
        self.log.touch()
        return self

    def __exit__(self, *_):
        for process in (*self.workers, self.door, self.sink, *self.sites.values()):
            if process:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    # -- Processes -----------------------------------------------------------------------------------------

    def start(self, *arguments):
        with (self.folder / "out.log").open("ab") as output:
            return subprocess.Popen(
                [sys.executable, *arguments],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def open_sink(self):
        self.sink = self.start("-m", "tests.faults.sink", str(self.sink_port), str(self.log))
        wait_for_port(self.sink_port)

    def open_door(self):
        self.door = self.start("manage.py", "lmtp")
        wait_for_port(self.door_port)

    def open_sites(self):
        for port in self.site_ports:
            self.open_site(port)
        for port in self.site_ports:
            wait_for_port(port)

    def open_site(self, port):
        self.sites[port] = self.start(
            "-m", "daphne", "--bind", "127.0.0.1", "--port", str(port), "config.asgi:application"
        )

    def kill_a_site(self):
        """kill -9 the process of the site whose turn it is, and start it again."""
        port = self.site_ports[self.kills % len(self.site_ports)]
        self.sites[port].kill()
        self.sites[port].wait()
        self.kills += 1
        self.open_site(port)
        wait_for_port(port)

    def start_workers(self, count=2):
        self.workers += [self.start("manage.py", "work") for _ in range(count)]

    def kill_a_worker(self):
        """kill -9 one worker at random, and start another in its place."""
        victim = self.workers.pop(self.random.randrange(len(self.workers)))
        victim.kill()
        victim.wait()
        self.kills += 1
        self.start_workers(1)

    def kill_the_door(self):
        self.door.kill()
        self.door.wait()
        self.kills += 1
        self.open_door()

    def stop_workers(self):
        """End them as an operator does, with SIGTERM: each finishes the piece it is at."""
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.wait(timeout=120)
        self.workers = []

    def wait_until(self, is_so, *, every=0.05):
        until = time.monotonic() + DEADLINE
        while not self._asked(is_so):
            if time.monotonic() > until:
                raise TimeoutError((self.folder / "out.log").read_text()[-4000:])
            time.sleep(every)

    def _asked(self, is_so):
        try:
            return is_so()
        except DatabaseError:  # it is away for a while
            connection.close()
            return False

    # -- Time ----------------------------------------------------------------------------------------------

    def let_time_pass(self):
        """Hours go by: claims of dead workers have run out, pauses before the next try are over. No worker may run."""
        assert not self.workers
        past = timezone.now() - timedelta(seconds=1)
        for model in (Letter, Arrival, MailProfile):
            model.objects.exclude(claimed_until=None).update(claimed_until=past)
        Letter.objects.filter(state=Letter.State.QUEUED, due_at__gt=past).update(due_at=past)
        Destination.objects.update(held_until=None)

    def hurry(self):
        """What was refused for now is tried again at once: half an hour of a large run would be spent waiting."""
        now = timezone.now()
        Letter.objects.filter(state=Letter.State.QUEUED, claimed_until=None, due_at__gt=now).update(due_at=now)
        Destination.objects.exclude(held_until=None).update(held_until=None)

    def finish(self):
        """Let everything come to its end, with workers that nobody kills."""
        self.stop_workers()
        self.let_time_pass()
        self.start_workers(2)
        self.wait_until(lambda: self.hurry() or not unfinished(), every=0.2)
        self.stop_workers()

    # -- Counting ------------------------------------------------------------------------------------------

    def heard(self, word):
        """How often the sink heard each Message-ID: `taken`, or `unanswered`."""
        lines = self.log.read_text().splitlines()
        return Counter(line.split()[1] for line in lines if line.startswith(f"{word} "))


def tell_while_killing(house, audience, hearing, *, kills):
    """A hearing goes on while the servers that tell its pages are killed and started again; returns the numbers of its
    entries when every page has come to the last.
    """
    house.open_sites()
    house.wait_until(lambda: all(page.returns >= 0 for page in audience.pages))
    before = Journal.objects.get(pk=hearing.workspace.journal_id).seq
    killer = threading.Thread(target=_kill_sites, args=(house, kills))
    killer.start()
    chair = hearing.officers.get(role="chair").member
    item = hearing.items.get(pk=hearing.current_item_id)
    turns, is_over = 0, False
    while not is_over:
        is_over = not killer.is_alive()  # one turn more, of which nobody can have heard before
        if is_over or turns < MOST_TURNS * kills:
            speaker = speakers.enter(by=chair, item=item, announced_as="The delegate of a spring")
            floor.give(by=chair, hearing=hearing, speaker=speaker)
            captions.say(by=chair, hearing=hearing, lines=[captions.Line(text="It goes on.")])
            floor.end(by=chair, speaker=speaker)
            turns += 1
        time.sleep(0.2)
    last = Journal.objects.get(pk=hearing.workspace.journal_id).seq
    house.wait_until(lambda: audience.have(last))
    return list(range(before + 1, last + 1))


def _kill_sites(house, kills):
    for _ in range(kills):
        time.sleep(0.3 + house.random.random() / 2)
        house.kill_a_site()


def settled():
    """How many letters have reached their end."""
    return Letter.objects.filter(state__in=[Letter.State.SENT, Letter.State.FAILED]).count()


def unfinished():
    waiting = Letter.objects.filter(state__in=[Letter.State.QUEUED, Letter.State.SENDING]).exists()
    return waiting or Arrival.objects.filter(state__in=[Arrival.State.NEW, Arrival.State.READ]).exists()


def verdict(house):
    """What became of all letters: lost ones, ones sent twice, and what allowed for it."""
    taken, unanswered = house.heard("taken"), house.heard("unanswered")
    lost, strange = [], []
    for letter in Letter.objects.only("message_id", "recipient", "state").iterator():
        fault = letter.recipient.rpartition("@")[2].partition(".")[0]
        wanted = Letter.State.FAILED if fault in REFUSED_FOR_GOOD else Letter.State.SENT
        if wanted == Letter.State.SENT and not taken[letter.message_id]:
            lost.append(letter.message_id)
        if letter.state != wanted:
            strange.append((letter.message_id, letter.state))
    return {
        "letters": Letter.objects.count(),
        "lost": lost,
        "strange": strange,
        "twice": sum(count - 1 for count in taken.values()),
        "unanswered": sum(unanswered.values()),
        "kills": house.kills,
    }


def write_letters(count, faults=tuple(FAULTS)):
    """Letters in the outbox, evenly over the faults."""
    drafts = [
        letters.draft(recipient=f"n{number}@{faults[number % len(faults)]}.example", subject=f"{number}", text="Hello.")
        for number in range(count)
    ]
    outbox.deliver_all(drafts)


def wait_for_port(port, timeout=60):
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens at port {port}")


def kill_while_sending(house, *, kills):
    """Two workers send what waits; one of them is killed every so many letters. Every kill meets a busy house."""
    total = Letter.objects.filter(state=Letter.State.QUEUED).count()
    house.start_workers(2)
    for number in range(1, kills + 1):
        goal = total * number // (kills + 2)
        house.wait_until(lambda goal=goal: house.hurry() or settled() >= goal)
        time.sleep(house.random.random() / 50)
        if settled() == total:
            raise AssertionError("Nothing waited any more: write more letters, or this shows nothing.")
        house.kill_a_worker()


def bring_while_killing(house, mails, *, kills):
    """A mail server brings mails through the door, which is killed now and then, and so are the workers behind it."""
    house.open_door()
    house.start_workers(2)
    sender = Sender(house.door_port)
    threads = sender.run(mails)
    for number in range(1, kills + 1):
        goal = len(mails) * number // (kills + 1)
        house.wait_until(lambda goal=goal: sender.accepted >= goal)
        time.sleep(house.random.random() / 50)
        if number % 2:
            house.kill_the_door()
        else:
            house.kill_a_worker()
    for thread in threads:
        thread.join(timeout=DEADLINE)
