"""The functions over geopoints: area, distance, geofence, intersects."""

from __future__ import annotations

import math
from itertools import pairwise

from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.functions.registry import MANY, Library, items_of, refuse
from supportpoint.forms.xpath.values import NAN, Value, parse_number, to_string

PLACES = Library()
_EARTH_RADIUS_M = 6_378_100.0
_MAX_POINTS = 1_000  # every line is held against every other

Point = tuple[float, float]


@PLACES.add("area", 1, MANY)
@PLACES.add("enclosed-area", 1, MANY)
def _area(context: Context, *values: Value) -> float:
    points = points_of(values)
    if points is None:
        refuse(context, "area")
    return round(area_m2(points), 2) if points is not None and len(points) >= 3 else 0.0


@PLACES.add("distance", 1, MANY)
def _distance(context: Context, *values: Value) -> float:
    points = points_of(values)
    if points is None:
        refuse(context, "distance")
        return NAN
    return round(sum(distance_m(a, b) for a, b in pairwise(points)), 2)


@PLACES.add("geofence", 2)
def _geofence(_context: Context, point: Value, shape: Value) -> bool:
    found, corners = points_of((point,)), points_of((shape,))
    if not found or not corners or corners[0] != corners[-1]:
        return False
    return _inside(found[0], corners)


@PLACES.add("intersects", 1)
def _intersects(context: Context, shape: Value) -> bool:
    if not to_string(shape).strip():
        return False
    points = points_of((shape,))
    if points is None or len(points) > _MAX_POINTS:
        return bool(refuse(context, "intersects"))
    return crosses_itself(points)


def points_of(values: tuple[Value, ...]) -> list[Point] | None:
    """Return the points of geopoints and traces as degrees of latitude and longitude; None for bad ones."""
    points: list[Point] = []
    for item in items_of(values):
        for text in to_string(item).split(";"):
            if not text.strip():
                continue
            parts = [parse_number(part) for part in text.split()]
            if not 2 <= len(parts) <= 4 or any(math.isnan(part) for part in parts):
                return None
            if abs(parts[0]) > 90 or abs(parts[1]) > 180:
                return None
            points.append((parts[0], parts[1]))
    return points or None


def area_m2(points: list[Point]) -> float:
    """Return the area a ring of points encloses on the earth, in square metres."""
    total = 0.0
    ring = [*points, points[0]]
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):
        total += math.radians(lon2 - lon1) * (2 + math.sin(math.radians(lat1)) + math.sin(math.radians(lat2)))
    return abs(total * _EARTH_RADIUS_M**2 / 2)


def distance_m(start: Point, end: Point) -> float:
    """Return the great-circle distance of two points, in metres."""
    lat1, lat2 = math.radians(start[0]), math.radians(end[0])
    turn = math.radians(start[1] - end[1])
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine))) * _EARTH_RADIUS_M


def _inside(point: Point, corners: list[Point]) -> bool:
    inside = False
    previous = corners[-1]
    for corner in corners:
        crosses = (corner[1] > point[1]) != (previous[1] > point[1])
        if crosses:
            slope = (previous[0] - corner[0]) * (point[1] - corner[1]) / (previous[1] - corner[1])
            inside ^= point[0] < slope + corner[0]
        previous = corner
    return inside


def crosses_itself(points: list[Point]) -> bool:
    """Return whether two lines of a trace or shape have a point in common beside the corner they share."""
    lines = [(start, end) for start, end in pairwise(points) if start != end]
    for place, line in enumerate(lines):
        for other in range(place + 1, len(lines)):
            follows = other == place + 1
            closes = place == 0 and other == len(lines) - 1 and line[0] == lines[other][1]
            if follows or closes:
                first, second = (line, lines[other]) if follows else (lines[other], line)
                if _turns_back(first, second):
                    return True
            elif _meet(line, lines[other]):
                return True
    return False


Line = tuple[Point, Point]


def _side(line: Line, point: Point) -> float:
    """Return on which side of a line a point lies: above 0 left, below 0 right, 0 on it."""
    (y1, x1), (y2, x2) = line
    return (x2 - x1) * (point[0] - y1) - (y2 - y1) * (point[1] - x1)


def _within(line: Line, point: Point) -> bool:
    """Return whether a point on the endless line lies between its ends."""
    return all(min(a, b) <= c <= max(a, b) for a, b, c in zip(*line, point, strict=True))


def _turns_back(first: Line, second: Line) -> bool:
    """Return whether the second line runs back over the first, at whose end it begins."""
    if _side(first, second[1]):
        return False
    return _within(first, second[1]) or _within(second, first[0])


def _meet(one: Line, other: Line) -> bool:
    sides = [_side(one, other[0]), _side(one, other[1]), _side(other, one[0]), _side(other, one[1])]
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    ends = ((one, other[0]), (one, other[1]), (other, one[0]), (other, one[1]))
    return any(side == 0 and _within(line, point) for side, (line, point) in zip(sides, ends, strict=True))
