"""The pull feed: one ascending counter, read by cursor, and nothing skipped.

Source: docs/decisions/0005-server.md
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q

from supportpoint import protocol
from supportpoint.server.registry.models import Change
from supportpoint.server.registry.moment import now

PAGE_ROWS = 200
PAGE_BYTES = 128 * 1024


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


def read_changes(cursor: int, audience: str) -> Page:
    """Return what `audience` has not read after `cursor`, at most 200 rows or about 128 KiB.

    The head is read before the rows: what is committed up to the head is complete for good.
    """
    head = Change.objects.aggregate(head=Max("seq"))["head"] or 0
    rows = Change.objects.filter(Q(audience="") | Q(audience=audience), seq__gt=cursor, seq__lte=head)
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


def _as_message(row: Change) -> protocol.Change:
    return protocol.Change(
        stream=row.stream, id=row.ref, rev=row.rev, body=bytes(row.body), tombstone=row.tombstone
    )
