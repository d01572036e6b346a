"""The outbox: letters that wait are handed to a mail server on loopback by several workers; letters/s and CPU a letter.

    python -m benchmarks.outbox [--database postgres] [--letters 20000] [--size 4000] [--workers 2]

The floor beside it is what one plain connection pushes into the same server. What the workers and the server use of
the processor is told apart; the rest of the machine is the database's.
"""

import argparse
import os

from benchmarks import rig, smtp

FILL = """
import sys
import django
django.setup()
from notifications import letters
from notifications.models import Letter
from notifications.outbox import deliver_all
count, size = int(sys.argv[1]), int(sys.argv[2])
text = "\\n".join("Who measures the springs above three thousand metres? We do." for _ in range(size // 60))
for first in range(0, count, 1000):
    deliver_all(
        letters.draft(recipient=f"r{n}@example{n % 7}.org", subject=f"Issue {n}", text=text, kind=Letter.Kind.ISSUE)
        for n in range(first, min(first + 1000, count))
    )
"""


def measure(database, count, size, workers):
    port = rig.free_port()
    with (
        rig.site(database, EMAIL_URL=f"smtp://127.0.0.1:{port}") as environment,
        rig.process(environment, "-m", "benchmarks.smtp", str(port)) as server,
    ):
        rig.wait_for(port)
        rig.run(environment, "-c", FILL, str(count), str(size))
        idle, _memory = rig.timed([environment] * workers, "manage.py", "work", "--help")  # what starting takes
        before, of_server = os.times(), _seconds_of(server.pid)
        seconds, memory = rig.timed([environment] * workers, "manage.py", "work", "--once")
        after = os.times()
        of_server = _seconds_of(server.pid) - of_server
        taken, total = smtp.counted(port)
        floor = smtp.push(port, count=3000, size=total // max(taken, 1))
    of_workers = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"{taken} letters of {total // max(taken, 1)} B in {seconds:.1f} s by {workers} workers on {database}"
        f" | {taken / seconds:.0f}/s, {taken / max(seconds - idle, 0.1):.0f}/s without their start of {idle:.1f} s"
        f" | CPU a letter: workers {of_workers / taken * 1000:.2f} ms, server {of_server / taken * 1000:.2f} ms"
        f" | {memory:.0f} MB | floor, one connection {floor:.0f}/s"
    )


def _seconds_of(pid):
    """Processor time a running process has used."""
    fields = rig._lines(f"/proc/{pid}/stat")[0].rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--letters", type=int, default=20_000)
    parser.add_argument("--size", type=int, default=4000, help="bytes of a letter's text")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(rig.machine())
    measure(options.database, options.letters, options.size, options.workers)


if __name__ == "__main__":
    main()
