"""The demo: a made-up mountain partnership, with web, worker and mail server, on this machine only.

`make demo` comes here. Everything it writes lies in one folder, DATA; started again on the same folder it goes on
with the same world.
"""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse

from config.demo import script, stage
from config.demo.loader import Loader
from config.demo.stage import TODAYS
from config.processes import Company, Ended, Process
from consultations.hearings.models import Hearing

LOOPBACK = "127.0.0.1"
QUIET = 2  # seconds a step may take before it shows that it is going on
READY_TIMEOUT = 60  # seconds


class Command(BaseCommand):
    help = "Show Alphorn on this machine: a demo world with web, worker and LMTP. Start it with `make demo`."
    requires_system_checks = []

    def handle(self, **options):
        self.refuse_anything_but_a_demo()
        # SIGINT too: a shell that starts a program in the background has it ignored.
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.default_int_handler)
        try:
            with self.only_one():
                port = self.web_port()
                self.prepare()
                self.run(port)
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):  # the terminal may have been closed
                self.say("\nThe demo has stopped. `make demo` goes on where it was.")
        except Ended as ended:
            raise CommandError(f"{ended}\n\nThe rest of the demo has been stopped too.") from None

    def refuse_anything_but_a_demo(self):
        """The demo invents people and mail: never among real ones."""
        if not settings.DEMO:
            raise CommandError("This is not set up as a demo. Start it with `make demo`, which sets DEMO=1.")
        database = settings.DATABASES["default"]
        if not Path(database["NAME"]).is_relative_to(settings.DATA):
            raise CommandError("The demo keeps its database in DATA. Leave DATABASE_URL unset.")
        if not settings.EMAIL_URL.startswith("maildir:"):
            raise CommandError("The demo sends no mail to anyone. Leave EMAIL_URL unset.")
        if Path(database["NAME"]).exists() and not self.lock.exists():
            raise CommandError(f"{settings.DATA} holds a site that is no demo. Choose another folder with DATA=.")

    # What the folder holds

    @property
    def lock(self):
        return settings.DATA / "demo.lock"

    @property
    def loaded(self):
        """A mark set when the world is complete."""
        return settings.DATA / "demo.loaded"

    @contextlib.contextmanager
    def only_one(self):
        with self.lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(
                    f"A demo is already running on {settings.DATA}. Stop it, or start another: make demo DATA=..."
                ) from None
            yield

    # Before the first page

    def prepare(self):
        with self.step("Preparing the database"):
            call_command("migrate", verbosity=0, interactive=False)
        with self.step("Gathering the files of the pages"):
            call_command("collectstatic", verbosity=0, interactive=False)
        if not self.loaded.exists() or Hearing.objects.named(TODAYS) is None:
            self.say("Loading the demo world")
            Loader(say=lambda line: self.say(f"  {line}")).load()
            self.loaded.touch()
        self.hearing = stage.ready(stage.todays())
        connections.close_all()

    @contextlib.contextmanager
    def step(self, what):
        """Say what is being done, show that it goes on, and how long it took when that was long."""
        self.say(what, ending="")
        began, done = time.monotonic(), threading.Event()

        def tick():
            while not done.wait(1):
                if time.monotonic() - began > QUIET:
                    self.say(".", ending="")

        ticker = threading.Thread(target=tick, daemon=True)
        ticker.start()
        try:
            yield
        finally:
            done.set()
            ticker.join()
            took = time.monotonic() - began
            self.say(f" {took:.0f} s" if took > QUIET else "")

    # Running

    def web_port(self):
        """The port of SITE_URL; raises CommandError when another program has it."""
        port = urlsplit(settings.SITE_URL).port or 80
        if not is_free(port):
            raise CommandError(
                f"Port {port} is taken by another program. Choose another one: make demo PORT={free_port(port + 1)}"
            )
        return port

    def run(self, port):
        mail_port = settings.LMTP_PORT if is_free(settings.LMTP_PORT) else free_port(settings.LMTP_PORT + 1)
        environment = {**os.environ, "DATA": str(settings.DATA), "LMTP_PORT": str(mail_port)}
        python, logs = sys.executable, settings.DATA / "logs"
        web = [python, "-m", "daphne", "--bind", LOOPBACK, "--port", str(port), "--verbosity", "0"]
        processes = [
            Process("The web server", [*web, "config.asgi:application"], logs / "web.log"),
            Process("The worker", [python, "manage.py", "work"], logs / "work.log"),
            Process("The mail server", [python, "manage.py", "lmtp", "--port", str(mail_port)], logs / "lmtp.log"),
            Process("The hearing", [python, "manage.py", "play_hearing", TODAYS, "--again"], logs / "hearing.log"),
        ]
        with Company(processes, environment=environment, folder=settings.BASE_DIR) as company:
            with self.step("Starting web, worker and mail server"):
                self.wait_until_ready(company, port, mail_port)
            self.introduce(mail_port)
            company.wait()

    def wait_until_ready(self, company, port, mail_port):
        """Wait until the site reads its database and the mail server takes mail."""
        until = time.monotonic() + READY_TIMEOUT
        while time.monotonic() < until:
            company.check()
            if is_healthy(port) and not is_free(mail_port):
                return
            time.sleep(0.1)
        raise CommandError(f"The servers do not answer. Their logs are in {settings.DATA / 'logs'}.")

    def introduce(self, mail_port):
        """Say where the site is and how to come in as each of the cast."""
        cast = [person for person in script.people().values() if person.cast]
        width = max(len(person.email) for person in cast)
        lines = [
            "",
            f"Alphorn is at {settings.SITE_URL}/",
            "",
            f"To sign in, give one of these addresses; the code arrives at {settings.SITE_URL}/outbox/",
            *(f"  {person.email:<{width}}  {person.name}: {person.cast}" for person in cast),
            "",
            "In a minute a hearing begins, which runs by itself for ten minutes, and again after it:",
            f"  {settings.SITE_URL}{reverse('hearings:live', args=self.hearing.url_key)}",
            "",
            f"Mail comes in by LMTP at {LOOPBACK}:{mail_port}; nothing leaves this machine.",
            f"Everything is kept in {settings.DATA}. Ctrl-C stops it.",
        ]
        self.say("\n".join(lines))

    def say(self, text, ending=None):
        self.stdout.write(text, ending=ending)
        self.stdout.flush()


def is_healthy(port):
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/healthz", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def is_free(port):
    with socket.socket() as probe:
        # A server that has just stopped leaves its port in TIME_WAIT, which is free for a new one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(start):
    """The first free port from `start` on."""
    return next(port for port in range(start, 65_536) if is_free(port))
