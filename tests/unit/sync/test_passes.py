"""One pass over a real store and an honest server: what arrives, and what a failure may change."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BundleRef, encode
from supportpoint.records import ItemState
from supportpoint.store.access import DirectAccess
from supportpoint.sync.backoff import CUTS_ALLOWED
from supportpoint.sync.passes import run_pass
from tests.unit.sync.fake_server import assert_arrived_once

COMPLETE, STORED, QUEUED = ItemState.COMPLETE, ItemState.STORED, ItemState.QUEUED


def test_a_case_with_photos_arrives_whole_in_one_pass(kiosk, server) -> None:
    kiosk.seal(50_000, 20_000)
    kiosk.seal()
    report = kiosk.sync()
    assert report.is_clean
    assert (report.pushed, report.completed, report.blob_bytes) == (2, 2, 70_000)
    assert_arrived_once(kiosk, server)


def test_an_empty_outbox_still_asks_for_news(kiosk, server) -> None:
    for number in range(8):
        server.announce("configuration", f"row-{number}", b"x")
    report = kiosk.sync()
    assert report.changes == 8
    assert kiosk.store.get_cursor() == 8
    assert kiosk.sync().changes == 0
    assert kiosk.transport.calls["sync"] == 4


def test_a_restored_server_is_read_from_its_beginning_in_one_pass(kiosk, server) -> None:
    server.announce("bundle", "row-1", b"\xc1")
    backup = server.backup()
    kiosk.sync()
    server.restore(backup)
    server.announce("bundle", "row-2", b"\xc1")
    kiosk.sync()
    assert kiosk.store.get_identity().epoch == server.epoch
    assert kiosk.store.get_cursor() == 2
    assert {change.id for change in kiosk.store.pending_bundles()} == {"row-1", "row-2"}


def test_batches_grow_on_a_fast_link(kiosk, server) -> None:
    for _ in range(6):
        kiosk.seal(size=40_000)
    before = kiosk.transport.pace.batch_bytes
    assert kiosk.sync().is_clean
    assert [len(batch) for batch in kiosk.transport.batches] == [1, 3, 2]
    assert kiosk.transport.pace.batch_bytes > before


def test_nothing_complete_is_sent_again(kiosk, server) -> None:
    kiosk.seal(1000)
    kiosk.sync()
    kiosk.transport.batches.clear()
    for _ in range(5):
        kiosk.sync()
    assert kiosk.transport.batches == [()] * 5


def test_answers_that_come_up_go_before_the_photos_that_are_left(kiosk, server) -> None:
    kiosk.seal(5_000, 20_000, 30_000)
    order: list[str] = []
    send, sync = kiosk.transport.send_blob, kiosk.transport.sync

    def send_blob(*args):
        if not order.count("blob"):
            kiosk.seal()
        order.append("blob")
        return send(*args)

    def push(request):
        order.extend("answer" for _ in request.items)
        return sync(request)

    kiosk.transport.send_blob, kiosk.transport.sync = send_blob, push
    assert kiosk.sync().is_clean
    assert order[:4] == ["answer", "blob", "answer", "blob"]
    assert_arrived_once(kiosk, server)


def test_a_cut_in_the_middle_of_a_pass_costs_no_pass(kiosk, server) -> None:
    for _ in range(3):
        kiosk.seal(size=40_000)
    kiosk.transport.faults.extend(["", "drop", "lost", "drop"])
    assert kiosk.sync().is_clean
    assert_arrived_once(kiosk, server)


def test_a_link_that_stays_down_ends_the_pass_and_keeps_every_byte(kiosk, server) -> None:
    kiosk.seal(100_000)
    kiosk.transport.faults.extend(["", "lost", *["drop"] * CUTS_ALLOWED])
    report = kiosk.sync()
    assert (report.code, report.facts["round_trips"]) == ("SP-501", "1")
    assert set(kiosk.states().values()) == {STORED}
    kiosk.restart()
    assert kiosk.sync().blob_bytes == 100_000 - 16 * 1024
    assert_arrived_once(kiosk, server)


def test_a_stop_is_obeyed_between_steps(kiosk, server) -> None:
    kiosk.seal(10_000)
    kiosk.stop.is_stopped = True
    kiosk.sync()
    assert set(kiosk.states().values()) == {QUEUED}


def test_one_pass_at_a_time(kiosk, server) -> None:
    access = DirectAccess(kiosk.store)
    codes: list[str] = []
    inner = kiosk.transport.sync

    def sync_twice(request):
        report = run_pass(access, kiosk.transport, kiosk.shelf, clock=kiosk.clock, stop=kiosk.stop)
        codes.append(report.code)
        return inner(request)

    kiosk.transport.sync = sync_twice
    run_pass(access, kiosk.transport, kiosk.shelf, clock=kiosk.clock, stop=kiosk.stop)
    assert codes == ["SP-508"]


@pytest.mark.parametrize("code", ["SP-501", "SP-502", "SP-503", "SP-504", "SP-505"])
def test_a_failure_of_the_way_changes_nothing(kiosk, server, code) -> None:
    kiosk.seal(1000)
    kiosk.transport.faults.append(code)
    report = kiosk.sync()
    assert report.code == code
    assert set(kiosk.states().values()) == {QUEUED}
    assert not server.items
    assert kiosk.transport.calls["sync"] == 1  # a pass never tries the way twice
    kiosk.sync()
    assert_arrived_once(kiosk, server)


def test_a_fault_of_the_store_is_no_state_of_the_network(kiosk) -> None:
    kiosk.seal()

    def full(reply):
        raise SupportPointError("SP-202")

    kiosk.store.apply_reply = full
    with pytest.raises(SupportPointError, match="SP-202"):
        kiosk.sync()


def test_packages_are_fetched_once_and_refused_ones_change_nothing(kiosk, server) -> None:
    for number, content in enumerate([b"good one", b"bad two", b"good three"]):
        sha256 = bytes([number]) * 32
        server.bundles[sha256] = content
        body = encode(BundleRef(kind="form", id=f"f{number}", version=1, sha256=sha256, len=len(content)))
        server.announce("bundle", f"f{number}", body)
    server.announce("bundle", "broken", b"\xc1")
    report = kiosk.sync()
    assert report.is_clean
    assert report.facts == {"bundles_refused": "SP-602 SP-601"}
    assert kiosk.shelf.installed == [b"good one", b"good three"]
    kiosk.sync()
    assert kiosk.transport.calls["bundle"] == 4  # only the refused one again: a keyset may come
    assert kiosk.transport.calls["forget"] == 2  # what was refused stays at hand


def test_a_package_that_the_province_has_lost_keeps_no_other_waiting(kiosk, server) -> None:
    for number, content in enumerate([b"good one", b"good two"]):
        sha256 = bytes([number]) * 32
        server.bundles[sha256] = content
        body = encode(BundleRef(kind="form", id=f"f{number}", version=1, sha256=sha256, len=len(content)))
        server.announce("bundle", f"f{number}", body)
    lost = server.bundles.pop(bytes(32))
    report = kiosk.sync()
    assert (report.is_clean, report.facts) == (True, {"bundles_refused": "SP-506"})
    server.bundles[bytes(32)] = lost
    kiosk.sync()
    assert kiosk.shelf.installed == [b"good two", b"good one"]


def test_a_restored_server_that_knows_a_case_and_lost_its_photos_gets_them_again(kiosk, server) -> None:
    kiosk.seal(9_000)
    kiosk.transport.faults.append("lost")
    kiosk.sync()
    backup = server.backup()
    kiosk.sync()
    server.restore(backup, files=backup)
    kiosk.sync_until_quiet()
    kiosk.sync()
    assert_arrived_once(kiosk, server)
