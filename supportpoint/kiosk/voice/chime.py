"""The short sound before another language than the visit's own. Pure."""

from __future__ import annotations

import math
from array import array
from functools import cache

from supportpoint.devices.tone import RATE_HZ, write_wav

_TONES_HZ = (660, 880)
_TONE_S = 0.12
_LOUD = 0.25


@cache
def make_chime() -> bytes:
    """Return two soft tones as WAV, a quarter of a second."""
    count = int(RATE_HZ * _TONE_S)
    samples = array("h")
    for tone_hz in _TONES_HZ:
        for place in range(count):
            fade = math.sin(math.pi * place / count)
            samples.append(int(_LOUD * 32767 * fade * math.sin(2 * math.pi * tone_hz * place / RATE_HZ)))
    return write_wav(samples)
