"""How long an Ogg Opus clip lasts, read from its bytes alone: no coder is loaded for it. Pure."""

from __future__ import annotations

import struct

_PAGE, _RATE_HZ = b"OggS", 48_000
_GRANULE = struct.Struct("<q")
_GRANULE_AT = 6
_LONGEST_S = 3600


def find_sound_ms(content: bytes) -> int | None:
    """Return how long a clip lasts in ms by the time of its last page, None for anything else."""
    place = content.rfind(_PAGE)
    if place < 0 or len(content) < place + _GRANULE_AT + _GRANULE.size:
        return None
    samples: int = _GRANULE.unpack_from(content, place + _GRANULE_AT)[0]
    return samples * 1000 // _RATE_HZ if 0 < samples < _RATE_HZ * _LONGEST_S else None
