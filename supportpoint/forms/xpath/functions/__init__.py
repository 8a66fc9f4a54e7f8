"""The function library: XPath 1.0 core and what ODK forms use."""

from __future__ import annotations

from collections.abc import Callable

from supportpoint.forms.xpath.functions.answers import ANSWERS, check_digest
from supportpoint.forms.xpath.functions.core import CORE, LETTER
from supportpoint.forms.xpath.functions.dates import DATES, format_moment
from supportpoint.forms.xpath.functions.numbers import NUMBERS
from supportpoint.forms.xpath.functions.places import PLACES
from supportpoint.forms.xpath.functions.registry import Function
from supportpoint.forms.xpath.patterns import full_match
from supportpoint.forms.xpath.values import EPOCH_AT

__all__ = ["CHECKS", "FUNCTIONS", "LETTER"]

FUNCTIONS: dict[str, Function] = {**CORE, **ANSWERS, **NUMBERS, **DATES, **PLACES}

#: What to ask of a literal second argument when a form is read, not first when it is filled in.
CHECKS: dict[str, Callable[[str], object]] = {
    "digest": check_digest,
    "regex": lambda pattern: full_match(pattern, ""),
    "format-date": lambda pattern: format_moment(EPOCH_AT, pattern),
    "format-date-time": lambda pattern: format_moment(EPOCH_AT, pattern),
}
