"""A person at the kiosk whose touches are timed, from the finger to the frame that answers it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from journey import JourneyDriver
from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, QPointF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

#: A touch that changes nothing on the screen brings no frame.
NO_FRAME_S = 0.4
MS = 1000.0


class TimedDriver(JourneyDriver):
    """`touches` and `pages` hold (milliseconds, what); a page is named by where it was come from and to.

    `page_cpu_ms` is what each page cost the processor, which a busy machine cannot blur.
    """

    def __init__(self, app: Any, frames: list[float], rest_ms: int = 0) -> None:
        super().__init__(app)
        self._frames, self._rest_ms = frames, rest_ms
        self.touches: list[tuple[float, str]] = []
        self.pages: list[tuple[float, str]] = []
        self.page_cpu_ms: list[float] = []
        self._finger_cpu_s = self._due_cpu_s = 0.0
        self._left = app.navigator.current
        self._opened_at = self._finger_at = 0.0
        self._due: tuple[float, int, str] | None = None
        self._watch(app.navigator, "open", "leave")
        app.navigator.pageChanged.connect(self._page_changed)

    def touch(self, item: QQuickItem) -> None:
        """Touch an item as a finger does: down, the frame that shows it, up."""
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        name, window = item.objectName(), self.app.window
        self._settle()
        self._rest()
        seen, begun = len(self._frames), time.perf_counter()
        QTest.touchEvent(window, self._touch).press(0, middle, window).commit()
        if self._wait_for_frame(seen):
            self.touches.append(((self._frames[seen] - begun) * MS, name))
        self._rest()
        self._release(middle)
        self._settle()

    def _rest(self) -> None:
        """Look for so long, as a person does; what this driver has cost is not charged to the page."""
        if self._rest_ms:
            QTest.qWait(self._rest_ms)

    def _release(self, middle: QPoint) -> None:
        self._finger_at, self._finger_cpu_s = time.perf_counter(), time.process_time()
        window = self.app.window
        QTest.touchEvent(window, self._touch).release(0, middle, window).commit()
        self._finger_at = 0.0

    def _watch(self, navigator: Any, *names: str) -> None:
        """Note when the program itself opens a page, as after work off the main thread."""
        for name in names:
            setattr(navigator, name, self._noting(getattr(navigator, name)))

    def _noting(self, call: Callable[..., None]) -> Callable[..., None]:
        def noted(*words: str) -> None:
            self._opened_at, self._finger_cpu_s = time.perf_counter(), time.process_time()
            call(*words)
            self._opened_at = 0.0

        return noted

    def _page_changed(self) -> None:
        begun = self._finger_at or self._opened_at
        pair = f"{self._left} → {self.page}"
        self._left = self.page
        if begun:
            self._due = (begun, len(self._frames), pair)
            self._due_cpu_s = self._finger_cpu_s

    def _settle(self) -> None:
        """Let what is due be drawn; a page that changed is timed by the first frame after it."""
        for _ in range(3):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        if self._due is not None:
            begun, seen, pair = self._due
            self._due = None
            if self._wait_for_frame(seen):
                self.page_cpu_ms.append((time.process_time() - self._due_cpu_s) * MS)
                self.pages.append(((self._frames[seen] - begun) * MS, pair))

    def _wait_for_frame(self, seen: int) -> bool:
        until = time.perf_counter() + NO_FRAME_S
        while len(self._frames) == seen and time.perf_counter() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1)
        return len(self._frames) > seen
