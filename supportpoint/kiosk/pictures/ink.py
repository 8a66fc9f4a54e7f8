"""Strokes of a finger or a mouse: drawn as smooth ink on a pad, and written as a small picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from supportpoint.kiosk.qml_types import Property

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

Stroke = list[QPointF]
INK_WIDTH_PX = 5.0
INK, SHEET = QColor("#1C2430"), QColor("white")


class Ink(QObject):
    """The strokes on the pad. `drawn` names the part of the pad that looks different, in px of the pad."""

    drawn = Signal(QRectF)

    def __init__(self) -> None:
        super().__init__()
        self.strokes: list[Stroke] = []

    @property
    def length_px(self) -> float:
        """How far the pen went on the pad."""
        pairs = [(a, b) for stroke in self.strokes for a, b in pairwise(stroke)]
        return sum(math.hypot(b.x() - a.x(), b.y() - a.y()) for a, b in pairs)

    def begin(self, at: QPointF) -> None:
        """Put the pen down."""
        self.strokes.append([at])
        self._say(self.strokes[-1][-1:])

    def extend(self, at: QPointF) -> None:
        """Move the pen; a place where it is already adds nothing."""
        if self.strokes and self.strokes[-1][-1] != at:
            self.strokes[-1].append(at)
            self._say(self.strokes[-1][-3:])

    def undo(self) -> None:
        """Take the last stroke away."""
        if self.strokes:
            self._say(self.strokes.pop())

    def clear(self) -> None:
        """Take every stroke away."""
        while self.strokes:
            self.undo()

    def _say(self, points: Sequence[QPointF]) -> None:
        left, right = min(p.x() for p in points), max(p.x() for p in points)
        top, bottom = min(p.y() for p in points), max(p.y() for p in points)
        margin = 2 * INK_WIDTH_PX
        self.drawn.emit(
            QRectF(left, top, right - left, bottom - top).adjusted(-margin, -margin, margin, margin)
        )


@QmlElement
class InkPad(QQuickPaintedItem):
    """Shows the strokes of `ink`, which may be None."""

    inkChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._ink: Ink | None = None

    @Property(QObject, notify=inkChanged)
    def ink(self) -> Ink | None:
        return self._ink

    @ink.setter  # type: ignore[no-redef]
    def ink(self, ink: Ink | None) -> None:
        if self._ink is not None:
            self._ink.drawn.disconnect(self._draw)
        self._ink = ink
        if ink is not None:
            ink.drawn.connect(self._draw)
        self.inkChanged.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Draw what lies in the part that is drawn anew."""
        if self._ink is not None:
            draw_strokes(painter, self._ink.strokes)

    def _draw(self, part: QRectF) -> None:
        self.update(part.toAlignedRect())


def draw_strokes(painter: QPainter, strokes: Sequence[Stroke]) -> None:
    """Draw strokes as curves through the middles between their points; a touch alone is a dot."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(INK, INK_WIDTH_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    seen = painter.clipBoundingRect() if painter.hasClipping() else QRectF()
    for stroke in strokes:
        path = _smooth(stroke)
        margin = 2 * INK_WIDTH_PX
        if seen.isNull() or path.boundingRect().adjusted(-margin, -margin, margin, margin).intersects(seen):
            painter.drawPath(path)


def write_ink(strokes: Sequence[Stroke], size: QSize) -> bytes:
    """Return the strokes as a PNG of the pad's size, dark on white, with no metadata."""
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.fill(SHEET)
    painter = QPainter(image)
    draw_strokes(painter, strokes)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _smooth(stroke: Stroke) -> QPainterPath:
    path = QPainterPath(stroke[0])
    for at, after in pairwise(stroke[1:]):
        path.quadTo(at, QLineF(at, after).center())
    path.lineTo(stroke[-1] if len(stroke) > 1 else stroke[0] + QPointF(0.1, 0))
    return path
