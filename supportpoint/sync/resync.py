"""Compare what is held with the server's manifest, fetch what differs, and delete nothing that it lacks.

A server put back from a copy lacks what came since. Whoever took "missing there" for "deleted there" would
lose it here as well.
"""

from __future__ import annotations

import logging

from supportpoint.errors import SupportPointError
from supportpoint.protocol import COMPARE, MAX_WANT, Change, Listed, ResyncReply, ResyncRequest
from supportpoint.store.access import StoreAccess
from supportpoint.sync.transport import Stop, Transport

MAX_PAGES = 1000
SEEN_A_REQUEST = 500

log = logging.getLogger(__name__)


def compare(access: StoreAccess, transport: Transport, stop: Stop) -> int:
    """Bring in what differs and set the cursor to where the pull goes on; return how many rows changed.

    Cut anywhere, it begins again in the next pass; what was fetched is known by then.
    Errors: those of `Transport`; SP-506 when the server does not come to an end.
    """
    epoch = access(lambda store: store.get_identity().epoch)
    known = access(lambda store: store.list_known())
    seen = access(lambda store: store.list_seen())
    first = transport.resync(ResyncRequest(epoch=epoch, receipts_seen=seen[:SEEN_A_REQUEST]))
    for start in range(SEEN_A_REQUEST, len(seen), SEEN_A_REQUEST):
        rest = seen[start : start + SEEN_A_REQUEST]
        transport.resync(ResyncRequest(epoch=epoch, after=first.head, receipts_seen=rest))
    wanted = _find_wanted(transport, epoch, first, known, stop)
    changed = 0
    while wanted and not stop.is_set():
        reply = transport.resync(ResyncRequest(epoch=epoch, want=tuple(wanted[:MAX_WANT])))
        if reply.handled <= 0:
            raise SupportPointError("SP-506", reason="comparison does not move", status=0)
        del wanted[: reply.handled]
        changed += _apply(access, reply.changes, COMPARE)
    if not stop.is_set():
        _apply(access, (), first.head)
        log.info("compared with the server: %d rows held, %d changed", len(known), changed)
    return changed


def _apply(access: StoreAccess, rows: tuple[Change, ...], cursor: int) -> int:
    return access(lambda store: store.apply_rows(rows, cursor))[0]


def _find_wanted(
    transport: Transport, epoch: str, first: ResyncReply, known: dict[bytes, bytes], stop: Stop
) -> list[int]:
    """Return the numbers of the rows that are new or other there, tombstones of what is held included."""
    wanted: list[int] = []
    page = first
    for _ in range(MAX_PAGES):
        wanted += [row.seq for row in page.listed if _differs(row, known)]
        if not page.more or not page.listed or stop.is_set():
            return wanted
        page = transport.resync(ResyncRequest(epoch=epoch, after=page.listed[-1].seq))
    raise SupportPointError("SP-506", reason="manifest does not end", status=0)


def _differs(row: Listed, known: dict[bytes, bytes]) -> bool:
    return row.key in known if not row.digest else known.get(row.key) != row.digest
