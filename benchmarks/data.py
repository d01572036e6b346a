"""Made-up data in the neutral format `import_jsonl` takes: the same for the same numbers, whoever makes it.

python -m benchmarks.data DIR --members 1000 --posts 30
"""

import argparse
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
    write_jsonl(
        folder / "workspaces.jsonl",
        [{"id": 1, "slug": "plenary", "name": "Plenary", "lang": "en", "description": paragraph(dice)}],
    )
    write_jsonl(folder / "members.jsonl", (_member(number, cadence) for number in range(1, members + 1)))
    rows, posts, pk = [], [], 0
    for number, size in enumerate(threads, 1):
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
                    "workspace": 1,
                    "author": dice.randint(1, min(members, 200)),
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
                "workspace": 1,
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


def _member(number, cadence):
    return {
        "id": number,
        "username": f"m{number:06d}",
        "name": f"Member {number}",
        "email": f"m{number:06d}@example.org",
        "lang": "en",
        "digest": cadence,
        "workspaces": [1],
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
