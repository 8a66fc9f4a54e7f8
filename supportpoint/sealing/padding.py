"""Hide lengths: Padmé for ordinary content, whole steps where the length itself would tell too much."""

from __future__ import annotations

from supportpoint.errors import SupportPointError

_END = b"\x80"


def padme_length(length: int) -> int:
    """Return the padded length of `length` bytes: at most 12 % more, few different values.

    Source: Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", PETS 2019
    """
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def pad(content: bytes, step_bytes: int = 0) -> bytes:
    """Return `content` with an end mark and zeros, up to the next step, or to Padmé when there is none."""
    length = len(content) + len(_END)
    padded = -(-length // step_bytes) * step_bytes if step_bytes else padme_length(length)
    return (content + _END).ljust(padded, b"\0")


def unpad(content: bytes) -> bytes:
    """Return what `pad` was given.

    Errors: SP-401 when there is no end mark.
    """
    marked = content.rstrip(b"\0")
    if not marked.endswith(_END):
        raise SupportPointError("SP-401", reason="padding")
    return marked[: -len(_END)]
