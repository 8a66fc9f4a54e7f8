"""A recording counts its time in sound, keeps its limits and tells silence."""

from __future__ import annotations

from array import array

import pytest

from supportpoint.devices.microphone import HARD_LIMIT_S, QUIET_S, SOFT_LIMIT_S, Moment
from supportpoint.devices.take import Take

RATE = 8000


def sound(seconds: float, level: int = 9000, channels: int = 1) -> bytes:
    return array("h", [level] * int(seconds * RATE * channels)).tobytes()


@pytest.fixture
def said() -> list[object]:
    return []


@pytest.fixture
def take(said: list[object]) -> Take:
    return Take(RATE, 1, lambda level, at_ms: None, said.append)


def test_level_and_time(said: list[object]):
    levels: list[tuple[float, int]] = []
    take = Take(RATE, 1, lambda level, at_ms: levels.append((round(level, 2), at_ms)), said.append)
    take.feed(sound(0.1, 16384))
    take.feed(sound(0.1, -32768))
    take.feed(sound(0.1, 0))
    assert levels == [(0.5, 100), (1.0, 200), (0.0, 300)]
    assert (take.peak, take.duration_ms) == (1.0, 300)


def test_soft_and_hard_limit_come_once_and_cut_to_the_sample(take: Take, said: list[object]):
    kept = sum(len(take.feed(sound(7))) for _ in range(50))
    assert said == [Moment.SOFT_LIMIT, Moment.HARD_LIMIT]
    assert kept == HARD_LIMIT_S * RATE * 2
    assert take.is_full
    assert take.feed(sound(1)) == b""


def test_the_soft_limit_comes_at_its_time(take: Take, said: list[object]):
    take.feed(sound(SOFT_LIMIT_S - 0.1))
    assert said == []
    take.feed(sound(0.1))
    assert said == [Moment.SOFT_LIMIT]


def test_silence_is_told_once_and_again_after_a_voice(take: Take, said: list[object]):
    take.feed(sound(QUIET_S, 0))
    take.feed(sound(QUIET_S, 0))
    assert said == [Moment.QUIET]
    take.feed(sound(1))
    take.feed(sound(QUIET_S, 0))
    assert said == [Moment.QUIET, Moment.QUIET]


def test_half_a_sample_waits_and_two_channels_become_one():
    take = Take(RATE, 2, lambda level, at_ms: None, lambda moment: None)
    stereo = array("h", [1, 100, 2, 200, 3, 300]).tobytes()
    kept = take.feed(stereo[:5]) + take.feed(stereo[5:])
    assert array("h", kept).tolist() == [1, 2, 3]
