"""When the moon is new and where the sun stands, well enough to make a lunar calendar of 1900-2100. Pure.

Days are ordinals of `datetime.date` (1 is 0001-01-01); a fraction counts from midnight universal time.
Source: Jean Meeus, Astronomical Algorithms, 2nd edition: chapters 25 (sun, to 0.01 degree), 49 (moons).
"""

from __future__ import annotations

from bisect import bisect_right
from math import floor, radians, sin

MEAN_MONTH = 29.530588861
SIGN_DEGREES = 30

_JULIAN_DAY_OF_ORDINAL_0 = 1721424.5
_EPOCH = 2451545.0
_DAYS_IN_CENTURY = 36525.0
_NEW_MOON_0 = 2451550.09766
_MOONS_IN_CENTURY = 1236.85
_SECONDS_IN_DAY = 86400.0

#: Year, and seconds that the astronomers' even time is ahead of the turning earth; later ones foreseen.
_CLOCK_AHEAD = (
    (1900, -2.8),
    (1910, 10.5),
    (1920, 21.2),
    (1930, 24.0),
    (1940, 24.3),
    (1950, 29.1),
    (1960, 33.1),
    (1970, 40.2),
    (1980, 50.5),
    (1990, 56.9),
    (2000, 63.8),
    (2010, 66.1),
    (2020, 69.4),
    (2050, 93.0),
    (2101, 205.0),
)

#: Days, power of the earth's eccentricity, multiples of the sun's anomaly, the moon's anomaly, the latitude.
_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0),
    (0.17241, 1, 1, 0, 0),
    (0.01608, 0, 0, 2, 0),
    (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0),
    (0.00208, 2, 2, 0, 0),
    (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2),
    (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0),
    (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0),
    (-0.00007, 0, 2, 1, 0),
    (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0),
    (0.00003, 0, 1, 1, -2),
    (0.00003, 0, 0, 2, 2),
    (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2),
    (-0.00002, 0, -1, 1, -2),
    (-0.00002, 0, 1, 3, 0),
    (0.00002, 0, 0, 4, 0),
)

#: Pull of the planets: days, degrees at moon 0, degrees for each moon.
_PLANET_TERMS = (
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)


def clock_ahead(year: float) -> float:
    """Return how many days the astronomers' even time is ahead of universal time in a year 1900-2100."""
    years = [known for known, _ in _CLOCK_AHEAD]
    place = min(max(bisect_right(years, year), 1), len(years) - 1)
    (before, low), (after, high) = _CLOCK_AHEAD[place - 1 : place + 1]
    return (low + (high - low) * (year - before) / (after - before)) / _SECONDS_IN_DAY


def _even_time(day: float) -> float:
    return day + clock_ahead(day / 365.2425 + 1) + _JULIAN_DAY_OF_ORDINAL_0


def moon_number(day: float) -> int:
    """Return the number of the new moon nearest before a day; numbers count from January 2000."""
    return floor((day + _JULIAN_DAY_OF_ORDINAL_0 - _NEW_MOON_0) / MEAN_MONTH)


def new_moon(number: int) -> float:
    """Return the moment of a new moon, as an ordinal with the fraction of the day in universal time."""
    century = number / _MOONS_IN_CENTURY
    eccentricity = 1 - 0.002516 * century - 0.0000074 * century**2
    sun = radians(2.5534 + 29.10535670 * number - 0.0000014 * century**2)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * century**2 + 0.00001238 * century**3)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * century**2)
    node = radians(124.7746 - 1.56375588 * number + 0.0020672 * century**2)
    even = _NEW_MOON_0 + MEAN_MONTH * number + 0.00015437 * century**2 - 0.00000015 * century**3
    even -= 0.00017 * sin(node)
    for size, power, suns, moons, latitudes in _MOON_TERMS:
        even += size * eccentricity**power * sin(suns * sun + moons * moon + latitudes * latitude)
    even += sum(size * sin(radians(start + step * number)) for size, start, step in _PLANET_TERMS)
    day = even - _JULIAN_DAY_OF_ORDINAL_0
    return day - clock_ahead(day / 365.2425 + 1)


def sun_longitude(day: float) -> float:
    """Return the apparent longitude of the sun in degrees, 0 at the spring equinox, below 360."""
    century = (_even_time(day) - _EPOCH) / _DAYS_IN_CENTURY
    anomaly = radians(357.52911 + 35999.05029 * century - 0.0001537 * century**2)
    mean = 280.46646 + 36000.76983 * century + 0.0003032 * century**2
    centre = (1.914602 - 0.004817 * century) * sin(anomaly)
    centre += (0.019993 - 0.000101 * century) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    nutation = 0.00478 * sin(radians(125.04 - 1934.136 * century))
    return (mean + centre - 0.00569 - nutation) % 360


def sun_sign(day: float) -> int:
    """Return in which twelfth of its way the sun stands, 0-11; 9 begins at the winter solstice."""
    return int(sun_longitude(day) // SIGN_DEGREES)
