"""What systems say about printers is understood; pages come out as large as the paper allows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtGui import QColor, QImage

from supportpoint.devices.fake_printer import FakePrinter
from supportpoint.devices.pdf_pages import draw_pages
from supportpoint.devices.printer import NoPrinter, Paper, PrinterState
from supportpoint.devices.printer_reasons import judge_cups, judge_windows
from supportpoint.devices.qt_printer import QtPrinter
from supportpoint.errors import SupportPointError

POINTS_PER_MM = 72 / 25.4


def picture(width: int, height: int, ink: str = "#000000") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(ink))
    return image


@pytest.fixture
def printed(qapp: object, tmp_path: Path) -> Iterator[tuple[QtPrinter, Path]]:
    path = tmp_path / "out.pdf"
    printer = QtPrinter(output=path)
    yield printer, path
    printer.close()


def wait_for(qtbot: Any, codes: list[str]) -> str:
    qtbot.waitUntil(lambda: bool(codes), timeout=20_000)
    return codes[0]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("printer-state=3 printer-state-reasons=none printer-is-accepting-jobs=true", PrinterState.READY),
        ("printer-state=3 printer-state-reasons=media-low-warning", PrinterState.READY),
        ("printer-state=4 printer-state-reasons=media-empty-error,other", PrinterState.PAPER_OUT),
        ("printer-state=5 printer-state-reasons=media-needed-error", PrinterState.PAPER_OUT),
        ("printer-state=5 printer-state-reasons=paused", PrinterState.ERROR),
        ("printer-state=3 printer-state-reasons=door-open-error", PrinterState.ERROR),
        ("printer-state=3 printer-state-reasons=offline-report", PrinterState.ERROR),
        ("printer-state=3 printer-is-accepting-jobs=false", PrinterState.ERROR),
        ("", PrinterState.READY),
    ],
)
def test_what_cups_says(words: str, state: PrinterState):
    assert judge_cups(words) is state


def test_what_windows_says():
    states = [judge_windows(bits) for bits in (0, 0x10, 0x12, 0x8, 0x80, 0x400)]
    ready, out, error = PrinterState.READY, PrinterState.PAPER_OUT, PrinterState.ERROR
    assert states == [ready, out, out, error, error, ready]


def test_a_slip_is_80_mm_wide_and_as_long_as_its_picture(printed: Any, qtbot: Any):
    printer, path = printed
    codes: list[str] = []
    printer.print_images([picture(576, 1152)], Paper.SLIP, codes.append)
    assert wait_for(qtbot, codes) == ""
    box = pypdf.PdfReader(path).pages[0].mediabox
    assert float(box.width) / POINTS_PER_MM == pytest.approx(80, abs=0.6)
    assert float(box.height) / POINTS_PER_MM == pytest.approx(72 * 2 + 8, abs=0.6)
    page = draw_pages(path.read_bytes(), 72)[0]
    middle = page.width() // 2
    assert page.pixelColor(middle, 2).value() == 255
    assert page.pixelColor(middle, page.height() // 2).value() < 10
    assert page.pixelColor(middle, page.height() - 20).value() < 10


def test_pages_of_a_pdf_are_printed_on_a4(printed: Any, qtbot: Any, tmp_path: Path):
    printer, path = printed
    codes: list[str] = []
    printer.print_images([picture(210, 297), picture(210, 297, "#808080")], Paper.A4, codes.append)
    wait_for(qtbot, codes)
    content, codes = path.read_bytes(), []
    path.unlink()
    printer.print_pdf(content, Paper.A4, codes.append)
    assert wait_for(qtbot, codes) == ""
    pages = draw_pages(path.read_bytes(), 72)
    assert [page.pixelColor(300, 400).value() // 64 for page in pages] == [0, 2]
    assert (pages[0].width(), pages[0].height()) == (pytest.approx(595, abs=2), pytest.approx(842, abs=2))


def test_what_is_no_pdf_or_no_picture_is_refused(printed: Any, qtbot: Any):
    printer, path = printed
    for ask in (
        lambda codes: printer.print_pdf(b"%PDF no", Paper.A4, codes.append),
        lambda codes: printer.print_images([], Paper.A4, codes.append),
        lambda codes: printer.print_images([QImage()], Paper.SLIP, codes.append),
    ):
        codes: list[str] = []
        ask(codes)
        assert wait_for(qtbot, codes) == "SP-703"
    assert not path.exists()


def test_no_pdf():
    with pytest.raises(SupportPointError, match="SP-703"):
        draw_pages(b"nothing", 72)


def test_the_stand_in_counts_and_knows_an_empty_tray(qapp: object, qtbot: Any):
    printer, codes = FakePrinter(), []
    printer.print_images([picture(9, 9)], Paper.SLIP, codes.append)
    qtbot.waitUntil(lambda: codes == [""])
    printer.condition = PrinterState.PAPER_OUT
    printer.print_pdf(b"", Paper.A4, codes.append)
    qtbot.waitUntil(lambda: codes == ["", "SP-705"])
    assert printer.printed == 1


def test_without_a_printer_nothing_is_printed():
    codes: list[str] = []
    NoPrinter().print_images([], Paper.A4, codes.append)
    NoPrinter().print_pdf(b"", Paper.A4, codes.append)
    assert codes == ["SP-702", "SP-702"]
