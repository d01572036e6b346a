"""How often somebody may do something: counted in the cache, in windows of a fixed length.

Processes that share a cache (Redis) count together; else each counts what comes to it.
"""

from time import time

from django.core.cache import cache


def wait(name, who, *, most, seconds=60):
    """Count one attempt of `who`; 0 where it is allowed, else the seconds until the next is."""
    now = time()
    window = int(now // seconds)
    key = f"rate:{name}:{who}:{window}"
    if cache.add(key, 1, timeout=2 * seconds):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # it was let go between the two
        return 0
    return 0 if count <= most else max(1, int((window + 1) * seconds - now + 1))
