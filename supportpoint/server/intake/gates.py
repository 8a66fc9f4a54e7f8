"""Admission before a body is read: a full server says when to come back, by how fast it drains."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from supportpoint.errors import SupportPointError
from supportpoint.server.registry.moment import CLOCK

MIN_RETRY_S = 2
MAX_RETRY_S = 900
SAMPLES = 64
BLOB_SLOTS = 2
CROWDED = 0.5
FULL = 0.9


class Gate:
    """Lets at most `places` requests in at a time; knows how long each takes.

    A full gate drains at `places` a mean stay. Whoever is refused gets the next free moment at that rate, so
    that a herd comes back in a row and not at once.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self._inside = 0
        self._refused = 0
        self._stays_s: deque[float] = deque(maxlen=SAMPLES)
        self._lock = threading.Lock()

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Hold a place. Errors: SP-505 with `retry_after_s` when there is none."""
        with self._lock:
            if self._inside >= self.places:
                self._refused += 1
                raise SupportPointError("SP-505", retry_after_s=self.retry_after_s())
            self._inside += 1
        came_s = CLOCK.monotonic_s()
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                self._refused = max(0, self._refused - 1)
                self._stays_s.append(CLOCK.monotonic_s() - came_s)

    def retry_after_s(self) -> int:
        """Return the seconds until those refused so far would have been served at the measured rate."""
        if not self._stays_s:
            return MIN_RETRY_S
        mean_stay_s = sum(self._stays_s) / len(self._stays_s)
        return round(min(max(self._refused * mean_stay_s / self.places, MIN_RETRY_S), MAX_RETRY_S))

    @property
    def load(self) -> float:
        """The share of places in use, 0 to 1."""
        return self._inside / self.places


SYNC = Gate(int(os.environ.get("SUPPORTPOINT_SYNC_PLACES", "48")))
BLOB = Gate(int(os.environ.get("SUPPORTPOINT_BLOB_PLACES", "64")))
LIGHT = Gate(256)


def blob_slots() -> int:
    """Return how many uploads at once a device may make now: two, one in a crowd, none when all is full."""
    if BLOB.load >= FULL:
        return 0
    return 1 if BLOB.load >= CROWDED else BLOB_SLOTS
