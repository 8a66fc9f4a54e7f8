"""Vietnamese speech by espeak-ng, a program of the system that is started for each text.

The program is no part of this one: it is under GPL-3, and so is only started, never shipped or linked.
The text goes through its standard input, because a command line can be read by everybody on the machine.
"""

from __future__ import annotations

import shutil
import struct

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from supportpoint.devices.selftest import SelfTest, absent
from supportpoint.devices.speaker import OnEnd, Speaker

PROGRAM = "espeak-ng"
_WORDS_A_MINUTE = 140
_OPTIONS = ("-v", "vi", "--stdin", "--stdout")
_HEADER_BYTES = 44


class EspeakSpeech(QObject):
    """Makes sound of a text and lets the speaker play it."""

    def __init__(self, speaker: Speaker, program: str = PROGRAM) -> None:
        super().__init__(QCoreApplication.instance())
        self._speaker, self._program = speaker, program
        self._process: QProcess | None = None
        self._on_end: OnEnd | None = None
        self._pace = 1.0

    @property
    def is_there(self) -> bool:
        """The program is installed."""
        return shutil.which(self._program) is not None

    @property
    def name(self) -> str:
        """Return the program's name."""
        return PROGRAM

    def say(self, text: str, on_end: OnEnd) -> None:
        """Say a text; what the program cannot make is not heard, and said so."""
        self.stop()
        if not self.is_there or not text.strip():
            QTimer.singleShot(0, lambda: on_end(False))
            return
        process = QProcess(self)
        process.finished.connect(lambda: self._made(process))
        process.errorOccurred.connect(lambda: self._made(process))
        self._process, self._on_end = process, on_end
        process.start(self._program, [*_OPTIONS, "-s", str(round(_WORDS_A_MINUTE * self._pace))])
        process.write(text.encode())
        process.closeWriteChannel()

    def stop(self) -> None:
        """Be silent."""
        process, self._process, self._on_end = self._process, None, None
        if process is not None:
            process.kill()
            process.waitForFinished(100)
            process.deleteLater()
        self._speaker.stop()

    def set_volume(self, share: float) -> None:
        """Do nothing: the speaker that plays the voice has the volume."""

    def set_pace(self, share: float) -> None:
        """Set how fast the next text is said, 1 as usual."""
        self._pace = share

    def close(self) -> None:
        """End the program."""
        self.stop()

    def self_test(self) -> SelfTest:
        """Say whether the program is installed."""
        return SelfTest(ok=True, facts={"kind": "espeak-ng", "machine": True}) if self.is_there else absent()

    def _made(self, process: QProcess) -> None:
        on_end = self._on_end
        if process is not self._process or on_end is None:
            return
        self._process, self._on_end = None, None
        sound = bytes(process.readAllStandardOutput().data())
        process.deleteLater()
        if len(sound) <= _HEADER_BYTES:
            on_end(False)
        else:
            self._speaker.play(close_wav(sound), on_end)


def close_wav(sound: bytes) -> bytes:
    """Return a WAV with its sizes filled in: a program that writes to a pipe cannot know them before."""
    body = sound[_HEADER_BYTES:]
    head = sound[:4] + struct.pack("<I", len(body) + _HEADER_BYTES - 8) + sound[8:40]
    return head + struct.pack("<I", len(body)) + body
