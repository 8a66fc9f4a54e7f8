"""The machine's clock, set right by what our server signs. Source: docs/security.md, "A dead clock".

A signed moment is remembered together with the running time of the machine at which it was heard. While
the machine stays on, now is that moment plus what has run since: the machine's own clock may stand at
1970, run ten years ahead or be set back, and nothing notices. After a restart only this much is known:
it is later than the newest signed moment.
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from supportpoint.clock import EARLIEST, Clock, SystemClock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import JSON, decode
from supportpoint.store.files import Folder, write_durably

#: A server that names a later moment has a broken clock itself.
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
SAVE_EVERY = timedelta(hours=1)
DRIFT = timedelta(seconds=5)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

log = logging.getLogger(__name__)


class Uptime(Protocol):
    """The running time of a machine, which no setting of its clock changes."""

    boot: str
    """Another name after every restart."""

    def read_s(self) -> float:
        """Return seconds since `boot` began, sleep included."""


class MachineUptime:
    """Linux names its boots and counts sleep; elsewhere this process stands for the boot."""

    def __init__(self) -> None:
        try:
            self.boot = _BOOT_ID.read_text("ascii").strip()
            self._clock: int | None = time.CLOCK_BOOTTIME
        except (OSError, ValueError, AttributeError):
            self.boot, self._clock = secrets.token_hex(16), None

    def read_s(self) -> float:
        """Return seconds since the boot, sleep included where the system counts it."""
        return time.monotonic() if self._clock is None else time.clock_gettime(self._clock)


class Heard(msgspec.Struct, frozen=True):
    """A moment our server signed, and when in the life of this machine it was heard."""

    signed_at: datetime
    boot: str
    uptime_s: float


@dataclass
class _Memory:
    heard: Heard | None = None
    saved: Heard | None = None


class SignedClock:
    """A clock that no wrong setting of the machine reaches once our server has spoken.

    `path` keeps the newest signed moment; without one it is forgotten with this object. Usable from
    several threads. Nothing here raises: no date may stop a case from being saved.
    """

    def __init__(
        self,
        machine: Clock,
        path: Path | None = None,
        *,
        uptime: Uptime | None = None,
        earliest: datetime = EARLIEST,
    ) -> None:
        self._machine = machine
        self._path = path
        self._uptime = uptime or MachineUptime()
        self._earliest = earliest
        found = _read(path)
        usable = found if found is not None and self._is_possible(found.signed_at) else None
        self._memory = _Memory(usable, usable)

    @classmethod
    def of_folder(cls, folder: Path) -> SignedClock:
        """Return this machine's clock with what a data folder remembers."""
        return cls(SystemClock(), Folder(folder).signed_time)

    def now(self) -> datetime:
        """Return the signed moment carried on while it can be, else the machine's, never before the floor."""
        carried = self._find_carried()
        return max(self._machine.now(), self._floor()) if carried is None else carried

    def monotonic_s(self) -> float:
        """Return seconds that never go back within one process."""
        return self._machine.monotonic_s()

    def is_wrong(self) -> bool:
        """Return whether the machine says a moment that is over, and nothing tells the right one."""
        return self._find_carried() is None and self._machine.now() < self._floor()

    def is_trusted(self) -> bool:
        """Return whether `now` rests on our server's word, heard since this machine was switched on."""
        return self._find_carried() is not None

    def trusted(self) -> datetime:
        """Return what certificates are judged by: our server's word carried on, else the floor.

        The machine's own clock has no say here.
        """
        return self._find_carried() or self._floor()

    def find_offset_s(self) -> float | None:
        """Return by how many seconds the server is ahead of the machine's clock, None when unknown."""
        carried = self._find_carried()
        return None if carried is None else (carried - self._machine.now()).total_seconds()

    def find_signed_at(self) -> datetime | None:
        """Return the newest moment our server signed, None when it never did."""
        heard = self._memory.heard
        return None if heard is None else heard.signed_at

    def hear(self, text: str) -> None:
        """Take `now` of an answer that our server signed for a request of ours.

        The last word counts, an earlier moment too: such an answer is never an old one, and a server
        whose clock was wrong for an hour must not shut out machines for ever.
        """
        moment = _parse(text)
        if moment is None or not self._is_possible(moment):
            log.warning("the server names a moment that cannot be")
            return
        expected = self._find_carried()
        heard = Heard(moment, self._uptime.boot, self._uptime.read_s())
        self._memory.heard = heard
        saved = self._memory.saved
        is_steady = expected is not None and abs(expected - moment) < DRIFT
        if saved is None or not is_steady or moment - saved.signed_at >= SAVE_EVERY:
            self._save(heard)

    def _find_carried(self) -> datetime | None:
        heard = self._memory.heard
        if heard is None or heard.boot != self._uptime.boot:
            return None
        run_s = self._uptime.read_s() - heard.uptime_s
        try:
            return heard.signed_at + timedelta(seconds=run_s) if run_s >= 0 else None
        except (OverflowError, ValueError):
            return None

    def _floor(self) -> datetime:
        heard = self._memory.heard
        return self._earliest if heard is None else max(heard.signed_at, self._earliest)

    def _is_possible(self, moment: datetime) -> bool:
        return self._earliest <= moment < LATEST

    def _save(self, heard: Heard) -> None:
        if self._path is None:
            return
        try:
            write_durably(self._path, msgspec.json.encode(heard))
        except (OSError, SupportPointError):
            log.warning("the signed time could not be written")
            return
        self._memory.saved = heard


def _parse(text: str) -> datetime | None:
    """Return an aware moment of ISO text, None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _read(path: Path | None) -> Heard | None:
    """Return what a file remembers; a missing or damaged one remembers nothing."""
    try:
        found = decode(path.read_bytes(), Heard, JSON) if path is not None else None
    except (OSError, msgspec.DecodeError):
        return None
    return found if found is not None and found.signed_at.tzinfo is not None else None
