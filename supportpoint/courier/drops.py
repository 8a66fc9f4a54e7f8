"""Sealed drops on a stick: in files that name no device, and receipts that anybody carries back.

A letter is signed by its device and lists what it holds, so drops never lie in one.
Source: docs/decisions/0017-drops-and-audit.md
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from supportpoint.courier.stick import list_files, remove_files, write_plain
from supportpoint.errors import SupportPointError
from supportpoint.protocol import DropReceipt, Message, decode, encode

DROPS_SUFFIX = ".spdrops"
RECEIPT_SUFFIX = ".spreceipt"
MAX_FILE_BYTES = 4 * 1024 * 1024


class DropFile(Message, frozen=True):
    """Drops in no order. Nothing vouches for them: they are sealed, and a copy more is nothing new."""

    drops: tuple[msgspec.Raw, ...]


def list_drop_files(place: Path) -> list[tuple[Path, tuple[msgspec.Raw, ...]]]:
    """Return the files of drops at a place, each with what it holds, encoded; a damaged one holds nothing.

    Errors: SP-903 when the place cannot be read.
    """
    return [
        (path, tuple(msgspec.Raw(raw) for raw in read_raws(path))) for path in list_files(place, DROPS_SUFFIX)
    ]


def answer_drop_file(path: Path, receipt: DropReceipt) -> None:
    """Leave the server's word in the place of a file of drops: first the one, then not the other.

    Errors: SP-901 to SP-903, SP-905 as `stick.write_plain`; the drops stay then.
    """
    write_plain(path.with_suffix(RECEIPT_SUFFIX), encode(receipt))
    remove_files([path])


def read_raws(path: Path) -> list[bytes]:
    """Return the encoded drops of a file, none when it is damaged."""
    try:
        return [bytes(raw) for raw in decode(read_small(path), DropFile).drops]
    except (msgspec.DecodeError, SupportPointError):
        return []


def read_small(path: Path) -> bytes:
    """Return the bytes of a file. Errors: SP-903; SP-905 when it is larger than ours ever are."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SupportPointError("SP-905", reason="too large")
        return path.read_bytes()
    except OSError as error:
        raise SupportPointError("SP-903", errno=error.errno) from error
