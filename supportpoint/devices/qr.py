"""Makes a QR."""

from __future__ import annotations

import segno


def make_qr(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a QR (never a Micro QR), row by row, True for dark, without the quiet zone.

    Errors: ValueError when the text is too long for a QR.
    """
    code = segno.make_qr(text, error="m")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
