"""Whether somebody is there: the one clock behind curtain, warning and the end of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

SECOND_MS = 1000
#: So long may something be held without a touch; then it is taken for forgotten.
HELD_AT_MOST_S = 300


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds without a touch pass until the curtain (0: never) and until the warning."""

    curtain_s: int
    warn_s: int


class Presence(QObject):
    """Counts the seconds since the last sign of life.

    Whoever works while nobody touches (a voice, a recorder, a camera, a printer) says so with `hold` and
    `release`: no second counts in between. `changed` comes with every second and every sign of life,
    `ended` when the time after the warning is over.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, countdown_s: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._countdown_s = countdown_s
        self._patience: Patience | None = None
        self._held: set[str] = set()
        self._still_s = self._held_s = 0
        self._timer = QTimer(self, interval=SECOND_MS)
        self._timer.timeout.connect(self._second)

    @property
    def is_held(self) -> bool:
        """Somebody is served right now, or was a moment ago."""
        return bool(self._held) and self._held_s < HELD_AT_MOST_S

    @property
    def wants_curtain(self) -> bool:
        """Nobody has touched for so long that the page is to be hidden."""
        patience = self._patience
        return patience is not None and 0 < patience.curtain_s <= self._still_s

    @property
    def is_warning(self) -> bool:
        """The last seconds run."""
        return self._patience is not None and self._still_s >= self._patience.warn_s

    @property
    def seconds_left(self) -> int:
        """How many seconds are left until the end."""
        warn_s = self._patience.warn_s if self._patience is not None else 0
        return warn_s + self._countdown_s - self._still_s

    def watch(self, patience: Patience | None) -> None:
        """Count with this patience from now on; with None nothing ends."""
        self._patience = patience
        if patience is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self._still_s = self._held_s = 0
        self.changed.emit()

    def hold(self, what: str) -> None:
        """Stand still while `what` goes on; the same word again changes nothing."""
        if what not in self._held:
            self._held.add(what)
            self.touched()

    def release(self, what: str) -> None:
        """`what` is over; the count begins anew. A word that is not held is ignored."""
        if what in self._held:
            self._held.discard(what)
            self.touched()

    def touched(self) -> None:
        """Take a sign of life."""
        was_still = self._still_s or self._held_s
        self._still_s = self._held_s = 0
        if was_still:
            self.changed.emit()

    def hurry(self, second_ms: int) -> None:
        """Let a second last so long; tests have little time."""
        self._timer.setInterval(second_ms)

    def _second(self) -> None:
        if self.is_held:
            self._held_s += 1
            return
        self._still_s += 1
        if self._patience is not None and self.seconds_left <= 0:
            self._still_s = 0
            self.ended.emit()
        self.changed.emit()
