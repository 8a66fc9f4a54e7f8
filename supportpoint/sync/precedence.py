"""Answers go before photos on the wire, too: while a batch is leaving, attachments only trickle."""

from __future__ import annotations

import threading

GIVE_WAY_S = 0.5
"""A block of an attachment waits no longer: one connection does not fill a line that loses packets."""


class Precedence:
    """The right of way on one link, shared by the threads that send on it. One batch leaves at a time."""

    def __init__(self) -> None:
        self._is_free = threading.Event()
        self._is_free.set()

    def take(self) -> None:
        """Hold attachments back: a block of a batch is leaving."""
        self._is_free.clear()

    def release(self) -> None:
        """Let attachments go: the batch has left, or failed."""
        self._is_free.set()

    def give_way(self) -> None:
        """Wait while a batch is leaving, a short while at most."""
        self._is_free.wait(GIVE_WAY_S)
