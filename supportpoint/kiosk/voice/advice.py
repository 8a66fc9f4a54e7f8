"""What a page advises while it watches: each advice once a page, calmly, never into other words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: So long after one advice, or a touch, the next may come.
ADVICE_MS = 4000


class Advice(QObject):
    """Keeps the newest advice until it may be said. `say` returns whether it was."""

    def __init__(self, parent: QObject, say: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._say = say
        self._wanted = ""
        self._said: set[str] = set()
        self._rest = QTimer(self, interval=ADVICE_MS, singleShot=True)
        self._rest.timeout.connect(self.offer)

    def want(self, text: str) -> None:
        """Say this as soon as it may be said; "" is nothing."""
        self._wanted = text
        self.offer()

    def offer(self) -> None:
        """Say what is wanted if it is new and the last advice is long enough ago."""
        is_new = self._wanted and self._wanted not in self._said
        if is_new and not self._rest.isActive() and self._say(self._wanted):
            self._said.add(self._wanted)
            self.rest()

    def rest(self) -> None:
        """Say nothing for a while: somebody acts."""
        self._rest.start()

    def begin(self, *, keep: bool) -> None:
        """Begin anew with a page, or with the next part of the same page, which keeps what it wants."""
        self._said.clear()
        if not keep:
            self._wanted = ""
