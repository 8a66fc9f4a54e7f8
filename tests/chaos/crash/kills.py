"""Which calls are struck: a seeded sample in CI, every one in the long form."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable

IS_LONG = os.environ.get("SUPPORTPOINT_CHAOS_LONG") == "1"
SAMPLE = 16


def plan(calls: int, rng: random.Random, sample: int = SAMPLE) -> list[tuple[int, bool]]:
    """Return (number of the call, whether a write is torn): all, or a sample with the last calls in it."""
    numbers: Iterable[int] = range(1, calls + 1)
    if IS_LONG:
        return [(number, is_torn) for number in numbers for is_torn in (False, True)]
    chosen = sorted({*rng.sample(list(numbers), min(sample, calls)), calls, calls - 1})
    return [(number, rng.random() < 0.5) for number in chosen]
