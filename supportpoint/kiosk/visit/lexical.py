"""A typed answer as text, the form in which pages hold it. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from supportpoint.forms.view import Value


def lexical(value: Value) -> str:
    """Return a typed answer as XForms writes it; "" for no answer."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
