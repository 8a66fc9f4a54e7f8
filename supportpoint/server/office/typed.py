"""What people type, before anything is done with it."""

from __future__ import annotations

from django.http import QueryDict

MAX_TEXT = 200


def read_text(given: QueryDict, name: str) -> str:
    """Return a typed field, at most 200 characters, without NUL, which PostgreSQL refuses."""
    return (given.get(name) or "").replace("\0", "").strip()[:MAX_TEXT]
