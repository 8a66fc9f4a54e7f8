"""Microphone and loudspeaker through Qt. Loaded by name when first used: see machine.py."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEventLoop, QIODevice, QObject, QTimer
from PySide6.QtMultimedia import (
    QAudioDevice,
    QAudioFormat,
    QAudioSource,
    QMediaDevices,
    QtAudio,
)

from supportpoint.devices.microphone import Moment, OnLevel, OnMoment, OnRecording
from supportpoint.devices.recorder import Recorder
from supportpoint.devices.selftest import SelfTest, absent
from supportpoint.errors import SupportPointError

#: Rate in Hz and channels that the coder can take, best first.
_FORMATS = ((24_000, 1), (48_000, 1), (48_000, 2), (16_000, 1))
_TEST_ROUNDS, _TEST_MS, _TEST_LEVELS = 40, 100, 5


def sound_format(rate_hz: int, channels: int) -> QAudioFormat:
    """Return the format of 16 bit sound."""
    form = QAudioFormat()
    form.setSampleRate(rate_hz)
    form.setChannelCount(channels)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return form


def choose(devices: list[QAudioDevice], default: QAudioDevice, name: str) -> QAudioDevice:
    """Return the device of this name; the system's own choice where there is none of it."""
    return next((device for device in devices if name and device.description() == name), default)


def wait_ms(duration_ms: int) -> None:
    """Let events happen for so long; only self-tests wait."""
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


class QtMicrophone(QObject):
    """The system's microphone, or the one named in the settings."""

    def __init__(self, name: str = "") -> None:
        super().__init__(QCoreApplication.instance())
        self._name = name
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._recorder = Recorder()
        self._on_moment: OnMoment | None = None

    @property
    def is_there(self) -> bool:
        """Some microphone is connected."""
        return not self._device().isNull()

    @property
    def is_fake(self) -> bool:
        """No."""
        return False

    @property
    def name(self) -> str:
        """Return what the system calls it."""
        return self._device().description()

    def start(self, on_level: OnLevel, on_moment: OnMoment) -> None:
        """Record from now on.

        Errors: SP-702 without a device; SP-704 when it cannot be opened.
        """
        self.cancel()
        device = self._device()
        if device.isNull():
            raise SupportPointError("SP-702", device="microphone")
        forms = (sound_format(*one) for one in _FORMATS)
        form = next((one for one in forms if device.isFormatSupported(one)), None)
        if form is None:
            raise SupportPointError("SP-704", device="microphone", reason="format")
        source = QAudioSource(device, form, self)
        stream = source.start()
        if stream is None or source.error() != QtAudio.Error.NoError:
            source.deleteLater()
            raise SupportPointError("SP-704", device="microphone", reason=source.error().name)
        self._recorder.begin(form.sampleRate(), form.channelCount(), on_level, on_moment)
        self._source, self._stream, self._on_moment = source, stream, on_moment
        stream.readyRead.connect(self._read)
        source.stateChanged.connect(self._state_changed)

    def stop(self, on_recording: OnRecording) -> None:
        """Record no more and hand the recording over soon."""
        self._read()
        self._switch_off()
        self._recorder.finish(on_recording)

    def cancel(self) -> None:
        """Record no more and forget it."""
        self._switch_off()
        self._recorder.forget()

    def close(self) -> None:
        """Let go of the device and the coder's thread."""
        self.cancel()
        self._recorder.close()

    def self_test(self) -> SelfTest:
        """Listen until half a second of sound came, at most four seconds; it is not kept."""
        if not self.is_there:
            return absent()
        levels: list[float] = []
        try:
            self.start(lambda level, _ms: levels.append(level), lambda _moment: None)
        except SupportPointError as error:
            return SelfTest(ok=False, code=error.code, facts=error.facts)
        for _ in range(_TEST_ROUNDS):
            if len(levels) >= _TEST_LEVELS:
                break
            wait_ms(_TEST_MS)
        self.cancel()
        names = [device.description() for device in QMediaDevices.audioInputs()]
        facts = {
            "name": self._device().description(),
            "choices": names,
            "peak": round(max(levels, default=0.0), 3),
        }
        return SelfTest(ok=bool(levels), code="" if levels else "SP-704", facts=facts)

    def _device(self) -> QAudioDevice:
        return choose(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput(), self._name)

    def _read(self) -> None:
        if self._stream is None:
            return
        self._recorder.feed(bytes(self._stream.readAll().data()))
        if self._recorder.is_full:
            self._switch_off()

    def _state_changed(self) -> None:
        if self._source is not None and self._source.state() == QtAudio.State.StoppedState:
            self._switch_off()
            if self._on_moment is not None:
                self._on_moment(Moment.LOST)

    def _switch_off(self) -> None:
        source, self._source, self._stream = self._source, None, None
        if source is not None:
            source.reset()
            source.deleteLater()
