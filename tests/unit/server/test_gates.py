"""Admission: who is refused is told the next free moment, and a crowd gets fewer uploads at once."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.server.intake import gates
from supportpoint.server.intake.gates import MAX_RETRY_S, MIN_RETRY_S, Gate


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic_s(self) -> float:
        return self.now_s


@pytest.fixture
def watch(monkeypatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(gates, "CLOCK", made)
    return made


def refused(gate: Gate) -> int:
    with pytest.raises(SupportPointError, match="SP-505") as found, gate.admitted():
        pass
    return found.value.facts["retry_after_s"]


def test_those_refused_come_back_one_after_the_other(watch) -> None:
    gate = Gate(2)
    for _ in range(10):
        with gate.admitted():
            watch.now_s += 8.0
    with gate.admitted(), gate.admitted():
        waits = [refused(gate) for _ in range(6)]
    assert waits == [4, 8, 12, 16, 20, 24]  # two places, eight seconds each: one is free every four


def test_a_quiet_night_makes_no_slow_server(watch) -> None:
    gate = Gate(10)
    with gate.admitted():
        watch.now_s += 0.05
    watch.now_s += 8 * 3600
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(gate.admitted())
        assert refused(gate) == MIN_RETRY_S


def test_nobody_waits_longer_than_a_quarter_of_an_hour(watch) -> None:
    gate = Gate(1)
    with gate.admitted():
        watch.now_s += 600
    with gate.admitted():
        assert [refused(gate) for _ in range(3)] == [600, MAX_RETRY_S, MAX_RETRY_S]


def test_a_crowd_gets_fewer_uploads_at_once(monkeypatch) -> None:
    crowd = Gate(10)
    monkeypatch.setattr(gates, "BLOB", crowd)
    seen = []
    with ExitStack() as stack:
        for _ in range(10):
            seen.append(gates.blob_slots())
            stack.enter_context(crowd.admitted())
        seen.append(gates.blob_slots())
    assert seen == [2] * 5 + [1] * 4 + [0] * 2
