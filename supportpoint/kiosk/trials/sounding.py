"""Trying what hears and speaks: the microphone, the loudspeaker and the machine's voice."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from supportpoint.devices.microphone import Microphone, Moment, Recording
from supportpoint.devices.speaker import Speaker, Speech
from supportpoint.devices.tone import make_wav
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.trials.trial import ABSENT_CODE, Trial

RECORD_MS = 3000
BARS = 25
#: Below this nothing was said, or the microphone hears nothing.
HEARD_LEVEL = 0.02
TONE_S = 1.0
VOLUME_STEPS = 5
UNHEARD_CODE = "SP-704"
SENTENCE = "Xin chào bà con. Máy đang thử giọng đọc."


class MicrophoneTrial(Trial):
    """Records three seconds and plays them back. `look`: levels (0 to 1), phase, peak in percent.

    `phase` is idle, recording, ready or playing.
    """

    def __init__(self, microphone: Microphone, speaker: Speaker) -> None:
        super().__init__(microphone)
        self._microphone, self._speaker = microphone, speaker
        self._levels: list[float] = []
        self._phase, self._clip, self._peak = "idle", b"", 0.0
        self._end = QTimer(self, interval=RECORD_MS, singleShot=True)
        self._end.timeout.connect(self._stop)

    @property
    def look(self) -> dict[str, object]:
        """Return the bars and what happens."""
        return {"levels": list(self._levels), "phase": self._phase, "peak": round(100 * self._peak)}

    def open(self) -> None:
        """Say at once when there is none."""
        self.close()
        if not self._microphone.is_there:
            self._judge(ABSENT_CODE)

    def act(self, what: str) -> None:
        """Record, or play what was recorded."""
        if what == "play" and self._clip:
            self._set_phase("playing")
            self._speaker.play(self._clip, lambda _heard: self._set_phase("ready"))
        elif what == "record":
            self._record()

    def close(self) -> None:
        """Forget what was recorded."""
        self._end.stop()
        self._microphone.cancel()
        if self._phase == "playing":
            self._speaker.stop()
        self._levels, self._phase, self._clip, self._peak = [], "idle", b"", 0.0

    def _record(self) -> None:
        self.close()
        try:
            self._microphone.start(self._hear, self._happened)
        except SupportPointError as error:
            self._judge(error.code)
            return
        self._end.start()
        self._set_phase("recording")

    def _hear(self, level: float, _so_far_ms: int) -> None:
        self._levels = [*self._levels, level][-BARS:]
        self.changed.emit()

    def _happened(self, moment: Moment) -> None:
        if moment is Moment.LOST:
            self.close()
            self._judge("SP-704" if self._microphone.is_there else ABSENT_CODE)

    def _stop(self) -> None:
        self._microphone.stop(self._got)

    def _got(self, outcome: Recording | str) -> None:
        if self._phase != "recording":
            return
        if isinstance(outcome, str):
            self._phase = "idle"
            self._judge(outcome)
            return
        self._clip, self._peak, self._phase = outcome.content, outcome.peak, "ready"
        self._judge("" if outcome.peak >= HEARD_LEVEL else UNHEARD_CODE)

    def _set_phase(self, phase: str) -> None:
        if phase != "ready" or self._phase == "playing":
            self._phase = phase
        self.changed.emit()


class _Spoken(Trial):
    """Something that only an ear can judge. `look`: playing, asked (whether it was heard), volume."""

    def __init__(self, device: Speaker | Speech, speaker: Speaker) -> None:
        super().__init__(device)
        self._voice, self._speaker = device, speaker
        self._is_playing = self._is_asked = False
        self._volume = VOLUME_STEPS

    @property
    def look(self) -> dict[str, object]:
        """Return whether it speaks, whether the page asks, and how loud it is, 1 to 5."""
        return {
            "playing": self._is_playing,
            "asked": self._is_asked,
            "volume": self._volume,
            "steps": VOLUME_STEPS,
        }

    def open(self) -> None:
        """Say at once when there is none."""
        self._is_playing = self._is_asked = False
        if not self._voice.is_there:
            self._judge(ABSENT_CODE)

    def act(self, what: str) -> None:
        """Play, say what was heard, or change how loud it is."""
        if what == "play":
            self._is_playing, self._is_asked = True, False
            self._play()
            self.changed.emit()
        elif what in {"heard", "unheard"}:
            self._is_asked = False
            self._judge("" if what == "heard" else UNHEARD_CODE)
        elif what in {"softer", "louder"}:
            step = self._volume + (1 if what == "louder" else -1)
            self._volume = min(max(step, 1), VOLUME_STEPS)
            self._speaker.set_volume(self._volume / VOLUME_STEPS)
            self.changed.emit()

    def close(self) -> None:
        """Be silent."""
        self._is_playing = self._is_asked = False
        self._speaker.stop()
        self._speaker.set_volume(1.0)
        self._volume = VOLUME_STEPS

    def _play(self) -> None:
        """Make the sound; `_ended` is called with whether it was played."""

    def _ended(self, played: bool) -> None:
        if not self._is_playing:
            return
        self._is_playing, self._is_asked = False, played
        if played:
            self.changed.emit()
        else:
            self._judge(UNHEARD_CODE if self._voice.is_there else ABSENT_CODE)


class SpeakerTrial(_Spoken):
    """Plays a tone."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker, speaker)

    def _play(self) -> None:
        self._speaker.play(make_wav(TONE_S), self._ended)


class SpeechTrial(_Spoken):
    """Says a sentence with the machine's voice."""

    def __init__(self, speech: Speech, speaker: Speaker) -> None:
        super().__init__(speech, speaker)
        self._speech = speech

    def close(self) -> None:
        """Be silent."""
        self._speech.stop()
        super().close()

    def _play(self) -> None:
        self._speech.say(SENTENCE, self._ended)
