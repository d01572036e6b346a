"""The digest run: personal issues of 30 posts built, and handed to a mail server on loopback; letters/s and memory.

    python -m benchmarks.digest_run [--database postgres] [--members 1000 10000] [--workers 2]

The floor beside it is what one plain connection pushes into the same server.
"""

import argparse
import tempfile

from benchmarks import data, rig, smtp


def measure(database, members, workers):
    port = rig.free_port()
    with (
        rig.site(database, EMAIL_URL=f"smtp://127.0.0.1:{port}") as environment,
        tempfile.TemporaryDirectory() as folder,
        rig.process(environment, "-m", "benchmarks.smtp", str(port)),
    ):
        rig.wait_for(port)
        data.make(folder, members=members, threads=[10, 8, 6, 4, 2])
        rig.manage(environment, "import_jsonl", folder)
        # Every subscription begins before the posts, so that every member has an issue of 30 posts due.
        rig.run(environment, "-c", REWIND)
        build, build_memory = rig.timed(
            [environment], "manage.py", "send_digests", "--write-only", "--now", "2027-01-05T12:00:00Z"
        )
        send, send_memory = rig.timed([environment] * workers, "manage.py", "work", "--once")
        count, size = smtp.counted(port)
        floor = smtp.push(port, count=3000, size=size // max(count, 1))
    print(
        f"{members:>7} members: {count} letters of {size // max(count, 1)} B"
        f" | built {count / build:.0f}/s, {build_memory:.0f} MB"
        f" | handed over by {workers} workers {count / send:.0f}/s, {send_memory:.0f} MB"
        f" | both {count / (build + send):.0f}/s | floor, one connection {floor:.0f}/s"
    )


REWIND = """
import django
django.setup()
from journal.models import Entry
from notifications.models import Subscription
Entry.objects.filter(verb="post.imported").update(verb="post.replied")  # what is imported is no news
Subscription.objects.update(cursor=0)
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--members", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(rig.machine(), "-", options.database)
    for members in options.members:
        measure(options.database, members, options.workers)


if __name__ == "__main__":
    main()
