"""Finds the sheet of paper in a small grey picture: the bright area, its outline, its four corners. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

Point = tuple[float, float]
#: An outline this much larger than its four corners is no sheet, or one with a finger over a corner.
MOST_OUTSIDE = 1.08
#: The sheet must fill so much of the picture to be read, and be so much brighter than what it lies on.
LEAST_SHARE, LEAST_CONTRAST = 0.12, 25.0
_ONES = re.compile(rb"\x01+")


@dataclass(frozen=True, slots=True)
class Area:
    """Pixels that hang together: row → its first and last column, their count, whether they meet the edge."""

    rows: dict[int, tuple[int, int]]
    count: int
    meets_edge: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that lies whole in the picture. `corners` go round it, in shares of width and height."""

    corners: tuple[Point, Point, Point, Point]
    share: float


def list_areas(rows: Sequence[bytes], at_least: int) -> list[Area]:
    """Return the areas whose pixels are at least so bright, the largest first.

    Shape: `rows` hold one byte a pixel and are equally long.
    """
    table = bytes(value >= at_least for value in range(256))
    runs = [
        (y, m.start(), m.end() - 1)
        for y, row in enumerate(rows)
        for m in _ONES.finditer(row.translate(table))
    ]
    roots = list(range(len(runs)))
    for one, other in _neighbours(runs):
        roots[_root(roots, one)] = _root(roots, other)
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for place, run in enumerate(runs):
        groups.setdefault(_root(roots, place), []).append(run)
    width, height = len(rows[0]), len(rows)
    return sorted((_area(group, width, height) for group in groups.values()), key=lambda area: -area.count)


def find_sheet(rows: Sequence[bytes]) -> Sheet | None:
    """Return the largest bright four-cornered area that does not meet the edge, None when there is none."""
    threshold, contrast = split_brightness(Counter(b"".join(rows)))
    if contrast < LEAST_CONTRAST:
        return None
    width, height = len(rows[0]), len(rows)
    whole = (area for area in list_areas(rows, threshold) if not area.meets_edge)
    largest = next(whole, None)
    if largest is None:
        return None
    outline = make_hull([(float(x), float(y)) for y, ends in largest.rows.items() for x in ends])
    corners = find_corners(outline)
    if corners is None:
        return None
    inside, around = measure_area(corners), measure_area(outline)
    share = inside / (width * height)
    if share < LEAST_SHARE or around > inside * MOST_OUTSIDE:
        return None
    first, second, third, last = ((x / (width - 1), y / (height - 1)) for x, y in corners)
    return Sheet((first, second, third, last), share)


def split_brightness(counts: Counter[int]) -> tuple[int, float]:
    """Return the brightness that parts bright from dark best (Otsu), and how far both lie apart."""
    total, everything = sum(counts.values()), sum(value * count for value, count in counts.items())
    best, threshold, contrast = -1.0, 0, 0.0
    dark = dark_sum = 0
    for value in sorted(counts):
        dark += counts[value]
        dark_sum += value * counts[value]
        bright = total - dark
        if not bright:
            break
        apart = (everything - dark_sum) / bright - dark_sum / dark
        if dark * bright * apart * apart > best:
            best, threshold, contrast = dark * bright * apart * apart, value + 1, apart
    return threshold, contrast


def make_hull(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the tightest convex outline, counter-clockwise in a system with y upward."""

    def half(ordered: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in ordered:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    ordered = sorted(set(points))
    return half(ordered) + half(ordered[::-1])


def find_corners(outline: Sequence[Point]) -> tuple[Point, Point, Point, Point] | None:
    """Return the two points farthest apart and, on either side of them, the farthest from their line."""
    if len(outline) < 4:
        return None
    one, other = max(combinations(outline, 2), key=lambda ends: math.dist(*ends))
    left = max(outline, key=lambda point: _turn(one, other, point))
    right = min(outline, key=lambda point: _turn(one, other, point))
    if _turn(one, other, left) <= 0 or _turn(one, other, right) >= 0:
        return None
    return one, right, other, left


def measure_area(outline: Sequence[Point]) -> float:
    """Return the area inside a closed outline."""
    closed = [*outline, outline[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(closed))) / 2


def _neighbours(runs: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of runs that touch in rows below each other. `runs` are in reading order."""
    above: list[int] = []
    current: list[int] = []
    at = -1
    for place, (y, start, end) in enumerate(runs):
        if y != at:
            above, current = (current if y == at + 1 else []), []
            at = y
        current.append(place)
        for other in above:
            if runs[other][1] <= end and runs[other][2] >= start:
                yield place, other


def _root(roots: list[int], place: int) -> int:
    while roots[place] != place:
        roots[place] = roots[roots[place]]
        place = roots[place]
    return place


def _area(runs: Sequence[tuple[int, int, int]], width: int, height: int) -> Area:
    rows: dict[int, tuple[int, int]] = {}
    for y, start, end in runs:
        first, last = rows.get(y, (start, end))
        rows[y] = (min(first, start), max(last, end))
    on_edge = any(y in {0, height - 1} or start == 0 or end == width - 1 for y, start, end in runs)
    return Area(rows, sum(end - start + 1 for _, start, end in runs), on_edge)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
