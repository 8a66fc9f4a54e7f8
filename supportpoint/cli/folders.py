"""Open a support point's data folder for the length of one command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supportpoint.config import default_data_dir, read_settings
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.content.shelf import Shelf
    from supportpoint.store.access import DirectAccess
    from supportpoint.store.keys import DeviceKeys
    from supportpoint.store.signed_clock import SignedClock
    from supportpoint.store.store import Store


@dataclass(frozen=True)
class OpenPoint:
    """A data folder with its keys, its open store and its forms."""

    folder: Path
    keys: DeviceKeys
    store: Store
    access: DirectAccess
    shelf: Shelf
    clock: SignedClock
    draft_kept_s: int


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data DIR`; the folder of this user is the default."""
    parser.add_argument("--data", metavar="DIR", type=Path, default=default_data_dir(), help="data folder")


@contextmanager
def open_point(folder: Path, *, new: bool = False) -> Iterator[OpenPoint]:
    """Open the data folder; only a `new` one is made when it is missing.

    Errors: SP-102 when there is no support point here; SP-103 and the codes of `Store.open`.
    """
    from supportpoint.content.shelf import Shelf
    from supportpoint.store.access import DirectAccess
    from supportpoint.store.keys import KEYS_FILE, load_or_make_keys
    from supportpoint.store.signed_clock import SignedClock
    from supportpoint.store.store import Store

    if not new and not any((folder / name).exists() for name in (KEYS_FILE, "spool")):
        raise SupportPointError("SP-102", data=folder)
    clock = SignedClock.of_folder(folder)
    settings = read_settings(folder)
    keys = load_or_make_keys(folder)
    with Store.open(folder, clock, keys, free_space_floor_bytes=settings.free_space_floor_bytes) as store:
        yield OpenPoint(folder, keys, store, DirectAccess(store), Shelf(folder), clock, settings.draft_kept_s)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that the user named. Errors: SP-104."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SupportPointError("SP-104", file=path.name) from error
