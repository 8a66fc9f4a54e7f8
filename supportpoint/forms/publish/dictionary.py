"""A compression dictionary per form version, trained on invented walks, so that a case stays small."""

from __future__ import annotations

from collections.abc import Mapping

import zstandard

from supportpoint.forms import FormDefinition
from supportpoint.forms.publish.walks import walk_form

SEED = 20261123
#: More walks make no smaller cases: 150 and 500 differ by under two in a hundred.
WALKS = 150
DICTIONARY_BYTES = 24 * 1024


def train_dictionary(
    xform: bytes, lists: Mapping[str, bytes], *, seed: int = SEED, walks: int = WALKS
) -> bytes:
    """Return a zstd dictionary for submissions of this form; the same input and seed give the same bytes.

    Shape:  at most 24 KiB; b"" when the form is too small to learn from.
    Errors: SP-3xx of the engine when the form cannot be run.
    """
    definition = FormDefinition.load(xform, files=lists)
    samples: list[bytes | bytearray | memoryview] = list(walk_form(definition, seed=seed, walks=walks))
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, samples, k=512, d=8).as_bytes()
    except zstandard.ZstdError:  # too little to learn from
        return b""
