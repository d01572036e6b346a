"""The database itself keeps phases of one consultation apart: an exclusion in PostgreSQL, triggers in SQLite."""

from django.db import migrations

EXCLUSION = """
ALTER TABLE consultations_phase ADD CONSTRAINT phases_apart EXCLUDE USING gist (
    int8range(consultation_id, consultation_id, '[]') WITH &&,
    tstzrange(opens_at, closes_at, '[)') WITH &&
)
"""
TRIGGER = """
CREATE TRIGGER phases_apart_{event} BEFORE {event} ON consultations_phase
WHEN EXISTS (
    SELECT 1 FROM consultations_phase other
    WHERE other.consultation_id = NEW.consultation_id AND other.id IS NOT NEW.id
    AND other.opens_at < NEW.closes_at AND NEW.opens_at < other.closes_at
)
BEGIN SELECT RAISE(ABORT, 'phases_apart: two phases of a consultation overlap'); END
"""


def keep_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(EXCLUSION)
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(TRIGGER.format(event=event))


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE consultations_phase DROP CONSTRAINT phases_apart")
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER phases_apart_{event}")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0002_consultations")]

    operations = [migrations.RunPython(keep_apart, let_go)]
