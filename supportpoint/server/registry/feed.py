"""The pull feed: one ascending counter, read by cursor, and nothing skipped.

A row that is gone leaves a tombstone for 400 days. Who comes later than that, or with a cursor of another
life of the database, compares a manifest: what it has beyond is kept, never taken for deleted.

Source: docs/decisions/0005-server.md
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Max, Q, QuerySet

from supportpoint import protocol
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.models import Change, ServerMark
from supportpoint.server.registry.moment import now

PAGE_ROWS = 200
PAGE_BYTES = 128 * 1024
TOMBSTONES_KEPT = timedelta(days=400)
ENDS_SQL = """
SELECT COALESCE((SELECT pruned_through FROM registry_servermark), 0),
       COALESCE((SELECT MAX(seq) FROM registry_change), 0)
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes, the cursor after them, and whether more wait."""

    changes: tuple[protocol.Change, ...]
    cursor: int
    more: bool


def append_change(change: protocol.Change, *, audience: str, province_code: str) -> None:
    """Put one change at the head of the feed, in place of an older one of the same thing.

    Call inside `locks.single_writer`: the order of commits is the order of `seq`.
    """
    Change.objects.filter(stream=change.stream, ref=change.id).delete()
    Change.objects.create(
        stream=change.stream,
        ref=change.id,
        rev=change.rev,
        body=change.body,
        tombstone=change.tombstone,
        audience=audience,
        province_code=province_code,
        made_at=now(),
    )


def get_head() -> int:
    """Return the highest number ever given out, as far as this database knows."""
    return read_ends()[1]


def read_ends() -> tuple[int, int]:
    """Return up to where tombstones are forgotten and the highest number ever given out, read together."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS_SQL)
        pruned_through, head = cursor.fetchone()
    return pruned_through, max(head, pruned_through)


def must_compare(cursor: int) -> bool:
    """Tell whether a cursor of this epoch has missed tombstones, or goes beyond what this database knows."""
    if cursor < 0:
        return True
    pruned_through, head = read_ends()
    return 0 < cursor < pruned_through or cursor > head


def read_changes(cursor: int, audience: str) -> Page:
    """Return what `audience` has not read after `cursor`, at most 200 rows or about 128 KiB.

    The head is read before the rows: what is committed up to the head is complete for good.
    """
    head = get_head()
    if head <= cursor:
        return Page((), head, more=False)
    rows = _rows_for(audience).filter(seq__gt=cursor, seq__lte=head)
    found: list[protocol.Change] = []
    size = 0
    last = cursor
    for row in rows.order_by("seq")[: PAGE_ROWS + 1]:
        if found and (len(found) == PAGE_ROWS or size + len(row.body) > PAGE_BYTES):
            return Page(tuple(found), last, more=True)
        found.append(_as_message(row))
        size += len(row.body)
        last = row.seq
    return Page(tuple(found), head, more=False)


def read_manifest(after: int, audience: str) -> tuple[tuple[protocol.Listed, ...], bool]:
    """Return what there is after `after`, at most 1,000 rows by their hashes, and whether more follows."""
    rows = _rows_for(audience).filter(seq__gt=after).order_by("seq")[: protocol.MAX_WANT + 1]
    listed = [
        protocol.Listed(
            seq=row.seq,
            key=protocol.row_key(row.stream, row.ref),
            digest=b"" if row.tombstone else protocol.row_digest(bytes(row.body)),
        )
        for row in rows
    ]
    return tuple(listed[: protocol.MAX_WANT]), len(listed) > protocol.MAX_WANT


def read_rows(want: tuple[int, ...], audience: str) -> tuple[tuple[protocol.Change, ...], int]:
    """Return the rows of these numbers that still stand, about 128 KiB, and how many wishes were handled."""
    found: list[protocol.Change] = []
    size = 0
    asked = want[:PAGE_ROWS]
    rows = {row.seq: row for row in _rows_for(audience).filter(seq__in=asked)}
    for handled, seq in enumerate(asked):
        row = rows.get(seq)
        if row is None:
            continue
        if found and size + len(row.body) > PAGE_BYTES:
            return tuple(found), handled
        found.append(_as_message(row))
        size += len(row.body)
    return tuple(found), len(asked)


def prune_tombstones() -> int:
    """Forget tombstones that are older than 400 days, and remember up to where; return how many."""
    with single_writer():
        old = Change.objects.filter(tombstone=True, made_at__lt=now() - TOMBSTONES_KEPT)
        through = old.aggregate(through=Max("seq"))["through"]
        if through is None:
            return 0
        ServerMark.objects.filter(pruned_through__lt=through).update(pruned_through=through)
        return old.delete()[0]


def _rows_for(audience: str) -> QuerySet[Change]:
    return Change.objects.filter(Q(audience="") | Q(audience=audience))


def _as_message(row: Change) -> protocol.Change:
    return protocol.Change(
        stream=row.stream, id=row.ref, rev=row.rev, body=bytes(row.body), tombstone=row.tombstone
    )
