"""The worker: goes round the jobs until it is told to stop, whatever happens to one of them.

A job that fails is logged and left alone for a while, longer each time; a database that is away is waited for.
"""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 60  # seconds a failing job is left alone
MOST_ROUNDS = 100_000  # of `finish`, so that a job that always finds something ends all the same


class Worker:
    """One worker. `stop()` may be called from a signal or another thread; the running piece of work is ended first."""

    def __init__(self, jobs):
        self.jobs = jobs
        self.look_at = {job.name: 0.0 for job in jobs}
        self.failures = {job.name: 0 for job in jobs}
        self._stop = threading.Event()

    def stop(self, *_signal):
        self._stop.set()

    @property
    def should_stop(self):
        return self._stop.is_set

    def run(self):
        """Work until stopped."""
        while not self._stop.is_set():
            for job in self.jobs:
                if time.monotonic() >= self.look_at[job.name] and not self._stop.is_set():
                    self._do(job)
            rest = min(self.look_at.values()) - time.monotonic()
            if rest > 0:
                self._stop.wait(rest)
        self.close()

    def finish(self):
        """Do everything that waits now, and return how much it was."""
        total, busy = 0, self.jobs
        for _round in range(MOST_ROUNDS):
            found = [(job, self._do(job)) for job in busy if not self.failures[job.name] and not self._stop.is_set()]
            total += sum(done for _job, done in found)
            if not any(done for _job, done in found):
                if busy is self.jobs:
                    break
                busy = self.jobs  # what was done may have made work for others
            else:
                busy = [job for job, done in found if done]
        self.close()
        return total

    @property
    def failed(self):
        """The names of the jobs whose last piece of work failed."""
        return [name for name, failures in self.failures.items() if failures]

    def close(self):
        for job in self.jobs:
            if job.close:
                job.close()

    def _do(self, job):
        try:
            done = job.run(self.should_stop)
        except Exception as problem:
            self._excuse(job, problem)
            return 0
        self.failures[job.name] = 0
        self.look_at[job.name] = 0.0 if done else time.monotonic() + job.every
        return done

    def _excuse(self, job, problem):
        self.failures[job.name] += 1
        pause = min(2 ** self.failures[job.name], LONGEST_PAUSE)
        self.look_at[job.name] = time.monotonic() + pause
        if isinstance(problem, DatabaseError | InterfaceError):
            logger.warning("%s waits %d s for the database: %s", job.name, pause, type(problem).__name__)
            if not connection.in_atomic_block:  # inside a test's transaction the connection must stay
                close_old_connections()
        else:
            logger.exception("The job %s failed; it is tried again in %d s", job.name, pause)
