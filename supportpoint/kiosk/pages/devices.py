"""The pages for the person who sets a kiosk up: every device tried by hand. No villager's page leads here."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.config import error_words
from supportpoint.devices.machine import Devices
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.trials.seeing import CameraTrial, ScannerTrial
from supportpoint.kiosk.trials.sounding import MicrophoneTrial, SpeakerTrial, SpeechTrial
from supportpoint.kiosk.trials.touching import PrinterTrial, TouchTrial
from supportpoint.kiosk.trials.trial import Trial
from supportpoint.kiosk.visit.stage import Stage

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

INDEX, PAGE = "devices", "device"
#: A driver loads for up to a third of a second: the page is drawn first.
SETTLE_MS = 60


@QmlElement
@QmlUncreatable("made by bootstrap")
class DevicesViewModel(QObject):
    """`rows` are maps of id and verdict (untried, good, absent, broken); the rest is of the open device.

    `advice` are the words for `code` in the language of the visit; `look` depends on the device, see trials.
    """

    changed = Signal()

    def __init__(self, stage: Stage, devices: Devices, photos: Photos) -> None:
        super().__init__()
        self._visit, self._navigator = stage.visit, stage.navigator
        self._trials: dict[str, Trial] = {
            "camera": CameraTrial(devices.camera, photos),
            "scanner": ScannerTrial(devices.scanner, stage.clock),
            "microphone": MicrophoneTrial(devices.microphone, devices.speaker),
            "speaker": SpeakerTrial(devices.speaker),
            "speech": SpeechTrial(devices.speech, devices.speaker),
            "printer": PrinterTrial(devices.printer, stage.tasks),
            "touch": TouchTrial(),
        }
        for trial in self._trials.values():
            trial.setParent(self)
            trial.changed.connect(self.changed)
        self._device, self._is_open = "camera", False
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._open)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.languageChanged.connect(self.changed)

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[dict[str, str]]:
        return [{"id": device, "verdict": trial.verdict.value} for device, trial in self._trials.items()]

    @Property(str, notify=changed)
    def device(self) -> str:
        return self._device

    @Property(str, notify=changed)
    def verdict(self) -> str:
        return self._trial.verdict.value

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._trial.code

    @Property(str, notify=changed)
    def advice(self) -> str:
        return error_words(self._trial.code, self._visit.language) if self._trial.code else ""

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._trial.name if self._is_open else ""

    @Property(bool, notify=changed)
    def isFake(self) -> bool:
        return self._is_open and self._trial.is_fake

    @Property("QVariantMap", notify=changed)
    def look(self) -> dict[str, object]:
        return self._trial.look if self._is_open else {}

    @Slot(str)
    def choose(self, device: str) -> None:
        """Open the page of one device."""
        if device in self._trials:
            self._device = device
            self._navigator.open(PAGE)

    @Slot()
    def next(self) -> None:
        """Go on to the next device, after the last one back to the list."""
        self._close()
        places = list(self._trials)
        place = places.index(self._device) + 1
        if place == len(places):
            self._navigator.leave()
            return
        self._device = places[place]
        self.changed.emit()
        self._settle.start()

    @Slot(str)
    def act(self, what: str) -> None:
        """A button of the open page was touched."""
        if self._is_open:
            self._trial.act(what)

    @property
    def _trial(self) -> Trial:
        return self._trials[self._device]

    def _open(self) -> None:
        self._is_open = True
        self._trial.open()
        self.changed.emit()

    def _close(self) -> None:
        self._settle.stop()
        if self._is_open:
            self._is_open = False
            self._trial.close()

    def _page_changed(self) -> None:
        if self._navigator.current == PAGE:
            self.changed.emit()
            self._settle.start()
        else:
            self._close()
