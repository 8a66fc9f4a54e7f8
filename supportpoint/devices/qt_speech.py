"""Vietnamese speech by the voices of the system, meant for Windows. Loaded by name: see machine.py."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer
from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

from supportpoint.devices.selftest import SelfTest, absent
from supportpoint.devices.speaker import OnEnd

#: Engines that make a sound of their own are no voice.
_NO_VOICES = {"mock"}


class QtSpeech(QObject):
    """A voice of the system, if one of them is Vietnamese."""

    def __init__(self, engine: str = "") -> None:
        super().__init__(QCoreApplication.instance())
        self._speech = QTextToSpeech(engine, self) if engine else QTextToSpeech(self)
        self._is_allowed = bool(engine) or self._speech.engine() not in _NO_VOICES
        self._on_end: OnEnd | None = None
        self._speech.stateChanged.connect(self._state_changed)

    @property
    def is_there(self) -> bool:
        """A Vietnamese voice is installed."""
        return self._is_allowed and self._voice() is not None

    @property
    def name(self) -> str:
        """Return the name of the system's speech."""
        return str(self._speech.engine())

    def say(self, text: str, on_end: OnEnd) -> None:
        """Say a text with the Vietnamese voice."""
        self.stop()
        voice = self._voice() if self._is_allowed else None
        if voice is None or not text.strip():
            QTimer.singleShot(0, lambda: on_end(False))
            return
        self._speech.setVoice(voice)
        self._on_end = on_end
        self._speech.say(text)

    def stop(self) -> None:
        """Be silent."""
        self._on_end = None
        self._speech.stop(QTextToSpeech.BoundaryHint.Immediate)

    def set_volume(self, share: float) -> None:
        """Set how loud the next text is, 0 to 1."""
        self._speech.setVolume(min(max(share, 0.0), 1.0))

    def set_pace(self, share: float) -> None:
        """Set how fast the next text is said, 1 as usual; Qt counts from -1 to 1."""
        self._speech.setRate(min(max(share - 1.0, -1.0), 1.0))

    def close(self) -> None:
        """Be silent."""
        self.stop()

    def self_test(self) -> SelfTest:
        """Name the voice."""
        voice = self._voice() if self._is_allowed else None
        if voice is None:
            return absent()
        return SelfTest(
            ok=True, facts={"kind": self._speech.engine(), "voice": voice.name(), "machine": True}
        )

    def _voice(self) -> QVoice | None:
        ours = (
            one for one in self._speech.availableLocales() if one.language() == QLocale.Language.Vietnamese
        )
        locale = next(ours, None)
        if locale is None:
            return None
        self._speech.setLocale(locale)
        return next(iter(self._speech.availableVoices()), None)

    def _state_changed(self, state: QTextToSpeech.State) -> None:
        if state not in {QTextToSpeech.State.Ready, QTextToSpeech.State.Error}:
            return
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(state == QTextToSpeech.State.Ready)
