"""Turns running sound into an Opus recording on a thread of its own, so that pages never wait for it."""

from __future__ import annotations

import importlib
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from supportpoint.devices.microphone import OnLevel, OnMoment, OnRecording, Recording
from supportpoint.devices.take import Take
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.devices.opus import OpusWriter

CHUNKS_PER_S = 10


class Recorder(QObject):
    """One recording at a time. `feed` and `finish` are called on the main thread."""

    _ready = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._thread: ThreadPoolExecutor | None = None
        self._writer: Future[OpusWriter] | None = None
        self._take: Take | None = None
        self._waiting, self._chunk = bytearray(), 0
        self._ready.connect(_deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_full(self) -> bool:
        """The hard limit was met."""
        return self._take is not None and self._take.is_full

    def begin(self, rate_hz: int, channels: int, on_level: OnLevel, on_moment: OnMoment) -> None:
        """Forget what there was and begin anew."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "sound")
        self._take = Take(rate_hz, channels, on_level, on_moment)
        self._waiting.clear()
        self._chunk = rate_hz * channels * 2 // CHUNKS_PER_S
        self._writer = self._thread.submit(_open_writer, rate_hz)

    def feed(self, pcm: bytes) -> None:
        """Add sound of the device; it is measured and coded a tenth of a second at a time."""
        self._waiting += pcm
        if len(self._waiting) >= self._chunk:
            self._pass_on()

    def finish(self, on_recording: OnRecording) -> None:
        """Hand over what was recorded, or SP-706 when nothing was."""
        self._pass_on()
        take, writer = self._take, self._writer
        self.forget()
        if take is None or writer is None or self._thread is None or not take.duration_ms:
            on_recording("SP-706")
            return
        self._thread.submit(self._close, take, writer, on_recording)

    def forget(self) -> None:
        """Let go of what was recorded."""
        self._take = self._writer = None
        self._waiting.clear()

    def close(self) -> None:
        """End the thread; nothing is handed over after this."""
        self.forget()
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)
            self._thread = None

    def _pass_on(self) -> None:
        take, writer, thread = self._take, self._writer, self._thread
        sound = bytes(self._waiting)
        self._waiting.clear()
        mono = take.feed(sound) if take is not None else b""
        if mono and writer is not None and thread is not None:
            thread.submit(lambda: writer.result().write(mono))

    def _close(self, take: Take, writer: Future[OpusWriter], on_recording: OnRecording) -> None:
        outcome: Recording | str = "SP-706"
        try:
            outcome = Recording(writer.result().close(), take.duration_ms, take.peak)
        except (ImportError, SupportPointError, OSError, RuntimeError):
            outcome = "SP-706"
        self._ready.emit(on_recording, outcome)


def join_recordings(first: bytes, second: bytes) -> bytes:
    """Return one clip of two. The coder loads here: call it off the main thread.

    Errors: SP-706 when one is no sound, or their rates differ.
    """
    joined: bytes = importlib.import_module("supportpoint.devices.opus").join_sounds(first, second)
    return joined


def _open_writer(rate_hz: int) -> OpusWriter:
    """Load the coder and open a file in memory."""
    writer: OpusWriter = importlib.import_module("supportpoint.devices.opus").OpusWriter(rate_hz)
    return writer


def _deliver(on_recording: OnRecording, outcome: Recording | str) -> None:
    on_recording(outcome)
