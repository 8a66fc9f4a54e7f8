"""Writes and joins Ogg Opus in memory. The only module that loads libsndfile; load it off the main thread."""

from __future__ import annotations

import io

import soundfile  # type: ignore[import-untyped]
from _soundfile import ffi  # type: ignore[import-untyped]

from supportpoint.errors import SupportPointError

#: Opus takes 8, 12, 16, 24 and 48 kHz; speech needs no more than 24.
RATE_HZ = 24_000
SAMPLE_BYTES = 2
#: libsndfile's scale from 0, 256 kbit/s, to 1, 6 kbit/s; 0.95 was measured as 16 to 20 kbit/s.
_COMPRESSION = 0.95
#: SFC_SET_COMPRESSION_LEVEL of sndfile.h, which soundfile 0.12 has no name for; later ones need numpy.
_SET_COMPRESSION = 0x1301
#: Longer than any recording of ours; a header may claim what fills all memory.
_LONGEST_S = 600
_OGG = b"OggS"
_SAMPLE = "int16"


class OpusWriter:
    """Takes sound as it comes, 16 bit mono, and hands it over as Ogg Opus."""

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self._target = io.BytesIO()
        self._file = soundfile.SoundFile(
            self._target,
            "w",
            samplerate=rate_hz,
            channels=1,
            format="OGG",
            subtype="OPUS",
        )
        level = ffi.new("double*", _COMPRESSION)
        soundfile._snd.sf_command(self._file._file, _SET_COMPRESSION, level, ffi.sizeof("double"))  # noqa: SLF001

    def write(self, pcm: bytes) -> None:
        """Add sound; an odd last byte is left out."""
        self._file.buffer_write(pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES], _SAMPLE)

    def close(self) -> bytes:
        """Return the whole file."""
        self._file.close()
        return self._target.getvalue()


def read_sound(content: bytes) -> tuple[bytes, int]:
    """Return the samples, 16 bit mono, and their rate in Hz.

    Errors: SP-706 when it is no Ogg, not mono, or longer than ten minutes.
    """
    if not content.startswith(_OGG):
        raise SupportPointError("SP-706", reason="format")
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            if file.channels != 1:
                raise SupportPointError("SP-706", reason="channels")
            if not 0 <= file.frames <= file.samplerate * _LONGEST_S:
                raise SupportPointError("SP-706", reason="length")
            return bytes(file.buffer_read(dtype=_SAMPLE)), int(file.samplerate)
    except soundfile.LibsndfileError as error:
        raise SupportPointError("SP-706", reason="damaged") from error


def join_sounds(first: bytes, second: bytes) -> bytes:
    """Return one clip of two, for «ghi thêm». Both are coded anew.

    Errors: SP-706 when one is no sound, or their rates differ.
    """
    (head, rate), (tail, other_rate) = read_sound(first), read_sound(second)
    if rate != other_rate:
        raise SupportPointError("SP-706", reason="rate")
    writer = OpusWriter(rate)
    writer.write(head + tail)
    return writer.close()
