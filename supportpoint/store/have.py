"""What the server says it has received of this device: ranges of sequence numbers, perhaps cut."""

from __future__ import annotations

from collections.abc import Iterable

from supportpoint.protocol import MAX_HAVE_RANGES, Range


class Have:
    """Received ranges, sorted by incarnation and number.

    A whole list speaks of everything. A cut one (the full 64 ranges, with `have_through` above 0)
    speaks of incarnations before its last in full, of the last one up to `have_through`, and of no other.
    `doubted` ranges are numbers that somebody else's items stand under.
    """

    def __init__(self, ranges: Iterable[Range], have_through: int = 0, doubted: Iterable[Range] = ()) -> None:
        self._ranges = sorted((one.incarnation, one.first, one.last) for one in ranges)
        self._doubted = {(one.incarnation, one.first, one.last) for one in doubted}
        is_cut = have_through > 0 and len(self._ranges) >= MAX_HAVE_RANGES
        self._end = (self._ranges[-1][0], have_through) if is_cut else None

    def holds(self, incarnation: str, seq: int) -> bool:
        """Tell whether the server has received this number, from us."""
        return any(
            name == incarnation and first <= seq <= last and (name, first, last) not in self._doubted
            for name, first, last in self._ranges
        )

    def speaks_of(self, incarnation: str, seq: int) -> bool:
        """Tell whether not being listed means not being received."""
        return self._end is None or (incarnation, seq) <= self._end

    def highest(self, incarnation: str) -> int:
        """Return the highest number received of an incarnation, 0 when there is none."""
        return max((last for name, _, last in self._ranges if name == incarnation), default=0)
