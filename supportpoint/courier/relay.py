"""The relayed lane: letters of other kiosks, kept sealed beside the store until the server has them.

relay/ID/head, contents, items/*, blobs/*    a letter as it came; items and blobs go once it is delivered
relay/ID/answers                             what the server says to the letter's device

Nothing here is this machine's: it cannot read it, and the store does not know of it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from supportpoint.clock import Clock, local_day
from supportpoint.courier.answers import check_head
from supportpoint.courier.archive import ANSWERS, BLOBS, ITEMS, MAX_FOLDER_BYTES, ArchiveReader, make_part
from supportpoint.courier.heads import ANSWERS as ANSWERS_KIND
from supportpoint.courier.heads import LETTER, VERSION, make_file
from supportpoint.courier.stick import (
    ANSWERS_SUFFIX,
    list_files,
    make_name,
    open_file,
    remove_files,
    write_file,
)
from supportpoint.courier_messages import CourierHead
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item, Message, decode, encode
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import SignKey, make_kid
from supportpoint.store.files import (
    TMP_SUFFIX,
    make_folder,
    saving,
    sync_folder,
    write_durably,
    write_tmp,
)
from supportpoint.store.lock import FileLock

QUOTA_BYTES = 256 * 1024 * 1024
HEAD_FILE = "head"
ANSWERS_FILE = "answers"
_FOLDERS = (ITEMS, BLOBS)


class AnswerList(Message, frozen=True):
    """The file form of the answers to one letter: each an encoded `Signed`."""

    answers: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class RelayCounts:
    """What lies in the lane: letters not delivered yet, answers to bring back, and bytes on the disk."""

    waiting: int = 0
    answered: int = 0
    size_bytes: int = 0


@dataclass(frozen=True)
class Relayed:
    """One letter in the lane."""

    folder: Path

    @property
    def head_bytes(self) -> bytes:
        """The signed head as it came."""
        return (self.folder / HEAD_FILE).read_bytes()

    @property
    def is_waiting(self) -> bool:
        """The server has not answered for all of it."""
        return (self.folder / ITEMS).exists()

    @property
    def has_answers(self) -> bool:
        """There is something to bring back."""
        return (self.folder / ANSWERS_FILE).exists()

    @property
    def size_bytes(self) -> int:
        """What it takes on the disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def items(self) -> Iterator[Item]:
        """Yield its items in order; one that cannot be read was no item before it came here."""
        for path in sorted((self.folder / ITEMS).iterdir()):
            with suppress(msgspec.DecodeError):
                yield decode(path.read_bytes(), Item)

    def find_blob(self, sha256: bytes) -> Path | None:
        """Return the file of an attachment envelope, None when the letter brought none."""
        path = self.folder / BLOBS / sha256.hex()
        return path if path.exists() else None

    def answers(self) -> tuple[bytes, ...]:
        """Return the signed answers kept for its device."""
        try:
            return decode((self.folder / ANSWERS_FILE).read_bytes(), AnswerList).answers
        except (OSError, msgspec.DecodeError):
            return ()

    def keep_answers(self, answers: list[bytes], *, is_delivered: bool) -> None:
        """Keep what the server said; a delivered letter gives its room back. Errors: SP-202."""
        write_durably(self.folder / ANSWERS_FILE, encode(AnswerList(tuple(answers))))
        if is_delivered:
            for name in _FOLDERS[::-1]:  # items last: they say that the letter waits
                shutil.rmtree(self.folder / name, ignore_errors=True)


class RelayLane:
    """The lane of one data folder. `quota_bytes` bounds what others may take of this disk."""

    def __init__(self, data_dir: Path, quota_bytes: int = QUOTA_BYTES) -> None:
        self.root = data_dir / "relay"
        self.quota_bytes = quota_bytes

    def lock(self) -> FileLock:
        """Return the lock of one delivery, not yet taken; SP-508 when another program delivers."""
        make_folder(self.root)
        return FileLock(self.root / "lock", code="SP-508")

    def letters(self) -> list[Relayed]:
        """Return what lies here, in the order in which it came."""
        if not self.root.is_dir():
            return []
        found = [path for path in self.root.iterdir() if (path / HEAD_FILE).exists() and path.suffix == ""]
        return [
            Relayed(path) for path in sorted(found, key=lambda path: (path / HEAD_FILE).stat().st_mtime_ns)
        ]

    def counts(self) -> RelayCounts:
        """Count the lane."""
        letters = self.letters()
        return RelayCounts(
            waiting=sum(letter.is_waiting for letter in letters),
            answered=sum(letter.has_answers for letter in letters),
            size_bytes=sum(letter.size_bytes for letter in letters),
        )

    def take(self, path: Path, identity: DeviceIdentity) -> bool:
        """Take another kiosk's letter; False when it is ours or was taken before. Only a whole one is taken.

        Errors: SP-903, SP-905, SP-906; SP-907 when others have no room left here; SP-202. Nothing changed.
        """
        with open_file(path) as reader:
            head = check_head(reader, identity, LETTER)
            home = self.root / head.id
            if head.device == identity.device or home.exists():
                return False
            self._make_room(sum(entry.size for entry in reader.entries))
            for left in self.root.glob(f"*{TMP_SUFFIX}"):  # of a crash
                shutil.rmtree(left, ignore_errors=True)
            tmp = self.root / f"{head.id}{TMP_SUFFIX}"
            try:
                _unpack(reader, tmp)
                with saving():
                    tmp.replace(home)
                    sync_folder(self.root)
            except BaseException:
                shutil.rmtree(tmp, ignore_errors=True)
                raise
        return True

    def write_answers(self, place: Path, identity: DeviceIdentity, key: SignKey, clock: Clock) -> int:
        """Put every answer of the lane onto a stick, in one file; return how many, 0 when it is there.

        Errors: SP-901 to SP-905 as `stick.write_file`.
        """
        answers = self._answers_that_fit()
        if not answers:
            return 0
        parts = [make_part(ANSWERS, f"{number:08x}", content) for number, content in enumerate(answers)]
        digest = hashlib.sha256(b"".join(sorted(part.entry.sha256 for part in parts)))
        head = CourierHead(
            version=VERSION,
            kind=ANSWERS_KIND,
            id=digest.hexdigest()[:32],
            device=identity.device,
            server=make_kid(identity.server_public),
            province=identity.province_code,
            made_on=local_day(clock.now()).isoformat(),
        )
        path = place / make_name(head)
        ours = [old for old in list_files(place, ANSWERS_SUFFIX) if _start(old) == _start(path)]
        if any(head.id[:8] in old.name for old in ours):
            return 0
        write_file(path, make_file(head, parts, key), clock)
        remove_files(ours)  # the new one holds all that they held
        return len(answers)

    def _answers_that_fit(self) -> list[bytes]:
        """Return the answers of the newest letters, as many as one file may hold."""
        found: list[bytes] = []
        room_bytes = MAX_FOLDER_BYTES[ANSWERS]
        for letter in reversed(self.letters()):
            answers = letter.answers()
            room_bytes -= sum(map(len, answers))
            if room_bytes < 0:
                break
            found += answers
        return found

    def _make_room(self, size_bytes: int) -> None:
        """Let delivered letters go, the oldest first, when the quota asks for it. Errors: SP-907."""
        letters = self.letters()
        used = sum(letter.size_bytes for letter in letters)
        delivered = [letter for letter in letters if not letter.is_waiting]
        kept = used - sum(letter.size_bytes for letter in delivered)
        if kept + size_bytes > self.quota_bytes:
            raise SupportPointError("SP-907", quota=self.quota_bytes)
        for letter in delivered:
            if used + size_bytes <= self.quota_bytes:
                break
            used -= letter.size_bytes
            shutil.rmtree(letter.folder, ignore_errors=True)


def _start(path: Path) -> str:
    """Return the part of a file name that names its writer."""
    return path.name.partition("-")[0]


def _unpack(reader: ArchiveReader, folder: Path) -> None:
    """Write a letter as files, durable within their folder. Errors: SP-905 when it is not whole; SP-202."""
    for name in _FOLDERS:
        make_folder(folder / name)
    for entry, content in reader.parts():
        if entry.folder in _FOLDERS:
            _write_new(folder / entry.name, content)
    if reader.lost:
        raise SupportPointError("SP-905", lost=reader.lost)
    for name in _FOLDERS:
        with saving():
            sync_folder(folder / name)
    write_durably(folder / HEAD_FILE, reader.head)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file durably; its name becomes durable with its folder."""
    tmp = write_tmp(path, content)
    with saving():
        tmp.replace(path)
