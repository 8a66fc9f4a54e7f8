"""The functions of mathematics, with the results of java.lang.Math: infinite where Python raises."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.functions.registry import Library
from supportpoint.forms.xpath.values import NAN, Value, local_days, to_atom, to_number

NUMBERS = Library()


def _add(name: str, function: Callable[..., float], count: int = 1) -> None:
    def call(_context: Context, *values: Value) -> float:
        try:
            return function(*(_real(value) for value in values))
        except ValueError:
            return NAN

    NUMBERS.add(name, count)(call)


def _real(value: Value) -> float:
    """Return a number; datetimes keep their time of day here, and nowhere else."""
    atom = to_atom(value)
    return local_days(atom) if isinstance(atom, datetime) else to_number(atom)


def power(base: float, exponent: float) -> float:
    """Return base to the exponent."""
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return NAN
    is_odd = abs(exponent) < 2**53 and exponent % 2 == 1
    sign = math.copysign(1.0, base) if is_odd else 1.0
    if not base and exponent < 0:
        return sign * math.inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return sign * math.inf


def _exponential(number: float) -> float:
    try:
        return math.exp(number)
    except OverflowError:
        return math.inf


_add("abs", abs)
_add("acos", math.acos)
_add("asin", math.asin)
_add("atan", math.atan)
_add("atan2", math.atan2, 2)
_add("cos", math.cos)
_add("exp", _exponential)
_add("exp10", lambda number: power(10.0, number))
_add("log", lambda number: math.log(number) if number else -math.inf)
_add("log10", lambda number: math.log10(number) if number else -math.inf)
_add("pi", lambda: math.pi, 0)
_add("pow", power, 2)
_add("sin", math.sin)
_add("sqrt", math.sqrt)
_add("tan", math.tan)
