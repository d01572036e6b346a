"""How long tests wait for what must come: long, for the machine may be busy, and only a test that fails waits it out.

What must not come is waited for shortly, by the tests themselves; that can pass too easily, and never fail wrongly.
"""

import time

PATIENCE = 30  # seconds


def until(is_so, tell=lambda: "It did not come to be.", sleep=time.sleep):
    """Wait until this holds; returns what it returned. When it does not, the test fails with what `tell` tells.

    sleep: how to pass a moment of so many seconds, where a browser has to go on meanwhile.
    """
    end = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < end, tell()
        sleep(0.05)
    return found
