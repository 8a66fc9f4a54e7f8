"""The devices of one machine: found, or stood in for. Nothing of sound, camera or print loads before use.

The drivers import Qt modules that take a quarter of a second and 30 MB, and fail to import where a system
library is missing. So each is loaded by name the first time it is asked something; what cannot be loaded
is a device that is not there.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QGuiApplication

from supportpoint.config import Settings
from supportpoint.devices.camera import Camera, NoCamera
from supportpoint.devices.camera_scanner import CameraScanner
from supportpoint.devices.espeak import EspeakSpeech
from supportpoint.devices.fake_printer import FakePrinter
from supportpoint.devices.fake_sound import FakeMicrophone, FakeSpeaker, FakeSpeech
from supportpoint.devices.fakes import FakeCamera, FakeScanner
from supportpoint.devices.microphone import Microphone, NoMicrophone
from supportpoint.devices.printer import NoPrinter, Printer
from supportpoint.devices.scanner import JoinedScanner, Scanner
from supportpoint.devices.selftest import SelfTest
from supportpoint.devices.speaker import NoSpeaker, NoSpeech, Speaker, Speech
from supportpoint.devices.wedge import WedgeScanner

logger = logging.getLogger(__name__)

D = TypeVar("D")
#: What Qt's sound and pictures tell of their own libraries is for their makers.
_QUIET = "qt.multimedia.symbolsresolver*=false\nqt.multimedia*.info=false\nqt.multimedia*.debug=false"


@dataclass(frozen=True)
class Devices:
    """The devices of this machine."""

    scanner: Scanner
    camera: Camera
    microphone: Microphone
    speaker: Speaker
    speech: Speech
    printer: Printer

    def self_tests(self) -> Iterator[tuple[str, SelfTest]]:
        """Try each device in turn and return its name and outcome."""
        for field in fields(self):
            yield field.name, getattr(self, field.name).self_test()

    def close(self) -> None:
        """Let go of every device and end their threads."""
        for field in fields(self):
            _close(getattr(self, field.name))


class Late(Generic[D]):
    """A device that is made when it is first asked something; what ends it never makes it."""

    def __init__(self, make: Callable[[], D], absent: D) -> None:
        self._make, self._absent = make, absent
        self._device: D | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the device itself has."""
        return getattr(self._load(), name)

    def stop(self, *given: Any) -> None:
        """Stop the device if it was ever used; a stop that hands something over always reaches it."""
        if given or self._device is not None:
            cast("Any", self._load()).stop(*given)

    def cancel(self) -> None:
        """Cancel if the device was ever used."""
        if self._device is not None:
            cast("Any", self._device).cancel()

    def close(self) -> None:
        """Let go of the device if it was ever used."""
        if self._device is not None:
            _close(self._device)

    def _load(self) -> D:
        if self._device is None:
            try:
                self._device = self._make()
            except ImportError as error:
                logger.warning("device driver missing: %s", error.name or type(error).__name__)
                self._device = self._absent
        return self._device


def make_fakes() -> Devices:
    """Return a stand-in of each device."""
    speaker = FakeSpeaker()
    return Devices(
        scanner=FakeScanner(),
        camera=FakeCamera(),
        microphone=FakeMicrophone(),
        speaker=speaker,
        speech=FakeSpeech(speaker),
        printer=FakePrinter(),
    )


def find_devices(settings: Settings) -> Devices:
    """Return what this machine has, by the names in its settings; QGuiApplication must be there."""
    QLoggingCategory.setFilterRules(_QUIET)
    camera = late_camera(settings.camera)
    speaker = cast("Speaker", Late(lambda: _driver("qt_speaker", "QtSpeaker", settings.speaker), NoSpeaker()))
    return Devices(
        scanner=_find_scanner(camera, keyboard=settings.keyboard_scanner),
        camera=camera,
        microphone=cast(
            "Microphone",
            Late(lambda: _driver("qt_sound", "QtMicrophone", settings.microphone), NoMicrophone()),
        ),
        speaker=speaker,
        speech=_find_speech(speaker),
        printer=cast(
            "Printer", Late(lambda: _driver("qt_printer", "QtPrinter", settings.printer), NoPrinter())
        ),
    )


def late_camera(name: str) -> Camera:
    """Return the camera of this name, loaded when it is first used."""
    return cast("Camera", Late(lambda: _driver("qt_camera", "QtCamera", name), NoCamera()))


def _find_scanner(camera: Camera, *, keyboard: bool) -> Scanner:
    by_camera = CameraScanner(camera)
    return JoinedScanner((WedgeScanner(), by_camera)) if keyboard else by_camera


def _find_speech(speaker: Speaker) -> Speech:
    if sys.platform == "win32":
        return cast("Speech", Late(lambda: _driver("qt_speech", "QtSpeech"), NoSpeech()))
    return EspeakSpeech(speaker)


def _driver(module: str, name: str, *given: str) -> Any:
    return getattr(importlib.import_module(f"supportpoint.devices.{module}"), name)(*given)


def _close(device: object) -> None:
    close = getattr(device, "close", None)
    if callable(close):
        close()


def make_application() -> QGuiApplication:
    """Return the Qt application, made when there is none: devices need its events."""
    found = QGuiApplication.instance()
    return found if isinstance(found, QGuiApplication) else QGuiApplication(["supportpoint"])
