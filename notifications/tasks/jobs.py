"""The registry of jobs: what `manage.py work` does, and how often it looks for more to do.

A job does a bounded piece of work and says how much it found; whatever it takes from the database it claims, so that
any number of workers run it at once. Apps register theirs in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """run(should_stop) returns how much was done, 0 when nothing waits; every: seconds between two looks; close()."""

    name: str
    run: Callable
    every: float
    close: Callable | None = None


_jobs: dict[str, Job] = {}


def register(name, run, *, every, close=None):
    """Add a job. `run(should_stop)` does a piece of work and returns how much; `close()` is called when work ends."""
    if name in _jobs:
        raise ValueError(f"The job {name} is registered twice.")
    _jobs[name] = Job(name, run, every, close)


def all_jobs():
    """Every job, in the order in which they were registered."""
    return list(_jobs.values())
