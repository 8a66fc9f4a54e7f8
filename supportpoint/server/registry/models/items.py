"""Sealed things as they arrived, and the bytes that belong to them."""

from __future__ import annotations

from django.db import models


class Opening(models.TextChoices):
    """What the opener has made of an item; `AGENCY`: sealed past us, kept for the agency that can open it."""

    WAITING = "waiting"
    OPENED = "opened"
    HELD = "held"
    AGENCY = "agency"


class Item(models.Model):
    """One sealed item, stored once: by its id, and by its device's counter within an incarnation.

    `lost_at` is when an item that was complete lost a file here; None again once it is back.
    """

    id = models.CharField(max_length=36, primary_key=True)
    kind = models.CharField(max_length=16)
    device = models.CharField(max_length=64)
    incarnation = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    identity = models.BinaryField(max_length=32)
    envelope = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    carrier = models.CharField(max_length=36)
    status = models.CharField(max_length=16)
    opening = models.CharField(max_length=16, choices=Opening.choices, default=Opening.WAITING)
    opening_code = models.CharField(max_length=8, blank=True)
    received_at = models.DateTimeField()
    province_code = models.CharField(max_length=8)
    lost_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("device", "incarnation", "seq"), name="one_item_per_count"),
        )
        indexes = (
            models.Index(
                fields=("received_at",), name="item_waiting", condition=models.Q(opening=Opening.WAITING)
            ),
            models.Index(fields=("device",), name="item_lacking", condition=models.Q(status="stored")),
            models.Index(fields=("lost_at",), name="item_lost", condition=models.Q(lost_at__isnull=False)),
        )

    def __str__(self) -> str:
        return self.id


class Arrival(models.Model):
    """A send that is safe here but is not the first of its item.

    `held_code` is empty when the item is known and was only wrapped again under a new counter;
    otherwise it says why a person looks at it, and `wire` holds the whole item.
    """

    item_id = models.CharField(max_length=36, db_index=True)
    device = models.CharField(max_length=64)
    incarnation = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    identity = models.BinaryField(max_length=32)
    verified = models.BooleanField()
    held_code = models.CharField(max_length=8, blank=True)
    wire = models.BinaryField()
    carrier = models.CharField(max_length=36)
    received_at = models.DateTimeField()
    province_code = models.CharField(max_length=8)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item_id", "identity", "device", "incarnation", "seq", "verified"), name="one_arrival"
            ),
        )
        indexes = (models.Index(fields=("device", "incarnation", "seq"), name="arrival_count"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.held_code}"


class Blob(models.Model):
    """An attachment envelope by content address and declared size (bytes); `writer` is the newest upload."""

    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    writer = models.CharField(max_length=32, blank=True)
    done = models.BooleanField(default=False)
    stored_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sha256", "size"), name="one_blob"),)

    def __str__(self) -> str:
        return bytes(self.sha256).hex()


class BlobPart(models.Model):
    """A piece of an unfinished blob, at most 64 KiB, so that any worker can go on."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="parts")
    offset = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("blob", "offset"), name="one_part_per_offset"),)

    def __str__(self) -> str:
        return f"{self.blob_id}@{self.offset}"


class ItemBlob(models.Model):
    """The place of a blob in its item's list."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_blobs")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="item_blobs")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "position"), name="one_blob_per_position"),)

    def __str__(self) -> str:
        return f"{self.item_id}#{self.position}"
