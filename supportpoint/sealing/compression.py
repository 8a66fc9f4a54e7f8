"""Zstandard with the dictionary of a form version, and a cap on what may come out."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import zstandard

from supportpoint.errors import SupportPointError

ZSTD = "zstd"
"""Content-Encoding of a request whose body is one frame that names the size of what it holds."""
MAX_CONTENT_BYTES = 16 * 1024 * 1024
_HARD_LEVEL_UP_TO_BYTES = 64 * 1024


def make_dictionary_id(dictionary: bytes) -> str:
    """Return the id of a dictionary: 16 hex digits of its SHA-256, "" for none."""
    return hashlib.sha256(dictionary).hexdigest()[:16] if dictionary else ""


@lru_cache(maxsize=16)
def _load(dictionary: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(dictionary)


def compress(content: bytes, dictionary: bytes) -> bytes:
    """Return one frame that names its content size. Photos are large and already dense: little effort."""
    return zstandard.ZstdCompressor(
        level=19 if len(content) <= _HARD_LEVEL_UP_TO_BYTES else 1,
        dict_data=_load(dictionary) if dictionary else None,
        write_dict_id=False,
    ).compress(content)


def decompress(frame: bytes, dictionary: bytes, most_bytes: int = MAX_CONTENT_BYTES) -> bytes:
    """Return the content of a frame.

    Errors: SP-401 when it is damaged, needs another dictionary, or holds more than `most_bytes`.
    """
    try:
        size = zstandard.get_frame_parameters(frame).content_size
        if size > most_bytes:  # an unknown size reads as 2**64 - 1
            raise SupportPointError("SP-401", reason="too large")
        return zstandard.ZstdDecompressor(dict_data=_load(dictionary) if dictionary else None).decompress(
            frame
        )
    except zstandard.ZstdError as error:
        raise SupportPointError("SP-401", reason="compression") from error
