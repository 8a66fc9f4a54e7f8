"""What the machine knows of the time after its server has spoken: on, switched off, on again, damaged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from supportpoint.clock import EARLIEST, FixedClock, make_case_id, make_uuid7
from supportpoint.store.signed_clock import MachineUptime, SignedClock

TRUE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SAID = "2026-11-23T03:00:00Z"
LONG_AGO = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
FAR_AHEAD = datetime(2036, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Uptime:
    boot: str = "boot-1"
    seconds: float = 50.0

    def read_s(self) -> float:
        return self.seconds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "time.json"


@pytest.mark.parametrize("machine", [LONG_AGO, FAR_AHEAD, TRUE])
def test_while_the_machine_is_on_its_clock_does_not_matter(path, machine) -> None:
    fixed, uptime = FixedClock(machine), Uptime()
    clock = SignedClock(fixed, path, uptime=uptime)
    clock.hear(SAID)
    uptime.seconds += 3600
    assert (clock.now(), clock.trusted()) == (TRUE + HOUR, TRUE + HOUR)
    assert clock.find_offset_s() == (TRUE + HOUR - machine).total_seconds()
    fixed.at = LONG_AGO
    assert clock.now() == TRUE + HOUR
    assert (clock.is_trusted(), clock.is_wrong()) == (True, False)


def test_another_process_of_the_same_boot_knows_it_still(path) -> None:
    SignedClock(FixedClock(LONG_AGO), path, uptime=Uptime()).hear(SAID)
    later = SignedClock(FixedClock(LONG_AGO), path, uptime=Uptime(seconds=50.0 + 3600))
    assert (later.now(), later.is_trusted()) == (TRUE + HOUR, True)


def test_after_a_restart_only_the_floor_is_known(path) -> None:
    SignedClock(FixedClock(LONG_AGO), path, uptime=Uptime()).hear(SAID)
    dead = SignedClock(FixedClock(LONG_AGO), path, uptime=Uptime("boot-2", 5.0))
    assert (dead.now(), dead.trusted()) == (TRUE, TRUE)
    assert (dead.is_trusted(), dead.is_wrong(), dead.find_offset_s()) == (False, True, None)
    mended = SignedClock(FixedClock(TRUE + HOUR), path, uptime=Uptime("boot-3", 5.0))
    assert (mended.now(), mended.trusted(), mended.is_wrong()) == (TRUE + HOUR, TRUE, False)


def test_a_machine_that_never_heard_of_its_server(path) -> None:
    dead = SignedClock(FixedClock(LONG_AGO), path)
    assert (dead.now(), dead.trusted(), dead.is_wrong()) == (EARLIEST, EARLIEST, True)
    ahead = SignedClock(FixedClock(FAR_AHEAD), path)
    assert (ahead.now(), ahead.trusted(), ahead.is_wrong()) == (FAR_AHEAD, EARLIEST, False)


def test_the_last_word_of_the_server_counts(path) -> None:
    """A server that was wrong for an hour shuts nobody out: its next answer sets it right, durably."""
    clock = SignedClock(FixedClock(TRUE), path, uptime=Uptime())
    clock.hear("2099-01-01T00:00:00Z")
    clock.hear(SAID)
    assert clock.trusted() == TRUE
    assert SignedClock(FixedClock(TRUE), path, uptime=Uptime("boot-2")).trusted() == TRUE


NO_MOMENT = [
    "", "yesterday", "2026-11-23", "2026-11-23T03:00:00",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59",
    "2025-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "\x00", "२०२६-११-२३T03:00:00Z",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_MOMENT)
def test_a_moment_that_cannot_be_is_not_heard(path, text) -> None:
    clock = SignedClock(FixedClock(TRUE), path)
    clock.hear(text)
    assert (clock.find_signed_at(), path.exists()) == (None, False)


DAMAGED = [
    b"", b"null", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"signed_at": 5, "boot": "b", "uptime_s": 1}',
    b'{"signed_at": "2026-11-23T03:00:00", "boot": "boot-1", "uptime_s": 1}',
    b'{"signed_at": "1970-01-01T00:00:00Z", "boot": "boot-1", "uptime_s": 1}',
    b'{"signed_at": "9999-12-31T23:59:59Z", "boot": "boot-1", "uptime_s": 1}',
    b'{"signed_at": "2026-11-23T03:00:00Z", "boot": "boot-1", "uptime_s": -1e300}',
    b'{"signed_at": "2026-11-23T03:00:00Z", "boot": "boot-1", "uptime_s": 1e300}',
]  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_no_fault(path, content) -> None:
    path.write_bytes(content)
    clock = SignedClock(FixedClock(FAR_AHEAD), path, uptime=Uptime())
    assert (clock.now(), clock.is_trusted()) == (FAR_AHEAD, False)
    clock.hear(SAID)
    assert clock.now() == TRUE


def test_a_full_disk_is_no_fault(tmp_path) -> None:
    clock = SignedClock(FixedClock(LONG_AGO), tmp_path / "nowhere" / "time.json", uptime=Uptime())
    clock.hear(SAID)
    assert clock.now() == TRUE


def test_the_file_is_written_when_it_says_something_new(path) -> None:
    uptime = Uptime()
    clock = SignedClock(FixedClock(TRUE), path, uptime=uptime)
    clock.hear(SAID)
    first = path.read_bytes()
    uptime.seconds += 60
    clock.hear("2026-11-23T03:01:00Z")
    assert path.read_bytes() == first, "a minute later, as expected: no fsync"
    clock.hear("2026-11-23T03:02:00Z")
    assert path.read_bytes() != first, "a minute off: worth writing"
    second = path.read_bytes()
    uptime.seconds += 3600
    clock.hear("2026-11-23T04:02:00Z")
    assert path.read_bytes() != second, "an hour is worth writing"


def test_a_running_machine_has_one_boot() -> None:
    one, other = MachineUptime(), MachineUptime()
    before = one.read_s()
    assert 0 < before <= other.read_s()
    assert one.boot == other.boot or len(one.boot) == 32


@pytest.mark.parametrize("year", [1, 1901, 1970, 2036, 9999])
def test_ids_are_made_at_any_date(year) -> None:
    moment = datetime(year, 1, 1, tzinfo=UTC)
    made = {make_uuid7(moment) for _ in range(100)}
    assert len(made) == 100
    assert {one.version for one in made} == {7}
    assert len(make_case_id({}, moment)) == 36
