"""What no honest client sends: the server answers in its own words and never breaks."""

from __future__ import annotations

import random

import msgspec
import pytest
import requests
import zstandard

from supportpoint.protocol import Problem, SyncRequest, decode, encode
from supportpoint.sealing.compression import ZSTD, compress

SEED = 20261123
ODD = [
    None, -1, 2**63, 2**64 - 1, "", "\0", "a\0b", "x" * 1000, b"\xff", [], {}, [[]], 1.5, True, "🙂", [0],
    [{"sha256": b"a" * 32, "len": 2**63}], [{"sha256": b"a" * 32, "len": 5}] * 3, [{"sha256": b"", "len": 5}],
]  # fmt: skip
ADDRESSES = [
    ("/nowhere", 404),
    ("/api/v1/blobs/zz", 404),
    ("/api/v1/sync", 405),
    ("/office/cases/%00", 404),
    ("/office/shipped/..%2f..%2fsettings.py", 404),
    ("/office/?number=%00", 200),
    ("/office/?commune=%00&service=%00&page=x", 200),
    ("/office/?page=999", 200),
    ("/office/?show=other", 404),
    ("/office/cases/abc/photos/99999999999999999999", 404),
]


def spoil_bytes(chance, body):
    spoiled = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def spoil_value(chance, body):
    message = msgspec.msgpack.decode(body)
    target = chance.choice([message, message["items"][0]])
    target[chance.choice(list(target))] = chance.choice(ODD)
    return msgspec.msgpack.encode(message)


@pytest.mark.parametrize("spoil", [spoil_bytes, spoil_value])
def test_spoiled_batches_never_break_the_server(make_kiosk, spoil):
    chance = random.Random(SEED)
    kiosk = make_kiosk()
    for turn in range(200):
        items = (kiosk.make_item(50), kiosk.make_item(50))
        body = spoil(chance, encode(SyncRequest(epoch="x", cursor=0, items=items)))
        answer = kiosk.ask("POST", "/api/v1/sync", body)
        assert answer.status_code in {200, 400}, (SEED, turn, body)
        kiosk.check(answer)
    assert kiosk.sync(kiosk.make_item()).results[0].status == "complete"


@pytest.mark.parametrize("spoil", ["noise", "cut", "bomb", "no size", "another"])
def test_a_frame_that_is_none_is_refused_and_costs_nothing(make_kiosk, spoil):
    kiosk = make_kiosk()
    frame = compress(encode(SyncRequest(epoch="x", cursor=0, items=(kiosk.make_item(),))), b"")
    body = {
        "noise": random.Random(SEED).randbytes(300),
        "cut": frame[:-3],
        "bomb": compress(bytes(8_000_000), b""),
        "no size": zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1000)),
        "another": frame,
    }[spoil]
    answer = kiosk.ask("POST", "/api/v1/sync", body, Content_Encoding="gzip" if spoil == "another" else ZSTD)
    assert answer.status_code == 400
    assert decode(answer.content, Problem).code == "SP-801"
    kiosk.check(answer)
    assert kiosk.ask("POST", "/api/v1/sync", frame, Content_Encoding=ZSTD).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_is_none_is_refused_in_the_protocol_too(make_kiosk, method):
    kiosk = make_kiosk()
    allowed = {
        "sync": {"POST"},
        "enroll": {"POST"},
        "time": {"GET"},
        "openapi.json": {"GET"},
        "agency/cases": {"GET"},
        f"blobs/{'0' * 64}": {"HEAD", "PATCH"},
        f"bundles/{'0' * 64}": {"GET"},
    }
    for address, methods in allowed.items():
        if method in methods:
            continue
        answer = kiosk.ask(method, f"/api/v1/{address}", b"", Upload_Offset="0", Upload_Length="1")
        assert answer.status_code == 405, address
        kiosk.check(answer)
        assert set(answer.headers["Allow"].split(", ")) == methods, address
        if method != "HEAD":
            assert decode(answer.content, Problem) == Problem("SP-801", {"reason": "method"}), address


@pytest.mark.parametrize("cursor", [-2, 2**63, 2**64 - 1])
def test_a_cursor_that_no_database_holds_is_no_request(make_kiosk, cursor):
    kiosk = make_kiosk()
    body = msgspec.to_builtins(SyncRequest(epoch=kiosk.identity.epoch, cursor=0)) | {"cursor": cursor}
    answer = kiosk.ask("POST", "/api/v1/sync", msgspec.msgpack.encode(body))
    assert (answer.status_code, decode(answer.content, Problem).code) == (400, "SP-801")
    kiosk.check(answer)


def test_an_address_that_is_none_is_refused_in_the_protocol(make_kiosk):
    kiosk = make_kiosk()
    answer = kiosk.ask("GET", "/api/v1/blobs/zz")
    assert (answer.status_code, decode(answer.content, Problem).code) == (404, "SP-803")
    kiosk.check(answer)


def test_odd_addresses_and_names_are_answered(server):
    login = requests.Session()
    login.get(server.url + "/office/login", timeout=10)
    for name, password in (("a\0b", "x\0"), ("x" * 10_000, "y"), ("canbo-tinh", "wrong")):
        fields = {"username": name, "password": password, "csrfmiddlewaretoken": login.cookies["csrftoken"]}
        assert login.post(server.url + "/office/login", data=fields, timeout=20).status_code == 422
    staff = server.init["staff"][0]
    fields = {"username": staff["username"], "password": staff["password"]}
    fields["csrfmiddlewaretoken"] = login.cookies["csrftoken"]
    assert login.post(server.url + "/office/login", data=fields, timeout=20).url.endswith("/office/")
    for address, status in ADDRESSES:
        assert login.get(server.url + address, timeout=20).status_code == status, address


def test_guessing_a_password_is_slowed_down(server):
    guesser = requests.Session()
    guesser.get(server.url + "/office/login", timeout=10)
    staff = server.init["staff"][1]
    fields = {"username": staff["username"], "csrfmiddlewaretoken": guesser.cookies["csrftoken"]}
    tries = [
        guesser.post(
            server.url + "/office/login", data=fields | {"password": f"guess {n}"}, timeout=20
        ).status_code
        for n in range(9)
    ]
    assert tries == [422] * 8 + [429]
    right = fields | {"password": staff["password"]}
    assert guesser.post(server.url + "/office/login", data=right, timeout=20).status_code == 429


def test_only_names_of_the_certificate_are_answered(server):
    for name, status in (("localhost", 200), ("evil.example", 400)):
        answer = requests.get(server.url + "/office/login", headers={"Host": name}, timeout=10)
        assert answer.status_code == status
