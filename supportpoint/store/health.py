"""How the store is, for `status` and whoever looks after the machine. Nothing of a person."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from supportpoint.store.backups import find_age_s, list_backups
from supportpoint.store.opening import Opened
from supportpoint.store.repair import RepairReport, find_report


@dataclass(frozen=True, slots=True)
class Health:
    """`backup_age_s` is None without a backup; `repair` the report of the last repair, if there was one."""

    backups: int
    backup_age_s: float | None
    free_bytes: int
    is_room_held: bool
    repair: RepairReport | None


def find_health(opened: Opened) -> Health:
    """Return the health of an open folder."""
    folder = opened.folder
    return Health(
        backups=len(list_backups(folder)),
        backup_age_s=find_age_s(folder, opened.clock),
        free_bytes=shutil.disk_usage(folder.root).free,
        is_room_held=folder.ballast.exists(),
        repair=find_report(folder),
    )
