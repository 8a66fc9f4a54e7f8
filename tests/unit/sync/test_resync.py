"""A cursor that means nothing: compared, fetched what differs, and nothing deleted that the server lacks."""

from __future__ import annotations

import pytest

from supportpoint.protocol import COMPARE, Change
from supportpoint.records import ItemState


@pytest.fixture
def comparing(kiosk, server):
    """A kiosk that has read five rows of a server that compares."""
    server.compares = True
    for number in range(5):
        server.announce("bundle", f"row-{number}", b"\xc1" + bytes([number]))
    kiosk.sync()
    assert kiosk.store.get_cursor() == 5
    return kiosk


def rows(kiosk) -> dict[str, bytes]:
    return {change.id: change.body for change in kiosk.store.pending_bundles()}


def test_after_a_restore_only_what_differs_travels(comparing, server) -> None:
    backup = server.backup()
    server.announce("bundle", "row-lost", b"\xc1l")
    comparing.sync()
    server.restore(backup)
    server.changes[2] = Change(stream="bundle", id="row-2", rev=9, body=b"\xc1other")
    server.announce("bundle", "row-new", b"\xc1n")
    report = comparing.sync()
    assert (report.code, report.changes) == ("", 2)
    held = rows(comparing)
    assert held["row-2"] == b"\xc1other"
    assert "row-new" in held
    assert "row-lost" in held  # missing there is not deleted here
    assert comparing.store.get_cursor() == 6
    assert comparing.sync().changes == 0


def test_a_cursor_older_than_the_tombstones_is_compared(comparing, server) -> None:
    server.changes[0] = Change(stream="", id="", rev=0)  # its tombstone is no longer kept
    server.changes[1] = Change(stream="bundle", id="row-1", rev=7, tombstone=True)
    server.announce("bundle", "row-new", b"\xc1n")
    server.pruned_through = 6
    assert comparing.sync().is_clean
    assert set(rows(comparing)) == {"row-0", "row-2", "row-3", "row-4", "row-new"}


@pytest.mark.parametrize("after", range(1, 6))
def test_a_comparison_that_is_cut_begins_again(comparing, server, after) -> None:
    backup = server.backup()
    server.restore(backup)
    for number in range(3):
        server.announce("bundle", f"more-{number}", b"\xc1m")
    comparing.transport.faults.extend([""] * after + ["drop"])
    assert comparing.sync().code == "SP-501"
    assert comparing.store.get_cursor() == COMPARE
    assert comparing.sync().is_clean
    assert len(rows(comparing)) == 8
    assert comparing.store.get_cursor() == 8


def test_a_head_below_the_cursor_is_a_restore_though_the_epoch_is_the_same(comparing, server) -> None:
    backup = server.backup()
    lost = comparing.seal(3_000)
    server.announce("bundle", "row-lost", b"\xc1l")
    comparing.sync()
    server.restore(backup)
    server.epoch = comparing.store.get_identity().epoch
    comparing.sync_until_quiet()
    assert lost.id in server.items
    assert set(comparing.states().values()) == {ItemState.COMPLETE}
    assert comparing.store.get_cursor() == 5


def test_the_count_at_the_end_finds_what_a_server_lost_quietly(kiosk, server) -> None:
    sealed = [kiosk.seal(2_000), kiosk.seal()]
    kiosk.sync()
    server.blobs.clear()  # its item stands under its number, so that no range says what is lost
    report = kiosk.sync()
    assert (report.code, report.facts["offered_again"]) == ("", "1")
    assert server.has_blob(sealed[0].blobs[0].sha256)
    assert set(kiosk.states().values()) == {ItemState.COMPLETE}
    assert kiosk.sync().facts == {}
