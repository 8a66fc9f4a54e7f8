"""The player on the real speaker driver: what comes out of the sound system, and how soon it is silent."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

TRIALS = 5
SILENT_WITHIN_MS = 100
PLAY = """
import array, json, subprocess, sys, threading, time
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
from supportpoint.devices.espeak import EspeakSpeech
from supportpoint.devices.opus import OpusWriter
from supportpoint.devices.qt_sound import wait_ms
from supportpoint.devices.tone import make_tone
from supportpoint.devices.qt_speaker import QtSpeaker
from supportpoint.kiosk.voice.chain import Line, Mark, Way
from supportpoint.kiosk.voice.player import Player

speaker = QtSpeaker()
speech = EspeakSpeech(speaker)
player = Player(speaker, speech)
levels = []
form = ["--format=s16le", "--rate=24000", "--channels=1", "--latency-msec=5"]
ear = subprocess.Popen(["parec", "-d", "hall.monitor", *form], stdout=subprocess.PIPE)

def listen():
    while chunk := ear.stdout.read(480):
        levels.append((time.monotonic(), max(map(abs, array.array("h", chunk)))))

def loud(since):
    return [at for at, level in levels if at >= since and level > 500]

def wait_for(is_so):
    for _ in range(1000):
        if is_so():
            return
        wait_ms(10)

threading.Thread(target=listen, daemon=True).start()
writer = OpusWriter()
writer.write(make_tone(24_000, 1, 3.0, 0.5))
clip = writer.close()
words = "Bà con cần làm gì? Chạm vào một hình để làm giấy tờ, bán hàng hay hỏi luật."
lines = {"clip": Line("a", ((Way((clip,)),),))}
if speech.is_there:
    lines["machine"] = Line("b", ((Way(text=words, mark=Mark.MACHINE),),))
found = {"tails_ms": {}, "starts_ms": {}}
for name, line in lines.items():
    starts, tails = [], []
    for _ in range(int(sys.argv[1])):
        begun = time.monotonic()
        player.play([line])
        wait_for(lambda: loud(begun))
        starts.append((loud(begun)[0] - begun) * 1000)
        wait_ms(300)
        stopped = time.monotonic()
        player.stop()
        wait_ms(400)
        tails.append((max(loud(stopped), default=stopped) - stopped) * 1000)
    found["starts_ms"][name] = [round(one) for one in starts]
    found["tails_ms"][name] = [round(one) for one in tails]
heard, ends = [], []
player.changed.connect(lambda: heard.append(player.line))
player.ended.connect(lambda: ends.append(True))
player.play([lines["clip"], Line("nobody"), lines["clip"]])
wait_for(lambda: ends)
found["script"] = [line for line in dict.fromkeys(heard) if line]
ear.kill()
speaker.close()
print(json.dumps(found))
"""


def test_a_stopped_voice_is_silent_within_a_tenth_of_a_second(pulse: str):
    if shutil.which("parec") is None:
        pytest.skip("no parec to listen with")
    settings = {"PULSE_SERVER": pulse, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", PLAY, str(TRIALS)],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    print(found)  # noqa: T201 -- the figures of docs/decisions/0008-listening.md
    assert max(max(one) for one in found["tails_ms"].values()) <= SILENT_WITHIN_MS
    assert all(len(one) == TRIALS for one in found["starts_ms"].values())
    assert found["script"] == ["a", "nobody"]
