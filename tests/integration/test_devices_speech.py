"""Machine speech: the text goes through a pipe, not a command line; without a voice it is silent."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from supportpoint.devices.espeak import EspeakSpeech
from supportpoint.devices.fake_sound import FakeSpeaker
from supportpoint.devices.qt_speech import QtSpeech

#: Writes down its arguments and gives 100 bytes of sound with what it was told in it.
PROGRAM = """#!{python}
import sys, time
text = sys.stdin.buffer.read()
open({log!r}, "w").write(" ".join(sys.argv[1:]))
if b"slow" in text:
    time.sleep(20)
if b"nothing" not in text:
    sys.stdout.buffer.write(b"RIFF" + b"\\0" * 40 + text.ljust(100, b"."))
"""


class Heard(FakeSpeaker):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.clips: list[bytes] = []

    def play(self, clip: bytes, on_end: Any) -> None:
        self.clips.append(clip)
        super().play(clip, on_end)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "espeak-ng"
    path.write_text(PROGRAM.format(python=sys.executable, log=str(tmp_path / "arguments")), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return path


def test_a_text_becomes_a_clip_of_the_speaker(qapp: object, qtbot: Any, program: Path):
    speaker = Heard()
    speech, ends = EspeakSpeech(speaker), []
    assert speech.is_there
    assert speech.self_test().facts["machine"] is True
    speech.say("Xin chào bà con", ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=10_000)
    assert ends == [True]
    assert "Xin chào bà con".encode() in speaker.clips[0]
    assert int.from_bytes(speaker.clips[0][40:44], "little") == 100
    arguments = (program.parent / "arguments").read_text(encoding="utf-8")
    assert "-v vi" in arguments
    assert "chào" not in arguments


def test_a_program_that_makes_nothing_is_not_heard(qapp: object, qtbot: Any, program: Path):
    speech, ends = EspeakSpeech(Heard()), []
    speech.say("nothing", ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=10_000)
    assert ends == [False]


def test_stopping_ends_the_program_at_once(qapp: object, qtbot: Any, program: Path):
    speaker = Heard()
    speech, ends = EspeakSpeech(speaker), []
    speech.say("slow", ends.append)
    qtbot.wait(500)
    speech.stop()
    qtbot.wait(300)
    assert (ends, speaker.clips) == ([], [])


def test_without_a_program_it_is_silent(qapp: object, qtbot: Any):
    speech, ends = EspeakSpeech(Heard(), program="no-such-program"), []
    assert not speech.is_there
    assert speech.self_test().code == "SP-702"
    speech.say("xin chào", ends.append)
    qtbot.waitUntil(lambda: ends == [False])


def test_a_system_without_a_vietnamese_voice_is_silent(qapp: object, qtbot: Any):
    """Qt's own stand-in engine speaks no Vietnamese."""
    speech, ends = QtSpeech("mock"), []
    assert not speech.is_there
    assert speech.self_test().code == "SP-702"
    speech.say("xin chào", ends.append)
    qtbot.waitUntil(lambda: ends == [False])
    speech.close()
