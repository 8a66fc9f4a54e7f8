"""Prints through Qt on a thread of its own. Loaded by name when first used: see machine.py."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from supportpoint.devices.pdf_pages import draw_pages
from supportpoint.devices.printer import CODES, DOTS_PER_INCH, OnPrinted, Paper, PrinterState
from supportpoint.devices.selftest import SelfTest, absent
from supportpoint.errors import SupportPointError

SLIP_MM, SLIP_EDGE_MM, A4_EDGE_MM = 80.0, 4.0, 5.0
#: A printer whose own paper is no wider prints slips.
WIDEST_SLIP_MM = 90.0
FRESH_S = 10.0


class QtPrinter(QObject):
    """The system's printer, or the one named in the settings. With `output`, a PDF file and no printer."""

    _done = Signal(object, str)

    def __init__(self, name: str = "", output: Path | None = None) -> None:
        super().__init__(QCoreApplication.instance())
        self._name, self._output = name, output
        self._thread = ThreadPoolExecutor(1, "printer")
        self._asked: Future[PrinterState] | None = None
        self._known: PrinterState | None = None
        self._known_s = float("-inf")
        self._done.connect(_deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_fake(self) -> bool:
        """No."""
        return False

    @property
    def state(self) -> PrinterState:
        """Return what is known, and ask anew when that is old; the list of printers is waited for once."""
        if self._known is None:
            is_there = self._output is not None or bool(self._printer_name())
            self._known = PrinterState.READY if is_there else PrinterState.NONE
        if self._asked is not None and self._asked.done():
            self._known, self._asked = self._asked.result(), None
        if self._asked is None and time.monotonic() - self._known_s > FRESH_S:
            self._known_s = time.monotonic()
            self._asked = self._thread.submit(self._read_state)
        return self._known

    @property
    def name(self) -> str:
        """Return what the system calls it."""
        return "PDF" if self._output is not None else self._printer_name()

    @property
    def paper(self) -> Paper:
        """Return the paper that the system has set for this printer."""
        if self._output is not None:
            return Paper.SLIP
        size = QPrinterInfo.printerInfo(self._printer_name()).defaultPageSize()
        width_mm = size.size(QPageSize.Unit.Millimeter).width()
        return Paper.SLIP if 0 < width_mm <= WIDEST_SLIP_MM else Paper.A4

    def print_images(self, pages: Sequence[QImage], paper: Paper, on_printed: OnPrinted) -> None:
        """Print pictures."""
        kept = [page.copy() for page in pages]
        self._thread.submit(self._run, lambda: kept, paper, on_printed)

    def print_pdf(self, content: bytes, paper: Paper, on_printed: OnPrinted) -> None:
        """Print a PDF."""
        self._thread.submit(self._run, lambda: draw_pages(content, DOTS_PER_INCH[paper]), paper, on_printed)

    def close(self) -> None:
        """Let the running job end and start no other."""
        self._thread.shutdown(cancel_futures=True)

    def self_test(self) -> SelfTest:
        """Ask the printer now."""
        state = self._read_state()
        if state is PrinterState.NONE:
            return absent()
        facts = {
            "name": self._printer_name(),
            "choices": QPrinterInfo.availablePrinterNames(),
            "state": state,
        }
        return SelfTest(ok=state is PrinterState.READY, code=CODES[state], facts=facts)

    def _printer_name(self) -> str:
        names = QPrinterInfo.availablePrinterNames()
        return self._name if self._name in names else QPrinterInfo.defaultPrinterName()

    def _read_state(self) -> PrinterState:
        if self._output is not None:
            return PrinterState.READY
        name = self._printer_name()
        if not name:
            return PrinterState.NONE
        if QPrinterInfo.printerInfo(name).state() == QPrinter.PrinterState.Error:
            return PrinterState.ERROR
        state: PrinterState = importlib.import_module("supportpoint.devices.printer_reasons").read_state(name)
        return state

    def _run(self, draw: Callable[[], Sequence[QImage]], paper: Paper, on_printed: OnPrinted) -> None:
        code = CODES[self._read_state()]
        if not code:
            try:
                code = "" if self._print(draw(), paper) else "SP-704"
            except SupportPointError as error:
                code = error.code
        self._known_s = float("-inf")
        self._done.emit(on_printed, code)

    def _print(self, pages: Sequence[QImage], paper: Paper) -> bool:
        if not pages or any(page.isNull() for page in pages):
            raise SupportPointError("SP-703", reason="empty")
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Support Point")
        printer.setResolution(DOTS_PER_INCH[paper])
        if self._output is not None:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._output))
        else:
            printer.setPrinterName(self._printer_name())
        printer.setPageLayout(page_layout(paper, pages[0]))
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for place, page in enumerate(pages):
            if place and not (printer.setPageLayout(page_layout(paper, page)) and printer.newPage()):
                return False
            _draw_page(painter, page)
        return painter.end() and printer.printerState() != QPrinter.PrinterState.Error


def page_layout(paper: Paper, page: QImage) -> QPageLayout:
    """Return the paper for a picture: A4 upright, or a slip as long as the picture on 72 mm is."""
    if paper is Paper.A4:
        size, edge = QPageSize(QPageSize.PageSizeId.A4), A4_EDGE_MM
    else:
        width = SLIP_MM - 2 * SLIP_EDGE_MM
        height = width * page.height() / page.width() + 2 * SLIP_EDGE_MM
        exact = QPageSize.SizeMatchPolicy.ExactMatch
        size = QPageSize(QSizeF(SLIP_MM, height), QPageSize.Unit.Millimeter, "slip", exact)
        edge = SLIP_EDGE_MM
    margins = QMarginsF(edge, edge, edge, edge)
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter)


def _draw_page(painter: QPainter, page: QImage) -> None:
    area = painter.viewport()
    size = page.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = (area.width() - size.width()) / 2
    painter.drawImage(QRectF(left, 0, size.width(), size.height()), page)


def _deliver(on_printed: OnPrinted, code: str) -> None:
    on_printed(code)
