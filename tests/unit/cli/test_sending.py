"""How long `sync --until-empty` goes on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from supportpoint.cli import sending
from supportpoint.cli.sending import WORTH_WAITING_FOR, sync_until_empty
from supportpoint.records import SyncReport


class Stop:
    """A stop event whose waits move the clock and take no time."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def is_set(self) -> bool:
        return False

    def wait(self, timeout: float) -> bool:
        self.now_s += timeout
        return False


def run(monkeypatch: pytest.MonkeyPatch, codes: list[str]) -> tuple[SyncReport, Stop, list[str]]:
    """Return what came of passes that end with these codes, then cleanly with nothing left."""
    stop, left = Stop(), list(codes)

    def once(*_: object) -> SyncReport:
        return SyncReport(code=left.pop(0)) if left else SyncReport(completed=1)

    monkeypatch.setattr(sending, "sync_once", once)
    store = SimpleNamespace(counts=lambda: SimpleNamespace(waiting=len(left)))
    point: Any = SimpleNamespace(clock=SimpleNamespace(monotonic_s=lambda: stop.now_s), store=store)
    found: Any = stop
    return sync_until_empty(point, found, found, found, 60.0), stop, left


@pytest.mark.parametrize("code", sorted(WORTH_WAITING_FOR))
def test_what_may_pass_is_waited_for(monkeypatch, code) -> None:
    report, _, left = run(monkeypatch, [code] * 3)
    assert (report.code, report.completed, left) == ("", 1, [])


@pytest.mark.parametrize("code", sorted(WORTH_WAITING_FOR))
def test_patience_ends(monkeypatch, code) -> None:
    report, stop, left = run(monkeypatch, [code] * 1000)
    assert (report.code, stop.now_s <= 60.0, bool(left)) == (code, True, True)


@pytest.mark.parametrize("code", ["SP-503", "SP-504", "SP-509"])
def test_what_no_waiting_mends_ends_at_once(monkeypatch, code) -> None:
    report, stop, _ = run(monkeypatch, [code] * 3)
    assert (report.code, stop.now_s) == (code, 0.0)
