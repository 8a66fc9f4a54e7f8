"""K31: something did not work; what was done is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.qml_types import Property, QmlUncreatable

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: What a code means to the person before the machine, by the longest beginning that fits.
_KINDS = {
    "SP-109": "clock",
    "SP-2": "save",
    "SP-202": "full",
    "SP-3": "form",
    "SP-6": "form",
    "SP-7": "camera",
    "SP-705": "paper",
}
_DRAWINGS = {
    "clock": "wrongclock",
    "save": "notsaved",
    "full": "full",
    "form": "papers",
    "camera": "nocamera",
    "paper": "nopaper",
}


@QmlElement
@QmlUncreatable("made by bootstrap")
class ProblemViewModel(QObject):
    """`code` is the stable error code, small for staff; `kind` what it means to a person; `art` its drawing.

    `kind` is clock, save, full, form, camera, paper or other.
    """

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
    def kind(self) -> str:
        fitting = [start for start in _KINDS if self._code.startswith(start)]
        return _KINDS[max(fitting, key=len)] if fitting else "other"

    @Property(str, notify=changed)
    def art(self) -> str:
        return _DRAWINGS.get(self.kind, "counter")

    @Slot()
    def retry(self) -> None:
        self.retryAsked.emit()

    @Slot()
    def endVisit(self) -> None:
        self.endAsked.emit()
