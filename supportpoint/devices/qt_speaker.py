"""Plays one clip from memory through Qt. Loaded by name when first used: see machine.py."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, QTimer
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioDecoder,
    QAudioDevice,
    QAudioSink,
    QMediaDevices,
    QtAudio,
)

from supportpoint.devices.qt_sound import choose, sound_format, wait_ms
from supportpoint.devices.selftest import SelfTest, absent
from supportpoint.devices.speaker import OnEnd
from supportpoint.devices.tone import make_tone

_RATE_HZ, _CHANNELS = 48_000, 2
_TEST_S = 0.4
#: A clip is decoded whole before it sounds; more than this is refused.
_MAX_PCM_BYTES = 20 * 60 * _RATE_HZ * _CHANNELS * 2


class _Clip(QObject):
    """A clip on its way: decoded, played, ended. Dropped whole when another takes its place."""

    def __init__(self, device: QAudioDevice, on_end: OnEnd, volume: float, parent: QObject) -> None:
        super().__init__(parent)
        self._on_end: OnEnd | None = on_end
        self._pcm = bytearray()
        self._buffer = QBuffer(self)
        self._source = QBuffer(self)
        self._decoder = QAudioDecoder(self)
        self._sink = QAudioSink(device, sound_format(_RATE_HZ, _CHANNELS), self)
        self._is_playing = False
        self.set_volume(volume)

    def decode(self, clip: bytes) -> None:
        self._source.setData(QByteArray(clip))
        self._source.open(QIODevice.OpenModeFlag.ReadOnly)
        self._decoder.setAudioFormat(sound_format(_RATE_HZ, _CHANNELS))
        self._decoder.setSourceDevice(self._source)
        self._decoder.bufferReady.connect(self._decoded)
        self._decoder.finished.connect(self._decoded_all)
        self._decoder.error.connect(self._failed)
        self._decoder.start()

    def play_pcm(self, pcm: bytes) -> None:
        self._buffer.setData(QByteArray(pcm))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._is_playing = True
        self._sink.stateChanged.connect(self._sink_changed)
        self._sink.start(self._buffer)

    def set_volume(self, share: float) -> None:
        self._sink.setVolume(
            QtAudio.convertVolume(
                share, QtAudio.VolumeScale.LogarithmicVolumeScale, QtAudio.VolumeScale.LinearVolumeScale
            )
        )

    def drop(self) -> None:
        """Be silent at once and tell nobody."""
        self._on_end = None
        self._decoder.stop()
        self._sink.reset()
        self._buffer.close()
        self.deleteLater()

    def _decoded(self) -> None:
        part: QAudioBuffer = self._decoder.read()
        self._pcm += bytes(part.constData())
        if len(self._pcm) > _MAX_PCM_BYTES:
            self._end(heard=False)

    def _decoded_all(self) -> None:
        if self._on_end is None:
            return
        if self._pcm:
            self.play_pcm(bytes(self._pcm))
            self._pcm.clear()
        else:
            self._end(heard=False)

    def _failed(self) -> None:
        self._end(heard=False)

    def _sink_changed(self) -> None:
        ended = self._sink.state() in {QtAudio.State.IdleState, QtAudio.State.StoppedState}
        if not (self._is_playing and ended):
            return
        self._end(heard=self._buffer.atEnd() and self._sink.error() != QtAudio.Error.FatalError)

    def _end(self, *, heard: bool) -> None:
        on_end, self._on_end = self._on_end, None
        self._is_playing = False
        if on_end is not None:
            on_end(heard)


class QtSpeaker(QObject):
    """The system's loudspeaker, or the one named in the settings."""

    def __init__(self, name: str = "") -> None:
        super().__init__(QCoreApplication.instance())
        self._name, self._volume = name, 1.0
        self._clip: _Clip | None = None

    @property
    def is_there(self) -> bool:
        """Some sound device is connected."""
        return not self._device().isNull()

    @property
    def is_fake(self) -> bool:
        """No."""
        return False

    @property
    def name(self) -> str:
        """Return what the system calls it."""
        return self._device().description()

    def play(self, clip: bytes, on_end: OnEnd) -> None:
        """Stop what plays and play a clip; silent, and says so, without a device."""
        self.stop()
        device = self._device()
        if device.isNull() or not clip:
            QTimer.singleShot(0, lambda: on_end(False))
            return
        self._clip = _Clip(device, on_end, self._volume, self)
        self._clip.decode(clip)

    def stop(self) -> None:
        """Be silent at once."""
        clip, self._clip = self._clip, None
        if clip is not None:
            clip.drop()

    def set_volume(self, share: float) -> None:
        """Set how loud it is, 0 to 1 as an ear hears it."""
        self._volume = min(max(share, 0.0), 1.0)
        if self._clip is not None:
            self._clip.set_volume(self._volume)

    def close(self) -> None:
        """Let go of the device."""
        self.stop()

    def self_test(self) -> SelfTest:
        """Play a soft tone of 0.4 s; whether it was heard, an ear must say."""
        device = self._device()
        if device.isNull():
            return absent()
        self.stop()
        ends: list[bool] = []
        self._clip = _Clip(device, ends.append, self._volume, self)
        self._clip.play_pcm(make_tone(_RATE_HZ, _CHANNELS, _TEST_S))
        for _ in range(30):
            if ends:
                break
            wait_ms(100)
        self.stop()
        ok = ends == [True]
        names = [one.description() for one in QMediaDevices.audioOutputs()]
        return SelfTest(
            ok=ok, code="" if ok else "SP-704", facts={"name": device.description(), "choices": names}
        )

    def _device(self) -> QAudioDevice:
        return choose(QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput(), self._name)
