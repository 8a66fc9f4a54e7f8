"""Stand-ins for demonstrations and tests: a scanner that is fed text, a camera that draws a paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

from supportpoint.devices.camera import OnFrame
from supportpoint.devices.scanner import OnCode
from supportpoint.devices.selftest import StandIn
from supportpoint.errors import SupportPointError

FAKE_WORDS = "ẢNH THỬ"
_SIZE = (1600, 1120)
_DESK = QColor("#3A4453")
_PAPER = QColor("#FBF8F2")
_INK = QColor("#1C2430")
_LINES = 15


class FakeScanner(StandIn):
    """Delivers what `feed` is given, as a real scanner would deliver a code."""

    def __init__(self) -> None:
        self._on_code: OnCode | None = None

    @property
    def is_on(self) -> bool:
        """A page waits for a code."""
        return self._on_code is not None

    def start(self, on_code: OnCode) -> None:
        """Deliver codes to `on_code` from now on."""
        self._on_code = on_code

    def stop(self) -> None:
        """Deliver no more."""
        self._on_code = None

    def feed(self, text: str) -> bool:
        """Deliver one code; False when no page waits for one."""
        if self._on_code is None or not self.is_plugged:
            return False
        self._on_code(text)
        return True


class FakeCamera(StandIn):
    """Draws a sheet of paper on a desk, a little different each time, with words that say it is no photo."""

    def __init__(self) -> None:
        self._count = 0
        self._on_frame: OnFrame | None = None

    @property
    def trouble(self) -> str:
        """None, while it is plugged in."""
        return "" if self.is_plugged else "SP-702"

    def plug(self) -> None:
        """Be there again and show a picture to whoever waits for one."""
        super().plug()
        self.start(self._on_frame)

    def start(self, on_frame: OnFrame | None = None) -> None:
        """Show one picture; a drawing does not move."""
        self._on_frame = on_frame
        if on_frame is not None and self.is_plugged:
            on_frame(self.take())

    def stop(self, on_frame: OnFrame | None = None) -> None:
        """Show no more."""
        if on_frame in {None, self._on_frame}:
            self._on_frame = None

    def take(self) -> QImage:
        """Return a drawn paper, 1600 by 1120 pixels.

        Errors: SP-702 while it is unplugged.
        """
        if not self.is_plugged:
            raise SupportPointError("SP-702", device="camera")
        self._count += 1
        image = QImage(*_SIZE, QImage.Format.Format_RGB32)
        image.fill(_DESK)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_paper(painter, tilt=self._count % 3 * 8.0)
        _draw_words(painter, self._count)
        painter.end()
        return image


def _draw_paper(painter: QPainter, tilt: float) -> None:
    corners = [(180.0 + tilt, 90.0), (1430.0, 80.0 + tilt), (1420.0 - tilt, 1030.0), (170.0, 1040.0 - tilt)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PAPER)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _draw_words(painter: QPainter, count: int) -> None:
    painter.setPen(_INK)
    font = QFont(["Be Vietnam Pro", "sans-serif"])
    font.setPixelSize(84)
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(QRectF(240, 130, 1120, 130), Qt.AlignmentFlag.AlignCenter, FAKE_WORDS)
    painter.setPen(QPen(_INK, 5))
    for line in range(_LINES):
        y = 320 + 44 * line
        painter.drawLine(QPointF(260, y), QPointF(1340 - 40 * ((line * 7 + count) % 6), y))
