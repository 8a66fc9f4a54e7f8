"""Attachments on threads, beside answers and each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import SyncReport
from supportpoint.store.access import DirectAccess, StoreAccess
from supportpoint.store.values import BlobToSend
from supportpoint.sync.passes import CONFIRM_AT, run_pass
from supportpoint.sync.uploads import Uploads
from tests.unit.sync.fake_server import assert_arrived_once


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


def test_a_photo_is_under_way_while_the_word_on_others_is_asked_for(kiosk, server, threads) -> None:
    server.blob_slots = 1
    for _ in range(CONFIRM_AT + 1):  # the first goes beside the answers
        kiosk.seal(1_000)
    kiosk.seal(400_000)
    is_under_way = threading.Event()
    seen: list[bool] = []
    send, sync = kiosk.transport.send_blob, kiosk.transport.sync

    def send_blob(*args):
        if args[3] == 400_000:
            is_under_way.set()
        return send(*args)

    def push(request):
        if any(item.id in server.items for item in request.items):
            seen.append(is_under_way.wait(3))
        return sync(request)

    kiosk.transport.send_blob, kiosk.transport.sync = send_blob, push
    assert pass_on(kiosk, threads).is_clean
    assert seen[0]


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
