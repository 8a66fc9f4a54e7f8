"""The database itself refuses to change the history of a case."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION registry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'case events are append-only'; END $$;
CREATE TRIGGER caseevent_append_only BEFORE UPDATE OR DELETE ON registry_caseevent
FOR EACH ROW EXECUTE FUNCTION registry_refuse_change();
"""
SQLITE = (
    """CREATE TRIGGER caseevent_no_update BEFORE UPDATE ON registry_caseevent
    BEGIN SELECT RAISE(ABORT, 'case events are append-only'); END""",
    """CREATE TRIGGER caseevent_no_delete BEFORE DELETE ON registry_caseevent
    BEGIN SELECT RAISE(ABORT, 'case events are append-only'); END""",
)


def make_triggers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of this database."""
    del apps
    for statement in (POSTGRESQL,) if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Adds triggers."""

    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(make_triggers, migrations.RunPython.noop)]
