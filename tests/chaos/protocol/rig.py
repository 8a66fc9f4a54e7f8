"""Where a machine may die and where its disk may refuse: at every transaction and every fsync.

`Rig` stands between the real store and the world while `in_place` lasts. Nothing of the store is replaced.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from supportpoint.errors import SupportPointError
from supportpoint.store.driver import Database


class Died(BaseException):
    """The machine has no power any more: nothing catches this but the world."""


class Rig:
    """Counts the places passed; at the chosen one the machine dies or the disk refuses."""

    def __init__(self) -> None:
        self._left = -1
        self._strike: Callable[[], None] = self._die
        self.is_dead = False

    def arm(self, places: int, *, dies: bool) -> None:
        """Strike at the place after `places` more; a refusing disk refuses from there on."""
        self._left = places
        self._strike = self._die if dies else self._refuse

    def disarm(self) -> None:
        """Let everything pass again."""
        self._left = -1
        self.is_dead = False

    def pass_place(self) -> None:
        """Go through one place where the world may strike."""
        if self._left > 0:
            self._left -= 1
        elif self._left == 0:
            self._strike()

    def _die(self) -> None:
        self.is_dead = True
        raise Died

    def _refuse(self) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")


@contextmanager
def in_place(rig: Rig) -> Iterator[None]:
    """Put the rig into every transaction and every fsync of this process."""
    real_immediate, real_fsync, real_unlink = Database.immediate, os.fsync, Path.unlink

    def place() -> None:
        try:
            rig.pass_place()
        except OSError as error:  # what SQLite's own "disk is full" becomes
            raise SupportPointError("SP-202") from error

    @contextmanager
    def immediate(database: Database) -> Iterator[None]:
        place()
        with real_immediate(database):
            yield
            place()
        if rig._strike == rig._die:  # a disk cannot refuse what is committed
            place()

    def fsync(descriptor: int) -> None:
        rig.pass_place()
        real_fsync(descriptor)

    def unlink(path: Path, *words: Any, **more: Any) -> None:
        if not rig.is_dead:  # the dead tidy up nothing
            real_unlink(path, *words, **more)

    with (
        patch.object(Database, "immediate", immediate),
        patch.object(os, "fsync", fsync),
        patch.object(Path, "unlink", unlink),
    ):
        yield


@contextmanager
def suppress_codes(*codes: str) -> Iterator[None]:
    """Let refusals of these codes pass."""
    try:
        yield
    except SupportPointError as error:
        if error.code not in codes:
            raise
