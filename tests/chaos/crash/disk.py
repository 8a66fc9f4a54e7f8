"""A disk as a power cut sees it, rebuilt from the recorded calls of a program.

What was synced is there. Of everything else chance decides: each 512-byte sector written since the last
sync of its file holds what the sync left, or any of the contents it had since; the length of a file is
any that it had; each new name, new place and removal of a name is done or not until its folder was synced.
A file system is kinder than that, which is why nothing of what follows may rest on its kindness.
"""

from __future__ import annotations

import json
import random
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

SECTOR = 512
ERASE_BLOCK = 16 * 1024
HEAD = struct.Struct("<IccHQq")
VOLATILE = "-shm"
"""Ends the name of the file that SQLite maps into memory and makes anew: it is lost in every cut."""


@dataclass(frozen=True)
class Call:
    """One recorded call: C create, W write, T truncate, S sync, R rename, U unlink, D mkdir, M mark."""

    op: str
    path: str
    ino: int
    offset: int
    data: bytes
    is_folder: bool

    def mark(self) -> dict[str, Any]:
        """Return what the program said of itself."""
        return dict(json.loads(self.data))


def read_calls(log: Path) -> list[Call]:
    """Return the calls of a record in their order."""
    return list(_read(log.read_bytes()))


def _read(content: bytes) -> Iterator[Call]:
    at = 0
    while at < len(content):
        size, op, is_folder, path_len, ino, offset = HEAD.unpack_from(content, at)
        start = at + HEAD.size
        path = content[start : start + path_len].decode()
        data = content[start + path_len : at + size]
        yield Call(op.decode(), path, ino, offset, data, is_folder != b"\0")
        at += size


@dataclass(eq=False)
class File:
    """One file: what programs read, what the last sync made durable, and what it was in between."""

    content: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    sectors: dict[int, list[bytes]] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        end = offset + len(data)
        if end > len(self.content):
            self.content.extend(bytes(end - len(self.content)))
            self.lengths.append(end)
        self.content[offset:end] = data
        self._note(offset // SECTOR, (end - 1) // SECTOR)

    def truncate(self, length: int) -> None:
        before = len(self.content)
        del self.content[length:]
        self.content.extend(bytes(length - len(self.content)))
        self.lengths.append(length)
        if before > length:
            self._note(length // SECTOR, (before - 1) // SECTOR)

    def sync(self) -> None:
        for sector in self.sectors:
            _put(self.durable, sector, self._sector(sector))
        del self.durable[len(self.content) :]
        self.durable.extend(bytes(len(self.content) - len(self.durable)))
        self.sectors.clear()
        self.lengths.clear()

    def after_cut(self, rng: random.Random, luck: float) -> bytearray:
        """Return what a cut leaves; each thing not synced is as written last with probability `luck`."""
        left = bytearray(self.durable)
        for sector, versions in self.sectors.items():
            if rng.random() < luck:
                _put(left, sector, versions[-1])
            elif chosen := rng.choice([None, *versions]):
                _put(left, sector, chosen)
        lengths = [len(self.durable), *self.lengths]
        length = lengths[-1] if rng.random() < luck else rng.choice(lengths)
        del left[length:]
        return left + bytes(length - len(left))

    def _note(self, first: int, last: int) -> None:
        for sector in range(first, last + 1):
            self.sectors.setdefault(sector, []).append(self._sector(sector))

    def _sector(self, sector: int) -> bytes:
        return bytes(self.content[sector * SECTOR : (sector + 1) * SECTOR]).ljust(SECTOR, b"\0")


def _put(content: bytearray, sector: int, data: bytes) -> None:
    start = sector * SECTOR
    if len(content) < start + SECTOR:
        content.extend(bytes(start + SECTOR - len(content)))
    content[start : start + SECTOR] = data


Names = dict[str, File | None]
"""What stands under each path; None is a folder."""


@dataclass(frozen=True)
class Change:
    """One change of names in a folder: a name is given (`file`, None for a folder), moved or taken away."""

    path: str
    file: File | None = None
    moved_from: str = ""
    is_gone: bool = False

    def apply(self, names: Names) -> None:
        names.pop(self.path if self.is_gone else self.moved_from, None)
        if not self.is_gone:
            names[self.path] = self.file


class Disk:
    """All files of one folder, as calls leave them."""

    def __init__(self) -> None:
        self.names: Names = {}
        self._durable: Names = {}
        self._open: dict[int, File] = {}
        self._changes: dict[str, list[Change]] = defaultdict(list)

    @classmethod
    def of_folder(cls, folder: Path) -> Disk:
        """Return the disk with all that is in a folder on it, durable."""
        disk = cls()
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file():
                content = path.read_bytes()
                disk._open[path.stat().st_ino] = File(bytearray(content), bytearray(content))
            disk.names[name] = disk._open[path.stat().st_ino] if path.is_file() else None
        disk._durable = dict(disk.names)
        return disk

    def apply(self, call: Call) -> None:
        """Take in the next call."""
        match call.op:
            case "M":
                pass
            case "W":
                self._open[call.ino].write(call.offset, call.data)
            case "T":
                self._open[call.ino].truncate(call.offset)
            case "S" if not call.is_folder:
                self._open[call.ino].sync()
            case "S":
                for change in self._changes.pop(call.path, ()):
                    change.apply(self._durable)
            case _:
                self._change(self._renaming(call))

    def _renaming(self, call: Call) -> Change:
        match call.op:
            case "C":
                self._open[call.ino] = File()
                return Change(call.path, self._open[call.ino])
            case "R":
                target = call.data.decode()
                assert _parent(target) == _parent(call.path), "a move between folders is not modelled"
                return Change(target, self.names[call.path], moved_from=call.path)
            case "U":
                return Change(call.path, is_gone=True)
            case "D":
                return Change(call.path)
        raise AssertionError(call.op)

    def is_unsynced(self, name: str) -> bool:
        """Tell whether a file holds writes that no sync covered."""
        file = self.names.get(name)
        return file is not None and bool(file.sectors)

    def after_cut(self, rng: random.Random, ruin: str = "") -> dict[str, bytes | None]:
        """Return what a power cut at this moment leaves, by path; None is a folder.

        `ruin` names a file in which the cut also destroys the whole erase block around a sector that
        was being written, as cheap flash does, and with it neighbours that were durable long ago.
        """
        luck = rng.choice((0.0, 0.3, 0.5, 0.8, 0.95, 1.0))
        names = dict(self._durable)
        for changes in self._changes.values():
            for change in changes:
                if rng.random() < luck:
                    change.apply(names)
        left: dict[str, bytes | None] = {}
        for path, file in sorted(names.items()):
            if path.endswith(VOLATILE) or any(
                str(parent) not in names for parent in list(PurePosixPath(path).parents)[:-1]
            ):
                continue
            content = file.after_cut(rng, luck) if file is not None else None
            if content is not None and file is not None and path == ruin and file.sectors:
                _ruin_block(content, rng.choice(list(file.sectors)), rng)
            left[path] = bytes(content) if content is not None else None
        return left

    def _change(self, change: Change) -> None:
        change.apply(self.names)
        self._changes[_parent(change.path)].append(change)


def _parent(path: str) -> str:
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent


def _ruin_block(content: bytearray, sector: int, rng: random.Random) -> None:
    start = sector * SECTOR // ERASE_BLOCK * ERASE_BLOCK
    end = min(start + ERASE_BLOCK, len(content))
    content[start:end] = rng.randbytes(max(0, end - start))


def write_image(left: dict[str, bytes | None], folder: Path) -> None:
    """Lay out what a cut left below a folder that is not there yet."""
    folder.mkdir()
    for path, content in left.items():
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
