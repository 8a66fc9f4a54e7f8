"""The stand-ins of sound record tones and are silent as long as a clip lasts."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from supportpoint.devices.fake_sound import FakeMicrophone, FakeSpeaker, FakeSpeech
from supportpoint.devices.microphone import Recording
from supportpoint.devices.ogg import find_sound_ms


def test_a_recording_of_tones_is_real_opus_and_played_in_its_time(qapp: object, qtbot: Any):
    microphone, speaker = FakeMicrophone(), FakeSpeaker()
    levels: list[tuple[float, int]] = []
    found: list[Any] = []
    microphone.start(lambda level, at_ms: levels.append((level, at_ms)), lambda moment: None)
    qtbot.waitUntil(lambda: len(levels) >= 5, timeout=10_000)
    microphone.stop(found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    recording = found[0]
    assert isinstance(recording, Recording)
    assert recording.duration_ms >= 500
    assert 0.25 < recording.peak < 0.35
    assert abs(find_sound_ms(recording.content) - recording.duration_ms) < 40
    assert "OggS" not in repr(recording)
    ends: list[bool] = []
    speaker.play(recording.content, ends.append)
    assert speaker.is_playing
    qtbot.waitUntil(lambda: ends == [True], timeout=5_000)
    microphone.close()


def test_stopping_before_a_sound_hands_nothing_over(qapp: object):
    microphone, found = FakeMicrophone(), []
    microphone.stop(found.append)
    microphone.start(lambda level, at_ms: None, lambda moment: None)
    microphone.cancel()
    microphone.stop(found.append)
    assert found == ["SP-706", "SP-706"]
    microphone.close()


def test_a_coder_that_cannot_load_is_said(qapp: object, qtbot: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "supportpoint.devices.opus", None)
    microphone, levels, found = FakeMicrophone(), [], []
    microphone.start(lambda level, at_ms: levels.append(level), lambda moment: None)
    qtbot.waitUntil(lambda: bool(levels), timeout=10_000)
    microphone.stop(found.append)
    qtbot.waitUntil(lambda: found == ["SP-706"], timeout=10_000)
    microphone.close()


def test_a_stopped_or_replaced_clip_tells_nobody(qapp: object, qtbot: Any):
    speaker, ends = FakeSpeaker(), []
    speech = FakeSpeech(speaker)
    speech.say("xin chào bà con", lambda heard: ends.append("first"))
    speaker.play(b"", lambda heard: ends.append("second"))
    qtbot.waitUntil(lambda: bool(ends))
    speech.say("một hai", lambda heard: ends.append("third"))
    speech.stop()
    qtbot.wait(800)
    assert ends == ["second"]
