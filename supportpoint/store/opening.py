"""Open the database of a data folder: key check, check after an unclean stop, migrations."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from dataclasses import dataclass

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.store.backups import is_key_of_backups, list_backups
from supportpoint.store.driver import Database, connect
from supportpoint.store.files import Folder, write_durably
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.lock import BUSY_S, FileLock
from supportpoint.store.log import has_frames
from supportpoint.store.migrations import migrate
from supportpoint.store.spool import has_entries

_KEY_CHECK_LABEL = b"supportpoint database key check 1"
_KEY_CHECK_BYTES = 32


@dataclass(frozen=True, slots=True)
class Opened:
    """What every part of the store works with. `floor_bytes`: free space kept from attachments."""

    db: Database
    folder: Folder
    clock: Clock
    keys: DeviceKeys
    floor_bytes: int
    use: FileLock

    def close(self) -> None:
        """Close the database; where damage was met, the next opening reads all of it. Twice does nothing."""
        self.db.close()
        if self.db.is_doubted:
            doubt(self.folder)
        self.use.release()

    def now(self) -> str:
        """Return the moment as ISO 8601 text in UTC, as all our rows hold it."""
        return self.clock.now().isoformat(timespec="milliseconds")

    def sync_lock(self) -> FileLock:
        """Return the lock of one sync pass; SP-508 when another runs, in whichever program."""
        return FileLock(self.folder.sync_lock, code="SP-508")

    def write_lock(self) -> FileLock:
        """Return the lock for changing files and database together; SP-201 when busy for 5 s."""
        return lock_writes(self.folder)


def lock_writes(folder: Folder) -> FileLock:
    """Return the lock for changing files and database of a folder together; SP-201 when busy for 5 s."""
    return FileLock(folder.write_lock, wait_s=BUSY_S, code="SP-201")


def open_database(folder: Folder, clock: Clock, keys: DeviceKeys, floor_bytes: int) -> Opened:
    """Open or make the database of a folder, while the caller holds its write lock.

    After an unclean stop, or where damage was met, the whole database is read once before anything is
    built on it.
    Errors: SP-201 to SP-203, SP-205, SP-206; SP-210 when it is damaged, or gone where it once stood.
    """
    is_unclean = folder.doubt.exists() or has_frames(folder)
    _miss_database(folder, keys.database_key)
    use = FileLock(folder.use_lock, wait_s=BUSY_S, code="SP-201", shared=True)
    use.take()
    try:
        db = _connect(folder, keys.database_key)
        try:
            if is_unclean:
                db.check()
            else:
                _refuse_short(folder, db)
            migrate(db, folder)
            db.freeze_schema()
            if is_unclean:
                _settle(folder)
        except BaseException:
            db.close()
            raise
    except BaseException:
        use.release()
        raise
    return Opened(db, folder, clock, keys, floor_bytes, use)


def doubt(folder: Folder) -> None:
    """Have the next opening read the whole database, as far as the disk lets us say so."""
    with suppress(SupportPointError):
        if not folder.doubt.exists():
            write_durably(folder.doubt, b"")


def confirm_key(folder: Folder, key: bytes) -> None:
    """Return quietly when something says that `key` is the database's: its key check, or a backup.

    Errors: SP-203 when nothing does: what does not open may be healthy.
    """
    if not check_key(folder, key) and not is_key_of_backups(folder, key):
        raise SupportPointError("SP-203")


def check_key(folder: Folder, key: bytes) -> bool:
    """Return whether a key check is there to confirm that `key` made the database.

    Errors: SP-203 when it says that another key did.
    """
    if not folder.key_check.exists() or folder.key_check.stat().st_size != _KEY_CHECK_BYTES:
        return False
    if not hmac.compare_digest(folder.key_check.read_bytes(), _key_check(key)):
        raise SupportPointError("SP-203")
    return True


def _key_check(key: bytes) -> bytes:
    return hmac.digest(key, _KEY_CHECK_LABEL, hashlib.sha256)


def _connect(folder: Folder, key: bytes) -> Database:
    """Connect, telling a wrong key (SP-203) from a damaged database (SP-210).

    Both look the same to SQLCipher. Without a key check on disk the key is doubted first: a healthy
    database must never be taken for a damaged one.
    """
    if not folder.database.exists():
        write_durably(folder.key_check, _key_check(key))
    is_checked = check_key(folder, key)
    try:
        db = connect(folder.database, key)
    except SupportPointError as error:
        if error.code == "SP-210" and not is_checked and not is_key_of_backups(folder, key):
            raise SupportPointError("SP-203") from error
        raise
    if not is_checked:
        write_durably(folder.key_check, _key_check(key))
    return db


def _miss_database(folder: Folder, key: bytes) -> None:
    """Tell a database that is gone, or empty, from one that was never there.

    Errors: SP-210 when this key once had one here: backups under it, or a mark, or an empty file beside
            a filled spool.
    """
    size = folder.database.stat().st_size if folder.database.exists() else -1
    if size > 0:
        return
    has_mark = folder.doubt.exists() and folder.doubt.stat().st_size > 0
    is_left_empty = size == 0 and (has_entries(folder) or folder.log.exists())
    if not (has_mark or is_left_empty or list_backups(folder)):
        return
    try:
        confirm_key(folder, key)
    except SupportPointError:
        return  # made under another key: a new beginning
    raise SupportPointError("SP-210", size_bytes=max(size, 0))


def _refuse_short(folder: Folder, db: Database) -> None:
    """A file that was cut off is read by SQLite as far as it goes. Errors: SP-210."""
    if db.tuples("PRAGMA user_version")[0] == (0,):
        return  # new
    (pages,), (page_bytes,) = db.tuples("PRAGMA page_count")[0], db.tuples("PRAGMA page_size")[0]
    if folder.database.stat().st_size < pages * int(page_bytes):
        db.is_doubted = True
        raise SupportPointError("SP-210", pages=pages)


def _settle(folder: Folder) -> None:
    with suppress(OSError):
        folder.doubt.unlink(missing_ok=True)
