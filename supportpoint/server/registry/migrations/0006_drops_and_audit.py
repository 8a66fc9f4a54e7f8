"""Sealed drops, and the audit chains of the devices, which the database itself refuses to change."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION registry_refuse_audit() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$;
CREATE TRIGGER auditentry_append_only BEFORE UPDATE OR DELETE ON registry_auditentry
FOR EACH ROW EXECUTE FUNCTION registry_refuse_audit();
"""
SQLITE = (
    """CREATE TRIGGER auditentry_no_update BEFORE UPDATE ON registry_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END""",
    """CREATE TRIGGER auditentry_no_delete BEFORE DELETE ON registry_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END""",
)


def make_triggers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of this database."""
    del apps
    for statement in (POSTGRESQL,) if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Adds two tables and their triggers."""

    dependencies = [("registry", "0005_roles_and_agencies")]
    operations = [
        migrations.CreateModel(
            name="SealedDrop",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("drop_id", models.CharField(max_length=36)),
                ("envelope", models.BinaryField()),
                ("day", models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("device", models.CharField(max_length=64)),
                ("incarnation", models.CharField(max_length=64)),
                ("number", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("at", models.CharField(max_length=32)),
                ("what", models.CharField(max_length=64)),
                ("facts", models.JSONField(default=dict)),
                ("content", models.BinaryField()),
                ("item_id", models.CharField(max_length=36)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("device", "incarnation", "number", "sha256"), name="one_audit_entry"
                    )
                ]
            },
        ),
        migrations.RunPython(make_triggers, migrations.RunPython.noop),
    ]
