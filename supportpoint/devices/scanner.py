"""What a code scanner does for the kiosk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from supportpoint.devices.selftest import Absent, SelfTest, absent

OnCode = Callable[[str], None]


class Scanner(Protocol):
    """Reads QR codes while it is on. It keeps nothing of what it read."""

    @property
    def is_there(self) -> bool:
        """A device is connected."""

    @property
    def name(self) -> str:
        """Return what the system calls the device in use, "" without one and for a stand-in."""

    def start(self, on_code: OnCode) -> None:
        """Call `on_code` on the main thread with the text of each code seen from now on."""

    def stop(self) -> None:
        """Read no more; a second call does nothing."""

    def self_test(self) -> SelfTest:
        """Say whether a code could be read."""


class NoScanner(Absent):
    """Stands where no scanner is connected."""

    def start(self, on_code: OnCode) -> None:
        """Do nothing: pages ask `is_there` and offer typing instead."""

    def stop(self) -> None:
        """Do nothing."""


class JoinedScanner:
    """Several scanners as one: whichever reads first is heard."""

    def __init__(self, scanners: Sequence[Scanner]) -> None:
        self._scanners = tuple(scanners)

    @property
    def is_there(self) -> bool:
        """At least one is."""
        return any(scanner.is_there for scanner in self._scanners)

    @property
    def name(self) -> str:
        """Return what the system calls them."""
        return ", ".join(scanner.name for scanner in self._scanners if scanner.name)

    def start(self, on_code: OnCode) -> None:
        """Start all."""
        for scanner in self._scanners:
            scanner.start(on_code)

    def stop(self) -> None:
        """Stop all."""
        for scanner in self._scanners:
            scanner.stop()

    def close(self) -> None:
        """Let go of all."""
        for scanner in self._scanners:
            close = getattr(scanner, "close", None)
            if callable(close):
                close()

    def self_test(self) -> SelfTest:
        """Return the first that works, else the first that is there, else that none is."""
        tests = [scanner.self_test() for scanner in self._scanners]
        good = [test for test in tests if test.ok]
        there = [test for test in tests if test.code != "SP-702"]
        return next(iter([*good, *there]), absent())
