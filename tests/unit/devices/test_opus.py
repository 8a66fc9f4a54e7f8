"""Sound becomes small Ogg Opus in memory and comes back as what it was."""

from __future__ import annotations

import math
import random
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from supportpoint.devices.ogg import find_sound_ms
from supportpoint.devices.opus import RATE_HZ, OpusWriter, join_sounds, read_sound
from supportpoint.errors import SupportPointError


def tone(seconds: float, hz: float) -> bytes:
    return array(
        "h", (int(8000 * math.sin(2 * math.pi * hz * at / RATE_HZ)) for at in range(int(seconds * RATE_HZ)))
    ).tobytes()


def written(pcm: bytes) -> bytes:
    writer = OpusWriter()
    for place in range(0, len(pcm), 4800):
        writer.write(pcm[place : place + 4800])
    return writer.close()


def crossings(pcm: bytes) -> int:
    samples = array("h", pcm)
    return sum(one < 0 <= two for one, two in pairwise(samples))


def test_a_tone_survives():
    clip = written(tone(2, 440))
    assert clip.startswith(b"OggS")
    assert b"OpusHead" in clip[:64]
    pcm, rate = read_sound(clip)
    assert rate == RATE_HZ
    assert len(pcm) / 2 / rate == pytest.approx(2, abs=0.02)
    assert crossings(pcm) == pytest.approx(880, abs=10)


def test_speech_like_sound_takes_16_to_24_kbit_a_second():
    chance = random.Random(1)
    hum = array("h", tone(8, 220))
    noisy = array("h", (one + int(chance.gauss(0, 600)) for one in hum)).tobytes()
    assert 12_000 < len(written(noisy)) * 8 / 8 < 24_000


def test_two_clips_become_one():
    both = join_sounds(written(tone(1, 440)), written(tone(2, 330)))
    assert find_sound_ms(both) == pytest.approx(3000, abs=60)
    head, tail = read_sound(both)[0][: 2 * RATE_HZ], read_sound(both)[0][2 * RATE_HZ :]
    assert crossings(head) == pytest.approx(440, abs=20)
    assert crossings(tail) == pytest.approx(660, abs=20)


@pytest.mark.parametrize("content", [b"", b"OggS", b"no sound at all" * 9])
def test_what_is_no_sound_is_refused(content: bytes):
    with pytest.raises(SupportPointError, match="SP-706"):
        read_sound(content)


def test_nothing_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    written(tone(1, 440))
    assert list(tmp_path.iterdir()) == []
