"""Opened cases, what happened to them, and what was answered."""

from __future__ import annotations

from typing import Any, Never

from django.conf import settings
from django.db import models

from supportpoint.server.registry.models.items import Item
from supportpoint.server.registry.models.units import Unit

COMMUNE_OFFICE = "commune_office"


class CaseState(models.TextChoices):
    """The states that a villager hears, in the words of `protocol.CaseNews`."""

    RECEIVED = "received"
    WORKING = "working"
    NEED = "need"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Case(models.Model):
    """An opened ordinary submission. `xml` is the submission as sealed; `findings` what the engine found.

    `masked_name` is what lists show. `route` is the receiver that the signed form names, never an answer.
    `box_rev` counts the boxes made for this receipt.
    """

    id = models.CharField(max_length=36, primary_key=True)
    item = models.OneToOneField(Item, on_delete=models.PROTECT)
    number = models.CharField(max_length=16, db_index=True)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT)
    province_code = models.CharField(max_length=8)
    state = models.CharField(max_length=16, choices=CaseState.choices, default=CaseState.RECEIVED)
    form_id = models.CharField(max_length=64)
    form_version = models.CharField(max_length=32)
    category = models.CharField(max_length=32)
    route = models.CharField(max_length=32, default=COMMUNE_OFFICE)
    service = models.CharField(max_length=200)
    masked_name = models.CharField(max_length=120, blank=True)
    xml = models.BinaryField()
    outline = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    receipt_secret = models.BinaryField(max_length=16)
    receipt_hash = models.BinaryField(max_length=32, unique=True)
    box_rev = models.PositiveIntegerField(default=0)
    submitted_on = models.CharField(max_length=10)
    received_at = models.DateTimeField(db_index=True)
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("commune", "state", "due_on"), name="case_inbox"),)

    def __str__(self) -> str:
        return self.id


class AppendOnly(models.QuerySet["CaseEvent"]):
    """Refuses what would change history."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse."""
        del kwargs
        raise TypeError("case events are append-only")

    def delete(self) -> Never:
        """Refuse."""
        raise TypeError("case events are append-only")


class CaseEvent(models.Model):
    """One thing that happened to a case. Rows are added, never changed; the database refuses too."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=32)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    facts = models.JSONField(default=dict)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Errors: TypeError when it is already stored."""
        if self.pk is not None:
            raise TypeError("case events are append-only")
        super().save(*args, **kwargs)


#: What the name of a picture holds that failed the checks of the kiosk. Source: docs/devices.md
UNSURE = "-unsure"
#: What a kiosk records, and what browsers play.
SOUND_TYPE = "audio/ogg"


class CasePhoto(models.Model):
    """An attachment of a case, also a recording; `stored_name` is empty while it is still on its way."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    label = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=64)
    blob_sha256 = models.BinaryField(max_length=32)
    stored_name = models.CharField(max_length=120, blank=True)
    opening_code = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("case", "position"), name="one_photo_per_position"),)

    def __str__(self) -> str:
        return f"{self.case_id}#{self.position}"

    @property
    def is_sound(self) -> bool:
        """A recording of a voice."""
        return self.media_type == SOUND_TYPE

    @property
    def is_unsure(self) -> bool:
        """A picture that a person kept although the kiosk found it hard to read."""
        return UNSURE in self.name


class Act(models.Model):
    """A signed decision, kept as it was signed (`wire` is the encoded `protocol.Act`)."""

    id = models.CharField(max_length=36, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    decision = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    wire = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"


class SupplementLine(models.Model):
    """One thing asked for by an act, in the order the villager hears it."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    label = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    ref = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("act", "position"), name="one_line_per_position"),)

    def __str__(self) -> str:
        return f"{self.act_id}#{self.position}"


class Box(models.Model):
    """The newest mailbox box of one receipt: of a case, or of an item or a drop that only its agency opens.

    `drop_id` names the drop that an agency answered, the first of its feedback; it is empty for all others.
    """

    receipt_hash = models.BinaryField(max_length=32, primary_key=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="boxes")
    drop_id = models.CharField(max_length=36, blank=True, default="", db_index=True)
    epoch = models.CharField(max_length=32)
    rev = models.PositiveIntegerField()
    box = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id or self.item_id or self.drop_id} rev {self.rev}"
