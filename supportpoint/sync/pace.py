"""How much to put into one request on this link. Kept between passes, lost at exit: it is only advice."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from supportpoint.protocol import MAX_BATCH_BYTES

WRAPPING_BYTES = 32 * 1024
"""Left for ids, signatures and blob lists of a batch; `batch_bytes` counts envelopes."""
MIN_BATCH_BYTES = 16 * 1024
FIRST_BATCH_BYTES = 64 * 1024
TARGET_S = 8.0
MIN_CHUNK_BYTES = 32 * 1024
MAX_CHUNK_BYTES = 1024 * 1024
BUFFERED_FROM_BYTES = 64 * 1024
KNOCK_S = 0.25
FIRST_KNOCK_S = 1.0
KNOCK_TRIPS = 0.5
SILENCE_S = 4.0
SILENCE_CAP_S = 20.0
SILENCE_TRIPS = 4.0
STALL_S = 3.5
STALL_CAP_S = 20.0
STALL_TRIPS = 6.0
LONGER = 1.25
CALM_FLIGHT_BYTES = 23 * 1024
CUT_FLIGHT_BYTES = 12 * 1024 + 512
CALM_AFTER_S = 300.0


@dataclass
class Pace:
    """What this link has taught us. Safe to share between the pass and its upload workers."""

    batch_bytes: int = FIRST_BATCH_BYTES
    chunk_bytes: int | None = None
    """None sends the rest of a blob in one request; a number when a proxy in between buffers bodies."""
    bytes_per_s: float = 0.0
    """The rate at which the last uploads arrived, 0 while nothing is known."""
    trusts_acks: bool = True
    """Whether what the other end of TCP acknowledged was always with the server, too."""
    sent_bytes: int = 0
    """HTTP bytes given to connections so far, headers and what was sent twice included."""
    connections: int = 0
    """How many connections came about so far."""
    round_trip_s: float = 0.0
    """How long connecting takes here, 0 while nothing is known."""
    _cut_at_s: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note_batch(self, size_bytes: int, elapsed_s: float) -> None:
        """Learn from a batch that arrived: aim at 8 s of this link, at most the protocol's limit."""
        self.note_rate(size_bytes, elapsed_s)
        if size_bytes < self.batch_bytes // 2 and elapsed_s < TARGET_S:
            return
        fits = self.batch_bytes * 2 if elapsed_s < TARGET_S / 2 else self.batch_bytes
        if elapsed_s > TARGET_S:
            fits = self.batch_bytes // 2
        self.batch_bytes = min(max(fits, MIN_BATCH_BYTES), MAX_BATCH_BYTES - WRAPPING_BYTES)

    def note_batch_lost(self) -> None:
        """Learn from a batch whose connection died: the next one is half as large."""
        self.note_cut()
        self.batch_bytes = max(self.batch_bytes // 2, MIN_BATCH_BYTES)

    def note_rate(self, arrived_bytes: int, elapsed_s: float) -> None:
        """Learn how fast bytes arrive; what is too small to tell is left out."""
        if arrived_bytes < MIN_BATCH_BYTES or elapsed_s <= 0:
            return
        with self._lock:
            seen = arrived_bytes / elapsed_s
            self.bytes_per_s = seen if not self.bytes_per_s else (self.bytes_per_s + seen) / 2

    def note_blob_lost(self, sent_bytes: int, arrived_bytes: int) -> None:
        """Learn from a cut upload: what left and never arrived was buffered as a whole on the way."""
        with self._lock:
            if arrived_bytes == 0 and sent_bytes >= BUFFERED_FROM_BYTES:
                fits = self._fitting_chunk() if self.chunk_bytes is None else self.chunk_bytes // 2
                self.chunk_bytes = max(fits, MIN_CHUNK_BYTES)

    def note_cut(self) -> None:
        """Learn that this link is cut now and then."""
        self._cut_at_s = time.monotonic()  # about this machine's sockets: no clock to inject

    def note_too_large(self) -> bool:
        """Learn that somebody on the way takes no body so large; return whether there are smaller ones."""
        with self._lock:
            if self.chunk_bytes == MIN_CHUNK_BYTES:
                return False
            fits = self._fitting_chunk() if self.chunk_bytes is None else self.chunk_bytes // 2
            self.chunk_bytes = max(fits, MIN_CHUNK_BYTES)
            return True

    def note_false_acks(self) -> None:
        """Learn that somebody on the way acknowledges what the server never gets."""
        self.trusts_acks = False

    def note_connected(self, elapsed_s: float) -> None:
        """Learn how long a round trip takes: a shorter one at once, a longer one step by step."""
        with self._lock:
            known = self.round_trip_s * LONGER
            self.round_trip_s = min(elapsed_s, known) if known else elapsed_s
            self.connections += 1

    def note_sent(self, size_bytes: int) -> None:
        """Count what left for the server."""
        with self._lock:
            self.sent_bytes += size_bytes

    @property
    def knock_s(self) -> float:
        """How long after a first packet that nobody answered the next one goes."""
        if not self.round_trip_s:
            return FIRST_KNOCK_S
        return max(self.round_trip_s * KNOCK_TRIPS, KNOCK_S)

    @property
    def silence_s(self) -> float:
        """How long the other end may acknowledge nothing, from the first repetition on; then it is dead.

        A connection dropped too early costs two round trips, one kept too long the whole time a link is up.
        """
        return min(max(self.round_trip_s * SILENCE_TRIPS, SILENCE_S), SILENCE_CAP_S)

    @property
    def stall_s(self) -> float:
        """How long a block may wait for room in the send buffer, until the connection counts as dead."""
        return min(max(self.round_trip_s * STALL_TRIPS, STALL_S), STALL_CAP_S)

    @property
    def flight_bytes(self) -> int:
        """How much may be on its way on one connection.

        Enough to keep the line busy while one lost packet is waited for. It is lost with a cut: where the
        link was cut a short while ago, it is about half of that.
        """
        is_calm = self._cut_at_s is None or time.monotonic() - self._cut_at_s > CALM_AFTER_S
        return CALM_FLIGHT_BYTES if is_calm else CUT_FLIGHT_BYTES

    def next_chunk(self, remaining_bytes: int) -> int:
        """Return how many bytes the next upload request carries."""
        return remaining_bytes if self.chunk_bytes is None else min(self.chunk_bytes, remaining_bytes)

    def _fitting_chunk(self) -> int:
        """Return 8 s of this link as a power of two, the largest chunk while its rate is not known."""
        if not self.bytes_per_s:
            return MAX_CHUNK_BYTES
        wanted = int(min(max(self.bytes_per_s * TARGET_S, MIN_CHUNK_BYTES), MAX_CHUNK_BYTES))
        return 1 << (wanted.bit_length() - 1)
