"""Room in the write-ahead log: zeroes that the next saves write over, as over those of a room of the spool.

An emptied log has no bytes, and to make a file longer costs a sync more than to write over it. SQLite takes
zeroes for a log without frames. Source: docs/decisions/0013-store-repair.md
"""

from __future__ import annotations

import os
from contextlib import suppress

from supportpoint.store.driver import Database
from supportpoint.store.files import Folder, saving

ROOM_BYTES = 256 * 1024


def make_room_in_log(db: Database, folder: Folder) -> None:
    """Lay zeroes out in a log that was emptied; one that somebody has written to since stays.

    The emptying is made durable first: a cut must leave nothing of before between zeroes.
    Errors: SP-201; SP-202. The log is as good then.
    """
    with db.immediate(), saving(), folder.log.open("r+b", buffering=0) as log:
        if os.fstat(log.fileno()).st_size == 0:
            os.fsync(log.fileno())
            log.write(bytes(ROOM_BYTES))
            os.fsync(log.fileno())


def has_frames(folder: Folder) -> bool:
    """Tell whether a log is there that holds more than zeroes: somebody has the store open, or died."""
    with suppress(FileNotFoundError), folder.log.open("rb", buffering=0) as log:
        return bool(log.read(ROOM_BYTES).strip(b"\0"))
    return False
