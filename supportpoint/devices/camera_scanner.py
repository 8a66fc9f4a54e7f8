"""Reads QR codes with the camera: one picture at a time on a thread of its own, five a second."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from supportpoint.devices.camera import Camera
from supportpoint.devices.scanner import OnCode
from supportpoint.devices.selftest import SelfTest

GAP_S = 0.2
#: The same code held before the camera is told again after so long.
AGAIN_S = 3.0
READER = "supportpoint.devices.qr_reader"


class CameraScanner(QObject):
    """A scanner made of a camera. While it is on, the camera is its own."""

    _seen = Signal(int, str)

    def __init__(self, camera: Camera, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._camera, self._clock_s = camera, clock_s
        self._on_code: OnCode | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._round = 0
        self._is_busy = False
        self._next_s = self._told_s = float("-inf")
        self._told = ""
        self._seen.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_there(self) -> bool:
        """The camera is."""
        return self._camera.is_there

    @property
    def name(self) -> str:
        """Return what the system calls it."""
        return self._camera.name

    def start(self, on_code: OnCode) -> None:
        """Switch the camera on and look for codes."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "qr")
        self._round += 1
        self._on_code, self._told, self._is_busy = on_code, "", False
        self._camera.start(self._look)

    def stop(self) -> None:
        """Switch the camera off."""
        if self._on_code is None:
            return
        self._on_code, self._told = None, ""
        self._round += 1
        self._camera.stop(self._look)

    def close(self) -> None:
        """End the thread."""
        self.stop()
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)
            self._thread = None

    def self_test(self) -> SelfTest:
        """Return what the camera says: a scan needs a code to hold before it."""
        test = self._camera.self_test()
        try:
            importlib.import_module(READER)
        except ImportError as error:
            return SelfTest(ok=False, code="SP-704", facts={"kind": "camera", "missing": error.name or ""})
        return SelfTest(test.ok, test.code, {"kind": "camera", **test.facts})

    def _look(self, image: QImage) -> None:
        now_s = self._clock_s()
        if self._on_code is None or self._thread is None or self._is_busy or now_s < self._next_s:
            return
        self._is_busy, self._next_s = True, now_s + GAP_S
        self._thread.submit(self._read, self._round, image.copy())

    def _read(self, turn: int, image: QImage) -> None:
        try:
            text: str = importlib.import_module(READER).read_qr(image)
        except ImportError:
            text = ""
        self._seen.emit(turn, text)

    def _deliver(self, turn: int, text: str) -> None:
        if turn != self._round or self._on_code is None:
            return
        self._is_busy = False
        now_s = self._clock_s()
        if text and (text != self._told or now_s - self._told_s >= AGAIN_S):
            self._told, self._told_s = text, now_s
            self._on_code(text)
