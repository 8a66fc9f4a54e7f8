"""Up to which moment the province has a checked backup: kiosks give up nothing that is not in one.

The word stands in a file beside the database, because a database put back from a copy would forget it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.server.registry.folder import data_dir, write_private
from supportpoint.server.registry.moment import now


def get_backed_up_through() -> int:
    """Return the moment in whole seconds since 1970, 0 when nobody ever said one."""
    try:
        return int(_file().read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def note_backup(begun_at: datetime) -> int:
    """Take somebody's word that a backup begun at this moment was checked; return the moment that counts.

    An older one than was told before changes nothing.
    Errors: SP-109 when it is still to come.
    """
    if begun_at > now():
        raise SupportPointError("SP-109", begun_at=begun_at.isoformat())
    through = max(int(begun_at.timestamp()), get_backed_up_through())
    write_private(_file(), f"{through}\n".encode("ascii"))
    return through


def _file() -> Path:
    return data_dir() / "backed_up_through"
