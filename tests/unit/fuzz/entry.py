"""One place where bytes or texts from outside are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entry:
    """`read` takes what was made of `samples`; only a code that begins with one of `codes` may come."""

    name: str
    read: Callable[[Any], object]
    samples: tuple[bytes, ...] | tuple[str, ...]
    codes: tuple[str, ...] = ()
    errors: tuple[type[Exception], ...] = ()
    covers: tuple[str, ...] = field(default=())
