"""Drops on the way: in requests of their own and once, through lost answers, kills, restores and sickness."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest

from supportpoint.protocol import Drop
from supportpoint.sealing.drops import SealedDrops
from supportpoint.sync.backoff import CUTS_ALLOWED


def say(kiosk, parts=1, size=900, *, waits=False):
    sealed = SealedDrops(
        case_id=str(uuid4()),
        drops=tuple(Drop(id=str(uuid4()), envelope=os.urandom(size)) for _ in range(parts)),
        case_number="DB7-4K2-9X8",
        receipt_hash=os.urandom(32),
        day="2026-11-23",
    )
    kiosk.store.queue_drops(sealed)
    if not waits:
        kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")
    return sealed


def held(server):
    assert all(count == 1 for count in server.effects.values())
    return dict(server.drops)


def content(*sealed):
    return {drop.id: drop.envelope for one in sealed for drop in one.drops}


def test_drops_travel_in_requests_of_their_own_and_once(kiosk, server):
    sealed = say(kiosk, parts=3)
    kiosk.seal()
    assert kiosk.sync().is_clean
    assert held(server).keys() >= content(sealed).keys()
    for request in kiosk.transport.heard:
        assert not (request.items and request.sealed_drops)
    kiosk.transport.heard.clear()
    assert kiosk.sync().is_clean
    assert not any(request.sealed_drops for request in kiosk.transport.heard)
    assert kiosk.store.count_drops().delivered == 3


def test_a_case_of_the_same_minute_goes_and_the_drop_stays(kiosk, server):
    say(kiosk, waits=True)
    kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 4000")
    kiosk.seal()
    for _ in range(3):
        kiosk.sync()
        kiosk.clock.advance(900)
    assert server.items
    assert not server.drops
    for _ in range(4):
        kiosk.sync()
        kiosk.clock.advance(900)
    assert len(held(server)) == 1


@pytest.mark.parametrize("fault", ["drop", "lost", "twice", "SP-502", "SP-505"])
def test_a_spoiled_answer_loses_and_doubles_nothing(kiosk, server, fault):
    sealed = say(kiosk, parts=2)
    kiosk.transport.faults.extend(["", fault])
    kiosk.sync()
    kiosk.restart()
    kiosk.sync()
    assert held(server) == content(sealed)
    assert kiosk.store.count_drops().waiting == 0


def test_more_than_a_batch_goes_in_one_pass_and_is_kept_where_it_breaks(kiosk, server):
    sealed = say(kiosk, parts=16, size=33_000)
    kiosk.transport.faults.extend(["", "", "", *["drop"] * (CUTS_ALLOWED + 1)])
    kiosk.sync()
    some = len(server.drops)
    assert 0 < some < 16
    kiosk.sync()
    assert held(server) == content(sealed)
    sent = [len(request.sealed_drops) for request in kiosk.transport.heard]
    assert sum(sent) == 16


@pytest.mark.parametrize("status", [400, 413, 500])
def test_a_drop_that_the_server_refuses_stands_in_nobodys_way(kiosk, server, status):
    sealed = say(kiosk, parts=5)
    kiosk.transport.poison = {sealed.drops[2].id}
    kiosk.transport.sick = status
    case = kiosk.seal(2000)
    report = kiosk.sync()
    assert report.is_clean
    assert set(held(server)) >= {drop.id for drop in sealed.drops} - kiosk.transport.poison
    assert server.has_blob(case.blobs[0].sha256)
    assert kiosk.store.count_drops().waiting == 1
    kiosk.transport.poison = set()
    kiosk.sync()
    assert content(sealed).items() <= held(server).items()


@pytest.mark.parametrize("asked", [0, 1])
def test_a_restored_server_hears_every_drop_that_is_still_kept(kiosk, server, asked):
    before = say(kiosk, parts=2)
    kiosk.sync()
    backup = server.backup()
    after = say(kiosk, parts=2)
    kiosk.sync()
    server.restore(backup)
    for _ in range(asked):  # a pass that ended before the drops changes nothing of it
        kiosk.transport.faults.extend(["", *["drop"] * (CUTS_ALLOWED + 1)])
        kiosk.sync()
        kiosk.restart()
    kiosk.sync()
    assert held(server) == content(before, after)


def test_a_restored_kiosk_and_a_clone_send_again_and_nothing_is_doubled(kiosk, server, tmp_path):
    sealed = say(kiosk, parts=2)
    other = kiosk.clone(tmp_path / "copy")
    kiosk.sync()
    other.sync()
    assert held(server) == content(sealed)
    assert other.store.count_drops().delivered == 2
    other.store.close()
