"""K10: a section is done; the stones of the path, and which one comes next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.drafts import NEVER
from supportpoint.kiosk.visit.path import Path, make_path
from supportpoint.kiosk.visit.stage import Stage

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by bootstrap")
class PathViewModel(QObject):
    """`stones` are maps of name, icon, place (done, now, next), at most five; sending is not among them.

    `left` counts the sections that remain; `ends` says that the last stone shown is the last section.
    """

    changed = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._path: Path | None = None
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.languageChanged.connect(self._page_changed)
        stage.visit.formChanged.connect(self._forget)

    @Property(str, notify=changed)
    def finished(self) -> str:
        return self._path.finished if self._path is not None else ""

    @Property(str, notify=changed)
    def nextName(self) -> str:
        stones = self._path.stones if self._path is not None else ()
        return next((stone.name for stone in stones if stone.place == "now"), "")

    @Property(int, notify=changed)
    def left(self) -> int:
        return self._path.left if self._path is not None else 0

    @Property("QVariantList", notify=changed)
    def stones(self) -> list[dict[str, str]]:
        window = self._path.window() if self._path is not None else ()
        return [{"name": stone.name, "icon": stone.icon, "place": stone.place} for stone in window]

    @Property(bool, notify=changed)
    def ends(self) -> bool:
        return self._path is not None and self._path.window()[-1:] == self._path.stones[-1:]

    @Property(bool, notify=changed)
    def kept(self) -> bool:
        form = self._visit.form
        return form is not None and form.session.definition.settings.autosave != NEVER

    @Slot()
    def goOn(self) -> None:
        """Open the first screen of the next section."""
        self._walk.forward()

    def _page_changed(self) -> None:
        if self._navigator.current != "path":
            return
        finished, following = self._walk.step, self._walk.following
        if finished is not None and following is not None:
            self._path = make_path(self._walk.steps(), finished, following)
        self.changed.emit()

    def _forget(self) -> None:
        self._path = None
        self.changed.emit()
