"""What a code scanner does for the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

OnCode = Callable[[str], None]


class Scanner(Protocol):
    """Reads QR codes while it is on. It keeps nothing of what it read."""

    @property
    def is_there(self) -> bool:
        """A device is connected."""

    def start(self, on_code: OnCode) -> None:
        """Call `on_code` on the main thread with the text of each code seen from now on.

        Errors: SP-702 when no device is there.
        """

    def stop(self) -> None:
        """Read no more; a second call does nothing."""


class NoScanner:
    """Stands where no scanner is connected."""

    @property
    def is_there(self) -> bool:
        """No."""
        return False

    def start(self, on_code: OnCode) -> None:
        """Do nothing: pages ask `is_there` and offer typing instead."""

    def stop(self) -> None:
        """Do nothing."""
