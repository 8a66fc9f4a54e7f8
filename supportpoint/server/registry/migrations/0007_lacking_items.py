"""What lacks something is found by its device; how far a blob has come stands in no index any more."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes indexes."""

    dependencies = [("registry", "0006_drops_and_audit")]
    operations = [
        migrations.RemoveIndex(model_name="blob", name="blob_begun"),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("status", "stored")), fields=["device"], name="item_lacking"
            ),
        ),
    ]
