"""The people of a desk, one file each: a wrapped key, what is sealed to it, and how often it was tried.

The count of tries stands in the file that holds the key, and is durable before a try is checked: whoever
deletes the one deletes the other, and pulling the plug gives no try back. The wait is timed by the
monotonic clock; a new start begins it anew.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import msgspec

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Message, decode, encode
from supportpoint.sealing.keys import SealKey
from supportpoint.staff.badge import Badge, make_badge, read_badge
from supportpoint.staff.wrapping import SALT_BYTES, open_grant, seal_grant, unwrap_key, wrap_key
from supportpoint.store.files import make_folder, write_durably
from supportpoint.store.lock import BUSY_S, FileLock

COMMUNE_KEY = "commune"
DATABASE_KEY = "database"
FREE_TRIES = 5
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 3600.0
_SUFFIX = ".staff"
_PERSON = re.compile(r"[0-9a-f]{16}")


class Entry(Message, frozen=True):
    """What is kept of a person: no name. After revocation nothing but the id and the mark."""

    person: str
    public: bytes = b""
    salt: bytes = b""
    wrapped: bytes = b""
    grants: dict[str, bytes] = msgspec.field(default_factory=dict)
    tries: int = 0
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open desk: who opened it, and the secrets that were sealed to that person, by name."""

    person: str
    secrets: Mapping[str, bytes] = field(repr=False)


class Roster:
    """The staff of one desk folder. Belongs to one thread; slow: argon2 takes about 0.2 s.

    Errors: every method may raise SP-201 (another program holds the folder) and SP-202.
    """

    def __init__(self, folder: Path, device_secret: bytes, clock: Clock) -> None:
        """Take the folder of the desk's people and 32 secret bytes of this machine's key store."""
        self._folder = folder
        self._device_secret = device_secret
        self._clock = clock
        self._since_s: dict[str, float] = {}
        self._started_s = clock.monotonic_s()
        make_folder(folder)

    def add(self, pin: str, grants: Mapping[str, bytes]) -> Badge:
        """Take in a person and return the badge to print; it is kept nowhere.

        Shape:  `grants` are the secrets that this person opens, by name; whoever adds a colleague holds
                them because a badge opened the desk.
        Errors: SP-409 when the PIN is no six digits, or all the same.
        """
        badge, key, salt = make_badge(), SealKey.make(), secrets.token_bytes(SALT_BYTES)
        entry = Entry(
            person=badge.person,
            public=key.public,
            salt=salt,
            wrapped=wrap_key(key, badge, pin, salt, self._device_secret),
            grants={name: seal_grant(name, secret, key.public) for name, secret in grants.items()},
        )
        with self._lock():
            self._write(entry)
        return badge

    def unlock(self, badge_text: str, pin: str) -> Unlocked:
        """Open the desk with what the scanner read and what was typed.

        Errors: SP-408 no badge; SP-409 badge or PIN is wrong; SP-410 too many tries, `wait_s` says how
                long; SP-411 the badge was revoked; SP-403 the file was altered.
        """
        badge = read_badge(badge_text)
        with self._lock():
            entry = self._find(badge.person)
            if entry is None:
                raise SupportPointError("SP-409")
            if entry.is_revoked:
                raise SupportPointError("SP-411")
            entry = self._begin_try(entry)
            key = unwrap_key(entry.wrapped, badge, pin, entry.salt, self._device_secret)
            opened = {name: open_grant(name, sealed, key) for name, sealed in entry.grants.items()}
            self._write(msgspec.structs.replace(entry, tries=0))
            self._since_s.pop(entry.person, None)
        return Unlocked(entry.person, opened)

    def wait_s(self, person: str) -> float:
        """Return how long until the next try of a person is taken, 0 when it may come now."""
        entry = self._find(person)
        return self._left_s(entry) if entry is not None else 0.0

    def grant(self, name: str, secret: bytes) -> None:
        """Seal a new secret, such as a commune's next key, to everybody who is not revoked."""
        with self._lock():
            for entry in self._entries():
                if not entry.is_revoked:
                    grants = entry.grants | {name: seal_grant(name, secret, entry.public)}
                    self._write(msgspec.structs.replace(entry, grants=grants))

    def revoke(self, person: str) -> None:
        """End a badge: its wrapped key and all that was sealed to it go. A second call does nothing.

        Errors: SP-803 when there is nobody of this id.
        """
        with self._lock():
            if self._find(person) is None:
                raise SupportPointError("SP-803", person=person)
            self._write(Entry(person=person, is_revoked=True))

    def list_people(self) -> tuple[str, ...]:
        """Return the ids of those whose badge opens."""
        return tuple(entry.person for entry in self._entries() if not entry.is_revoked)

    def _begin_try(self, entry: Entry) -> Entry:
        """Count a try durably before anything is checked. Errors: SP-410."""
        left_s = self._left_s(entry)
        if left_s > 0:
            raise SupportPointError("SP-410", wait_s=ceil(left_s))
        counted = msgspec.structs.replace(entry, tries=entry.tries + 1)
        self._write(counted)
        self._since_s[entry.person] = self._clock.monotonic_s()
        return counted

    def _left_s(self, entry: Entry) -> float:
        if entry.tries < FREE_TRIES:
            return 0.0
        wait_s = min(FIRST_WAIT_S * 2.0 ** min(entry.tries - FREE_TRIES, 60), LONGEST_WAIT_S)
        since_s = self._since_s.get(entry.person, self._started_s)
        return max(0.0, since_s + wait_s - self._clock.monotonic_s())

    def _lock(self) -> FileLock:
        return FileLock(self._folder / "staff.lock", wait_s=BUSY_S, code="SP-201")

    def _write(self, entry: Entry) -> None:
        write_durably(self._folder / f"{entry.person}{_SUFFIX}", encode(entry))

    def _find(self, person: str) -> Entry | None:
        path = self._folder / f"{person}{_SUFFIX}"
        if not _PERSON.fullmatch(person) or not path.exists():
            return None
        return _read(path)

    def _entries(self) -> tuple[Entry, ...]:
        return tuple(_read(path) for path in sorted(self._folder.glob(f"*{_SUFFIX}")))


def _read(path: Path) -> Entry:
    """Return what a file holds. Errors: SP-403 when it is damaged or another person's."""
    try:
        entry = decode(path.read_bytes(), Entry)
    except (OSError, msgspec.DecodeError) as error:
        raise SupportPointError("SP-403", part="staff") from error
    if entry.person != path.stem:
        raise SupportPointError("SP-403", part="staff")
    return entry
