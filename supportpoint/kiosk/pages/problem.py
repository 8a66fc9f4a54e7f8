"""K31: something did not work; what was done is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.qml_types import Property, QmlUncreatable

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_DRAWINGS = {"SP-2": "box", "SP-6": "papers", "SP-7": "phone"}


@QmlElement
@QmlUncreatable("made by bootstrap")
class ProblemViewModel(QObject):
    """`code` is the stable error code, small for staff; `art` a drawing for its family."""

    changed = Signal()
    retryAsked = Signal()
    endAsked = Signal()

    def __init__(self, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._code = ""

    def show(self, code: str) -> None:
        """Open the page for a code."""
        self._code = code
        self.changed.emit()
        self._navigator.open("problem")

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._code

    @Property(str, notify=changed)
    def art(self) -> str:
        return _DRAWINGS.get(self._code[:4], "counter")

    @Slot()
    def retry(self) -> None:
        self.retryAsked.emit()

    @Slot()
    def endVisit(self) -> None:
        self.endAsked.emit()
