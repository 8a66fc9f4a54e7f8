"""Push, pull and enrol against a real server process, on both databases."""

from __future__ import annotations

import collections
import concurrent.futures
import hashlib
import random
import socket
import time

import msgspec
import pytest

from supportpoint.protocol import (
    Item,
    Problem,
    SyncReply,
    SyncRequest,
    TimeReply,
    decode,
    encode,
    identity_hash,
    unsigned,
)
from supportpoint.sealing.item import sign_item
from supportpoint.sealing.keys import verify
from supportpoint.sealing.keyset import read_keyset


def stored(server, *items):
    found = {item_id for (item_id,) in server.rows("SELECT id FROM registry_item")}
    return [item.id for item in items if item.id in found]


def test_a_pushed_item_is_complete_and_receipted(server, make_kiosk):
    kiosk = make_kiosk()
    item = kiosk.make_item()
    reply = kiosk.sync(item)
    assert [(r.id, r.status) for r in reply.results] == [(item.id, "complete")]
    assert reply.receipt is not None
    assert reply.receipt.device == kiosk.device
    assert reply.receipt.results == ((item.id, "complete", identity_hash(item)),)
    verify(kiosk.identity.server_public, unsigned(reply.receipt), reply.receipt.signature)
    assert len(stored(server, item)) == 1


def test_replay_changes_nothing(server, make_kiosk):
    kiosk = make_kiosk()
    item = kiosk.make_item()
    for _ in range(3):
        assert kiosk.sync(item).results[0].status == "complete"
    assert len(stored(server, item)) == 1


def test_five_concurrent_identical_pushes_store_once(server, make_kiosk):
    kiosk = make_kiosk()
    for _ in range(5):
        items = [kiosk.make_item() for _ in range(20)]
        request = SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=tuple(items))
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(lambda _, r=request: kiosk.ask("POST", "/api/v1/sync", r), range(5)))
        assert [answer.status_code for answer in answers] == [200] * 5
        assert len(stored(server, *items)) == 20
    device = kiosk.device
    count = server.rows("SELECT COUNT(*), COUNT(DISTINCT seq) FROM registry_item WHERE device = ?", device)
    assert count == [(100, 100)]


def test_verdicts_are_as_many_as_rows_when_half_of_all_batches_come_twice(server, make_kiosk):
    """Two copies of one batch on their way at once, old ones again later: each item is one row."""
    kiosk, chance = make_kiosk(), random.Random(28)
    batches = [tuple(kiosk.make_item() for _ in range(20)) for _ in range(30)]
    twice = chance.sample(batches, len(batches) // 2)
    sends = batches + twice
    chance.shuffle(sends)

    def send(items):
        request = SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=items)
        answer = kiosk.ask("POST", "/api/v1/sync", request)
        return decode(answer.content, SyncReply)

    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        replies = list(pool.map(send, sends))
    verdicts = collections.Counter(
        (result.id, result.status) for reply in replies for result in reply.results
    )
    assert verdicts == collections.Counter((item.id, "complete") for items in sends for item in items)
    rows = server.rows("SELECT id, seq FROM registry_item WHERE device = ?", kiosk.device)
    assert {(item_id, "complete") for item_id, _ in rows} == set(verdicts)
    assert sorted(seq for _, seq in rows) == list(range(1, 601))
    assert server.rows("SELECT count(*) FROM registry_arrival WHERE device = ?", kiosk.device) == [(0,)]
    assert [(one.first, one.last) for one in kiosk.sync().have] == [(1, 600)]


def test_other_content_under_a_known_id_is_held_and_kept(server, make_kiosk):
    kiosk, other = make_kiosk(), make_kiosk()
    item = kiosk.make_item()
    kiosk.sync(item)
    thief = other.make_item(id=item.id)
    for _ in range(2):
        result = other.sync(thief).results[0]
        assert (result.status, result.code) == ("held", "SP-808")
    envelope = server.rows("SELECT envelope FROM registry_item WHERE id = ?", item.id)[0][0]
    assert bytes(envelope) == item.envelope
    kept = server.rows("SELECT wire FROM registry_arrival WHERE item_id = ?", item.id)
    assert [decode(bytes(wire), Item) for (wire,) in kept] == [thief]
    assert [(r.first, r.last) for r in other.sync().have] == [(1, 1)]


def test_two_things_of_one_id_in_one_batch_are_not_mixed(server, make_kiosk):
    kiosk = make_kiosk()
    first = kiosk.make_item()
    other = kiosk.make_item(id=first.id, blobs=(b"a photo of the other",))
    reply = kiosk.sync(first, other)
    assert [(r.status, r.code) for r in reply.results] == [("complete", ""), ("held", "SP-808")]
    row = server.rows("SELECT identity, status FROM registry_item WHERE id = ?", first.id)
    assert [(bytes(identity), status) for identity, status in row] == [(identity_hash(first), "complete")]
    assert server.rows("SELECT COUNT(*) FROM registry_itemblob WHERE item_id = ?", first.id) == [(0,)]


def test_a_counter_used_twice_is_forked(server, make_kiosk):
    kiosk = make_kiosk()
    first = kiosk.make_item()
    kiosk.sync(first)
    second = kiosk.make_item(seq=first.seq)
    assert kiosk.sync(second).results[0].status == "forked"
    assert stored(server, second) == []
    again = sign_item(msgspec.structs.replace(second, incarnation="aa" * 8, seq=1), kiosk.sign)
    assert kiosk.sync(again).results[0].status == "complete"


def test_the_same_thing_wrapped_again_is_one_row_and_in_have(server, make_kiosk):
    kiosk = make_kiosk()
    item = kiosk.make_item()
    kiosk.sync(item)
    again = sign_item(msgspec.structs.replace(item, incarnation="bb" * 8, seq=1), kiosk.sign)
    assert kiosk.sync(again).results[0].status == "complete"
    assert len(stored(server, item)) == 1
    assert ("bb" * 8, 1, 1) in [(r.incarnation, r.first, r.last) for r in kiosk.sync().have]


def test_one_bad_item_spoils_no_batch(server, make_kiosk):
    kiosk = make_kiosk()
    good = kiosk.make_item()
    shapeless = kiosk.make_item(id="not-a-uuid")
    unsigned_item = msgspec.structs.replace(kiosk.make_item(), signature=b"\0" * 64)
    raw = msgspec.msgpack.decode(
        encode(SyncRequest(epoch="", cursor=0, items=(good, shapeless, unsigned_item)))
    )
    raw["items"].append({"id": "x", "envelope": 5})
    response = kiosk.ask("POST", "/api/v1/sync", msgspec.msgpack.encode(raw))
    results = msgspec.msgpack.decode(response.content)["results"]
    assert [(r["status"], r.get("code")) for r in results] == [
        ("complete", None),
        ("rejected", "SP-801"),
        ("held", "SP-405"),
        ("rejected", "SP-801"),
    ]
    assert len(stored(server, good)) == 1


def test_have_shows_gaps_and_is_cut_at_64(server, make_kiosk):
    kiosk = make_kiosk()
    kiosk.sync(*[kiosk.make_item(seq=2 * count) for count in range(1, 71)])
    reply = kiosk.sync()
    assert [(r.first, r.last) for r in reply.have] == [(2 * n, 2 * n) for n in range(1, 65)]
    assert reply.have_through == 128
    kiosk.sync(*[kiosk.make_item(seq=2 * count + 1) for count in range(1, 71)])
    reply = kiosk.sync()
    assert [(r.first, r.last) for r in reply.have] == [(2, 141)]
    assert reply.have_through == 0


def test_a_revoked_device_gets_401_and_its_items_by_relay_are_held(server, make_kiosk):
    kiosk, relay = make_kiosk(), make_kiosk()
    item = kiosk.make_item()
    server.command("revoke", kiosk.device)
    response = kiosk.ask("POST", "/api/v1/sync", SyncRequest(epoch="", cursor=0, items=(item,)))
    kiosk.check(response)
    assert (response.status_code, decode(response.content, Problem).code) == (401, "SP-504")
    assert stored(server, item) == []
    result = relay.sync(item).results[0]
    assert (result.status, result.code) == ("held", "SP-504")
    assert len(server.rows("SELECT wire FROM registry_arrival WHERE item_id = ?", item.id)) == 1


def test_a_wrong_signature_or_body_gets_401(make_kiosk):
    kiosk = make_kiosk()
    request = encode(SyncRequest(epoch="", cursor=0))
    headers = kiosk.signed("POST", "/api/v1/sync", {}, request)
    url = kiosk.server.url + "/api/v1/sync"
    other = encode(SyncRequest(epoch="", cursor=1))
    for body, changed in (
        (other, {}),
        (request, {"Sp-Device": "somebody"}),
        (request, {"Signature": "sp=:AAAA:"}),
    ):
        answer = kiosk.session.post(url, data=body, headers=headers | changed, timeout=10)
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code"), [(b"\xc1", 400, "SP-801"), (b"\0" * (256 * 1024 + 1), 413, "SP-802")]
)
def test_a_body_that_cannot_be_read_has_its_own_words(make_kiosk, body, status, code):
    kiosk = make_kiosk()
    response = kiosk.ask("POST", "/api/v1/sync", body)
    kiosk.check(response)
    assert (response.status_code, decode(response.content, Problem).code) == (status, code)


def test_enrolment_is_for_one_device_and_may_be_repeated_by_it(server, make_kiosk):
    first = make_kiosk("03127")
    assert first.identity.commune_code == "03127"
    read_keyset(first.identity.keyset, first.identity.root_public)
    code = server.command("code", "03316")["code"]
    assert first.enroll(code).status_code == 403
    kiosk = make_kiosk()
    code = server.command("code", "03316")["code"]
    kiosk.sign = type(kiosk.sign).make()
    assert kiosk.enroll(code.lower().replace("-", " ")).status_code == 200
    device = kiosk.device
    assert kiosk.enroll(code).status_code == 200
    assert kiosk.device == device
    kiosk.sign = type(kiosk.sign).make()
    refused = kiosk.enroll(code)
    assert (refused.status_code, decode(refused.content, Problem).code) == (403, "SP-507")
    assert kiosk.enroll("0000-0000-0000").status_code == 403


def test_a_machine_that_kept_its_keys_is_the_same_device(server, make_kiosk):
    kiosk = make_kiosk()
    device = kiosk.device
    assert kiosk.enroll().status_code == 200
    assert kiosk.device == device
    server.command("revoke", device)
    refused = kiosk.enroll()
    assert (refused.status_code, decode(refused.content, Problem).code) == (401, "SP-504")


def test_time_is_signed_and_bound_to_the_nonce(make_kiosk):
    kiosk = make_kiosk()
    response = kiosk.ask("GET", "/api/v1/time?nonce=00ff00ff")
    kiosk.check(response)
    assert decode(response.content, TimeReply).nonce == bytes.fromhex("00ff00ff")
    assert kiosk.ask("GET", "/api/v1/time?nonce=xyz").status_code == 400


def test_unknown_kinds_and_fields_are_kept(server, make_kiosk):
    kiosk = make_kiosk()
    item = kiosk.make_item(kind="tomorrow")
    raw = msgspec.msgpack.decode(encode(SyncRequest(epoch="", cursor=0, items=(item,))))
    raw["newer"] = raw["items"][0]["newer"] = hashlib.sha256().digest()
    response = kiosk.ask("POST", "/api/v1/sync", msgspec.msgpack.encode(raw))
    assert msgspec.msgpack.decode(response.content)["results"][0]["status"] == "complete"
    assert len(stored(server, item)) == 1


def test_a_full_server_says_when_to_come_back_before_it_reads(make_server, make_kiosk, monkeypatch):
    monkeypatch.setenv("SUPPORTPOINT_SYNC_PLACES", "1")
    server = make_server()
    kiosk = make_kiosk(at=server)
    request = encode(SyncRequest(epoch="", cursor=0))
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"POST /api/v1/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nslow")
        time.sleep(0.5)
        refused = kiosk.ask("POST", "/api/v1/sync", request)
        kiosk.check(refused)
        assert (refused.status_code, decode(refused.content, Problem).code) == (503, "SP-505")
        assert int(refused.headers["Retry-After"]) >= 1
    time.sleep(0.5)
    assert kiosk.sync().epoch == kiosk.identity.epoch
