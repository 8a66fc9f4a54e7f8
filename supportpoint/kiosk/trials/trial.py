"""What every trial of a device has: what its page shows now, and a verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

ABSENT_CODE = "SP-702"


class Verdict(StrEnum):
    """What came of a trial."""

    UNTRIED = "untried"
    GOOD = "good"
    ABSENT = "absent"
    BROKEN = "broken"


class Named(Protocol):
    """What is asked of any device here."""

    @property
    def name(self) -> str:
        """Return what the system calls it."""


class Trial(QObject):
    """One device being tried. `changed` when `look`, the verdict or the code did.

    `look` are values for the page of this device; `act` takes the names of its buttons.
    """

    changed = Signal()

    def __init__(self, device: Named | None = None) -> None:
        super().__init__()
        self._device = device
        self.verdict, self.code = Verdict.UNTRIED, ""

    @property
    def name(self) -> str:
        """What the system calls the device in use."""
        return self._device.name if self._device is not None else ""

    @property
    def is_fake(self) -> bool:
        """The device is a stand-in."""
        return bool(getattr(self._device, "is_fake", False))

    @property
    def look(self) -> dict[str, object]:
        """Return what the page shows."""
        return {}

    def open(self) -> None:
        """The page is there: begin what needs no button."""

    def act(self, what: str) -> None:
        """A button was touched."""

    def close(self) -> None:
        """The page is left: switch the device off and forget what it gave."""

    def _judge(self, code: str) -> None:
        """Set the verdict by a code, "" for good, and say that something changed."""
        absent = Verdict.ABSENT if code == ABSENT_CODE else Verdict.BROKEN
        self.verdict, self.code = (absent if code else Verdict.GOOD), code
        self.changed.emit()
