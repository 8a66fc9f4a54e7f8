"""Trying what sees: the camera, and the reader of codes."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from supportpoint.clock import Clock, local_day
from supportpoint.devices.camera import Camera
from supportpoint.devices.citizen_card import read_card
from supportpoint.devices.scanner import Scanner
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.trials.trial import ABSENT_CODE, Trial
from supportpoint.sealing.receipt import read_secret

WATCH_MS = 1000


class CameraTrial(Trial):
    """Shows the moving picture; a still can be taken. `look`: imageUrl, size of the still, still."""

    def __init__(self, camera: Camera, photos: Photos) -> None:
        super().__init__(camera)
        self._camera, self._photos = camera, photos
        self._url, self._size = "", ""
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_after)

    @property
    def look(self) -> dict[str, object]:
        """Return the picture and, of a still, its size."""
        return {"imageUrl": self._url, "size": self._size, "still": bool(self._size)}

    def open(self) -> None:
        """Switch on."""
        self._size = ""
        self._watch.start()
        self._camera.start(self._see)
        self._look_after()

    def act(self, what: str) -> None:
        """Take a still, or look on."""
        if what == "again":
            self.open()
            return
        try:
            image = self._camera.take()
        except SupportPointError as error:
            self._judge(error.code)
            return
        self._off()
        self._size = f"{image.width()} x {image.height()}"
        self._show(image)

    def close(self) -> None:
        """Switch off and forget the picture."""
        self._off()
        self._photos.drop(self._url)
        self._url, self._size = "", ""

    def _see(self, image: QImage) -> None:
        if self._watch.isActive():
            self._show(image)

    def _show(self, image: QImage) -> None:
        self._photos.drop(self._url)
        self._url = self._photos.put(image)
        self._judge("")

    def _look_after(self) -> None:
        """A camera that is pulled out is said to be gone; its next picture says that it is back."""
        trouble = self._camera.trouble
        if trouble and trouble != self.code:
            self._photos.drop(self._url)
            self._url = ""
            self._judge(trouble)

    def _off(self) -> None:
        self._watch.stop()
        self._camera.stop(self._see)


class ScannerTrial(Trial):
    """Says of each code that is read what kind it is and how long. `look`: kind, length, count."""

    def __init__(self, scanner: Scanner, clock: Clock) -> None:
        super().__init__(scanner)
        self._scanner, self._clock = scanner, clock
        self._kind, self._length, self._count = "", 0, 0

    @property
    def look(self) -> dict[str, object]:
        """Return the kind of the last code (card, receipt, other), its length and how many were read."""
        return {"kind": self._kind, "length": self._length, "count": self._count}

    def open(self) -> None:
        """Switch on."""
        self._kind, self._length, self._count = "", 0, 0
        if self._scanner.is_there:
            self._scanner.start(self._read)
        else:
            self._judge(ABSENT_CODE)

    def close(self) -> None:
        """Switch off."""
        self._scanner.stop()

    def _read(self, text: str) -> None:
        self._kind, self._length = self._kind_of(text), len(text)
        self._count += 1
        self._judge("")

    def _kind_of(self, text: str) -> str:
        try:
            read_card(text, local_day(self._clock.now()))
        except SupportPointError:
            pass
        else:
            return "card"
        try:
            read_secret(text)
        except SupportPointError:
            return "other"
        return "receipt"
