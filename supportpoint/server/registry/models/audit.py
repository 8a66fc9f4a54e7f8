"""The audit chains of the devices, as they arrived."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One row of a device's chain; `content` are the bytes that `sha256` (the chain's hash) is of.

    The same place with another hash is another entry: a chain that was written anew shows both.
    """

    device = models.CharField(max_length=64)
    incarnation = models.CharField(max_length=64)
    number = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    at = models.CharField(max_length=32)
    what = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    content = models.BinaryField()
    item_id = models.CharField(max_length=36)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("device", "incarnation", "number", "sha256"), name="one_audit_entry"
            ),
        )

    def __str__(self) -> str:
        return f"{self.device} {self.incarnation} {self.number}"
