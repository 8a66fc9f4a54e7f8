"""Three pictures in their order: chosen twice to lock, chosen once to open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.sealing.picture_lock import PICTURES, PictureLock, make_lock
from supportpoint.store.locked import TRIES

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: Drawings that everybody names alike; their places never change.
CHOICES = (
    *("buffalo", "chicken", "fish", "egg", "fruit", "leaf"),
    *("house", "mountain", "bridge", "moto", "mushroom", "star"),
)
PAGE = "lock"

Try = Callable[[Sequence[str], Callable[[bool], None]], None]


@QmlElement
@QmlUncreatable("made by bootstrap")
class LockViewModel(QObject):
    """`step` is choose, repeat or open; `message` "", differs or wrong; `pictures` maps of id and place.

    A place is 1 to 3 for a picture that is chosen, 0 otherwise. The third picture is the answer: there is no
    button to confirm it. Before it, the same picture again takes it back.
    """

    changed = Signal()
    spent = Signal()
    """The last try was wrong; what the pictures protected is to be wiped."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._visit, self._tasks, self._navigator = stage.visit, stage.tasks, stage.navigator
        self._step, self._message = "choose", ""
        self._picked: list[str] = []
        self._first: tuple[str, ...] = ()
        self._wrong = 0
        self._is_busy = False
        self._try: Try = lambda _pictures, _done: None
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.ended.connect(self._forget)

    @Property(str, notify=changed)
    def step(self) -> str:
        return self._step

    @Property(str, notify=changed)
    def message(self) -> str:
        return self._message

    @Property(int, notify=changed)
    def triesLeft(self) -> int:
        return TRIES - self._wrong

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._is_busy

    @Property("QVariantList", notify=changed)
    def pictures(self) -> list[dict[str, object]]:
        return [
            {"id": choice, "place": self._picked.index(choice) + 1 if choice in self._picked else 0}
            for choice in CHOICES
        ]

    def set_up(self) -> None:
        """Let three pictures be chosen, twice, as the lock of this visit."""
        self._begin("choose", self._take_new)
        self._navigator.open(PAGE)

    def ask(self, try_them: Try, *, on_page: bool = True) -> None:
        """Ask for the pictures; `try_them` gets them and says whether they were right.

        Five wrong ones in a row, and `spent` is emitted. Without a page of its own a sheet shows them.
        """
        self._begin("open", try_them)
        if on_page:
            self._navigator.open(PAGE)

    def try_lock(self, pictures: Sequence[str], done: Callable[[bool], None]) -> None:
        """Try the pictures on the lock of this visit."""
        lock = self._visit.lock
        if lock is not None:
            self._tasks.compute(lambda: lock.is_opened_by(pictures), self._visit.during(done))

    @Slot(str)
    def pick(self, picture: str) -> None:
        """Take a picture, or take it back."""
        if self._is_busy or picture not in CHOICES:
            return
        self._message = ""
        if picture in self._picked:
            self._picked.remove(picture)
        else:
            self._picked.append(picture)
        if len(self._picked) == PICTURES:
            self._answer(tuple(self._picked))
        self.changed.emit()

    def _begin(self, step: str, try_them: Try) -> None:
        self._clear()
        self._step, self._try = step, try_them
        self.changed.emit()

    def _answer(self, pictures: tuple[str, ...]) -> None:
        self._picked = []
        if self._step == "choose":
            self._step, self._first = "repeat", pictures
        elif self._step == "repeat" and pictures != self._first:
            self._step, self._message, self._first = "choose", "differs", ()
        else:
            self._is_busy = True
            self._try(pictures, self._tried)

    def _take_new(self, pictures: Sequence[str], done: Callable[[bool], None]) -> None:
        def made(lock: PictureLock) -> None:
            self._visit.lock = lock
            done(True)
            self._navigator.leave()

        self._tasks.compute(lambda: make_lock(pictures), self._visit.during(made))

    def _tried(self, is_right: bool) -> None:
        self._is_busy = False
        self._wrong = 0 if is_right else self._wrong + 1
        self._message = "" if is_right else "wrong"
        self.changed.emit()
        if self._wrong >= TRIES:
            self._forget()
            self.spent.emit()

    def _page_changed(self) -> None:
        if self._navigator.current not in {PAGE, "help", "language"}:
            self._clear()

    def _clear(self) -> None:
        """Let go of the pictures; wrong tries stay counted, or leaving the page would forgive them."""
        self._step, self._message, self._picked, self._first = "choose", "", [], ()
        self._is_busy = False
        self._try = lambda _pictures, _done: None
        self.changed.emit()

    def _forget(self) -> None:
        self._wrong = 0
        self._clear()
