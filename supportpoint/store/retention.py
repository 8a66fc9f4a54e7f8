"""How long each thing is kept, in one table, and the work that ends it.

What ends is overwritten in the database (`secure_delete`), gone from its log once that is emptied, from
the spool and the blobs at once, and from the backups when the next one is made: the caller does these two.
A kiosk's clock may lie by years. What was sent is therefore measured by the server's clock alone; the rest
waits while ours cannot be right. Source: docs/decisions/0013-store-repair.md
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from supportpoint.clock import EARLIEST
from supportpoint.records import ItemState
from supportpoint.store.files import Folder
from supportpoint.store.opening import Opened
from supportpoint.store.spool import remove

KEPT: dict[str, timedelta] = {
    "draft": timedelta(hours=72),  # of an ordinary form; `locked` rows carry their own end
    "item": timedelta(days=90),  # after complete, and backed up on the server
    "box": timedelta(days=180 + 400),  # the server's tombstone comes 180 days after the end, if we hear it
    "copy": timedelta(hours=72),  # damaged databases and copies before an upgrade: they hold drafts
    "report": timedelta(days=365),  # what a repair did; there are no other log files
}
AT_ONCE = 500
"""Items archived in one run, so that nobody waits for it."""
_NEVER = "0"
"""A date on a destroyed page may read as zeroes; what it stood for is the repair's to tell."""
_CLOCK_AHEAD = timedelta(days=366)
_CLOCK_BEHIND = timedelta(days=1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows and files ended."""

    drafts: int = 0
    locked: int = 0
    boxes: int = 0
    items: int = 0
    files: int = 0

    @property
    def is_in_backups(self) -> bool:
        """Something of it stands in backups made before."""
        return bool(self.locked or self.boxes or self.items)


def erase_old(opened: Opened, *, draft_kept: timedelta = KEPT["draft"]) -> Erased:
    """End what was kept long enough; nothing while the clock is obviously wrong. Errors: SP-201; SP-202."""
    now = opened.clock.now()
    if not _is_plausible(opened, now):
        logger.warning("nothing is erased while the clock is wrong")
        return Erased()
    db = opened.db
    with opened.write_lock():
        with db.immediate():
            drafts = db.execute(
                "DELETE FROM draft WHERE updated_at < ? AND updated_at > ?",
                ((now - draft_kept).isoformat(), _NEVER),
            )
            locked = db.execute(
                "DELETE FROM locked WHERE kept_until <= ? AND kept_until > ?", (opened.now(), _NEVER)
            )
            boxes = db.execute(
                "DELETE FROM box WHERE received_at < ? AND received_at > ?",
                ((now - KEPT["box"]).isoformat(), _NEVER),
            )
            ended = _find_ended(opened)
            for number, _ in ended:
                db.execute(
                    "UPDATE item SET state = ?, envelope = x'', must_confirm = 0 WHERE number = ?",
                    (ItemState.ARCHIVED, number),
                )
        remove(opened.folder.spool_path(item_id) for _, item_id in ended)
        remove(_unneeded_blobs(opened, [number for number, _ in ended]))
    erased = Erased(drafts, locked, boxes, len(ended), _remove_old_files(opened.folder, now))
    if erased != Erased():
        logger.info("erased what was kept long enough: %s", erased)
    return erased


def note_server(opened: Opened, now: str, backed_up_through: int) -> None:
    """Keep the server's clock and its word on backups, inside the caller's transaction.

    `receipted_at` of an item is the first such moment at which it was complete: never too early.
    """
    opened.db.execute("UPDATE device SET server_now = ?, backed_up_through = ?", (now, backed_up_through))
    opened.db.execute(
        "UPDATE item SET receipted_at = ? WHERE state = 'complete' AND receipted_at = ''", (now,)
    )


def _is_plausible(opened: Opened, now: datetime) -> bool:
    (heard,) = opened.db.tuples("SELECT server_now FROM device")[0]
    try:
        server_now = datetime.fromisoformat(heard)
        return server_now - _CLOCK_BEHIND <= now <= server_now + _CLOCK_AHEAD
    except (ValueError, TypeError):  # none heard yet
        return now >= EARLIEST


def _find_ended(opened: Opened) -> list[tuple[int, str]]:
    """Return number and id of items complete long enough by the server's clock, and backed up there."""
    return [
        (number, item_id)
        for number, item_id in opened.db.tuples(
            "SELECT i.number, i.id FROM item i, device d WHERE i.state = 'complete'"
            " AND unixepoch(i.receipted_at) <= unixepoch(d.server_now) - ?"
            " AND unixepoch(i.receipted_at) <= d.backed_up_through ORDER BY i.receipted_at LIMIT ?",
            (int(KEPT["item"].total_seconds()), AT_ONCE),
        )
    ]


def _unneeded_blobs(opened: Opened, numbers: list[int]) -> Iterator[Path]:
    """Yield the blob files of archived items that no other item names."""
    for number in numbers:
        for (sha256,) in opened.db.tuples(
            "SELECT sha256 FROM blob b WHERE item_number = ? AND NOT EXISTS (SELECT 1 FROM blob o"
            " JOIN item i ON i.number = o.item_number WHERE o.sha256 = b.sha256 AND i.state <> ?)",
            (number, ItemState.ARCHIVED),
        ):
            yield opened.folder.blob_path(sha256)


def _remove_old_files(folder: Folder, now: datetime) -> int:
    """Delete damaged databases, copies before upgrades and the report of a repair that are old enough."""
    copies = [*folder.quarantine.glob("*"), *folder.root.glob(f"{folder.database.name}.v*")]
    aged = [(path, KEPT["copy"]) for path in copies] + [(folder.repair_report, KEPT["report"])]
    count = 0
    for path, kept in aged:
        with suppress(OSError):
            if now.timestamp() - path.stat().st_mtime < kept.total_seconds():
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            count += 1
    return count
