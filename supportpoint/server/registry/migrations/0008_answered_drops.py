"""What an agency answered to sealed drops: a box names the drop, and a drop is found by its id."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column and two indexes."""

    dependencies = [("registry", "0007_lacking_items")]
    operations = [
        migrations.AddField(
            model_name="box",
            name="drop_id",
            field=models.CharField(blank=True, db_index=True, default="", max_length=36),
        ),
        migrations.AlterField(
            model_name="sealeddrop",
            name="drop_id",
            field=models.CharField(db_index=True, max_length=36),
        ),
    ]
