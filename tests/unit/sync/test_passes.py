"""One pass over a real store and an honest server: what arrives, and what a failure may change."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BundleRef, encode
from supportpoint.records import ItemState, SyncReport
from supportpoint.store.access import DirectAccess, StoreAccess
from supportpoint.store.values import BlobToSend
from supportpoint.sync.backoff import CUTS_ALLOWED
from supportpoint.sync.passes import CONFIRM_AT, run_pass
from supportpoint.sync.uploads import Uploads

COMPLETE, STORED, QUEUED = ItemState.COMPLETE, ItemState.STORED, ItemState.QUEUED


def assert_arrived_once(kiosk: Any, server: Any) -> None:
    assert set(kiosk.states().values()) == {COMPLETE}
    for sealed in kiosk.sealed.values():
        assert server.items[sealed.id].envelope == sealed.envelope
        assert server.effects[sealed.id] == 1
        assert [bytes(server.blobs[blob.sha256]) for blob in sealed.blobs] == [
            blob.content for blob in sealed.blobs
        ]


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


def test_the_smallest_attachment_goes_first(kiosk, server) -> None:
    kiosk.seal(30_000, 5_000, 12_000)
    sent: list[int] = []
    send = kiosk.transport.send_blob
    kiosk.transport.send_blob = lambda *args: sent.append(args[3]) or send(*args)
    kiosk.sync()
    assert sent == [5_000, 12_000, 30_000]


def test_a_cut_upload_goes_on_where_the_server_stands(kiosk, server) -> None:
    kiosk.seal(100_000)
    kiosk.transport.faults.extend(["", "lost", "", "lost"])
    assert kiosk.sync().is_clean
    assert kiosk.transport.calls == {"sync": 2, "patch": 3, "head": 2}
    assert_arrived_once(kiosk, server)


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


@pytest.mark.parametrize("acked", [0, 8192, 16 * 1024])
def test_what_tcp_says_has_arrived_saves_the_question(kiosk, server, acked) -> None:
    kiosk.seal(100_000)
    kiosk.transport.acked = acked
    kiosk.transport.faults.extend(["", "lost", "lost"])
    report = kiosk.sync()
    assert (report.code, report.blob_bytes) == ("", 100_000)
    assert kiosk.transport.calls == {"sync": 2, "patch": 3}
    assert_arrived_once(kiosk, server)


def test_somebody_who_acknowledges_for_the_server_is_not_believed_twice(kiosk, server) -> None:
    kiosk.seal(100_000)
    kiosk.transport.block = 0
    kiosk.transport.acked = 80_000
    kiosk.transport.faults.extend(["", "lost", "", "", "lost"])
    assert kiosk.sync().is_clean
    assert not kiosk.transport.pace.trusts_acks
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


def test_an_upload_that_does_not_move_is_left_for_the_next_pass(kiosk, server) -> None:
    kiosk.seal(100_000)
    kiosk.seal(200_000)
    kiosk.transport.faults.extend(["", *["stuck"] * 3])
    assert kiosk.sync().is_clean
    assert sorted(kiosk.states().values()) == [COMPLETE, STORED]
    kiosk.sync()
    assert_arrived_once(kiosk, server)


def test_other_bytes_start_once_again_and_then_a_person_looks(kiosk, server) -> None:
    kiosk.seal(10_000)
    kiosk.transport.faults.extend(["", "garbled"])
    kiosk.sync()
    assert_arrived_once(kiosk, server)
    kiosk.seal(10_000)
    kiosk.transport.faults.extend(["", "garbled", "garbled"])
    kiosk.sync()
    assert sorted(kiosk.states().values()) == [COMPLETE, ItemState.NEEDS_PERSON]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def pass_on(kiosk: Any, threads: ThreadPoolExecutor, access: StoreAccess | None = None) -> SyncReport:
    access = access or DirectAccess(kiosk.store)
    return run_pass(access, kiosk.transport, kiosk.shelf, clock=kiosk.clock, stop=kiosk.stop, pool=threads)


def test_two_uploads_may_run_at_once_on_threads_of_the_caller(kiosk, server, threads) -> None:
    kiosk.seal(30_000, 20_000, 10_000)
    assert pass_on(kiosk, threads).is_clean
    assert_arrived_once(kiosk, server)


def test_a_photo_is_on_its_way_while_the_next_answers_are_sent(kiosk, server, threads) -> None:
    kiosk.seal(10_000)
    for _ in range(3):
        kiosk.seal(size=60_000)
    begun, answered = threading.Event(), threading.Event()
    send, sync = kiosk.transport.send_blob, kiosk.transport.sync

    def send_blob(*args):
        begun.set()
        assert answered.wait(10)
        return send(*args)

    def push(request):
        if kiosk.transport.batches and request.items:
            assert begun.wait(10)
        reply = sync(request)
        if not kiosk.store.counts().queued - len(request.items):
            answered.set()
        return reply

    kiosk.transport.send_blob, kiosk.transport.sync = send_blob, push
    assert pass_on(kiosk, threads).is_clean
    assert_arrived_once(kiosk, server)


def test_answers_that_come_up_do_not_wait_for_the_photo_under_way(kiosk, server, threads) -> None:
    kiosk.seal(10_000)
    under_way, arrived = threading.Event(), threading.Event()
    send, sync = kiosk.transport.send_blob, kiosk.transport.sync

    def send_blob(*args):
        threading.Timer(0.5, under_way.set).start()  # by then the pass has nothing to do but wait
        assert arrived.wait(10)
        return send(*args)

    def push(request):
        reply = sync(request)
        if len(server.items) == 2:
            arrived.set()
        return reply

    def look(work):
        found = work(kiosk.store)
        if under_way.is_set() and len(kiosk.sealed) == 1:
            kiosk.seal()
        return found

    kiosk.transport.send_blob, kiosk.transport.sync = send_blob, push
    assert pass_on(kiosk, threads, look).is_clean
    assert_arrived_once(kiosk, server)


def test_the_word_on_whole_cases_is_asked_for_before_the_last_photo(kiosk, server, threads) -> None:
    for _ in range(2 * CONFIRM_AT):
        kiosk.seal(1_000)
    kiosk.seal(400_000)
    confirmed = threading.Event()
    send, sync = kiosk.transport.send_blob, kiosk.transport.sync

    def send_blob(*args):
        assert args[3] != 400_000 or confirmed.wait(10)
        return send(*args)

    def push(request):
        if any(item.id in server.items for item in request.items):
            confirmed.set()
        return sync(request)

    kiosk.transport.send_blob, kiosk.transport.sync = send_blob, push
    assert pass_on(kiosk, threads).is_clean
    assert_arrived_once(kiosk, server)


def test_a_link_lost_by_answers_is_lost_for_the_photo_beside_them(kiosk, server, threads) -> None:
    kiosk.seal(10_000)
    for _ in range(3):
        kiosk.seal(size=60_000)
    sync = kiosk.transport.sync

    def push(request):
        if kiosk.transport.batches:
            raise SupportPointError("SP-504")
        return sync(request)

    kiosk.transport.sync = push
    assert pass_on(kiosk, threads).code == "SP-504"
    kiosk.transport.sync = sync
    assert pass_on(kiosk, threads).is_clean
    assert_arrived_once(kiosk, server)


def test_a_pass_that_failed_ends_its_uploads_at_their_next_block(kiosk, server, threads) -> None:
    kiosk.seal(10_000)
    for _ in range(3):
        kiosk.seal(size=60_000)
    begun, stopped = threading.Event(), threading.Event()
    sync = kiosk.transport.sync

    def send_blob(_sha256, _path, _offset, _length, stop):
        begun.set()
        for _ in range(100):
            if stop.is_set():
                stopped.set()
                break
            time.sleep(0.05)
        raise SupportPointError("SP-501", reason="stopped")

    def push(request):
        if kiosk.transport.batches:
            assert begun.wait(10)
            raise SupportPointError("SP-504")
        return sync(request)

    kiosk.transport.send_blob, kiosk.transport.sync = send_blob, push
    assert pass_on(kiosk, threads).code == "SP-504"
    assert stopped.is_set()


def test_nobody_sends_after_the_end_when_the_store_fails(kiosk, threads) -> None:
    has_ended = threading.Event()

    def send_blob(*args):
        while not args[4].is_set():
            time.sleep(0.02)
        if args[3] == 20_000:
            time.sleep(0.3)
            has_ended.set()
        raise SupportPointError("SP-501", reason="stopped")

    def refuse(*_args):
        raise SupportPointError("SP-202")

    kiosk.transport.send_blob = send_blob
    kiosk.store.list_blobs_to_send = lambda: tuple(
        BlobToSend(bytes([size // 1000]) * 32, size, 0, kiosk.folder, "item") for size in (10_000, 20_000)
    )
    kiosk.store.note_blob_offset = refuse
    uploads = Uploads(DirectAccess(kiosk.store), kiosk.transport, kiosk.stop, pool=threads)
    uploads.look({})
    uploads.begin(2)
    with pytest.raises(SupportPointError, match="SP-202"):
        uploads.finish()
    assert has_ended.is_set()


def test_one_unreadable_photo_keeps_nothing_else_waiting(kiosk, server) -> None:
    kiosk.seal(10_000)
    kiosk.seal(20_000)
    server.announce("configuration", "row", b"x")
    kiosk.transport.faults.extend(["", "SP-202"])
    report = kiosk.sync()
    assert (report.code, report.changes) == ("", 1)
    assert sorted(kiosk.states().values()) == [COMPLETE, STORED]


def test_a_proxy_that_takes_no_large_bodies_gets_smaller_ones(kiosk, server) -> None:
    kiosk.seal(100_000)
    sizes: list[int] = []
    send = kiosk.transport.send_blob

    def send_blob(sha256, path, offset, length, stop):
        sizes.append(kiosk.transport.pace.next_chunk(length - offset))
        if sizes[-1] > 64 * 1024:
            raise SupportPointError("SP-502", status=413)
        return send(sha256, path, offset, length, stop)

    kiosk.transport.send_blob = send_blob
    assert kiosk.sync().is_clean
    assert sizes[-1] <= 64 * 1024
    assert_arrived_once(kiosk, server)


def test_a_proxy_that_takes_nothing_ends_the_pass(kiosk) -> None:
    kiosk.seal(100_000)

    def send_blob(*_args):
        raise SupportPointError("SP-502", status=413)

    kiosk.transport.send_blob = send_blob
    assert kiosk.sync().code == "SP-502"


def test_a_server_without_room_for_uploads_gets_none(kiosk, server) -> None:
    kiosk.seal(10_000)
    server.blob_slots = 0
    assert kiosk.sync().is_clean
    assert kiosk.transport.calls["patch"] == 0


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


def test_a_restored_server_that_knows_a_case_and_lost_its_photos_gets_them_again(kiosk, server) -> None:
    kiosk.seal(9_000)
    kiosk.transport.faults.append("lost")
    kiosk.sync()
    backup = server.backup()
    kiosk.sync()
    server.restore(backup, with_files=True)
    kiosk.sync_until_quiet()
    kiosk.sync()
    assert_arrived_once(kiosk, server)
