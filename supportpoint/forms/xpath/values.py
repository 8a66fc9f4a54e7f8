"""The values of expressions and how one kind turns into another.

A value is a bool, a float, a str, a date, a datetime or a list of nodes. The rules are JavaRosa's
(`XPathFuncExpr.toNumeric`, `toString`, `toBoolean`): a date counts as its day number without time zone,
its text is `yyyy-mm-dd`, and a node-set stands for the value of its first node.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from supportpoint.clock import VIETNAM
from supportpoint.forms.tree import Node

Atom = bool | float | str | date
Value = Atom | list[Node]

NAN = math.nan
DAY_S = 86_400
#: numbers nearer to each other than this are one: 0.1 + 0.2 is 0.3
NEARLY = 1e-12
EPOCH = date(1970, 1, 1)
EPOCH_AT = datetime(1970, 1, 1, tzinfo=UTC)
_SPACES = " \t\r\n"
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.*))?\Z", re.ASCII)
_TIME = re.compile(
    r"(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?\Z",
    re.ASCII,
)


def atom_of(node: Node) -> Atom:
    """Return the typed value of a node; a non-relevant node counts as empty."""
    if not node.relevant:
        return ""
    if node.atom is not None:
        atom: Atom = node.atom
        return atom
    return node.string()


def to_atom(value: Value) -> Atom:
    """Return the first node's value for a node-set, other values unchanged."""
    if isinstance(value, list):
        return atom_of(value[0]) if value else ""
    return value


def to_string(value: Value) -> str:
    """Return the text of a value."""
    atom = to_atom(value)
    if isinstance(atom, str):
        return atom
    if isinstance(atom, bool):
        return "true" if atom else "false"
    if isinstance(atom, date):
        return atom.strftime("%Y-%m-%d") if atom.year >= 1000 else f"{atom.year:04d}{atom:-%m-%d}"
    return number_text(atom)


def number_text(number: float) -> str:
    """Return a number as XPath writes it: no exponent, no trailing zeros, whole when it nearly is."""
    if number != number:  # noqa: PLR0124  # NaN, faster than a call
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    whole = round(number)
    if abs(number - whole) < NEARLY:
        return str(whole)
    text = repr(number)
    return f"{Decimal(text):f}" if "e" in text else text


def to_number(value: Value) -> float:
    """Return the number of a value, NaN where it has none. Dates and datetimes give whole local days."""
    atom = to_atom(value)
    if isinstance(atom, float):
        return atom
    if isinstance(atom, str):
        return parse_number(atom)
    if isinstance(atom, date):
        return float(day_number(atom))
    return float(atom)


def parse_number(text: str) -> float:
    """Return the number a text spells in XPath's own notation, NaN for all else.

    A comma counts as the decimal point, as in JavaRosa.
    """
    text = text.strip(_SPACES).replace(",", ".")
    return float(text) if _NUMBER.match(text) else NAN


def to_integer(value: Value) -> int:
    """Return the number of a value cut to 32 bits, as Java does: NaN gives 0."""
    number = to_number(value)
    return int(max(-(2.0**31), min(2.0**31 - 1, number))) if number == number else 0  # noqa: PLR0124


def to_boolean(value: Value) -> bool:
    """Return the truth of a value; a node-set is as true as the value of its first node."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return bool(value) and atom_truth(atom_of(value[0]))
    return atom_truth(value)


def holds(value: Value) -> bool:
    """Return the truth of a value by the letter of XPath 1.0: a node-set is true when it is not empty."""
    return bool(value) if isinstance(value, list) else to_boolean(value)


def same_number(left: float, right: float) -> bool:
    """Return whether two numbers are one but for the last digits of the arithmetic."""
    return left == right or abs(left - right) < NEARLY


def atom_truth(atom: Atom) -> bool:
    """Return the truth of a single value: NaN, zero and empty text are false."""
    if isinstance(atom, float):
        return abs(atom) > NEARLY  # NaN is false
    if isinstance(atom, str):
        return atom != ""
    return bool(atom)


def day_number(day: date) -> int:
    """Return days since 1970-01-01 of a date, or of a datetime's local day."""
    if isinstance(day, datetime):
        day = day.astimezone(day.tzinfo or VIETNAM).date()
    return (day - EPOCH).days


def local_days(moment: datetime) -> float:
    """Return days since 1970-01-01T00:00 on the local clock, with the time of day as fraction."""
    clock_s = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return day_number(moment) + clock_s / DAY_S


def absolute_days(moment: date, zone: tzinfo) -> float:
    """Return days since 1970-01-01T00:00Z, the scale of decimal-date-time()."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), zone)
    return (moment - EPOCH_AT).total_seconds() / DAY_S


def from_absolute_days(days: float, zone: tzinfo) -> datetime | None:
    """Return the moment of a number of days since 1970-01-01T00:00Z; None out of range."""
    try:
        return (EPOCH_AT + timedelta(days=days)).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def parse_date(text: str, zone: tzinfo) -> date | datetime | None:
    """Return the date or datetime a text spells in ISO form, in `zone`; None when it spells none."""
    match = _DATE.match(text.strip(_SPACES))
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if not match[4]:
            return day
        clock = parse_time(match[4], zone)
        return None if clock is None else datetime.combine(day, clock).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def parse_time(text: str, zone: tzinfo) -> time | None:
    """Return the time a text spells, with its zone; None when it spells none."""
    match = _TIME.match(text.strip(_SPACES))
    if match is None:
        return None
    micro = int((match[4] or "0").ljust(6, "0")[:6])
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0), micro, _zone(match[5]) or zone)
    except ValueError:
        return None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError(text)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
