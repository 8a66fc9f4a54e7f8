"""The short sound before another language than the visit's own. Pure."""

from __future__ import annotations

import io
import math
import wave
from array import array
from functools import cache

_RATE_HZ = 24_000
_TONES_HZ = (660, 880)
_TONE_S = 0.12
_LOUD = 0.25


@cache
def make_chime() -> bytes:
    """Return two soft tones as WAV, a quarter of a second."""
    count = int(_RATE_HZ * _TONE_S)
    samples = array("h")
    for tone_hz in _TONES_HZ:
        for place in range(count):
            fade = math.sin(math.pi * place / count)
            samples.append(int(_LOUD * 32767 * fade * math.sin(2 * math.pi * tone_hz * place / _RATE_HZ)))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(_RATE_HZ)
        writer.writeframes(samples.tobytes())
    return file.getvalue()
