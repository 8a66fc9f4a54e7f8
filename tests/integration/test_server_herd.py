"""A short herd: kiosks that all come back at once lose nothing and double nothing (tests/bench/herd.py)."""

from __future__ import annotations

import pytest

from tests.bench.herd import Tally, drain, find_faults
from tests.bench.intake_load import Plan

PLAN = Plan(kiosks=50, batches=2, items=5, item_bytes=700, seed=20261128)


@pytest.fixture(scope="module")
def drained(make_server):
    server = make_server()
    tally, _ = drain(server, PLAN)
    return server, tally


def test_everything_is_there_once(drained) -> None:
    server, tally = drained
    assert find_faults(server, PLAN, tally) == [], PLAN
    assert tally.statuses[200] == PLAN.kiosks * PLAN.batches
    assert set(tally.statuses) <= {200, 503}
    assert len(tally.drained_s) == PLAN.kiosks


def test_the_count_notices_a_row_that_is_lost_or_doubled(drained) -> None:
    server, tally = drained
    lost = "DELETE FROM registry_item WHERE id = (SELECT MIN(id) FROM registry_item)"
    doubled = (
        "INSERT INTO registry_item SELECT 'another', kind, device, 'other', seq, identity, envelope,"
        " signature, carrier, status, opening, opening_code, received_at, province_code, lost_at"
        " FROM registry_item WHERE id = (SELECT MAX(id) FROM registry_item)"
    )
    server.rows(doubled)
    assert find_faults(server, PLAN, tally) != []
    server.rows("DELETE FROM registry_item WHERE id = 'another'")
    assert find_faults(server, PLAN, tally) == []
    server.rows(lost)
    assert find_faults(server, PLAN, tally) != []


def test_the_count_notices_a_status_and_a_verdict(drained) -> None:
    server, tally = drained
    assert find_faults(server, PLAN, Tally(verdicts=tally.verdicts, faults=["status 500"]))
    assert find_faults(server, PLAN, Tally(verdicts=tally.verdicts + tally.verdicts))
