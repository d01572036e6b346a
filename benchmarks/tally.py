"""Counting: how long a large election takes, from its file to what it decides.

python -m benchmarks.tally [--options 200] [--ballots 5000]

Every ballot is different. Strict rankings name all options, the others some, with equal ranks among them. The times
are those of reading the file and counting it, by the clock and by the processor; the memory is the most it used; each
runs in a process of its own. Such elections have ties for last by the hundred, so that instant-runoff shows what
following them costs; `cut short` says that the ways were more than it follows.
"""

import argparse
import multiprocessing
import random
import resource
import time

from benchmarks import rig
from consultations import tally

FILES = {
    "soc": ("schulze", "irv", "plurality"),
    "soi": ("schulze", "irv"),
    "toi": ("schulze", "irv"),
    "cat": ("approval", "score"),
}


def election(kind, options, ballots):
    """The text of a PrefLib file of this kind; the same each time."""
    chance = random.Random(f"{kind} {options} {ballots}")
    names = [f"# ALTERNATIVE NAME {number}: Option {number}" for number in range(1, options + 1)]
    if kind == "cat":
        names += ["# NUMBER CATEGORIES: 3", *(f"# CATEGORY NAME {3 - score}: {score}" for score in (2, 1, 0))]
    return "\n".join([*names, *(f"1: {ballot(kind, options, chance)}" for _ in range(ballots))])


def ballot(kind, options, chance):
    numbers = chance.sample(range(1, options + 1), options if kind in ("soc", "cat") else chance.randint(1, options))
    if kind in ("soc", "soi"):
        return ",".join(map(str, numbers))
    if kind == "cat":
        first, second = sorted((chance.randint(0, options), chance.randint(0, options)))
        groups = [numbers[:first], numbers[first:second], numbers[second:]]
    else:
        groups = []
        while numbers:
            size = chance.choice((1, 1, 2, 3))
            groups, numbers = [*groups, numbers[:size]], numbers[size:]
    return ",".join(f"{{{','.join(map(str, group))}}}" for group in groups)


def measure(kind, method, options, ballots):
    """Seconds by the clock and by the processor, megabytes, and whether every tie was followed."""
    text = election(kind, options, ballots)
    clock, processor = time.perf_counter(), time.process_time()
    counted = tally.count_file(f"election.{kind}", text, method)
    tally.as_dict(counted.outcome)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return clock, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, counted.outcome.is_complete


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--options", type=int, default=200)
    parser.add_argument("--ballots", type=int, default=5000)
    asked = parser.parse_args()
    print(rig.machine())
    print(f"{asked.options} options, {asked.ballots} ballots")
    for kind, methods in FILES.items():
        for method in methods:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                clock, processor, memory, complete = pool.apply(measure, (kind, method, asked.options, asked.ballots))
            cut = "" if complete else ", cut short"
            print(f".{kind} {method:10} {clock:6.2f} s, processor {processor:6.2f} s, {memory:4.0f} MB{cut}")


if __name__ == "__main__":
    main()
