"""Tells the burst of a scanner that types from a person who types, by speed. Pure: knows no window.

A scanner sends a key every 1 to 15 ms and ends with Enter or Tab. The fastest person needs 50 ms a key
on average, so six keys with no gap over 35 ms are no person. Time is that of the key, not of its arrival:
keys that wait behind slow work arrive together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

MAX_GAP_MS = 35
MIN_KEYS = 6
MAX_KEYS = 2000


class Verdict(Enum):
    """What to do with the keys held so far."""

    HOLD = "hold"
    RELEASE = "release"
    CODE = "code"
    DROP = "drop"


@dataclass
class KeyBurst:
    """The letters held now. `add` is told of each key that writes something or ends a line."""

    letters: list[str] = field(default_factory=list)
    _last_ms: int = 0

    @property
    def is_scanner(self) -> bool:
        """So many keys so fast were no person."""
        return len(self.letters) >= MIN_KEYS

    def continues(self, at_ms: int) -> bool:
        """A key of this time belongs to what is held."""
        return bool(self.letters) and 0 <= at_ms - self._last_ms <= MAX_GAP_MS

    def touch(self, at_ms: int) -> None:
        """A key that writes nothing by itself, such as Shift or a digit of an ALT code, keeps the pace."""
        self._last_ms = at_ms

    def add(self, letter: str, at_ms: int) -> Verdict:
        """Take a letter; call `end` first when it does not continue."""
        if len(self.letters) >= MAX_KEYS:
            return Verdict.DROP
        self.letters.append(letter)
        self._last_ms = at_ms
        return Verdict.HOLD

    def finish_line(self) -> Verdict:
        """Enter or Tab came in time: a code when it was a scanner."""
        return Verdict.CODE if self.is_scanner else Verdict.RELEASE

    def end(self) -> Verdict:
        """No key came in time: a scanner that stopped half way writes nothing anywhere."""
        return Verdict.DROP if self.is_scanner else Verdict.RELEASE

    def take(self) -> str:
        """Return the text and hold nothing."""
        text = "".join(self.letters)
        self.letters.clear()
        return text
