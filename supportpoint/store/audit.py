"""The audit chain of this machine. Rows are added, never changed; the sealed copies leave once a day.

Source: docs/decisions/0017-drops-and-audit.md
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from supportpoint.protocol import decode
from supportpoint.sealing.audit import AuditRow, find_fault, make_row, row_hash
from supportpoint.store.driver import Row
from supportpoint.store.opening import Opened
from supportpoint.store.values import AuditState

PAGE_ROWS = 200
MANY_ROWS = 100
OLDEST = timedelta(days=1)


def add(opened: Opened, what: str, facts: Mapping[str, object] | None = None) -> None:
    """Add a row inside the caller's transaction.

    Errors: ValueError for a fact that is no code, count or id.
    """
    db = opened.db
    incarnation = db.rows("SELECT incarnation FROM device")[0]["incarnation"]
    found = db.rows("SELECT max(number) AS last FROM audit_row WHERE incarnation = ?", (incarnation,))[0]
    head = db.rows("SELECT rows, hash FROM audit_head")[0]
    number = (found["last"] or 0) + 1
    content = make_row(
        incarnation=incarnation,
        number=number,
        at=opened.clock.now().isoformat(timespec="seconds"),
        what=what,
        previous=head["hash"],
        facts=facts or {},
    )
    db.execute(
        "INSERT INTO audit_row (incarnation, number, content, hash) VALUES (?, ?, ?, ?)",
        (incarnation, number, content, row_hash(content)),
    )
    db.execute("UPDATE audit_head SET rows = ?, hash = ?", (head["rows"] + 1, row_hash(content)))


def note(opened: Opened, what: str, facts: Mapping[str, object], *, once: bool = False) -> None:
    """Add a row durably; with `once` only if the newest row is about something else.

    Errors: ValueError as `add`; SP-201; SP-202; SP-210.
    """
    with opened.db.immediate():
        newest = opened.db.find_row("SELECT content FROM audit_row ORDER BY place DESC LIMIT 1")
        if once and newest is not None and decode(newest["content"], AuditRow).what == what:
            return
        add(opened, what, facts)


def check(opened: Opened) -> AuditState:
    """Read the whole chain and say whether it holds."""
    db = opened.db
    rows = db.rows("SELECT content, hash, sent_in FROM audit_row ORDER BY place")
    head = db.find_row("SELECT rows, hash FROM audit_head") or {"rows": 0, "hash": b""}
    fault = find_fault(((row["content"], row["hash"]) for row in rows), head["rows"], head["hash"])
    return AuditState(len(rows), sum(not row["sent_in"] for row in rows), fault)


def list_due(opened: Opened) -> tuple[tuple[int, bytes], ...]:
    """Return (place, content) of rows to send now, oldest first; empty while there are few and fresh ones."""
    rows = opened.db.rows(
        "SELECT place, content FROM audit_row WHERE sent_in = '' ORDER BY place LIMIT ?", (PAGE_ROWS,)
    )
    if not rows or not (len(rows) >= MANY_ROWS or _is_old(opened, rows[0])):
        return ()
    return tuple((row["place"], row["content"]) for row in rows)


def note_sent(opened: Opened, through: int, item_id: str) -> None:
    """Remember that all rows up to the place `through` are in the outbox, in the item of this id."""
    opened.db.execute(
        "UPDATE audit_row SET sent_in = ? WHERE sent_in = '' AND place <= ?", (item_id, through)
    )


def _is_old(opened: Opened, row: Row) -> bool:
    """A row from the future was written by a clock that lied."""
    age = opened.clock.now() - datetime.fromisoformat(decode(row["content"], AuditRow).at)
    return age >= OLDEST or age < -OLDEST
