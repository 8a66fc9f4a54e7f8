"""Keep sealed drops and hand them to their agency; the link to whoever brought them is never written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from django.db import transaction

from supportpoint.clock import local_day
from supportpoint.protocol import Drop
from supportpoint.server.registry.models import SealedDrop
from supportpoint.server.registry.moment import now


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


def list_drops(after: str = "", limit: int = 100) -> Iterator[Drop]:
    """Yield drops in the order of their hashes, from the one after `after` (hex) on, for their agency."""
    for row in SealedDrop.objects.filter(sha256__gt=after).order_by("sha256")[:limit]:
        yield Drop(id=row.drop_id, envelope=bytes(row.envelope))
