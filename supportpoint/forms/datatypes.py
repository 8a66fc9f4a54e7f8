"""The types of answers: text as the submission holds it, values as pages and expressions see them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from supportpoint.clock import VIETNAM
from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Value
from supportpoint.forms.xpath import values

_INTEGER = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_MAX_TEXT = 200_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def to_lexical(kind: str, value: object) -> str:
    """Return an answer as the submission writes it; None and "" are both empty.

    Units:  datetimes without zone are taken as Vietnamese time.
    Errors: SP-306 when the type cannot hold the value.
    """
    if value is None or value == "":
        return ""
    write = _WRITERS.get(kind, _write_text)
    lexical = write(value)
    if lexical is None:
        raise SupportPointError("SP-306", type=kind)
    return lexical


def to_value(kind: str, lexical: str) -> Value:  # noqa: PLR0911  # one return a type
    """Return the typed answer of a text; None when it is empty."""
    if not lexical:
        return None
    if kind == "int":
        return int(lexical) if _INTEGER.match(lexical) else lexical
    if kind == "decimal":
        return Decimal(lexical) if _DECIMAL.match(lexical) else lexical
    if kind in {"date", "dateTime"}:
        found = values.parse_date(lexical, VIETNAM)
        return lexical if found is None else found
    if kind == "time":
        clock = values.parse_time(lexical, VIETNAM)
        return lexical if clock is None else clock.replace(tzinfo=None)
    if kind == "select":
        return tuple(lexical.split())
    return lexical


def to_atom(kind: str, lexical: str) -> values.Atom | None:
    """Return what expressions see: a number or date where the type says so, None for plain text."""
    if not lexical:
        return None
    if kind in {"int", "decimal"}:
        number = values.parse_number(lexical)
        return None if math.isnan(number) else number
    if kind in {"date", "dateTime"}:
        return values.parse_date(lexical, VIETNAM)
    if kind == "boolean":
        return lexical in {"true", "1"}
    return None


def from_result(kind: str, result: values.Value) -> tuple[str, values.Atom | None]:
    """Return (text, atom) of a calculated value as the node of this type keeps it.

    A number that is no number becomes empty; a whole number loses its fraction point.
    """
    atom = values.to_atom(result)
    if isinstance(atom, float) and math.isnan(atom):
        return "", None
    if isinstance(atom, datetime):
        return _from_moment(kind, atom)
    if isinstance(atom, date):
        return values.to_string(atom), atom
    text = values.to_string(atom)
    if kind == "int" and isinstance(atom, float) and math.isfinite(atom):
        text = str(math.trunc(atom))
    if isinstance(atom, str):
        return text, to_atom(kind, text)
    return text, to_atom(kind, text) if kind in _WRITERS else atom


def _from_moment(kind: str, moment: datetime) -> tuple[str, values.Atom | None]:
    if kind == "date":
        return values.to_string(moment), moment.date()
    if kind == "time":
        return _time_text(moment.timetz()), None
    return moment_text(moment), moment


def moment_text(moment: datetime) -> str:
    """Return a datetime as `2026-11-23T10:30:00.000+07:00`."""
    return moment.isoformat(timespec="milliseconds")


def _time_text(clock: time) -> str:
    return clock.isoformat(timespec="milliseconds")


def _write_text(value: object) -> str | None:
    text = ",".join(value) if isinstance(value, tuple | list) else str(value)
    if len(text) > _MAX_TEXT or _CONTROL.search(text):
        return None
    return text


def _write_integer(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal | float):
        finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
        if not finite or value != int(value):
            return None
        value = int(value)
    text = str(value).strip()
    return str(int(text)) if _INTEGER.match(text) else None


def _write_decimal(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    text = str(value).strip().replace(",", ".")
    if isinstance(value, float | Decimal):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        return f"{number:f}" if number.is_finite() else None
    return text.removeprefix("+") if _DECIMAL.match(text) else None


def _write_date(value: object) -> str | None:
    if isinstance(value, str):
        found = values.parse_date(value, VIETNAM)
    else:
        found = value if isinstance(value, date) else None
    if isinstance(found, datetime):
        found = found.astimezone(VIETNAM).date() if found.tzinfo else found.date()
    return None if found is None else values.to_string(found)


def _write_moment(value: object) -> str | None:
    found = values.parse_date(value, VIETNAM) if isinstance(value, str) else value
    if not isinstance(found, datetime):
        if not isinstance(found, date):
            return None
        found = datetime(found.year, found.month, found.day, tzinfo=VIETNAM)
    return moment_text(found if found.tzinfo else found.replace(tzinfo=VIETNAM))


def _write_time(value: object) -> str | None:
    clock = values.parse_time(value, VIETNAM) if isinstance(value, str) else value
    if not isinstance(clock, time):
        return None
    return _time_text(clock if clock.tzinfo else clock.replace(tzinfo=VIETNAM))


def _write_geopoint(value: object) -> str | None:
    parts = str(value).split()
    numbers = [values.parse_number(part) for part in parts]
    if not 2 <= len(parts) <= 4 or any(math.isnan(number) for number in numbers):
        return None
    return " ".join(parts) if abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180 else None


def _write_select(value: object) -> str | None:
    words = value.split() if isinstance(value, str) else [str(item) for item in _items(value)]
    if any(not word or word.split() != [word] for word in words):
        return None
    return " ".join(dict.fromkeys(words))


def _items(value: Any) -> list[object]:
    return list(value) if isinstance(value, tuple | list | set | frozenset) else [value]


def _write_trigger(value: object) -> str | None:
    if value is True:
        return "OK"
    return "" if value is False else _write_text(value)


def _write_boolean(value: object) -> str | None:
    text = str(value).lower()
    return text if text in {"true", "false", "1", "0"} else None


_WRITERS: dict[str, Callable[[object], str | None]] = {
    "int": _write_integer,
    "decimal": _write_decimal,
    "date": _write_date,
    "dateTime": _write_moment,
    "time": _write_time,
    "geopoint": _write_geopoint,
    "select": _write_select,
    "trigger": _write_trigger,
    "boolean": _write_boolean,
}
