"""Incoming mail: arrivals a second stored through LMTP, and posted by the worker.

python -m benchmarks.intake [--database postgres] [--mails 2000] [--connections 8]
"""

import argparse
import concurrent.futures
import smtplib
import tempfile
import time

from benchmarks import data, digest_run, rig

SENDERS = 200
MAIL = """From: Member {member} <m{member:06d}@example.org>
To: plenary@reply.example.org
Subject: Measurement {number}
Message-ID: <bench-{number}@example.org>
Date: Mon, 05 Jan 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The spring above the village gave {number} litres this morning. It was less a
year ago, and the herders say that the snow came late. We shall measure again
in a week and write here what we find.

Member {member}
"""


def deliver(port, numbers):
    """Hand over mails on one connection, as a mail server would."""
    with smtplib.LMTP("127.0.0.1", port, local_hostname="bench") as client:
        for number in numbers:
            mail = MAIL.format(number=number, member=number % SENDERS + 1).replace("\n", "\r\n").encode()
            refused = client.sendmail("bounce@example.org", ["plenary@reply.example.org"], mail)
            if refused:
                raise SystemExit(f"refused: {refused}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    print(rig.machine(), "-", options.database)
    port = rig.free_port()
    with (
        rig.site(options.database, LMTP_PORT=str(port), MAX_MAILS_PER_HOUR="1000000") as environment,
        tempfile.TemporaryDirectory() as folder,
    ):
        data.make(folder, members=SENDERS, threads=[2], cadence="none")
        rig.manage(environment, "import_jsonl", folder)
        with rig.process(environment, "manage.py", "lmtp", "--port", str(port)) as door:
            rig.wait_for(port)
            shares = [range(one, options.mails, options.connections) for one in range(options.connections)]
            begun = time.perf_counter()
            with concurrent.futures.ProcessPoolExecutor(options.connections) as pool:
                list(pool.map(deliver, [port] * options.connections, shares))
            stored = options.mails / (time.perf_counter() - begun)
            memory = rig.memory_now(door.pid)
        seconds, peak, spent = digest_run.run(environment, options.workers)
        posted = int(rig.run(environment, "-c", COUNT).split()[-1])
    print(
        f"{options.mails} mails over {options.connections} connections: stored {stored:.0f}/s, {memory:.0f} MB"
        f" | posted {posted} in {seconds:.1f} s by {options.workers} workers: {posted / seconds:.0f}/s, {peak:.0f} MB,"
        f" {1000 * spent / max(posted, 1):.1f} ms of their processor time each"
    )


COUNT = """
import django
django.setup()
from forum.models import Post
print(Post.objects.filter(channel="mail").count())
"""


if __name__ == "__main__":
    main()
