"""Open the database of a data folder: key check, check after an unclean stop, migrations."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.store.driver import Database, connect
from supportpoint.store.files import Folder, write_durably
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.lock import BUSY_S, FileLock
from supportpoint.store.migrations import migrate

_KEY_CHECK_LABEL = b"supportpoint database key check 1"


@dataclass(frozen=True, slots=True)
class Opened:
    """What every part of the store works with. `floor_bytes`: free space kept from attachments."""

    db: Database
    folder: Folder
    clock: Clock
    keys: DeviceKeys
    floor_bytes: int

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

    After an unclean stop the whole database is read once before anything is built on it.
    Errors: SP-201 to SP-203, SP-205, SP-206, SP-210.
    """
    is_unclean = folder.log.exists() and folder.log.stat().st_size > 0
    db = _connect(folder, keys.database_key)
    try:
        if is_unclean:
            db.check()
        migrate(db, folder)
        db.freeze_schema()
    except BaseException:
        db.close()
        raise
    return Opened(db, folder, clock, keys, floor_bytes)


def check_key(folder: Folder, key: bytes) -> bool:
    """Return whether a key check is there to confirm that `key` made the database.

    Errors: SP-203 when it says that another key did.
    """
    if not folder.key_check.exists():
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
        if error.code == "SP-210" and not is_checked:
            raise SupportPointError("SP-203") from error
        raise
    if not is_checked:
        write_durably(folder.key_check, _key_check(key))
    return db
