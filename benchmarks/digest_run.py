"""The digest run: personal issues of 30 posts built and handed to a mail server on loopback by two workers.

    python -m benchmarks.digest_run [--database postgres] [--members 1000 10000] [--workers 2] [--apart]

Each worker does what `manage.py work` does: it claims members who are due, writes their issues, and hands letters over.
Printed beside it: the processor time each issue costs, by who spends it, for a busy machine stretches the seconds; most
memory of one worker; and the floor, what one plain connection pushes into the same server. --apart: every member reads
a combination of rooms that nobody else reads, so that no two share an edition.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import data, rig, smtp

TICKS = os.sysconf("SC_CLK_TCK")


def measure(database, members, workers, *, apart=False):
    port = rig.free_port()
    with (
        rig.site(database, EMAIL_URL=f"smtp://127.0.0.1:{port}") as environment,
        tempfile.TemporaryDirectory() as folder,
        rig.process(environment, "-m", "benchmarks.smtp", str(port)) as sink,
    ):
        rig.wait_for(port)
        if apart:
            data.make_apart(folder, members=members)
        else:
            data.make(folder, members=members, threads=[10, 8, 6, 4, 2])
        rig.manage(environment, "import_jsonl", folder)
        # Every subscription begins before the posts, so that every member has an issue due.
        rig.run(environment, "-c", REWIND)
        before = _spent(_databases()), _spent([sink.pid])
        seconds, memory, used = run(environment, workers)
        spent = _spent(_databases()) - before[0], _spent([sink.pid]) - before[1]
        count, size = smtp.counted(port)
        editions = rig.run(environment, "-c", EDITIONS).strip()
        floor = smtp.push(port, count=3000, size=size // max(count, 1))
    each = [f"{1000 * part / max(count, 1):.2f}" for part in (used, *spent)]
    print(
        f"{members:>7} members{' apart' if apart else ''}: {count} issues of {size // max(count, 1)} B,"
        f" {editions} editions | built and handed over by {workers} workers {count / seconds:.0f}/s,"
        f" at most {memory:.0f} MB each | ms of processor time an issue: workers {each[0]}, database {each[1]},"
        f" mail server {each[2]} | floor, one connection {floor:.0f}/s"
    )


def run(environment, workers):
    """(seconds, most memory of one worker in MB, seconds of processor time of all) until nothing is left to do."""
    begun = time.perf_counter()
    command = [sys.executable, "manage.py", "work", "--once"]
    running = [
        subprocess.Popen(command, cwd=rig.HOUSE, env=environment, stdout=subprocess.DEVNULL) for _ in range(workers)
    ]
    peak = spent = 0
    for one in running:
        _pid, status, usage = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
        if one.returncode:
            sys.exit(f"A worker ended with {one.returncode}")
        peak = max(peak, usage.ru_maxrss / 1024)
        spent += usage.ru_utime + usage.ru_stime
    return time.perf_counter() - begun, peak, spent


def _spent(pids):
    """Seconds of processor time that processes and their ended children have used."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS


def _databases():
    """The PostgreSQL this process has started, and its processes; none with SQLite or a server that ran before."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(stat.parent.name), stat.read_text()
        except OSError:
            continue
        if "(postgres" in rest:
            parents[pid] = int(rest.rpartition(")")[2].split()[1])
    ours = {pid for pid, parent in parents.items() if parent == os.getpid()}
    return ours | {pid for pid, parent in parents.items() if parent in ours}


REWIND = """
import django
django.setup()
from django.utils import timezone
from journal.models import Entry
from notifications.digests import run
from notifications.models import MailProfile, Subscription
from notifications.tasks import jobs
from notifications.tasks.worker import Worker
Entry.objects.filter(verb="post.imported").update(verb="post.replied")  # what is imported is no news
MailProfile.objects.update(next_issue_at=None)
while run.prepare(force=True):
    pass
MailProfile.objects.update(next_issue_at=None)
Worker(jobs.all_jobs()).finish()  # what the seats that were taken ask for is part of another day's work
Subscription.objects.update(cursor=0)
MailProfile.objects.update(next_issue_at=timezone.now(), last_day=None)
"""
EDITIONS = """
import django
django.setup()
from notifications.models import Edition
print(Edition.objects.count())
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--members", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--apart", action="store_true", help="no two members read the same rooms")
    options = parser.parse_args()
    print(rig.machine(), "-", options.database)
    for members in options.members:
        measure(options.database, members, options.workers, apart=options.apart)


if __name__ == "__main__":
    main()
