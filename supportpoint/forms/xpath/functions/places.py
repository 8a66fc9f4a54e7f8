"""The functions over geopoints: area, distance, geofence."""

from __future__ import annotations

import math
from itertools import pairwise

from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.functions.registry import MANY, Library, items_of, refuse
from supportpoint.forms.xpath.values import NAN, Value, parse_number, to_string

PLACES = Library()
_EARTH_RADIUS_M = 6_378_100.0

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
