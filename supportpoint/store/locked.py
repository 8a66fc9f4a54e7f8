"""What three pictures open at this machine: locked drafts, and the private receipts it queued."""

from __future__ import annotations

from supportpoint.store.driver import Row
from supportpoint.store.opening import Opened
from supportpoint.store.values import Locked

TRIES = 5
DRAFT, RECEIPT = "draft", "receipt"


def save_locked(opened: Opened, locked: Locked) -> None:
    """Store an entry in place of the one of its id; wrong tries of before are forgotten."""
    opened.db.execute(
        "INSERT OR REPLACE INTO locked (id, kind, salt, sealed, wrong, kept_until) VALUES (?, ?, ?, ?, 0, ?)",
        (locked.id, locked.kind, locked.salt, locked.sealed, locked.kept_until),
    )


def list_locked_drafts(opened: Opened) -> tuple[Locked, ...]:
    """Return the drafts that are still kept, the newest first; what is over is deleted."""
    with opened.db.immediate():
        opened.db.execute("DELETE FROM locked WHERE kept_until <= ? AND kept_until > '0'", (opened.now(),))
    rows = opened.db.rows("SELECT * FROM locked WHERE kind = ? ORDER BY kept_until DESC", (DRAFT,))
    return tuple(_locked(row) for row in rows)


def find_locked(opened: Opened, entry_id: str) -> Locked | None:
    """Return the entry of an id, None when there is none."""
    row = opened.db.find_row("SELECT * FROM locked WHERE id = ?", (entry_id,))
    return _locked(row) if row is not None else None


def note_wrong(opened: Opened, entry_id: str) -> int:
    """Count a wrong try and return how many are left; with the last one the secret part is deleted.

    A draft goes whole. Of a receipt stays that it is private.
    """
    with opened.db.immediate():
        opened.db.execute("UPDATE locked SET wrong = wrong + 1 WHERE id = ?", (entry_id,))
        opened.db.execute(
            "DELETE FROM locked WHERE id = ? AND wrong >= ? AND kind = ?", (entry_id, TRIES, DRAFT)
        )
        opened.db.execute(
            "UPDATE locked SET salt = x'', sealed = x'' WHERE id = ? AND wrong >= ?", (entry_id, TRIES)
        )
    row = opened.db.find_row("SELECT wrong FROM locked WHERE id = ?", (entry_id,))
    return max(0, TRIES - int(row["wrong"])) if row is not None else 0


def delete_locked(opened: Opened, entry_id: str) -> None:
    """Delete an entry, if it is there."""
    opened.db.execute("DELETE FROM locked WHERE id = ?", (entry_id,))


def _locked(row: Row) -> Locked:
    return Locked(row["id"], row["kind"], row["salt"], row["sealed"], row["kept_until"])
