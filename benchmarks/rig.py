"""What every benchmark stands on: a site of its own in a temporary folder, and the machine in words."""

import contextlib
import json
import os
import platform
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import postgres

HOUSE = Path(__file__).resolve().parent.parent


def machine():
    """One line: what the figures were measured on."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} x {model}, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def _lines(path):
    with contextlib.suppress(OSError):
        return Path(path).read_text().splitlines()
    return []


@contextlib.contextmanager
def site(database="sqlite", **settings):
    """A migrated site; yields the environment its processes run in."""
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="alphorn-bench-"))
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("EMAIL_URL", "REDIS_URL")},
            "DATA": data,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "SITE_URL": "http://localhost:8000",
            "REPLY_DOMAIN": "reply.example.org",
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(HOUSE),
            **settings,
        }
        environment.pop("DATABASE_URL", None)
        if database == "postgres":
            environment["DATABASE_URL"] = (
                os.environ.get("DATABASE_URL_TEST") or stack.enter_context(postgres.server()).url
            )
        manage(environment, "migrate", "--verbosity=0")
        yield environment


def manage(environment, *arguments, stdin=None):
    """Run a management command to its end; returns what it printed."""
    return run(environment, "manage.py", *arguments, stdin=stdin)


def run(environment, *arguments, stdin=None):
    done = subprocess.run(
        [sys.executable, *arguments], cwd=HOUSE, env=environment, capture_output=True, text=True, input=stdin
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def process(environment, *arguments):
    """A server that runs meanwhile and is stopped in the end."""
    running = subprocess.Popen([sys.executable, *arguments], cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def timed(environments, *arguments):
    """Run one command in several processes at once; returns (seconds, most memory of one process in MB)."""
    begun = time.perf_counter()
    running = [
        subprocess.Popen([sys.executable, *arguments], cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL)
        for environment in environments
    ]
    peak = 0
    for one in running:
        _pid, status, usage = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
        if one.returncode:
            sys.exit(f"{' '.join(arguments)} ended with {one.returncode}")
        peak = max(peak, usage.ru_maxrss / 1024)
    return time.perf_counter() - begun, peak


def free_port():
    return postgres.free_port()


def wait_for(port, seconds=30):
    """Until something listens there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    sys.exit(f"Nothing listens on port {port} after {seconds} seconds.")


def memory_now(pid):
    """Resident memory of a process, MB."""
    for line in _lines(f"/proc/{pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def own_peak():
    """Most memory this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_jsonl(path, rows):
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
