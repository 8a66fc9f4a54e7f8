"""What the commands about forms and about articles share: the publisher's key, package files, installing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from supportpoint.cli.folders import open_point, read_file
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.content.package import Manifest
    from supportpoint.sealing.keys import SignKey


def read_publisher_key(path: Path) -> SignKey:
    """Return the key that signs packages.

    Errors: SP-104 when there is no file, or it holds no key.
    """
    from supportpoint.sealing.keys import SEED_BYTES, SignKey

    seed = read_file(path)
    if len(seed) != SEED_BYTES:
        raise SupportPointError("SP-104", file=path.name, reason="not a key")
    return SignKey(seed)


def choose_key(settings: Mapping[str, str], publisher: Path | None, agencies: Path | None) -> Path:
    """Return who signs a form: its agency, from the folder `agencies`, for what that agency alone reads.

    Errors: SP-104 when the key that must sign was not given.
    """
    from supportpoint.sealing.keyset import AGENCY_PURPOSES

    purpose = settings.get("purpose", "")
    if purpose not in AGENCY_PURPOSES or agencies is None:
        found = publisher
    else:
        found = next(iter(sorted((agencies / purpose).glob("*.forms.key"))), None)
    if found is None:
        raise SupportPointError("SP-104", file="--agencies" if agencies is None else f"{purpose}/*.forms.key")
    return found


def write_package_file(path: Path, content: bytes) -> None:
    """Write a signed package, its folder too.

    Errors: SP-202 when the disk is full or fails.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise SupportPointError("SP-202", file=path.name) from error


def install_package(data_dir: Path, file: Path) -> Manifest:
    """Put a package on this machine and return what it says of itself.

    Errors: SP-104, SP-102 and those of `Shelf.install`.
    """
    from supportpoint.sealing.keyset import read_keyset

    content = read_file(file)
    with open_point(data_dir) as point:
        identity = point.store.get_identity()
        return point.shelf.install(content, read_keyset(identity.keyset, identity.root_public))
