"""What a printer does for the kiosk: a slip of 80 mm or a paper of A4."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from PySide6.QtGui import QImage

from supportpoint.devices.selftest import Absent, SelfTest


class PrinterState(StrEnum):
    """Whether a paper would come out now."""

    NONE = "none"
    READY = "ready"
    PAPER_OUT = "paper_out"
    ERROR = "error"


class Paper(StrEnum):
    """What is printed on. A slip is 80 mm wide and as long as its picture."""

    SLIP = "slip"
    A4 = "a4"


#: Dots an inch and dots across, of the part that is printed on: 72 mm of a slip, 200 mm of A4.
DOTS_PER_INCH = {Paper.SLIP: 203, Paper.A4: 300}
WIDTH_PX = {Paper.SLIP: 576, Paper.A4: 2361}
CODES = {
    PrinterState.NONE: "SP-702",
    PrinterState.READY: "",
    PrinterState.PAPER_OUT: "SP-705",
    PrinterState.ERROR: "SP-704",
}
#: Called on the main thread once per job with "" or the code of what went wrong.
OnPrinted = Callable[[str], None]


class Printer(Protocol):
    """Prints on one chosen printer."""

    @property
    def name(self) -> str:
        """Return what the system calls the device in use, "" without one and for a stand-in."""

    @property
    def is_fake(self) -> bool:
        """Nothing comes out; pages must say so."""

    @property
    def state(self) -> PrinterState:
        """Return what is known now; it may be up to ten seconds old."""

    @property
    def paper(self) -> Paper:
        """Return what this printer prints on."""

    def print_images(self, pages: Sequence[QImage], paper: Paper, on_printed: OnPrinted) -> None:
        """Print one picture a page, as wide as the paper allows; at least one."""

    def print_pdf(self, content: bytes, paper: Paper, on_printed: OnPrinted) -> None:
        """Print the pages of a PDF."""

    def self_test(self) -> SelfTest:
        """Say what the printer says; nothing is printed."""


class NoPrinter(Absent):
    """Stands where no printer is connected."""

    @property
    def state(self) -> PrinterState:
        """None."""
        return PrinterState.NONE

    @property
    def paper(self) -> Paper:
        """Whatever: nothing is printed."""
        return Paper.SLIP

    def print_images(self, pages: Sequence[QImage], paper: Paper, on_printed: OnPrinted) -> None:
        """Print nothing and say that no printer is there."""
        del pages, paper
        on_printed(CODES[self.state])

    def print_pdf(self, content: bytes, paper: Paper, on_printed: OnPrinted) -> None:
        """Print nothing and say that no printer is there."""
        del content, paper
        on_printed(CODES[self.state])
