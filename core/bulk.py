"""Rows by the thousand: ids are known before the rows are written, so that rows can point at each other at once."""

from django.db import connection
from django.db.models import Max


def reserve_ids(model, count):
    """Ids for `count` new rows of a model, in ascending order, for the transaction that is running.

    On SQLite nobody else writes until it ends; on PostgreSQL they come from the sequence and are ours for good.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Ids are reserved inside the transaction that uses them.")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The last row may have been deleted; its id is not given again, as AUTOINCREMENT promises.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        given = cursor.fetchone()
    last = max(given[0] if given else 0, model._base_manager.aggregate(last=Max("pk"))["last"] or 0)
    return list(range(last + 1, last + 1 + count))
