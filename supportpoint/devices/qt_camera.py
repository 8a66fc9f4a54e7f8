"""The document camera through Qt. Loaded by name when first used: see machine.py."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)

from supportpoint.devices.camera import OnFrame
from supportpoint.devices.photo import MAX_SIDE_PX
from supportpoint.devices.qt_sound import wait_ms
from supportpoint.devices.selftest import SelfTest, absent
from supportpoint.errors import SupportPointError

#: Pictures a second that are handed to the page; the sink itself takes all.
SHOWN_PER_S = 10
SHOWN_SIDE_PX = 1280
#: A camera that gives no picture for so long has a trouble.
SILENT_MS = 3000
_FIRST_PICTURE_MS = 1500
_STEP_MS = 50


class FramedCamera(QObject):
    """What every camera of Qt has: a sink, the last picture, and a watch over its silence.

    `_switch_on` and `_switch_off` are the device's own; `_capture` is the session it plugs into.
    """

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._capture = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._capture.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._frame_came)
        self._silence = QTimer(self, interval=SILENT_MS, singleShot=True)
        self._silence.timeout.connect(self._went_silent)
        self._on_frame: OnFrame | None = None
        self._frame: QVideoFrame | None = None
        self._is_on = False
        self._shown_s = float("-inf")
        self._trouble = ""

    @property
    def is_there(self) -> bool:
        """A device is connected."""
        return False

    @property
    def is_fake(self) -> bool:
        """No."""
        return False

    @property
    def name(self) -> str:
        """Return nothing: pictures fed to a sink have no device."""
        return ""

    @property
    def trouble(self) -> str:
        """Return "" or why no picture comes."""
        if not self.is_there:
            return "SP-702"
        return self._trouble

    def start(self, on_frame: OnFrame | None = None) -> None:
        """Switch on, or only change who is called."""
        self._on_frame = on_frame
        if not self._is_on:
            self._is_on, self._trouble = True, ""
            self._reconnect()

    def stop(self, on_frame: OnFrame | None = None) -> None:
        """Switch off and forget the last picture, unless another took the camera over."""
        if on_frame is not None and on_frame != self._on_frame:
            return
        self._on_frame, self._frame, self._is_on = None, None, False
        self._silence.stop()
        self._switch_off()

    def close(self) -> None:
        """Let go of the device."""
        self.stop()

    def take(self) -> QImage:
        """Return the picture of this moment; wait a little for the first one.

        Errors: SP-702, SP-704.
        """
        if not self.is_there:
            raise SupportPointError("SP-702", device="camera")
        if not self._is_on:
            self.start()
            self._wait_for_first()
        image = self._frame.toImage() if self._frame is not None else QImage()
        if image.isNull():
            raise SupportPointError(self.trouble or "SP-704", device="camera")
        return image

    def self_test(self) -> SelfTest:
        """Wait for one picture."""
        if not self.is_there:
            return absent()
        was_on, begun = self._is_on, time.perf_counter()
        try:
            size = self.take().size()
        except SupportPointError as error:
            return SelfTest(ok=False, code=error.code, facts=self._facts())
        finally:
            if not was_on:
                self.stop()
        first_ms = round((time.perf_counter() - begun) * 1000)
        facts = {"width_px": size.width(), "height_px": size.height(), "first_picture_ms": first_ms}
        return SelfTest(ok=True, facts={**self._facts(), **facts})

    def _wait_for_first(self) -> None:
        for _ in range(_FIRST_PICTURE_MS // _STEP_MS):
            if self._frame is not None or self._trouble:
                return
            wait_ms(_STEP_MS)

    def _facts(self) -> dict[str, object]:
        return {}

    def _switch_on(self) -> None:
        """Let pictures come."""

    def _switch_off(self) -> None:
        """Let no more pictures come."""

    def _reconnect(self) -> None:
        """Use the device again after it came back or was asked for."""
        self._switch_off()
        if self._is_on and self.is_there:
            self._silence.start()
            self._switch_on()

    def _frame_came(self, frame: QVideoFrame) -> None:
        if not self._is_on or not frame.isValid():
            return
        self._frame, self._trouble = frame, ""
        self._silence.start()
        now_s = time.monotonic()
        if self._on_frame is not None and now_s - self._shown_s >= 1 / SHOWN_PER_S:
            self._shown_s = now_s
            self._on_frame(_small(frame.toImage()))

    def _went_silent(self) -> None:
        self._frame, self._trouble = None, "SP-704"


class QtCamera(FramedCamera):
    """The system's camera, or the one named in the settings. Comes back by itself when plugged in again."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._name = name
        self._camera: QCamera | None = None
        self._media = QMediaDevices(self)
        self._media.videoInputsChanged.connect(self._reconnect)

    @property
    def is_there(self) -> bool:
        """Some camera is connected."""
        return not self._device().isNull()

    @property
    def name(self) -> str:
        """Return what the system calls it."""
        return self._device().description()

    def _device(self) -> QCameraDevice:
        found = (one for one in QMediaDevices.videoInputs() if self._name and one.description() == self._name)
        return next(found, QMediaDevices.defaultVideoInput())

    def _facts(self) -> dict[str, object]:
        names = [one.description() for one in QMediaDevices.videoInputs()]
        return {"name": self._device().description(), "choices": names}

    def _switch_on(self) -> None:
        device = self._device()
        self._camera = QCamera(device, self)
        best = best_format(device.videoFormats())
        if best is not None:
            self._camera.setCameraFormat(best)
        self._camera.errorOccurred.connect(self._failed)
        self._capture.setCamera(self._camera)
        self._camera.start()

    def _switch_off(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()
            self._capture.setCamera(None)  # type: ignore[arg-type]  # Qt's way to unplug
            camera.deleteLater()

    def _failed(self) -> None:
        self._frame, self._trouble = None, "SP-704"


def _small(image: QImage) -> QImage:
    if max(image.width(), image.height()) <= SHOWN_SIDE_PX:
        return image
    keep, fast = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
    return image.scaled(SHOWN_SIDE_PX, SHOWN_SIDE_PX, keep, fast)


def best_format(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """Return the largest picture that is no larger than what is sent, at five a second or more."""
    usable = [
        one
        for one in formats
        if one.maxFrameRate() >= 5 and max(one.resolution().width(), one.resolution().height()) <= MAX_SIDE_PX
    ]
    return max(usable, key=lambda one: one.resolution().width() * one.resolution().height(), default=None)
