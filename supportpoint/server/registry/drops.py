"""Keep sealed drops and hand them to their agency; the link to whoever brought them is never written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from supportpoint.clock import local_day
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Drop, encode
from supportpoint.server.registry.agencies import is_sealed_to
from supportpoint.server.registry.folder import write_private
from supportpoint.server.registry.models import SealedDrop
from supportpoint.server.registry.moment import now

CHUNK_ROWS = 100


def keep_drops(drops: Iterable[Drop]) -> tuple[tuple[str, bytes], ...]:
    """Store what is new in a transaction of its own; return (id, SHA-256) of all, sorted.

    They go in by their hash: the order in which they came is gone.
    """
    by_hash = {hashlib.sha256(drop.envelope).digest(): drop for drop in drops}
    if not by_hash:
        return ()
    day = local_day(now())
    with transaction.atomic():
        SealedDrop.objects.bulk_create(
            [
                SealedDrop(sha256=sha256.hex(), drop_id=drop.id, envelope=drop.envelope, day=day)
                for sha256, drop in sorted(by_hash.items())
            ],
            ignore_conflicts=True,
        )
    return tuple(sorted((drop.id, sha256) for sha256, drop in by_hash.items()))


def list_drops(after: str = "", kids: frozenset[bytes] | None = None) -> Iterator[tuple[str, Drop]]:
    """Yield (SHA-256 in hex, drop) in the order of the hashes, from the one after `after` on.

    With `kids`, only those are yielded that were sealed to one of these keys.
    """
    for row in SealedDrop.objects.filter(sha256__gt=after).order_by("sha256").iterator(CHUNK_ROWS):
        drop = Drop(id=row.drop_id, envelope=bytes(row.envelope))
        if kids is None or is_sealed_to(drop.envelope, kids):
            yield row.sha256, drop


def get_drop(sha256: str, kids: frozenset[bytes]) -> Drop:
    """Return the drop of a hash in hex. Errors: SP-803 when none of that hash was sealed to these keys."""
    row = SealedDrop.objects.filter(pk=sha256).first()
    if row is None or not is_sealed_to(bytes(row.envelope), kids):
        raise SupportPointError("SP-803", sha256=sha256)
    return Drop(id=row.drop_id, envelope=bytes(row.envelope))


def has_drop(drop_id: str, kids: frozenset[bytes]) -> bool:
    """Return whether a drop of this id was sealed to one of these keys."""
    rows = SealedDrop.objects.filter(drop_id=drop_id)
    return any(is_sealed_to(bytes(row.envelope), kids) for row in rows)


def write_drops(folder: Path) -> int:
    """Write every drop into `folder`, for the agency to carry away; return how many were not there yet.

    Shape:  one MessagePack `Drop` a file, named by its hash. They stay here too.
    Errors: SP-108 when the folder cannot be written.
    """
    written = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sha256, drop in list_drops():
            path = folder / f"{sha256}.drop"
            if not path.exists():
                write_private(path, encode(drop))
                written += 1
    except OSError as error:
        raise SupportPointError("SP-108", folder=folder.name) from error
    return written
