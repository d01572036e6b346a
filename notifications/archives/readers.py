"""Reading mails in several processes, for that is most of the work: rows go in, contents come out in the same order.

Only a few portions are under way at a time, so that memory stays flat however slowly the database writes.
"""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from django.db import connections
from django.utils import translation

from notifications.archives import contents

WORTH_IT = 3_000_000  # bytes of mail from which on starting processes pays
PORTION_MAILS = 32
PORTION_BYTES = 400_000


class Stopped(Exception):
    """A reading process ended by itself, most likely because the machine ran out of memory."""


@contextmanager
def readers(processes):
    """A function that turns Rows into pairs (row, content), with so many processes behind it; none: in this one."""
    if not processes:
        yield lambda rows: ((row, _content(row)) for row in rows)
        return
    connections.close_all()  # a child must not share a connection with us
    gc.freeze()  # so that its collector leaves alone, and shared, what we both hold
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context(method),
        initializer=_start,
        initargs=(os.getpid(), translation.get_language()),
    )
    try:
        for _process in range(processes):  # start them now, while this process is small
            pool.submit(os.getpid).result()
        yield lambda rows: _read_in(pool, rows, most=processes + 2)
    except BrokenProcessPool as error:
        raise Stopped from error
    finally:
        pool.shutdown(cancel_futures=True)


def _read_in(pool, rows, most):
    under_way = deque()
    for portion in _portions(rows):
        under_way.append((portion, pool.submit(_contents, portion)))
        if len(under_way) >= most:
            done, future = under_way.popleft()
            yield from zip(done, future.result(), strict=True)
    while under_way:
        done, future = under_way.popleft()
        yield from zip(done, future.result(), strict=True)


def _portions(rows):
    portion, size = [], 0
    for row in rows:
        portion.append(row)
        size += row.length
        if len(portion) >= PORTION_MAILS or size >= PORTION_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _contents(rows):
    return [_content(row) for row in rows]


def _content(row):
    return contents.read(contents.raw(row.path, row.kind, row.start, row.length))


def _start(parent, language):
    """Prepare a reading process: Ctrl-C is for the parent to handle, and without the parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    translation.activate(language)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
