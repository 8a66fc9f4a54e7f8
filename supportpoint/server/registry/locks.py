"""One writer at a time, where order matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

FEED_LOCK = 5_307_001
"""Any number; one per database, held until the transaction ends."""


@contextmanager
def single_writer() -> Iterator[None]:
    """Run a transaction that no other single writer overlaps.

    SQLite begins every transaction as the one writer. PostgreSQL would hand out sequence numbers in
    one order and commit in another, so that a reader skips rows for ever: an advisory lock, held
    from before the number is drawn until after the commit, keeps both orders the same.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FEED_LOCK])
        yield
