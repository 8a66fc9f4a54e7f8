"""Who works here and which devices speak to us."""

from __future__ import annotations

from django.conf import settings
from django.db import models

PROVINCE = "province"
COMMUNE = "commune"


class Unit(models.Model):
    """An administrative unit. A commune's `code` is its 5-digit code; the province's is its own code."""

    code = models.CharField(max_length=16, primary_key=True)
    kind = models.CharField(max_length=16, choices=[(PROVINCE, PROVINCE), (COMMUNE, COMMUNE)])
    name = models.CharField(max_length=120)
    province_code = models.CharField(max_length=8)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class StaffRole(models.Model):
    """What a person may see: the cases of one commune, or those of the whole province."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "unit"), name="one_role_per_unit"),)

    def __str__(self) -> str:
        return f"{self.user_id}@{self.unit_id}"


class Device(models.Model):
    """An enrolled machine and its public keys (32 raw bytes each).

    `agency` is whose cases a reader reads, "" for every other role; `compared_at` says when its words
    were compared.
    """

    id = models.CharField(max_length=36, primary_key=True)
    role = models.CharField(max_length=16)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT)
    province_code = models.CharField(max_length=8)
    point_name = models.CharField(max_length=120)
    sign_public = models.BinaryField(max_length=32, unique=True)
    seal_public = models.BinaryField(max_length=32)
    key_level = models.CharField(max_length=16, blank=True)
    asset_tag = models.CharField(max_length=32, blank=True, db_default="")
    agency = models.CharField(max_length=64, blank=True, db_default="")
    enrolled_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    forked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class EnrolmentCode(models.Model):
    """A one-time code, known only by its SHA-256: for one role, and one machine where it has an asset tag."""

    code_hash = models.BinaryField(max_length=32, unique=True)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT)
    point_name = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    role = models.CharField(max_length=16, default="kiosk", db_default="kiosk")
    asset_tag = models.CharField(max_length=32, blank=True, db_default="")
    agency = models.CharField(max_length=64, blank=True, db_default="")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.commune_id} until {self.expires_at:%Y-%m-%d %H:%M}"
