"""Takes in a batch: a verdict per item, each item's effect at most once, nothing of a villager's lost."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import msgspec
from django.db import transaction

from supportpoint.protocol import Item, Result, Status
from supportpoint.server.intake.rows import (
    BlobKey,
    complete_known,
    insert_items,
    keep_arrival,
    link_blobs,
    lock_blobs,
    missing,
)
from supportpoint.server.intake.uploads import finish_arrived
from supportpoint.server.intake.verdicts import Checked, check_items
from supportpoint.server.registry.alarms import AlarmKind, raise_alarm
from supportpoint.server.registry.models import Arrival, Blob, Device
from supportpoint.server.registry.models import Item as ItemRow
from supportpoint.server.registry.moment import now

log = logging.getLogger(__name__)

OTHER_CONTENT = "SP-808"
TOO_LARGE = "SP-802"
Count = tuple[str, str, int]


def take_batch(raws: tuple[msgspec.Raw, ...], carrier: Device) -> list[tuple[Result, bytes]]:
    """Store a batch; return each item's verdict and identity hash (empty when malformed), in its order."""
    if not raws:
        return []
    batch = check_items(raws, carrier)
    addresses = [blob.sha256 for one in batch if one.item is not None for blob in one.item.blobs]
    if addresses:
        finish_arrived(addresses)
    with transaction.atomic():
        verdicts = _store(batch, carrier)
    log.info("batch of %d from %s", len(batch), carrier.pk)
    return verdicts


def _count(item: Item) -> Count:
    return (item.device, item.incarnation, item.seq)


def _store(batch: Sequence[Checked], carrier: Device) -> list[tuple[Result, bytes]]:
    readable = [one.item for one in batch if one.item is not None]
    taken = _counts_taken(readable)
    storable = [
        one
        for one in batch
        if one.item is not None and not one.code and taken.get(_count(one.item), one.id) == one.id
    ]
    first = {one.id: one for one in reversed(storable)}
    new_ids = insert_items(first.values(), carrier)
    new = [item for item_id in sorted(new_ids) if (item := first[item_id].item) is not None]
    rows = {item.id: _as_row(item, first[item.id].identity) for item in new}
    known: dict[str, ItemRow] = {}
    if other_ids := [item.id for item in readable if item.id not in new_ids]:
        found = ItemRow.objects.filter(pk__in=other_ids).only("identity", "device", "incarnation", "seq")
        known = {row.id: row for row in found}
        rows |= known
    blobs = lock_blobs(one.item for one in batch if one.item is not None and one.code != TOO_LARGE)
    link_blobs(new, blobs)
    complete_known(batch, known, blobs)
    for item in readable:
        if item.seq == 1:
            _note_incarnation(item)
    return [(_verdict(one, rows, blobs, carrier), one.identity) for one in batch]


def _as_row(item: Item, identity: bytes) -> ItemRow:
    """Return what a verdict asks of a row that was inserted a moment ago."""
    return ItemRow(
        id=item.id, identity=identity, device=item.device, incarnation=item.incarnation, seq=item.seq
    )


def _note_incarnation(item: Item) -> None:
    """Let the province know when a device that had another incarnation begins this one."""
    if ItemRow.objects.filter(device=item.device).exclude(incarnation=item.incarnation).exists():
        raise_alarm(AlarmKind.NUMBERED_ANEW, item.device, item.incarnation)


def _counts_taken(items: Sequence[Item]) -> dict[Count, str]:
    """Return which item ids the counters of this batch already belong to, outside the item table.

    The database is asked for all combinations, which costs far less than naming each one.
    """
    if not items:
        return {}
    rows = Arrival.objects.filter(
        device__in={item.device for item in items},
        incarnation__in={item.incarnation for item in items},
        seq__in={item.seq for item in items},
        verified=True,
    )
    found = rows.values_list("device", "incarnation", "seq", "item_id")
    return {(device, incarnation, seq): item_id for device, incarnation, seq, item_id in found}


def _verdict(one: Checked, rows: dict[str, ItemRow], blobs: dict[BlobKey, Blob], carrier: Device) -> Result:
    item = one.item
    if item is None:
        return Result(id=one.id, status=Status.REJECTED, code=one.code)
    row = rows.get(item.id)
    if one.code or (row is not None and bytes(row.identity) != one.identity):
        code = one.code or OTHER_CONTENT
        keep_arrival(one, item, code, carrier)
        need = missing(item.blobs, blobs) if code != TOO_LARGE else ()
        return Result(id=item.id, status=Status.HELD, code=code, need=need)
    if row is None:
        Device.objects.filter(pk=item.device).update(forked_at=now())
        raise_alarm(AlarmKind.FORKED, item.device, item.incarnation, seq=item.seq)
        return Result(id=item.id, status=Status.FORKED)
    if (row.device, row.incarnation, row.seq) != _count(item):
        keep_arrival(one, item, "", carrier)
    need = missing(item.blobs, blobs)
    return Result(id=item.id, status=Status.STORED if need else Status.COMPLETE, need=need)
