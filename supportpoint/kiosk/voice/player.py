"""The one player: line after line, never two at a time, silent at once when told."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from supportpoint.devices.speaker import OnEnd, Speaker, Speech
from supportpoint.kiosk.voice.chain import Clip, Line, Mark, Way
from supportpoint.kiosk.voice.chime import make_chime

GAP_MS = 350
#: How long a line that cannot be heard stays ringed and captioned, by its words.
SILENT_MS_PER_WORD = 400
SILENT_MS = (3000, 8000)

#: What begins something and is told whether it was heard.
_Act = Callable[[OnEnd], None]
_Performance = Generator[_Act, bool, bool]
_OTHER_LANGUAGE = frozenset({Mark.VIETNAMESE, Mark.VIETNAMESE_MACHINE})


class Player(QObject):
    """Speaks scripts. `line` is what is being spoken and `mark` by whom; both are empty in silence."""

    changed = Signal()
    ended = Signal(bool)
    """A script came to its end, its last line heard or not; one that is stopped or replaced tells nobody."""

    def __init__(self, speaker: Speaker, speech: Speech) -> None:
        super().__init__()
        self._speaker, self._speech = speaker, speech
        self._performance: _Performance | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._wait_ended)
        self._on_wait_end: OnEnd | None = None
        self.line = ""
        self.mark = Mark.NONE

    @property
    def is_busy(self) -> bool:
        """A script is on its way."""
        return self._performance is not None

    def has_speaker(self) -> bool:
        """Return whether anything can be heard; the first call loads the sound modules."""
        return self._speaker.is_there

    def has_machine(self) -> bool:
        """Return whether the machine's Vietnamese voice can be heard."""
        return self._speaker.is_there and self._speech.is_there

    def limit(self, line: Line) -> Line:
        """Return a line with the ways that can be heard here."""
        return line.limit(speaker=self.has_speaker(), machine=self.has_machine())

    def play(self, script: Sequence[Line]) -> None:
        """Stop what is spoken and speak this script; words without a way are shown for a while."""
        self.stop()
        performance = self._performance = self._perform(script)
        self._go_on(performance, partial(next, performance))

    def stop(self) -> None:
        """Be silent at once."""
        if self._performance is None:
            return
        self._performance = self._on_wait_end = None
        self._timer.stop()
        self._speech.stop()
        self._speaker.stop()
        self._show("", Mark.NONE)

    def set_volume(self, share: float) -> None:
        """Set how loud both voices are, 0 to 1."""
        self._speaker.set_volume(share)
        self._speech.set_volume(share)

    def set_pace(self, share: float) -> None:
        """Set how fast the machine reads, 1 as usual; a recording keeps its own pace."""
        self._speech.set_pace(share)

    def _perform(self, script: Sequence[Line]) -> _Performance:
        has_chimed = was_heard = False
        for place, line in enumerate(script):
            if place:
                yield partial(self._wait, GAP_MS)
            was_heard = False
            for ways in line.stretches:
                for way in ways:
                    self._show(line.text, way.mark)
                    if way.mark in _OTHER_LANGUAGE and not has_chimed:
                        has_chimed = yield partial(self._sound, make_chime())
                    heard = yield from self._speak(way)
                    was_heard = was_heard or heard
                    if heard:
                        break
            if not was_heard and line.text:
                self._show(line.text, Mark.SILENT)
                yield partial(self._wait, _silent_ms(line.text))
        return was_heard

    def _speak(self, way: Way) -> Generator[_Act, bool, bool]:
        if not way.clips:
            return (yield partial(self._speech.say, way.text))
        for clip in way.clips:
            if not (yield partial(self._sound, clip)):
                return False
        return True

    def _go_on(self, performance: _Performance, step: Callable[[], _Act]) -> None:
        if performance is not self._performance:
            return
        try:
            act = step()
        except StopIteration as end:
            self._performance = None
            self._show("", Mark.NONE)
            self.ended.emit(end.value)
            return
        act(lambda heard: self._go_on(performance, partial(performance.send, heard)))

    def _sound(self, clip: Clip, on_end: OnEnd) -> None:
        try:
            content = clip.read_bytes() if isinstance(clip, Path) else clip
        except OSError:
            content = b""
        self._speaker.play(content, on_end)

    def _wait(self, duration_ms: int, on_end: OnEnd) -> None:
        self._on_wait_end = on_end
        self._timer.start(duration_ms)

    def _wait_ended(self) -> None:
        on_end, self._on_wait_end = self._on_wait_end, None
        if on_end is not None:
            on_end(True)

    def _show(self, line: str, mark: Mark) -> None:
        if (line, mark) != (self.line, self.mark):
            self.line, self.mark = line, mark
            self.changed.emit()


def _silent_ms(text: str) -> int:
    shortest, longest = SILENT_MS
    return max(shortest, min(longest, SILENT_MS_PER_WORD * len(text.split())))
