"""A QR as a painted item."""

from __future__ import annotations

from PySide6.QtCore import Property, QRectF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from supportpoint.devices.qr import make_qr

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

QUIET_MODULES = 4


class _Drawn:
    """What an item draws. It is let go of with the item: Python's half of the item may outlive it."""

    def __init__(self) -> None:
        self.text = ""
        self.modules: tuple[tuple[bool, ...], ...] = ()

    def clear(self) -> None:
        self.text, self.modules = "", ()


@QmlElement
class QrCode(QQuickPaintedItem):
    """Draws `text` as a QR with its quiet zone, in whole pixels per module; nothing when `text` is ""."""

    textChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._drawn = _Drawn()
        self.destroyed.connect(self._drawn.clear)

    def _get_text(self) -> str:
        return self._drawn.text

    def _set_text(self, text: str) -> None:
        if text != self._drawn.text:
            self._drawn.text = text
            self._drawn.modules = make_qr(text) if text else ()
            self.textChanged.emit()
            self.update()

    text = Property(str, _get_text, _set_text, notify=textChanged)

    def paint(self, painter: QPainter) -> None:
        """Paint the modules, centred."""
        if not self._drawn.modules:
            return
        count = len(self._drawn.modules) + 2 * QUIET_MODULES
        module = int(min(self.width(), self.height()) // count)
        left = (self.width() - module * count) // 2 + module * QUIET_MODULES
        top = (self.height() - module * count) // 2 + module * QUIET_MODULES
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), QColor("white"))
        for row, line in enumerate(self._drawn.modules):
            for column, dark in enumerate(line):
                if dark:
                    painter.fillRect(
                        QRectF(left + column * module, top + row * module, module, module), QColor("black")
                    )
