"""Rows by the thousand: ids are known before the rows are written, so that rows can point at each other at once."""

from django.db import connection, models
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


def insert(model, rows):
    """Insert many new rows at once and give them their ids: by COPY where the database has it.

    Within the transaction that is running, and without anything `save` would do besides.
    """
    if not rows:
        return
    if connection.vendor != "postgresql":
        model._base_manager.bulk_create(rows, batch_size=100)
        return
    for row, pk in zip(rows, reserve_ids(model, len(rows)), strict=True):
        row.pk = pk
    fields = model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    plain = [(field.attname, None if _goes_as_it_is(field) else field.get_db_prep_save) for field in fields]
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            values = [(getattr(row, name), prepare) for name, prepare in plain]
            copy.write_row([prepare(value, connection) if prepare else value for value, prepare in values])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _goes_as_it_is(field):
    """Does the driver take the value just as the model holds it? True for numbers, texts, bytes and moments."""
    kinds = (models.IntegerField, models.CharField, models.TextField, models.BinaryField, models.DateTimeField)
    return field.is_relation or isinstance(field, kinds)
