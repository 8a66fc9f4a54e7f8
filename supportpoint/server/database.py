"""From an address to Django's database settings: SQLite by default, PostgreSQL in production."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from supportpoint.errors import SupportPointError

BUSY_TIMEOUT_S = 20
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000;"
)


def sqlite_database(path: Path) -> dict[str, Any]:
    """Return Django's settings for a SQLite file: WAL, fsync on commit, one writer from BEGIN on."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": BUSY_TIMEOUT_S,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_START,
        },
    }


PREPARE_FROM = 5
"""How often a statement is sent before PostgreSQL keeps its plan for the connection."""


def read_database_url(url: str) -> dict[str, Any]:
    """Return Django's settings for `postgresql://user:password@host:port/name?host=/socket/folder`.

    Errors: SP-101 when it is no such address.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise SupportPointError("SP-101", setting="SUPPORTPOINT_DATABASE_URL")
    query = parse_qs(parts.query)
    port = query.get("port", [str(parts.port or "")])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": PREPARE_FROM},
    }


def choose_database(url: str, data_dir: Path) -> dict[str, Any]:
    """Return the settings for `url`, or for `server.db` in the data folder when it is empty.

    Errors: SP-101 when the address cannot be used.
    """
    return read_database_url(url) if url else sqlite_database(data_dir / "server.db")
