"""The form of a courier file: one zstd frame over a plain ustar archive, written and read by one rule.

A header counts only when it is, byte for byte, the one that we would write for its name and size. So
there is nothing to parse: no links, no paths, no owners, no extensions. Source: docs/sync.md
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec
import zstandard

from supportpoint.errors import SupportPointError
from supportpoint.protocol import MAX_BLOB_BYTES, Message, decode, encode

HEAD = "head"
CONTENTS = "contents"
ITEMS = "items"
BLOBS = "blobs"
ANSWERS = "answers"
BUNDLES = "bundles"

MAX_ENTRIES = 20_000
MAX_HEAD_BYTES = 64 * 1024
MAX_CONTENTS_BYTES = 4 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_ENTRY_BYTES = {ITEMS: 256 * 1024, ANSWERS: 4 * 1024 * 1024, BUNDLES: 64 * 1024 * 1024}
"""Of each folder; `MAX_BLOB_BYTES` of every other."""
MAX_FOLDER_BYTES = {ITEMS: 64 * 1024 * 1024, ANSWERS: 64 * 1024 * 1024}
WINDOW_BYTES = 8 * 1024 * 1024
GROWTH = 8
SLACK_BYTES = 1024 * 1024
"""What is sealed hardly shrinks: more than eight times the file's size, and this, is a bomb."""

_BLOCK = 512
_NAME = re.compile(r"[a-z]{1,16}/[0-9a-f]{1,64}")
_SIZE = re.compile(rb"[0-7]{11}\0")
_SIZE_PLACE = slice(124, 136)
_CHUNK = 64 * 1024


class Entry(Message, frozen=True):
    """One file of the archive: `folder/name`, its length in bytes and SHA-256."""

    name: str
    size: int
    sha256: bytes

    @property
    def folder(self) -> str:
        """What it is: items, blobs, answers, bundles, or something of a later version."""
        return self.name.partition("/")[0]


class Contents(Message, frozen=True):
    """Everything that follows, in order."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """An entry and how to get its bytes; they are asked for once, when it is its turn."""

    entry: Entry
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class CourierFile:
    """A courier file before it is written: its signed head, its encoded list, and the parts."""

    head: bytes
    contents: bytes
    parts: list[Part]


def make_part(folder: str, name: str, content: bytes) -> Part:
    """Return the part of bytes in memory."""
    entry = Entry(name=f"{folder}/{name}", size=len(content), sha256=hashlib.sha256(content).digest())
    return Part(entry, lambda: content)


def encode_contents(parts: Iterable[Part]) -> bytes:
    """Return the list of entries; its SHA-256 stands in the head."""
    return encode(Contents(tuple(part.entry for part in parts)))


def write_archive(out: BinaryIO, file: CourierFile) -> None:
    """Write a courier file to `out`.

    Errors: OSError of `out`; ValueError when a part is not what its entry says.
    """
    with zstandard.ZstdCompressor(level=3).stream_writer(out, closefd=False) as writer:
        for name, content in ((HEAD, file.head), (CONTENTS, file.contents)):
            _write(writer, name, content)
        for part in file.parts:
            content = part.read()
            if hashlib.sha256(content).digest() != part.entry.sha256 or len(content) != part.entry.size:
                raise ValueError("a part changed while it was written", part.entry.name)
            _write(writer, part.entry.name, content)
        writer.write(bytes(2 * _BLOCK))


class ArchiveReader:
    """Reads a courier file front to back, within the limits above. Memory: one entry at a time.

    `lost` counts the entries whose bytes are not those that the list names, or that are missing.
    Errors: SP-905 from the constructor when the front or the list cannot be read or breaks a limit.
    """

    def __init__(self, source: BinaryIO, size_bytes: int) -> None:
        decompressor = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES)
        self._stream = decompressor.stream_reader(source, closefd=False)
        self.lost = 0
        self.head = self._read_named(HEAD, MAX_HEAD_BYTES)
        self.contents = self._read_named(CONTENTS, MAX_CONTENTS_BYTES)
        try:
            self.entries = decode(self.contents, Contents).entries
        except msgspec.DecodeError as error:
            raise SupportPointError("SP-905", reason="contents") from error
        _check_limits(self.entries, size_bytes)

    def parts(self) -> Iterator[tuple[Entry, bytes]]:
        """Yield the whole entries in order; what is damaged is counted in `lost` and left out."""
        for position, entry in enumerate(self.entries):
            try:
                self._expect(_header(entry.name, entry.size))
                content = self._take_padded(entry.size)
            except SupportPointError:
                self.lost += len(self.entries) - position
                return
            if hashlib.sha256(content).digest() == entry.sha256:
                yield entry, content
            else:
                self.lost += 1

    def _read_named(self, name: str, limit: int) -> bytes:
        header = self._take(_BLOCK)
        digits = header[_SIZE_PLACE]
        size = int(digits[:-1], 8) if _SIZE.fullmatch(digits) else -1
        if not 0 <= size <= limit or header != _header(name, size):
            raise SupportPointError("SP-905", reason="header")
        return self._take_padded(size)

    def _expect(self, block: bytes) -> None:
        if self._take(len(block)) != block:
            raise SupportPointError("SP-905", reason="header")

    def _take_padded(self, size: int) -> bytes:
        return self._take(size + -size % _BLOCK)[:size]

    def _take(self, size: int) -> bytes:
        taken = bytearray()
        try:
            while len(taken) < size:
                piece = self._stream.read(min(_CHUNK, size - len(taken)))
                if not piece:
                    raise SupportPointError("SP-905", reason="cut off")
                taken += piece
        except (zstandard.ZstdError, OSError) as error:
            raise SupportPointError("SP-905", reason="damaged") from error
        return bytes(taken)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _write(writer: zstandard.ZstdCompressionWriter, name: str, content: bytes) -> None:
    writer.write(_header(name, len(content)))
    writer.write(content)
    writer.write(bytes(-len(content) % _BLOCK))
    writer.flush(zstandard.FLUSH_BLOCK)  # a file that is cut off gives every entry before the cut


def _check_limits(entries: tuple[Entry, ...], size_bytes: int) -> None:
    of_folder = Counter[str]()
    for entry in entries:
        limit = MAX_ENTRY_BYTES.get(entry.folder, MAX_BLOB_BYTES)
        if not _NAME.fullmatch(entry.name) or not 0 <= entry.size <= limit:
            raise SupportPointError("SP-905", reason="entry")
        of_folder[entry.folder] += entry.size
    total = sum(of_folder.values())
    is_fit = (
        len({entry.name for entry in entries}) == len(entries) <= MAX_ENTRIES
        and all(of_folder[name] <= limit for name, limit in MAX_FOLDER_BYTES.items())
        and total <= min(MAX_TOTAL_BYTES, GROWTH * size_bytes + SLACK_BYTES)
    )
    if not is_fit:
        raise SupportPointError("SP-905", reason="limits")
