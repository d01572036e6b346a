"""Made-up data in the neutral format `import_jsonl` takes: the same for the same numbers, whoever makes it.

python -m benchmarks.data DIR --members 1000 --posts 30
"""

import argparse
import itertools
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.rig import write_jsonl

WORDS = (
    "spring glacier valley herder terrace snow pasture landslide barley cooperative council path bridge seed ridge "
    "measure survey promise budget ministry village women youth season water forest road clinic school market price"
).split()
START = datetime(2026, 1, 5, 6, tzinfo=UTC)


def make(folder, *, members, threads, cadence="daily", seed=1):
    """Write members with a seat in one workspace, and threads of so many posts each (a list of numbers)."""
    dice = random.Random(seed)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write_rooms(folder, dice, ["plenary"])
    write_jsonl(folder / "members.jsonl", (_member(number, cadence, [1]) for number in range(1, members + 1)))
    _write_threads(folder, dice, [(1, size) for size in threads], authors=min(members, 200))


def make_apart(folder, *, members, rooms=20, seats=10, posts=3, seed=1):
    """Write rooms with a thread of so many posts each, and members of whom no two sit in the same `seats` of them."""
    dice = random.Random(seed)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write_rooms(folder, dice, [f"room-{number}" for number in range(1, rooms + 1)])
    seated = itertools.islice(itertools.combinations(range(1, rooms + 1), seats), members)
    rows = (_member(number, "daily", list(places)) for number, places in enumerate(seated, 1))
    write_jsonl(folder / "members.jsonl", rows)
    _write_threads(folder, dice, [(room, posts) for room in range(1, rooms + 1)], authors=1)


def _write_rooms(folder, dice, slugs):
    rows = [
        {"id": number, "slug": slug, "name": slug.title(), "lang": "en", "description": paragraph(dice)}
        for number, slug in enumerate(slugs, 1)
    ]
    write_jsonl(folder / "workspaces.jsonl", rows)


def _write_threads(folder, dice, threads, *, authors):
    """threads: (workspace, how many posts)."""
    rows, posts, pk = [], [], 0
    for number, (workspace, size) in enumerate(threads, 1):
        began = START + timedelta(hours=number)
        earlier = []
        for place in range(size):
            pk += 1
            parent = None if place == 0 else dice.choice(earlier[-8:])
            body = "\n\n".join(paragraph(dice) for _ in range(dice.choice((1, 2, 2, 3, 4))))
            posts.append(
                {
                    "id": pk,
                    "thread": number,
                    "workspace": workspace,
                    "author": dice.randint(1, authors),
                    "parent": parent,
                    "created": _iso(began + timedelta(minutes=place)),
                    "lang": "en",
                    "message_id": f"p{pk}@bench.example.org",
                    "subject": f"Thread {number}",
                    "body": body,
                }
            )
            earlier.append(pk)
        rows.append(
            {
                "id": number,
                "workspace": workspace,
                "title": f"{dice.choice(WORDS).title()} and {dice.choice(WORDS)}, part {number}",
                "lang": "en",
                "author": 1,
                "created": _iso(began),
                "last": _iso(began + timedelta(minutes=size)),
                "n_posts": size,
            }
        )
    write_jsonl(folder / "threads.jsonl", rows)
    write_jsonl(folder / "posts.jsonl", posts)


def _member(number, cadence, workspaces):
    return {
        "id": number,
        "username": f"m{number:06d}",
        "name": f"Member {number}",
        "email": f"m{number:06d}@example.org",
        "lang": "en",
        "digest": cadence,
        "workspaces": workspaces,
        "joined": _iso(START - timedelta(days=30)),
    }


def paragraph(dice):
    """Some forty to ninety words."""
    sentences = [" ".join(dice.choices(WORDS, k=dice.randint(8, 18))).capitalize() + "." for _ in range(5)]
    return " ".join(sentences)


def _iso(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--threads", type=int, nargs="+", default=[10, 8, 6, 4, 2], help="posts in each thread")
    options = parser.parse_args()
    make(options.folder, members=options.members, threads=options.threads)
