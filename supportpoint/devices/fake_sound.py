"""Stand-ins for sound: a microphone that hears a tone, a speaker that is silent as long as a clip lasts."""

from __future__ import annotations

import math
from array import array

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from supportpoint.devices.microphone import Moment, OnLevel, OnMoment, OnRecording
from supportpoint.devices.ogg import find_sound_ms
from supportpoint.devices.recorder import CHUNKS_PER_S, Recorder
from supportpoint.devices.selftest import StandIn
from supportpoint.devices.speaker import OnEnd
from supportpoint.errors import SupportPointError

_RATE_HZ = 24_000
_TONES_HZ = (440, 330)
_LOUD = 0.3
_UNKNOWN_MS = 300
_WORD_MS = 350


class FakeMicrophone(StandIn, QObject):
    """Hears two tones in turn, which nobody takes for a voice."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._recorder = Recorder()
        self._count = 0
        self._on_moment: OnMoment | None = None
        self._timer = QTimer(self, interval=1000 // CHUNKS_PER_S)
        self._timer.timeout.connect(self._hear)

    def unplug(self) -> None:
        """Be gone; a recording that runs is told so."""
        super().unplug()
        if self._timer.isActive() and self._on_moment is not None:
            self._timer.stop()
            self._on_moment(Moment.LOST)

    def start(self, on_level: OnLevel, on_moment: OnMoment) -> None:
        """Record tones from now on.

        Errors: SP-702 while it is unplugged.
        """
        if not self.is_plugged:
            raise SupportPointError("SP-702", device="microphone")
        self._count, self._on_moment = 0, on_moment
        self._recorder.begin(_RATE_HZ, 1, on_level, on_moment)
        self._timer.start()

    def stop(self, on_recording: OnRecording) -> None:
        """Hand the tones over."""
        self._timer.stop()
        self._recorder.finish(on_recording)

    def cancel(self) -> None:
        """Forget the tones."""
        self._timer.stop()
        self._recorder.forget()

    def close(self) -> None:
        """End the thread."""
        self.cancel()
        self._recorder.close()

    def _hear(self) -> None:
        tone_hz = _TONES_HZ[self._count // CHUNKS_PER_S % len(_TONES_HZ)]
        self._count += 1
        turn = 2 * math.pi * tone_hz / _RATE_HZ
        chunk = (int(_LOUD * 32767 * math.sin(turn * place)) for place in range(_RATE_HZ // CHUNKS_PER_S))
        self._recorder.feed(array("h", chunk).tobytes())
        if self._recorder.is_full:
            self._timer.stop()


class FakeSpeaker(StandIn, QObject):
    """Plays nothing and ends when the clip would have ended. `played` counts clips, `volume` is kept."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self.played = 0
        self.volume = 1.0
        self._on_end: OnEnd | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ended)

    @property
    def is_playing(self) -> bool:
        """A clip is on its way."""
        return self._on_end is not None

    def play(self, clip: bytes, on_end: OnEnd) -> None:
        """Be silent for as long as the clip lasts; say so when it is unplugged."""
        if not self.is_plugged:
            self.stop()
            QTimer.singleShot(0, lambda: on_end(False))
            return
        self.wait(find_sound_ms(clip) or _UNKNOWN_MS, on_end)

    def wait(self, duration_ms: int, on_end: OnEnd) -> None:
        """Be silent for so long."""
        self.played += 1
        self._on_end = on_end
        self._timer.start(duration_ms)

    def stop(self) -> None:
        """End at once and tell nobody."""
        self._on_end = None
        self._timer.stop()

    def set_volume(self, share: float) -> None:
        """Keep it."""
        self.volume = share

    def _ended(self) -> None:
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(True)


class FakeSpeech(StandIn):
    """Says nothing for as long as the words would take."""

    def __init__(self, speaker: FakeSpeaker) -> None:
        self._speaker = speaker

    def say(self, text: str, on_end: OnEnd) -> None:
        """Be silent for a third of a second a word."""
        self._speaker.wait(_WORD_MS * len(text.split()), on_end)

    def stop(self) -> None:
        """End at once."""
        self._speaker.stop()

    def set_volume(self, share: float) -> None:
        """Do nothing."""

    def set_pace(self, share: float) -> None:
        """Do nothing."""
