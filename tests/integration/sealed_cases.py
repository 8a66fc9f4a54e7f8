"""Cases of random bytes for roads on which nobody opens them."""

from __future__ import annotations

import hashlib
import secrets

from supportpoint.clock import Clock, make_uuid7
from supportpoint.records import SealedBlob, SealedCase
from supportpoint.store.store import Store


def queue_random_case(store: Store, clock: Clock, blob_sizes: tuple[int, ...]) -> SealedCase:
    """Queue a case with attachments of these sizes and return it."""
    contents = [secrets.token_bytes(size) for size in blob_sizes]
    sealed = SealedCase(
        kind="case",
        id=str(make_uuid7(clock.now())),
        envelope=secrets.token_bytes(900),
        blobs=tuple(SealedBlob(hashlib.sha256(content).digest(), content) for content in contents),
        case_number="DB7-4K2-9X8",
        receipt_hash=secrets.token_bytes(32),
    )
    store.queue_case(sealed)
    return sealed
