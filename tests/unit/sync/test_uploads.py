"""Attachments one after the other: resumed, restarted, refused."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import ItemState
from tests.unit.sync.fake_server import assert_arrived_once

COMPLETE, STORED = ItemState.COMPLETE, ItemState.STORED


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
