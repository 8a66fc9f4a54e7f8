"""Which page is open, and how one comes back from it. The only navigation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.qml_types import Property, QmlUncreatable

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

ASKING_PAGES = frozenset({"scan", "confirmCard", "question", "photo", "voice", "signature"})
FORM_PAGES = ASKING_PAGES | {"path", "review", "listing", "consent", "supplement"}
ROOTS = frozenset({"attract", "home", "receipt", "devices"})
NO_WAY_BACK = ROOTS | {"sending", "problem"}


@QmlElement
@QmlUncreatable("made by bootstrap")
class Navigator(QObject):
    """The page that is open. `back` inside a form is the form's own step back."""

    pageChanged = Signal()
    homeAsked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = "attract"
        self._trail: list[str] = []
        self._step_back: Callable[[], bool] = lambda: False

    def on_form_back(self, step_back: Callable[[], bool]) -> None:
        """Set what steps back inside a form; it returns False at the form's first page."""
        self._step_back = step_back

    @property
    def current(self) -> str:
        """The name of the open page."""
        return self._page

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        return self._page

    @Property(bool, notify=pageChanged)
    def canGoBack(self) -> bool:
        return self._page not in NO_WAY_BACK

    @Slot(str)
    def open(self, page: str) -> None:
        """Open a page. Pages inside a form keep no trail: the form knows its own order."""
        if page == self._page:
            return
        if page in ROOTS:
            self._trail.clear()
        elif not (self._page in FORM_PAGES and page in FORM_PAGES):
            self._trail.append(self._page)
        self._page = page
        self.pageChanged.emit()

    @Slot()
    def back(self) -> None:
        """Go back one step; in a form the form decides."""
        if self._page in FORM_PAGES and self._step_back():
            return
        self.leave()

    @Slot()
    def leave(self) -> None:
        """Return to the page before this one, or home."""
        before = self._trail.pop() if self._trail else "home"
        if before != self._page:
            self._page = before
            self.pageChanged.emit()

    @Slot()
    def enter(self) -> None:
        """Leave the language page: to home at the start of a visit, otherwise back to where it was opened."""
        if self._trail and self._trail[-1] != "attract":
            self.leave()
        else:
            self.open("home")

    @Slot()
    def home(self) -> None:
        """Ask to leave for home; the draft is kept by whoever hears `homeAsked`."""
        self.homeAsked.emit()
