"""What waits: batches to send, blobs to send, and the rows that screens show.

Urgent items come first (`lanes`), then the older ones; among attachments the smallest remainder, where
every later item adds 16 KiB, so that no large one waits for ever. No clock is asked for any of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from supportpoint.protocol import Item
from supportpoint.records import ItemState, QueueCounts
from supportpoint.store.incarnations import UNFINISHED, build_item
from supportpoint.store.opening import Opened
from supportpoint.store.values import BlobToSend, OutboxRow

AGING_BYTES = 16 * 1024
LONGEST_SKIP = timedelta(days=2)
"""A wait that ends later than this from now was written by a clock that lied, and is over."""

_ROWS = "SELECT number, id, kind, state, created_at, last_error, case_number FROM item"
_DUE = (
    "SELECT lane, number, length(envelope) AS size FROM item"
    " WHERE (next_at = '' OR next_at <= :now OR next_at > :too_late)"
)
_BLOBS = "SELECT item_number, sum(acked_offset >= len), count(*) FROM blob"
_STATES = {state.value: state for state in ItemState}


def take_batch(opened: Opened, limit: int, max_bytes: int) -> tuple[Item, ...]:
    """Return the first items that a verdict is wanted for; nothing is marked as taken."""
    now = opened.clock.now()
    rows = opened.db.rows(
        f"{_DUE} AND state = 'queued' UNION ALL {_DUE} AND state = 'stored' AND must_confirm"
        " ORDER BY lane, number LIMIT :limit",
        {"now": opened.now(), "too_late": _text(now + LONGEST_SKIP), "limit": limit},
    )
    batch: list[Item] = []
    size_bytes = 0
    for row in rows:
        size_bytes += row["size"]
        if batch and size_bytes > max_bytes:
            break
        found = opened.db.rows("SELECT * FROM item WHERE number = ?", (row["number"],))
        batch.append(build_item(opened, found[0]))
    return tuple(batch)


def list_blobs_to_send(opened: Opened) -> tuple[BlobToSend, ...]:
    """Return what the server lacks of STORED items: by lane, then least remaining bytes, with aging."""
    rows = opened.db.rows(
        "SELECT b.sha256, b.len, b.acked_offset, i.id FROM blob b JOIN item i ON i.number = b.item_number"
        " WHERE i.state = ? AND b.acked_offset < b.len"
        " ORDER BY i.lane, b.len - b.acked_offset + i.number * ?, i.number, b.position",
        (ItemState.STORED, AGING_BYTES),
    )
    return tuple(
        BlobToSend(
            row["sha256"], row["len"], row["acked_offset"], opened.folder.blob_path(row["sha256"]), row["id"]
        )
        for row in rows
    )


def note_blob_offset(opened: Opened, sha256: bytes, offset: int) -> None:
    """Store how far the server has a blob; once all of an item's are full, ask for its verdict."""
    with opened.db.immediate():
        opened.db.execute(
            "UPDATE blob SET acked_offset = min(len, max(0, ?)) WHERE sha256 = ?", (offset, sha256)
        )
        opened.db.execute(
            "UPDATE item SET must_confirm = NOT EXISTS"
            " (SELECT 1 FROM blob b WHERE b.item_number = item.number AND b.acked_offset < b.len)"
            " WHERE state = ? AND number IN (SELECT item_number FROM blob WHERE sha256 = ?)",
            (ItemState.STORED, sha256),
        )


def note_failure(opened: Opened, item_ids: Iterable[str], code: str, skip_s: float) -> None:
    """Count an attempt that ended with `code` and advise a wait. No state changes."""
    next_at = skip_until(opened, skip_s) if skip_s > 0 else ""
    with opened.db.immediate():
        for item_id in item_ids:
            opened.db.execute(
                "UPDATE item SET attempts = attempts + 1, last_error = ?, next_at = ? WHERE id = ?",
                (code, next_at, item_id),
            )


def set_aside(opened: Opened, item_id: str, code: str) -> None:
    """Hand an unfinished item to a person."""
    with opened.db.immediate():
        opened.db.execute(
            "UPDATE item SET state = ?, must_confirm = 0, last_error = ? WHERE id = ? AND state IN (?, ?)",
            (ItemState.NEEDS_PERSON, code, item_id, *UNFINISHED),
        )


def skip_until(opened: Opened, skip_s: float) -> str:
    """Return the text of the moment `skip_s` seconds from now, for `next_at`."""
    return _text(opened.clock.now() + timedelta(seconds=skip_s))


def counts(opened: Opened) -> QueueCounts:
    """Return how many items stand in each state, and the attachment bytes still to send."""
    by_state = {
        row["state"]: row["n"]
        for row in opened.db.rows("SELECT state, count(*) AS n FROM item GROUP BY state")
    }
    left = opened.db.rows(
        "SELECT coalesce(sum(b.len - b.acked_offset), 0) AS n"
        " FROM item i JOIN blob b ON b.item_number = i.number"
        " WHERE i.state IN (?, ?)",
        UNFINISHED,
    )[0]["n"]
    return QueueCounts(**{state.value: by_state.get(state, 0) for state in ItemState}, blob_bytes=left)


def count_complete(opened: Opened, device: str) -> int:
    """Return how many items of one device identity the server has whole: COMPLETE, and ARCHIVED since."""
    ((count,),) = opened.db.tuples(
        "SELECT count(*) FROM item WHERE state IN (?, ?) AND device = ?",
        (ItemState.COMPLETE, ItemState.ARCHIVED, device),
    )
    return int(count)


def list_items(opened: Opened) -> tuple[OutboxRow, ...]:
    """Return every outbox item, newest first."""
    rows = opened.db.tuples(f"{_ROWS} INDEXED BY item_by_state ORDER BY number DESC")  # no envelope is read
    blobs = opened.db.tuples(f"{_BLOBS} GROUP BY item_number")
    return _outbox_rows(rows, blobs)


def list_by_numbers(opened: Opened, numbers: Sequence[int]) -> tuple[OutboxRow, ...]:
    """Return the items of these row numbers, newest first."""
    marks = ", ".join("?" * len(numbers))
    rows = opened.db.tuples(f"{_ROWS} WHERE number IN ({marks}) ORDER BY number DESC", numbers)
    blobs = opened.db.tuples(f"{_BLOBS} WHERE item_number IN ({marks}) GROUP BY item_number", numbers)
    return _outbox_rows(rows, blobs)


def find_item_state(opened: Opened, receipt_hash: bytes) -> OutboxRow | None:
    """Return the newest item of a receipt, None when there is none.

    What is queued enters the index of receipts when the server has it, and not while a person waits.
    """
    query = "SELECT number FROM item WHERE receipt_hash = :hash AND state"
    found = opened.db.tuples(
        f"{query} <> 'queued' UNION ALL {query} = 'queued' ORDER BY number DESC LIMIT 1",
        {"hash": receipt_hash},
    )
    return list_by_numbers(opened, found[0])[0] if found else None


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _outbox_rows(rows: list[tuple[Any, ...]], blobs: list[tuple[int, int, int]]) -> tuple[OutboxRow, ...]:
    counted = {number: (done, total) for number, done, total in blobs}
    made = []
    for number, item_id, kind, state, created_at, last_error, case_number in rows:
        done, total = counted.get(number, (0, 0))
        moment = datetime.fromisoformat(created_at)
        made.append(OutboxRow(item_id, kind, _STATES[state], moment, done, total, last_error, case_number))
    return tuple(made)
