"""Notices a restored database: a mark inside it is compared with a file kept outside.

The mark changes at every start and every few minutes. A database whose mark is not in the file has
been put back from a copy: the epoch changes, and devices offer again what this database may lack.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.server.registry.folder import data_dir, write_private
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.models import ServerMark
from supportpoint.server.registry.moment import now

ROTATE_EVERY_S = 300.0


def _mark_file() -> Path:
    return data_dir() / "boot.mark"


def _outside_marks() -> list[str]:
    path = _mark_file()
    return path.read_text("ascii").split() if path.exists() else []


def _write_marks(*marks: str) -> None:
    write_private(_mark_file(), (" ".join(marks) + "\n").encode("ascii"))


def current_epoch() -> str:
    """Return the epoch. Errors: SP-106 when this server was never set up."""
    epoch = ServerMark.objects.values_list("epoch", flat=True).first()
    if epoch is None:
        raise SupportPointError("SP-106")
    return epoch


def begin_epoch() -> None:
    """Let every device compare, as after a restore, once the caller's transaction is committed."""
    ServerMark.objects.update(epoch=secrets.token_hex(8), since=now())


def is_restored() -> bool:
    """Tell whether the next turn of the mark will find that this database was put back from a copy."""
    mark = ServerMark.objects.values_list("mark", flat=True).first()
    return mark is not None and mark not in _outside_marks()


def turn_mark() -> str:
    """Check the mark, replace it, and return the epoch: a new one when the database is not the one we knew.

    The file names the old and the new mark while the database changes, so that a crash in between
    looks like no restore; then it forgets the old one, so that a copy made before this turn is seen.
    """
    with single_writer():
        row = ServerMark.objects.first()
        known = row is not None and row.mark in _outside_marks()
        mark = secrets.token_hex(8)
        _write_marks(row.mark if row is not None and known else "", mark)
        fresh = {} if known else {"epoch": secrets.token_hex(8), "since": now()}
        row, _ = ServerMark.objects.update_or_create(id=1, defaults={"mark": mark} | fresh)
    with single_writer():
        _write_marks(ServerMark.objects.get().mark)
    return row.epoch
