"""The rows of a push: one INSERT for all items of a batch, and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection

from supportpoint.protocol import BlobNeed, BlobRef, Item, Status, encode
from supportpoint.server.intake.verdicts import Checked
from supportpoint.server.registry import whole
from supportpoint.server.registry.models import Arrival, Blob, Device, ItemBlob, Opening
from supportpoint.server.registry.models import Item as ItemRow
from supportpoint.server.registry.moment import now

COLUMNS = (
    "id, kind, device, incarnation, seq, identity, envelope, signature, carrier, status, "
    "opening, opening_code, received_at, province_code"
)
BlobKey = tuple[bytes, int]


def insert_items(batch: Iterable[Checked], carrier: Device) -> set[str]:
    """Insert what no unique key refuses, of items with an id each of its own; return the ids that are new.

    One statement: under concurrent replay exactly one of the senders is told that its rows are new.
    Rows go in by id, so that two batches wait for each other in one direction only.
    """
    values: list[str | int | bytes | datetime] = []
    moment = now()
    for one in sorted(batch, key=lambda one: one.id):
        item = one.item
        if item is None:
            continue
        values += [item.id, item.kind, item.device, item.incarnation, item.seq, one.identity]
        status = Status.STORED if item.blobs else Status.COMPLETE
        values += [item.envelope, item.signature, carrier.pk, status, Opening.WAITING, ""]
        values += [moment, carrier.province_code]
    if not values:
        return set()
    one_row = "(" + ", ".join(["%s"] * COLUMNS.count(",") + ["%s"]) + ")"
    rows = ", ".join([one_row] * (len(values) // one_row.count("%s")))
    sql = (
        f"INSERT INTO registry_item ({COLUMNS}) VALUES {rows} "  # noqa: S608 - constants and placeholders
        "ON CONFLICT DO NOTHING RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


def lock_blobs(items: Iterable[Item]) -> dict[BlobKey, Blob]:
    """Return the blob rows of `items`, made where they are missing, and locked until the end.

    The lock makes "this blob is done" and "this item waits for it" happen one after the other.
    """
    wanted = {(blob.sha256, blob.len) for item in items for blob in item.blobs}
    if not wanted:
        return {}
    moment = now()
    fresh = [Blob(sha256=sha256, size=size, created_at=moment) for sha256, size in sorted(wanted)]
    Blob.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = Blob.objects.select_for_update().filter(sha256__in={sha256 for sha256, _ in wanted})
    return {(bytes(row.sha256), row.size): row for row in rows.order_by("pk")}


def link_blobs(new: Sequence[Item], blobs: dict[BlobKey, Blob]) -> None:
    """Tie new items to their blobs; what lacks nothing is complete at once."""
    new = [item for item in new if item.blobs]
    if not new:
        return
    ItemBlob.objects.bulk_create(
        ItemBlob(item_id=item.id, blob=blobs[blob.sha256, blob.len], position=position)
        for item in new
        for position, blob in enumerate(item.blobs)
    )
    complete = [item.id for item in new if not missing(item.blobs, blobs)]
    whole.complete_items(complete)


def complete_known(
    batch: Iterable[Checked], known: Mapping[str, ItemRow], blobs: dict[BlobKey, Blob]
) -> None:
    """Let the row of an item that came before say what its verdict says: complete, when nothing lacks."""
    lacks_nothing = [
        one.id
        for one in batch
        if one.item is not None
        and not one.code
        and one.id in known
        and bytes(known[one.id].identity) == one.identity
        and not missing(one.item.blobs, blobs)
    ]
    if lacks_nothing:
        whole.complete_items(lacks_nothing)


def missing(wanted: Iterable[BlobRef], blobs: dict[BlobKey, Blob]) -> tuple[BlobNeed, ...]:
    """Return what is still to be sent, each from where it stands."""
    rows = [blobs[blob.sha256, blob.len] for blob in wanted]
    unique = {row.pk: row for row in rows if not row.done}.values()
    return tuple(BlobNeed(sha256=bytes(row.sha256), offset=row.received) for row in unique)


def keep_arrival(one: Checked, item: Item, held_code: str, carrier: Device) -> None:
    """Remember a send that is not the first of its item; keep all of it when a person must look."""
    Arrival.objects.bulk_create(
        [
            Arrival(
                item_id=item.id,
                device=item.device,
                incarnation=item.incarnation,
                seq=item.seq,
                identity=one.identity,
                verified=one.verified,
                held_code=held_code,
                wire=encode(item) if held_code else b"",
                carrier=carrier.pk,
                received_at=now(),
                province_code=carrier.province_code,
            )
        ],
        ignore_conflicts=True,
    )
