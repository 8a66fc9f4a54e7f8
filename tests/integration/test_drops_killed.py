"""Kill the program at every call that makes feedback durable: all of its drops are there, or none."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from supportpoint.clock import FixedClock
from supportpoint.protocol import Drop
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.drops import SealedDrops
from supportpoint.store import files
from supportpoint.store.keys import DeviceKeys, load_or_make_keys
from supportpoint.store.store import Store

pytestmark = [pytest.mark.chaos, pytest.mark.skipif(os.name != "posix", reason="kills a forked copy")]

CLOCK = FixedClock(datetime(2026, 11, 28, tzinfo=UTC))
PARTS, KILLED, DONE = 3, 9, 0
ALL = 10_000_000


def make_feedback() -> SealedDrops:
    drops = tuple(Drop(id=str(uuid4()), envelope=secrets.token_bytes(900)) for _ in range(PARTS))
    return SealedDrops(str(uuid4()), drops, "DB7-4K2-9X8", secrets.token_bytes(32), "2026-11-28")


def open_store(folder: Path, keys: DeviceKeys) -> Store:
    return Store.open(folder, CLOCK, keys, free_space_floor_bytes=0)


def run_and_kill(work: Callable[[], None], at: int) -> int:
    """Do `work` in a copy of this process that dies before its call number `at`; return how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        _die_at(at)
        work()
    except BaseException:  # noqa: BLE001 -- the copy must never go on as a test
        os._exit(1)
    os._exit(DONE)


def _die_at(at: int) -> None:
    left = [at]

    def dying(call: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*words: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os._exit(KILLED)
            return call(*words, **named)

        return wrapped

    for name in ("open", "fsync", "utime"):
        setattr(os, name, dying(getattr(os, name)))
    for name in ("replace", "unlink"):
        setattr(Path, name, dying(getattr(Path, name)))
    files.Folder.drop_path = dying(files.Folder.drop_path)  # type: ignore[method-assign]


def test_whole_or_not_at_all_wherever_it_dies(tmp_path: Path) -> None:
    ends = []
    for at in range(1, 200):
        folder, sealed = tmp_path / str(at), make_feedback()
        keys = load_or_make_keys(folder, use_keyring=False)
        with open_store(folder, keys) as store:
            store.save_identity(
                DeviceIdentity(
                    "kiosk-1", "kiosk", "", "03316", "Xã Mẫu", "Mẫu", "11", bytes(32), bytes(32), b"", "e"
                )
            )
        end = run_and_kill(lambda: open_store(folder, keys).queue_drops(sealed), at)  # noqa: B023 -- run at once
        assert end in {KILLED, DONE}, at
        with open_store(folder, keys) as store:
            waiting = store.count_drops().waiting
            assert waiting in ({PARTS} if end == DONE else {0, PARTS}), at
            assert len(list((folder / "drops").iterdir())) == waiting, at
            store.queue_drops(sealed)  # the person tries again
            assert {drop.id for drop in store.list_drops_to_carry(ALL)} == {drop.id for drop in sealed.drops}
        ends.append((end, waiting))
        if end == DONE:
            break
    assert ends[-1] == (DONE, PARTS)
    assert {(KILLED, 0), (KILLED, PARTS)} <= set(ends), "it died on both sides of the COMMIT"
