"""How much to put into one request on this link. Kept between passes, lost at exit: it is only advice."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from supportpoint.protocol import MAX_BATCH_BYTES

WRAPPING_BYTES = 32 * 1024
"""Left for ids, signatures and blob lists of a batch; `batch_bytes` counts envelopes."""
MIN_BATCH_BYTES = 16 * 1024
FIRST_BATCH_BYTES = 64 * 1024
BATCH_TARGET_S = 8.0
MIN_CHUNK_BYTES = 32 * 1024
MAX_CHUNK_BYTES = 1024 * 1024
BUFFERED_FROM_BYTES = 64 * 1024


@dataclass
class Pace:
    """What this link has taught us. Safe to share between the pass and its upload workers."""

    batch_bytes: int = FIRST_BATCH_BYTES
    chunk_bytes: int | None = None
    """None sends the rest of a blob in one request; a number when a proxy in between buffers bodies."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note_batch(self, size_bytes: int, elapsed_s: float) -> None:
        """Learn from a batch that arrived: aim at 8 s of this link, at most the protocol's limit."""
        if size_bytes < self.batch_bytes // 2 and elapsed_s < BATCH_TARGET_S:
            return
        fits = self.batch_bytes * 2 if elapsed_s < BATCH_TARGET_S / 2 else self.batch_bytes
        if elapsed_s > BATCH_TARGET_S:
            fits = self.batch_bytes // 2
        self.batch_bytes = min(max(fits, MIN_BATCH_BYTES), MAX_BATCH_BYTES - WRAPPING_BYTES)

    def note_batch_lost(self) -> None:
        """Learn from a batch whose connection died: the next one is half as large."""
        self.batch_bytes = max(self.batch_bytes // 2, MIN_BATCH_BYTES)

    def note_blob_lost(self, sent_bytes: int, arrived_bytes: int) -> None:
        """Learn from a cut upload: what left and never arrived was buffered as a whole on the way."""
        with self._lock:
            if arrived_bytes == 0 and sent_bytes >= BUFFERED_FROM_BYTES:
                half = (self.chunk_bytes or MAX_CHUNK_BYTES * 2) // 2
                self.chunk_bytes = max(half, MIN_CHUNK_BYTES)

    def next_chunk(self, remaining_bytes: int) -> int:
        """Return how many bytes the next upload request carries."""
        return remaining_bytes if self.chunk_bytes is None else min(self.chunk_bytes, remaining_bytes)
