"""When a complete item lost a file: it is awaited again, from the kiosk or from a backup."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column and an index over the few rows that have it."""

    dependencies = [("registry", "0008_answered_drops")]
    operations = [
        migrations.AddField(model_name="item", name="lost_at", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("lost_at__isnull", False)), fields=["lost_at"], name="item_lost"
            ),
        ),
    ]
