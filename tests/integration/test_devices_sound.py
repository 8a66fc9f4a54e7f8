"""Sound through the whole system: the speaker is heard by the microphone of a PulseAudio of our own.

Where no PulseAudio is installed only the kind path without a device is tried.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from supportpoint.devices.espeak import close_wav

HEAR = """
import json, sys, time
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
from supportpoint.devices.qt_sound import QtMicrophone, wait_ms
from supportpoint.devices.tone import make_tone
from supportpoint.devices.qt_speaker import QtSpeaker
from supportpoint.devices.opus import OpusWriter

microphone, speaker, found = QtMicrophone(), QtSpeaker(), {}
found["there"] = [microphone.is_there, speaker.is_there]
found["speaker"], found["microphone"] = speaker.self_test().code, microphone.self_test().code
writer = OpusWriter()
writer.write(make_tone(24_000, 1, 1.5, 0.5))
clip = writer.close()
levels, moments, ends, outcome, starts = [], [], [], [], []
if microphone.is_there:
    microphone.start(lambda level, at_ms: levels.append(level), moments.append)
begun = time.perf_counter()
speaker.play(clip, lambda heard: ends.append([heard, time.perf_counter() - begun]))
for _ in range(60):
    wait_ms(100)
    if ends:
        break
wait_ms(2500)
found["ends"] = list(ends)
speaker.play(clip, lambda heard: ends.append("told"))
wait_ms(600)
begun = time.perf_counter()
speaker.stop()
found["stop_ms"] = (time.perf_counter() - begun) * 1000
wait_ms(300)
microphone.stop(outcome.append)
for _ in range(50):
    wait_ms(100)
    if outcome:
        break
found["loudest"] = max(levels, default=0)
found["quietest"] = min(levels, default=0)
found["told"] = "told" in ends
got = outcome[0]
found["recording"] = got
if not isinstance(got, str):
    found["recording"] = [got.duration_ms, len(got.content), got.content[:4].decode()]
speaker.play(b"no sound", lambda heard: ends.append(["junk", heard]))
wait_ms(500)
found["junk"] = ends[-1]
microphone.close(); speaker.close()
print(json.dumps(found))
"""


def hear(server: str) -> dict[str, object]:
    settings = {"PULSE_SERVER": server, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", HEAR],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    found: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    print(found)  # noqa: T201 -- the figures of docs/decisions/0007-sound.md
    return found


def test_what_is_played_is_heard_and_recorded(pulse: str):
    found = hear(pulse)
    assert found["there"] == [True, True]
    assert (found["speaker"], found["microphone"]) == ("", "")
    [[heard, seconds]] = found["ends"]
    assert heard
    assert 1.4 < seconds < 5
    assert found["loudest"] > 0.3
    assert found["quietest"] < 0.01
    assert found["stop_ms"] < 100
    assert not found["told"]
    duration_ms, size, kind = found["recording"]
    assert kind == "OggS"
    assert duration_ms > 1500
    assert size * 8 / duration_ms < 26
    assert found["junk"] == ["junk", False]


def test_without_any_sound_device_it_is_silent_and_says_so(tmp_path: Path):
    found = hear(f"unix:{tmp_path}/nobody")
    assert found["there"] == [False, False]
    assert (found["speaker"], found["microphone"]) == ("SP-702", "SP-702")
    assert [heard for heard, _ in found["ends"]] == [False]
    assert found["told"], "a player that waits for the end must hear of it"
    assert found["recording"] == "SP-706"
    assert found["junk"] == ["junk", False]


def test_a_wav_from_a_pipe_gets_its_sizes():
    head = b"RIFF\xff\xff\xff\x7fWAVEfmt " + b"\x10\0\0\0" + b"\0" * 16 + b"data\xff\xff\xff\x7f"
    closed = close_wav(head + b"ab" * 50)
    assert len(head) == 44
    assert int.from_bytes(closed[4:8], "little") == len(closed) - 8
    assert int.from_bytes(closed[40:44], "little") == 100
    assert closed[44:] == b"ab" * 50
