"""What devices pull, what was published, and which life of the database this is."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """One row of the feed. `seq` only ever becomes visible in ascending order (registry.feed).

    `audience` is a commune code, or empty for every device. A newer change of the same
    (stream, ref) replaces the older row, so that a device that was away reads each thing once.
    """

    seq = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=16)
    ref = models.CharField(max_length=80)
    rev = models.BigIntegerField()
    body = models.BinaryField()
    tombstone = models.BooleanField(default=False)
    audience = models.CharField(max_length=16, blank=True)
    province_code = models.CharField(max_length=8)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("stream", "ref"), name="one_change_per_thing"),)
        indexes = (models.Index(fields=("audience", "seq"), name="change_audience"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.stream}"


class Bundle(models.Model):
    """A published package, kept for ever: the opener needs every version that was ever filled in."""

    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=64)
    version = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32, unique=True)
    size = models.BigIntegerField()
    stored_name = models.CharField(max_length=120)
    dictionary_id = models.CharField(max_length=16, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "ref", "version"), name="one_bundle_version"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.version}"


class ServerMark(models.Model):
    """The single row that names this life of the database. Source: registry.marks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.CharField(max_length=32)
    mark = models.CharField(max_length=32)
    since = models.DateTimeField()
    pruned_through = models.BigIntegerField(default=0)
    """The highest `seq` of a tombstone that is no longer kept: an older cursor has missed something."""

    def __str__(self) -> str:
        return self.epoch


class Alarm(models.Model):
    """What a person at the province should look at; the same thing again is counted, not repeated.

    `kind` is one of registry.alarms; `ref` names what it is about, "" for the device itself.
    """

    kind = models.CharField(max_length=24)
    device = models.CharField(max_length=64)
    ref = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "device", "ref"), name="one_alarm"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.device}"
