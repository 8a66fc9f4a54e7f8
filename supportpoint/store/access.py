"""How sync and kiosk reach the store: they hand work over and get its answer, never a connection.

A connection belongs to the thread that opened it. The kiosk runs the work on its one store thread;
a command runs it on the spot. The work is short and touches no network.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from supportpoint.store.store import Store

T = TypeVar("T")


class StoreAccess(Protocol):
    """Runs one piece of work with the store and returns what it returns."""

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """Return `work(store)`, run on the thread that owns the store; block until it is done.

        Errors: whatever `work` raises.
        """


class DirectAccess:
    """Access for a program with one thread: commands and tests."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """Return `work(store)`, run here and now."""
        return work(self._store)
