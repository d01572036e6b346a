"""The faults in any number: `python -m tests.faults --letters 10000 --arrivals 10000 --kills 50`. Exit status 1 when
anything was lost, or came twice without a reason.

The database is one of its own, SQLite by default, and waits for the disk as on a real site.

`--pages 2000 --kills 20 --processes 2`: pages of a hearing come back to either of two processes, over PostgreSQL and
Redis, and each kill hits one of them.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

from tests import postgres, redis


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="SQLite, where one process serves the pages")
    parser.add_argument("--letters", type=int, default=0, help="letters to send, spread over every fault of a server")
    parser.add_argument("--arrivals", type=int, default=0, help="answers to bring in through the door")
    parser.add_argument("--pages", type=int, default=0, help="open pages that are cut off and come back")
    parser.add_argument(
        "--processes", type=int, default=1, help="of the site, for the pages; several have PostgreSQL and Redis"
    )
    parser.add_argument("--kills", type=int, default=0, help="kill -9 of workers, doors and servers, in each of them")
    parser.add_argument("--away", type=int, default=0, help="times the database goes away in each of the two")
    parser.add_argument(
        "--migrated", type=Path, help="an SQLite database without rows to begin with: its migrations took a while"
    )
    parser.add_argument("--full-disk", action="store_true", help="fill the disk while answers come in (needs root)")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alphorn-faults-")))
        disk = stack.enter_context(small_disk(folder)) if options.full_disk else folder
        kind = options.database or ("sqlite" if options.processes == 1 else "postgres")
        database = stack.enter_context(own_database(kind, disk))
        if options.migrated:
            shutil.copy(options.migrated, database.path)
        prepare(folder, database, stack.enter_context(redis.server()).address if options.processes > 1 else "")
        sys.exit(0 if run(options, folder, disk, database) else 1)


def prepare(folder, database, redis_url):
    os.environ.update(
        DATABASE_URL=database.url,
        DATA=str(folder),
        REDIS_URL=redis_url,
        DJANGO_SETTINGS_MODULE="config.settings",
        SECRET_KEY="only-for-faults-" + "0123456789abcdef" * 3,
        REPLY_DOMAIN="reply.example.org",
        WAKE_SECONDS="2" if redis_url else "0.1",  # what Redis says is heard before anybody looks
        LOG_LEVEL="CRITICAL",
    )
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], check=True)
    django.setup()


def run(options, folder, disk, database):
    # The models can be imported only now.
    from tests.faults import phases  # noqa: PLC0415

    done = []
    if options.letters:
        done.append(phases.outgoing(folder, database, options.letters, kills=options.kills, away=options.away))
    if options.arrivals:
        done.append(phases.incoming(folder, database, options.arrivals, kills=options.kills, away=options.away))
    if options.pages:
        done.append(phases.told(folder, options.pages, kills=options.kills, processes=options.processes))
    if options.full_disk:
        done.append(phases.full_disk(folder, disk))
    return all(done)


# -- Databases of its own ----------------------------------------------------------------------------------


class Sqlite:
    def __init__(self, folder):
        self.path = folder / "faults.sqlite3"
        self.url = f"sqlite:///{self.path}"

    def go_away(self, seconds):
        """Somebody holds the whole database, longer than anyone waits for it."""
        holder = (
            "import sqlite3, sys, time; db = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None);"
            "db.execute('BEGIN EXCLUSIVE'); time.sleep(float(sys.argv[2]))"
        )
        subprocess.run([sys.executable, "-c", holder, str(self.path), str(seconds)], check=True)


class Postgres:
    def __init__(self, server):
        self.server, self.url = server, server.url

    def go_away(self, seconds):
        """The server crashes, and is started again after a while."""
        self.server.crash()
        time.sleep(seconds)
        self.server.start()


@contextlib.contextmanager
def own_database(kind, folder):
    if kind == "sqlite":
        yield Sqlite(folder)
    else:
        with postgres.server(is_durable=True) as server:
            yield Postgres(server)


@contextlib.contextmanager
def small_disk(folder):
    """A file system of a few megabytes."""
    place = folder / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False)


if __name__ == "__main__":
    main()
