"""Slows down guessing of passwords: per account, in this process, forgotten at a restart."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

from supportpoint.server.registry.moment import CLOCK

TRIES = 8
WITHIN_S = 15 * 60
MAX_ACCOUNTS = 10_000


class Throttle:
    """Remembers the failed tries of each account for a quarter of an hour."""

    def __init__(self, tries: int = TRIES) -> None:
        self._tries = tries
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def is_closed(self, account: str) -> bool:
        """Return whether this account has had too many failed tries lately."""
        with self._lock:
            failed = self._failed.get(account.casefold(), deque())
            while failed and CLOCK.monotonic_s() - failed[0] > WITHIN_S:
                failed.popleft()
            return len(failed) >= self._tries

    def note_failure(self, account: str) -> None:
        """Remember a failed try; accounts tried longest ago are forgotten first."""
        with self._lock:
            failed = self._failed.setdefault(account.casefold(), deque(maxlen=self._tries))
            failed.append(CLOCK.monotonic_s())
            self._failed.move_to_end(account.casefold())
            if len(self._failed) > MAX_ACCOUNTS:
                self._failed.popitem(last=False)


LOGIN = Throttle()
