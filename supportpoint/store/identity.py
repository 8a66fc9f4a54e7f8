"""Who this machine is to the server: identity, keyset, epoch and cursor, and their mirror on disk."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import JSON, decode
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keyset import Keyset, read_keyset, read_next_keyset
from supportpoint.store import audit
from supportpoint.store.files import write_durably
from supportpoint.store.incarnations import rewrap_unfinished
from supportpoint.store.opening import Opened

logger = logging.getLogger(__name__)


def find_identity(opened: Opened) -> DeviceIdentity | None:
    """Return the identity, None before enrolment."""
    found = opened.db.tuples("SELECT identity FROM device WHERE identity IS NOT NULL")
    return _read(found[0][0]) if found else None


@lru_cache(maxsize=1)
def _read(content: bytes) -> DeviceIdentity:
    """Every save asks who we are, and the answer hardly ever changes."""
    return msgspec.json.decode(content, type=DeviceIdentity)


def get_identity(opened: Opened) -> DeviceIdentity:
    """Return the identity.

    Errors: SP-102 before enrolment.
    """
    found = find_identity(opened)
    if found is None:
        raise SupportPointError("SP-102")
    return found


def save_identity(opened: Opened, new: DeviceIdentity) -> None:
    """Store an identity. Cursor and epoch belong together: another of either starts at 0.

    The epoch last heard stays: only an answer with `have` may end it. A restored server forgets machines
    and their items alike; enrolled anew, they would otherwise never offer again what was complete.
    """
    with opened.db.immediate():
        old = find_identity(opened)
        audit.add(opened, "enrolled", {"device": new.device, "role": new.role})
        write_identity(opened, new if old is None else replace(new, epoch=old.epoch))
        if old is None or (old.device, old.epoch) != (new.device, new.epoch):
            set_cursor(opened, 0)
        is_other = old is None or old.device != new.device
        if is_other and opened.db.rows("SELECT 1 FROM item LIMIT 1"):
            rewrap_unfinished(opened, new.device, "enrolled")
    mirror_identity(opened)


def save_keyset(opened: Opened, signed: bytes) -> None:
    """Store a keyset that our root, or the successor it named, signed and that is newer than ours.

    Errors: SP-102; SP-406, and nothing changed.
    """
    with opened.db.immediate():
        take_keyset(opened, signed)
    mirror_identity(opened)


def start_incarnation(opened: Opened, reason: str) -> str:
    """Draw a new incarnation and wrap anew what the server does not hold completely.

    Errors: SP-102; SP-201; SP-202.
    """
    with opened.db.immediate():
        return rewrap_unfinished(opened, get_identity(opened).device, reason)


def take_keyset(opened: Opened, signed: bytes) -> Keyset:
    """Store a keyset inside the caller's transaction, with the root that counts from now on; return it.

    Errors: SP-102; SP-406.
    """
    identity = get_identity(opened)
    keyset, root = read_next_keyset(signed, get_keyset(identity), identity.root_public)
    write_identity(opened, replace(identity, keyset=signed, root_public=root))
    audit.add(opened, "keyset", {"version": keyset.version})
    return keyset


def get_keyset(identity: DeviceIdentity) -> Keyset:
    """Return the keyset of an identity, its signature checked again.

    Errors: SP-406.
    """
    return read_keyset(identity.keyset, identity.root_public)


def get_cursor(opened: Opened) -> int:
    """Return the place in the pull streams of the identity's epoch."""
    row = opened.db.find_row("SELECT cursor FROM device")
    return 0 if row is None else int(row["cursor"])


def set_cursor(opened: Opened, cursor: int) -> None:
    """Store the place in the pull streams, inside the caller's transaction."""
    opened.db.execute("UPDATE device SET cursor = ?", (cursor,))


def write_identity(opened: Opened, identity: DeviceIdentity) -> None:
    """Store the identity row and note its epoch as seen, inside the caller's transaction."""
    opened.db.execute("INSERT OR IGNORE INTO epoch (id) VALUES (?)", (identity.epoch,))
    opened.db.execute("UPDATE device SET identity = ?", (msgspec.json.encode(identity),))


def mirror_identity(opened: Opened) -> None:
    """Write the identity beside the database, after COMMIT, for the day the database is gone.

    What was committed stays true when the disk refuses the mirror; the next opening tries again.
    """
    identity = find_identity(opened)
    if identity is None:
        return
    content = msgspec.json.encode(identity)
    path = opened.folder.identity
    try:
        if not path.exists() or path.read_bytes() != content:
            write_durably(path, content)
    except (OSError, SupportPointError):
        logger.warning("the mirror of the identity could not be written")


def restore_identity(opened: Opened) -> None:
    """Take the identity back from its mirror into a new database; without a mirror do nothing."""
    path = opened.folder.identity
    if not path.exists():
        return
    try:
        found = decode(path.read_bytes(), DeviceIdentity, JSON)
    except (OSError, msgspec.DecodeError):
        logger.warning("the mirror of the identity cannot be read; the machine must be enrolled again")
        return
    write_identity(opened, found)
