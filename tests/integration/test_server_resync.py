"""Cursors that mean nothing, on both databases: what is compared and fetched, what the province hears."""

from __future__ import annotations

import hashlib
import json
import secrets

import pytest

from supportpoint.protocol import (
    COMPARE,
    ResyncReply,
    ResyncRequest,
    Seen,
    SyncReply,
    SyncRequest,
    decode,
    row_digest,
    row_key,
)

INSERT = (
    "INSERT INTO registry_change (stream, ref, rev, body, tombstone, audience, province_code, made_at)"
    " VALUES ('configuration', ?, 1, ?, ?, ?, '11', ?)"
)


@pytest.fixture(scope="module")
def server(make_server):
    server = make_server()
    for number in range(4):
        server.rows(INSERT, f"row-{number}", b"body-%d" % number, False, "", "2026-11-01 00:00:00+00")
    server.rows(INSERT, "elsewhere", b"other commune", False, "03127", "2026-11-01 00:00:00+00")
    server.rows(INSERT, "gone-lately", b"", True, "", "2026-11-01 00:00:00+00")
    server.rows(INSERT, "last", b"last body", False, "", "2026-11-01 00:00:00+00")
    return server


@pytest.fixture
def kiosk(make_kiosk):
    return make_kiosk()


def ask(kiosk, **fields) -> ResyncReply:
    response = kiosk.ask("POST", "/api/v1/resync", ResyncRequest(epoch=kiosk.identity.epoch, **fields))
    assert response.status_code == 200, response.content
    kiosk.check(response)
    return decode(response.content, ResyncReply)


def alarms(server) -> dict[tuple[str, str], tuple[int, dict[str, str]]]:
    found = server.rows("SELECT kind, device, times, facts FROM registry_alarm")
    return {
        (kind, device): (times, facts if isinstance(facts, dict) else json.loads(facts))
        for kind, device, times, facts in found
    }


def test_a_manifest_names_rows_by_hash_and_hides_those_of_others(kiosk):
    reply = ask(kiosk)
    listed = {row.key: row.digest for row in reply.listed}
    assert listed[row_key("configuration", "row-2")] == row_digest(b"body-2")
    assert listed[row_key("configuration", "gone-lately")] == b""
    assert row_key("configuration", "elsewhere") not in listed
    assert (reply.more, reply.head) == (False, max(row.seq for row in reply.listed))


def test_rows_come_by_their_numbers_and_only_those_of_the_commune(server, kiosk):
    numbers = dict(server.rows("SELECT ref, seq FROM registry_change"))
    reply = ask(kiosk, want=(numbers["row-1"], numbers["elsewhere"], numbers["gone-lately"], 10**9))
    assert reply.handled == 4
    assert [(row.id, bytes(row.body), row.tombstone) for row in reply.changes] == [
        ("row-1", b"body-1", False),
        ("gone-lately", b"", True),
    ]


def test_too_many_wishes_are_refused(kiosk):
    wishes = ResyncRequest(epoch="", want=tuple(range(1, 2000)))
    assert kiosk.ask("POST", "/api/v1/resync", wishes).status_code == 413


@pytest.mark.parametrize("case", ["other epoch", "to compare"])
def test_who_must_compare_is_told_and_gets_no_rows(kiosk, case):
    cursor = COMPARE if case == "to compare" else 3
    reply = kiosk.sync(cursor=cursor, epoch="elsewhere" if case == "other epoch" else None)
    assert (reply.resync, reply.changes, reply.more) == (True, (), False)
    assert kiosk.sync(cursor=ask(kiosk).head).resync is False


def test_a_new_device_reads_from_the_beginning(kiosk):
    reply = kiosk.sync(cursor=0, epoch="elsewhere")
    assert reply.resync is False
    assert {"row-0", "last", "gone-lately"} <= {row.id for row in reply.changes}


def test_a_head_below_the_cursor_raises_an_alarm_once(server, kiosk):
    whole, part = secrets.token_bytes(300), secrets.token_bytes(300)
    first, second = kiosk.make_item(blobs=(whole,)), kiosk.make_item(blobs=(part,))
    kiosk.sync(first, second)
    kiosk.patch(whole, 0)
    for _ in range(2):
        reply = kiosk.sync(cursor=10**6)
        assert (reply.resync, reply.only_complete) == (True, True)
        assert [(one.first, one.last) for one in reply.have] == [(first.seq, first.seq)]
    times, facts = alarms(server)["head_below_cursor", kiosk.device]
    assert (times, facts["cursor"]) == (2, "1000000")


def test_complete_items_are_counted_and_a_difference_is_heard(server, kiosk):
    kiosk.sync(kiosk.make_item(), kiosk.make_item())
    kiosk.sync(kiosk.make_item(blobs=(b"never sent",)))
    assert kiosk.sync().complete == 2

    def check(known: int) -> SyncReply:
        request = SyncRequest(epoch=kiosk.identity.epoch, cursor=0, complete=known)
        return decode(kiosk.ask("POST", "/api/v1/sync", request).content, SyncReply)

    assert check(2).only_complete
    assert ("count_differs", kiosk.device) not in alarms(server)
    assert check(3).only_complete
    assert alarms(server)["count_differs", kiosk.device][1] == {"here": "2", "there": "3"}


def test_news_that_this_database_has_lost_is_heard(server, kiosk):
    lost = Seen(receipt_hash=hashlib.sha256(b"a receipt").digest(), epoch="before", rev=4)
    ask(kiosk, receipts_seen=(lost,))
    rows = server.rows("SELECT ref, facts FROM registry_alarm WHERE kind = 'news_lost'")
    assert [ref for ref, _ in rows] == [lost.receipt_hash.hex()]


def test_tombstones_are_kept_400_days_and_older_cursors_compare(make_server, make_kiosk):
    server = make_server()
    server.rows(INSERT, "young", b"", True, "", "2026-11-01 00:00:00+00")
    server.rows(INSERT, "stays", b"x", False, "", "2020-01-01 00:00:00+00")
    server.rows(INSERT, "old", b"", True, "", "2020-01-01 00:00:00+00")
    numbers = dict(server.rows("SELECT ref, seq FROM registry_change"))
    server.stop()
    server.start()
    left = [ref for (ref,) in server.rows("SELECT ref FROM registry_change ORDER BY seq")]
    assert [ref for ref in left if ref in numbers] == ["young", "stays"]
    kiosk = make_kiosk(at=server)
    assert kiosk.sync(cursor=numbers["young"]).resync
    fresh = kiosk.sync(cursor=numbers["old"])
    assert (fresh.resync, fresh.cursor) == (False, numbers["old"])  # the head does not fall with its last row
