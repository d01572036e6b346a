"""One state of the database for many queries: what is read late agrees with what was read early."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot():
    """Everything read inside sees the same state, and keeps no writer waiting; nothing is to be written inside.

    Within a transaction of the caller's it is that transaction's state.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # transaction.atomic() would take the one lock there is for writing.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
