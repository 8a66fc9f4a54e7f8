"""A soft tone, for hearing whether a loudspeaker speaks."""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array

RATE_HZ = 24_000


def make_tone(rate_hz: int, channels: int, duration_s: float, share: float = 0.1) -> bytes:
    """Return a tone of 440 Hz, 16 bit; `share` of the loudest."""
    count = int(rate_hz * duration_s)
    values = (int(share * 32767 * math.sin(2 * math.pi * 440 * place / rate_hz)) for place in range(count))
    return array("h", (value for one in values for value in [one] * channels)).tobytes()


def make_wav(duration_s: float, share: float = 0.3) -> bytes:
    """Return the tone as a WAV, mono."""
    return write_wav(array("h", make_tone(RATE_HZ, 1, duration_s, share)))


def write_wav(samples: array[int]) -> bytes:
    """Return 16 bit samples at `RATE_HZ`, mono, as a WAV."""
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(samples.tobytes())
    return file.getvalue()
