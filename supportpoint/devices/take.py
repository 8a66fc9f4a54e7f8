"""Counts and measures a recording while it runs: level, limits, silence. Knows no device."""

from __future__ import annotations

import sys
from array import array

from supportpoint.devices.microphone import (
    HARD_LIMIT_S,
    QUIET_S,
    SOFT_LIMIT_S,
    Moment,
    OnLevel,
    OnMoment,
)

#: Below this peak nobody speaks.
QUIET_LEVEL = 0.02
_FULL = 32768


class Take:
    """One recording. Sound is 16 bit, little-endian, `channels` interleaved; time is counted in samples."""

    def __init__(self, rate_hz: int, channels: int, on_level: OnLevel, on_moment: OnMoment) -> None:
        self._rate, self._channels = rate_hz, channels
        self._on_level, self._on_moment = on_level, on_moment
        self._rest = b""
        self._samples = self._last_voice = 0
        self._is_quiet = False
        self.peak = 0.0
        self.is_full = False

    @property
    def duration_ms(self) -> int:
        """How much was recorded."""
        return self._samples * 1000 // self._rate

    def feed(self, pcm: bytes) -> bytes:
        """Take sound and return what belongs to the recording as mono: nothing after the hard limit."""
        if self.is_full:
            return b""
        samples = self._mono(pcm)
        before = self._samples
        del samples[max(0, HARD_LIMIT_S * self._rate - before) :]
        self._samples += len(samples)
        level = max(max(samples, default=0), -min(samples, default=0)) / _FULL
        self.peak = max(self.peak, level)
        self._tell(level, before)
        return _little_endian(samples)

    def _mono(self, pcm: bytes) -> array[int]:
        whole = self._rest + pcm
        size = 2 * self._channels
        used = len(whole) // size * size
        self._rest = whole[used:]
        return _samples(whole[:used])[:: self._channels]

    def _tell(self, level: float, before: int) -> None:
        self._on_level(min(level, 1.0), self.duration_ms)
        if level >= QUIET_LEVEL:
            self._last_voice, self._is_quiet = self._samples, False
        elif not self._is_quiet and self._samples - self._last_voice >= QUIET_S * self._rate:
            self._is_quiet = True
            self._on_moment(Moment.QUIET)
        if before < SOFT_LIMIT_S * self._rate <= self._samples:
            self._on_moment(Moment.SOFT_LIMIT)
        if self._samples >= HARD_LIMIT_S * self._rate:
            self.is_full = True
            self._on_moment(Moment.HARD_LIMIT)


def _samples(pcm: bytes) -> array[int]:
    samples = array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _little_endian(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
