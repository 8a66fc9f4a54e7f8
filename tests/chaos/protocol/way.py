"""The way between a machine and a province: it drops, delays, doubles, cuts, and lies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef, Item, Kind
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import SignKey
from supportpoint.sync.transport import Transport

FAULTS = ("", "", "", "drop", "lost", "late", "twice", "cut", "SP-502", "SP-505", "500")
LOST = SupportPointError("SP-501", reason="lost")


@dataclass
class Channel:
    """Each word of `faults` spoils one request, in order. `late` are requests still on the way.

    drop: never arrives. lost: arrives, the answer does not. late: arrives whenever the world says so,
    once or often, after any other. twice: arrives twice. cut: the server gets a part and dies over it.
    """

    faults: deque[str] = field(default_factory=deque)
    late: list[Callable[[], Any]] = field(default_factory=list)
    poison: str = ""
    takes_photos: bool = True
    batches: list[tuple[Item, ...]] = field(default_factory=list)

    def pass_on(self, arrive: Callable[[], Any], arrive_cut: Callable[[], Any]) -> Any:
        """Return what `arrive` answers. Errors: SP-501, SP-502, SP-505, SP-506 as the next fault says."""
        fault = self.faults.popleft() if self.faults else ""
        if fault == "late":
            self.late.append(arrive)
        if fault in {"drop", "late"}:
            raise LOST
        if fault == "500":
            raise SupportPointError("SP-506", status=500)
        if fault.startswith("SP-"):
            raise SupportPointError(fault)
        if fault == "cut":
            arrive_cut()
            raise LOST
        answer = arrive()
        if fault == "twice":
            answer = arrive()
        if fault == "lost":
            raise LOST
        return answer

    @property
    def sent(self) -> list[str]:
        """The ids of all cases sent in the last pass; a day's audit rows go beside them."""
        return [item.id for batch in self.batches for item in batch if item.kind != Kind.AUDIT]

    @property
    def first_batch(self) -> tuple[Item, ...]:
        """The items that the last pass sent first."""
        batch = self.batches[0] if self.batches else ()
        return tuple(item for item in batch if item.kind != Kind.AUDIT)

    def note_photo(self) -> None:
        """Let an attachment begin. Errors: SP-501 while none gets through."""
        if not self.takes_photos:
            raise LOST

    def note(self, items: tuple[Item, ...]) -> None:
        """Remember what is on its way. Errors: SP-506 for a batch with the poisoned item in it."""
        self.batches.append(items)
        if self.poison in {item.id for item in items}:
            raise SupportPointError("SP-506", status=500)


@dataclass(frozen=True)
class Kept:
    """What a province holds of one item. `is_whole`: with every byte of every attachment."""

    envelope: bytes
    blobs: tuple[BlobRef, ...]
    is_whole: bool


class Province(Protocol):
    """What the world asks of a server: the model of the protocol, or the real one."""

    urgent_kid: bytes
    """The key of a legal-aid agency: what is sealed for it goes first."""

    def enrol(self, key: SignKey) -> DeviceIdentity:
        """Make a new device of this key."""

    def revoke(self, device: str) -> None:
        """Refuse a device from now on."""

    def is_welcome(self, device: str) -> bool:
        """Tell whether a device is known and not revoked."""

    def open_way(self, identity: DeviceIdentity, key: SignKey, channel: Channel) -> Transport:
        """Return the way of one device over a channel."""

    def take_stick(self, items: tuple[Item, ...], blobs: tuple[bytes, ...], carrier: str) -> None:
        """Take in what a stick carries, brought by a device."""

    def announce(self, stream: str, ref: str) -> None:
        """Put one row into the feed of every device."""

    def back_up(self) -> Any:
        """Return a copy of everything, files too."""

    def restore(self, copy: Any, *, files: Any | None) -> None:
        """Go back to a copy, and to the files of any copy, and notice it; None: today's files stay."""

    def kept(self) -> dict[str, Kept]:
        """Return every item that took effect, by id."""

    def count_doubled(self) -> int:
        """Return how many items took effect more than once."""

    def held_ids(self) -> set[str]:
        """Return the ids of sends that a person looks at."""

    def list_feed(self) -> list[tuple[int, str, str]]:
        """Return (place, stream, ref) of the feed, in order."""

    @property
    def epoch(self) -> str:
        """The name of this life of the database."""
