"""A stand-in for the printer: it counts what it was given and keeps none of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from supportpoint.devices.printer import CODES, OnPrinted, Paper, PrinterState
from supportpoint.devices.selftest import StandIn


class FakePrinter(StandIn):
    """Says that it printed. A test may set `condition` and `paper`."""

    def __init__(self) -> None:
        self.condition = PrinterState.READY
        self.paper = Paper.SLIP
        self.printed = 0

    @property
    def state(self) -> PrinterState:
        """Return the condition it is in, none while it is unplugged."""
        return self.condition if self.is_plugged else PrinterState.NONE

    def print_images(self, pages: Sequence[QImage], paper: Paper, on_printed: OnPrinted) -> None:
        """Count the job."""
        del pages, paper
        self._end(on_printed)

    def print_pdf(self, content: bytes, paper: Paper, on_printed: OnPrinted) -> None:
        """Count the job."""
        del content, paper
        self._end(on_printed)

    def _end(self, on_printed: OnPrinted) -> None:
        QTimer.singleShot(0, lambda: self._ended(on_printed))

    def _ended(self, on_printed: OnPrinted) -> None:
        code = CODES[self.state]
        self.printed += not code
        on_printed(code)
