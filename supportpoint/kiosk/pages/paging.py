"""Long lists in pages of a fixed number of items. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Paging:
    """Which page of a list is shown, from 0. The list may change length between calls."""

    def __init__(self, per_page: int) -> None:
        self.per_page = per_page
        self.index = 0

    def count(self, items: Sequence[object]) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-len(items) // self.per_page))

    def shown(self, items: Sequence[T]) -> Sequence[T]:
        """Return the items of the page that is shown."""
        return items[self.index * self.per_page : (self.index + 1) * self.per_page]

    def turn(self, by: int, items: Sequence[object]) -> None:
        """Go some pages on or back, never past either end."""
        self.index = max(0, min(self.count(items) - 1, self.index + by))

    def show(self, place: int) -> None:
        """Show the page that holds the item at `place`."""
        self.index = place // self.per_page
