"""The kiosk's half of drops on a stick: put those that wait onto it, take the server's word from it."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from supportpoint.courier.drops import DROPS_SUFFIX, RECEIPT_SUFFIX, DropFile, read_raws, read_small
from supportpoint.courier.stick import free_bytes, list_files, write_plain
from supportpoint.errors import SupportPointError
from supportpoint.protocol import DropReceipt, decode, encode
from supportpoint.store.access import StoreAccess

DROPS_IN_FILE = 64


def write_drops(access: StoreAccess, folder: Path, max_bytes: int) -> int:
    """Put the drops that wait onto a stick, those that it does not have yet; return how many that were.

    Units:  at most `max_bytes` of envelopes, and as much as fits.
    Errors: SP-102; SP-901 to SP-903, SP-905 as `stick.write_plain`.
    """
    there = {raw for path in list_files(folder, DROPS_SUFFIX) for raw in read_raws(path)}
    room_bytes = min(max_bytes, free_bytes(folder))
    waiting = access(lambda store: store.list_drops_to_carry(room_bytes)) if room_bytes > 0 else ()
    fresh = [raw for raw in map(encode, waiting) if raw not in there]
    for first in range(0, len(fresh), DROPS_IN_FILE):
        raws = tuple(msgspec.Raw(raw) for raw in fresh[first : first + DROPS_IN_FILE])
        write_plain(folder / f"{secrets.token_hex(8)}{DROPS_SUFFIX}", encode(DropFile(drops=raws)))
    return len(fresh)


def take_receipts(access: StoreAccess, place: Path) -> int:
    """Take the server's word on drops from a stick; return how many of ours are delivered now.

    What is damaged, of another province or of another life of the server is passed over, and stays.
    Errors: SP-102; SP-903 when the place cannot be read; SP-2xx of the store.
    """
    delivered = 0
    for path in list_files(place, RECEIPT_SUFFIX):
        try:
            receipt = decode(read_small(path), DropReceipt)
            delivered += access(lambda store: store.note_drops(receipt))  # noqa: B023 - called at once
        except msgspec.DecodeError:
            continue
        except SupportPointError as error:
            if error.code not in {"SP-502", "SP-905"}:
                raise
    return delivered
