"""The functions over dates and times (ODK XForms). Day numbers as JavaRosa counts them."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta

from supportpoint.errors import SupportPointError
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.functions.registry import Library, refuse
from supportpoint.forms.xpath.values import (
    DAY_S,
    EPOCH,
    NAN,
    Value,
    absolute_days,
    from_absolute_days,
    parse_date,
    parse_time,
    to_atom,
    to_string,
)

DATES = Library()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_VI = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@DATES.add("today", 0)
def _today(context: Context) -> date:
    return context.env.now().astimezone(context.env.zone).date()


@DATES.add("now", 0)
def _now(context: Context) -> datetime:
    return context.env.now().astimezone(context.env.zone)


@DATES.add("date", 1)
def _date(context: Context, value: Value) -> Value:
    found = to_date(context, value, "date", whole_days=True)
    if isinstance(found, datetime) and not isinstance(to_atom(value), str):
        return found.astimezone(context.env.zone).date()
    return found


@DATES.add("date-time", 1)
def _date_time(context: Context, value: Value) -> Value:
    return to_date(context, value, "date-time")


@DATES.add("decimal-date-time", 1)
def _decimal_date_time(context: Context, value: Value) -> float | str:
    atom = to_atom(value)
    if isinstance(atom, float):
        return atom
    found = to_date(context, atom, "decimal-date-time")
    return absolute_days(found, context.env.zone) if isinstance(found, date) else found


@DATES.add("decimal-time", 1)
def _decimal_time(context: Context, value: Value) -> float | str:
    atom = to_atom(value)
    if isinstance(atom, float):
        return atom - math.floor(atom) if math.isfinite(atom) else NAN
    clock = parse_time(atom, context.env.zone) if isinstance(atom, str) else None
    if clock is None:
        moment = to_date(context, atom, "decimal-time")
        if not isinstance(moment, date):
            return moment
        clock = moment.timetz() if isinstance(moment, datetime) else datetime.min.time()
    elif clock.tzinfo is not context.env.zone:
        clock = datetime.combine(_today(context), clock).astimezone(context.env.zone).time()
    return (clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6) / DAY_S


@DATES.add("format-date", 2)
@DATES.add("format-date-time", 2)
def _format_date(context: Context, value: Value, pattern: Value) -> str:
    found = to_date(context, value, "format-date")
    if not isinstance(found, date):
        return ""
    if not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day, tzinfo=context.env.zone)
    try:
        return format_moment(found, to_string(pattern), context.env.language)
    except SupportPointError:  # a pattern made at run time; literal ones are checked when a form is read
        return refuse(context, "format-date")


def to_date(
    context: Context, value: Value, function: str, *, whole_days: bool = False
) -> date | datetime | float | str:
    """Return a value as date or datetime: ISO text, or days since 1970.

    NaN and empty text stay what they are; what is no date is refused in the name of `function`.
    """
    atom = to_atom(value)
    if isinstance(atom, date) or atom == "":
        return atom
    found: date | datetime | None = None
    if isinstance(atom, str):
        found = parse_date(atom, context.env.zone)
    elif isinstance(atom, float):
        if math.isnan(atom):
            return atom
        found = _day(atom) if whole_days else from_absolute_days(atom, context.env.zone)
    return refuse(context, function) if found is None else found


def _day(days: float) -> date | None:
    try:
        return EPOCH + timedelta(days=math.trunc(days))
    except OverflowError:
        return None


def _two(number: int) -> str:
    return f"{number:02d}"


def _zone_text(moment: datetime) -> str:
    text = moment.strftime("%z")
    return text[:3] if text.endswith("00") else f"{text[:3]}:{text[3:]}"


_CODES: dict[str, Callable[[datetime], str]] = {
    "%": lambda _moment: "%",
    "Y": lambda moment: f"{moment.year:04d}",
    "y": lambda moment: _two(moment.year % 100),
    "m": lambda moment: _two(moment.month),
    "n": lambda moment: str(moment.month),
    "d": lambda moment: _two(moment.day),
    "e": lambda moment: str(moment.day),
    "H": lambda moment: _two(moment.hour),
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: _two(moment.minute),
    "S": lambda moment: _two(moment.second),
    "3": lambda moment: f"{moment.microsecond // 1000:03d}",
    "W": lambda moment: str(moment.isocalendar().week),
    "Z": _zone_text,
}


def format_moment(moment: datetime, pattern: str, language: str = "") -> str:
    """Return a moment in the pattern of format-date(): %Y %y %m %n %b %d %e %H %h %M %S %3 %a %W %Z.

    Errors: SP-302 for a code it does not know.
    """
    parts: list[str] = []
    chars = iter(pattern)
    for char in chars:
        if char != "%":
            parts.append(char)
            continue
        code = next(chars, "")
        vietnamese = language.startswith("vi")
        if code == "b":
            parts.append(f"thg {moment.month}" if vietnamese else _MONTHS[moment.month - 1])
        elif code == "a":
            parts.append((_DAYS_VI if vietnamese else _DAYS)[moment.weekday()])
        elif code in _CODES:
            parts.append(_CODES[code](moment))
        else:
            raise SupportPointError("SP-302", function="format-date", pattern=f"%{code}")
    return "".join(parts)
