"""Reasons to stop that are narrower than the end of the program."""

from __future__ import annotations

from collections.abc import Callable

from supportpoint.sync.transport import Stop


class StopWhen:
    """A stop that is also set when `is_over` says so: a pass has ended, or something more urgent waits."""

    def __init__(self, stop: Stop, is_over: Callable[[], bool]) -> None:
        self._stop = stop
        self._is_over = is_over

    def is_set(self) -> bool:
        """Return whether to end."""
        return self._stop.is_set() or self._is_over()

    def wait(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds; return whether to end."""
        return self._stop.wait(timeout) or self._is_over()
