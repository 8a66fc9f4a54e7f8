"""Protected feedback: what came, on which day, and nothing of who brought it."""

from __future__ import annotations

from django.db import models


class SealedDrop(models.Model):
    """A drop by the SHA-256 of its envelope, in hex. No device, no counter, no moment finer than a day.

    `drop_id` is the sender's random id. Whoever could guess it cannot take its place: other bytes under the
    same id are another row.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    drop_id = models.CharField(max_length=36, db_index=True)
    envelope = models.BinaryField()
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.drop_id
