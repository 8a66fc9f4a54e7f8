"""Uploads that are cut, resumed, raced and killed, on both databases."""

from __future__ import annotations

import hashlib
import secrets
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import msgspec
import pytest

from supportpoint.protocol import MAX_BLOB_BYTES, BlobRef, Problem, decode
from supportpoint.sealing.item import sign_item

SIZE = 100_000


@pytest.fixture
def kiosk(make_kiosk):
    return make_kiosk()


@pytest.fixture
def blob(kiosk):
    """A blob that the server has asked for."""
    content = secrets.token_bytes(SIZE)
    result = kiosk.sync(kiosk.make_item(blobs=(content,))).results[0]
    assert result.status == "stored"
    assert [(need.sha256, need.offset) for need in result.need] == [(hashlib.sha256(content).digest(), 0)]
    return content


def begin_patch(kiosk, blob, offset, sent):
    """Send the head of a PATCH and `sent` bytes of its body; return the open socket."""
    path = f"/api/v1/blobs/{hashlib.sha256(blob).hexdigest()}"
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(len(blob))}
    headers = kiosk.signed("PATCH", path, headers, None)
    headers |= {"Host": f"127.0.0.1:{kiosk.server.port}", "Content-Length": str(len(blob) - offset)}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line = socket.create_connection(("127.0.0.1", kiosk.server.port))
    line.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + blob[offset : offset + sent])
    return line


def wait_for_offset(kiosk, blob, at_least):
    until = time.monotonic() + 10
    while (offset := kiosk.head(blob)) < at_least:
        assert time.monotonic() < until, f"only {offset} bytes arrived"
        time.sleep(0.02)
    return offset


def test_a_whole_upload_completes_the_item(server, kiosk, blob):
    response = kiosk.patch(blob, 0)
    kiosk.check(response)
    assert (response.status_code, response.headers["Upload-Offset"]) == (200, str(SIZE))
    assert kiosk.head(blob) == SIZE
    again = kiosk.make_item(blobs=(blob,))
    assert kiosk.sync(again).results[0].status == "complete"
    address = hashlib.sha256(blob).hexdigest()
    assert (server.data / "files" / "blobs" / address[:2] / address).read_bytes() == blob
    item = server.rows("SELECT status FROM registry_item WHERE status = 'stored'")
    assert item == []


@pytest.mark.parametrize("silent", [False, True], ids=["closed", "silent"])
def test_a_cut_at_20_kb_keeps_16_kb(kiosk, blob, silent):
    line = begin_patch(kiosk, blob, 0, 20_000)
    if not silent:
        line.close()
    # of a closed line even the last piece is kept; a silent one may still bring more
    offset = wait_for_offset(kiosk, blob, 16_000 if silent else 20_000)
    assert offset <= 20_000
    answer = kiosk.patch(blob, offset)
    assert answer.headers["Upload-Offset"] == str(SIZE)
    line.close()


def test_a_killed_server_goes_on_where_it_was(make_server, make_kiosk):
    server = make_server()
    kiosk = make_kiosk(at=server)
    content = secrets.token_bytes(SIZE)
    item = kiosk.make_item(blobs=(content,))
    kiosk.sync(item)
    line = begin_patch(kiosk, content, 0, 50_000)
    wait_for_offset(kiosk, content, 16_000)
    server.kill()
    line.close()
    server.start()
    offset = kiosk.head(content)
    assert 16_000 <= offset < SIZE
    assert kiosk.patch(content, offset).status_code == 200
    reply = kiosk.sync(item)
    assert reply.results[0].status == "complete"
    assert reply.epoch == kiosk.identity.epoch
    assert server.rows("SELECT COUNT(*) FROM registry_blobpart") == [(0,)]
    assert server.stop() == 0


def test_a_second_server_process_goes_on(make_server, make_kiosk):
    server = make_server()
    kiosk = make_kiosk(at=server)
    content = secrets.token_bytes(SIZE)
    kiosk.sync(kiosk.make_item(blobs=(content,)))
    line = begin_patch(kiosk, content, 0, 40_000)
    wait_for_offset(kiosk, content, 16_000)
    second = type(server)(server.data, server.database_url)
    second.start()
    try:
        kiosk.server = second
        offset = kiosk.head(content)
        assert offset >= 16_000
        assert kiosk.patch(content, offset).headers["Upload-Offset"] == str(SIZE)
        assert kiosk.sync().epoch == kiosk.identity.epoch
    finally:
        line.close()
        second.kill()


def test_a_wrong_offset_is_told_the_right_one(kiosk, blob):
    kiosk.patch(blob, 0, blob[:30_000])
    response = kiosk.patch(blob, 40_000)
    kiosk.check(response)
    assert (response.status_code, response.headers["Upload-Offset"]) == (409, "30000")
    assert decode(response.content, Problem).code == "SP-806"


def test_what_is_there_is_passed_over(kiosk, blob):
    kiosk.patch(blob, 0, blob[:30_000])
    garbled = bytes(10_000) + blob[30_000:]
    response = kiosk.patch(blob, 20_000, garbled)  # other bytes in place of those that are there
    kiosk.check(response)
    assert (response.status_code, response.headers["Upload-Offset"]) == (200, str(SIZE))
    assert kiosk.sync(kiosk.make_item(blobs=(blob,))).results[0].status == "complete"


@pytest.mark.parametrize("sent", [300, 5_000, 17_500])
def test_a_line_that_falls_silent_has_brought_every_byte(kiosk, blob, sent):
    line = begin_patch(kiosk, blob, 0, sent)
    assert wait_for_offset(kiosk, blob, sent) == sent
    [begun] = [one for one in kiosk.sync().begun if one.sha256 == hashlib.sha256(blob).digest()]
    assert begun.offset == sent
    assert kiosk.patch(blob, sent).headers["Upload-Offset"] == str(SIZE)
    line.close()


def test_the_newest_writer_wins(kiosk, blob):
    old = begin_patch(kiosk, blob, 0, 20_000)
    offset = wait_for_offset(kiosk, blob, 16_000)
    assert kiosk.patch(blob, offset, blob[offset : offset + 1000]).status_code == 200
    old.sendall(blob[20_000:60_000])
    old.settimeout(10)
    assert b" 409 " in old.recv(4096).split(b"\r\n")[0]
    old.close()
    assert kiosk.head(blob) == offset + 1000
    assert kiosk.patch(blob, offset + 1000).headers["Upload-Offset"] == str(SIZE)


def test_other_bytes_are_refused_and_the_upload_starts_anew(kiosk, blob):
    response = kiosk.patch(blob, 0, bytes(SIZE))
    kiosk.check(response)
    assert (response.status_code, decode(response.content, Problem).code) == (460, "SP-805")
    assert kiosk.head(blob) == 0
    assert kiosk.patch(blob, 0).status_code == 200


def test_bytes_that_nobody_asked_for_are_not_taken(server, kiosk):
    stray = secrets.token_bytes(1000)
    assert kiosk.head(stray) == -404
    response = kiosk.patch(stray, 0)
    assert (response.status_code, decode(response.content, Problem).code) == (404, "SP-803")
    assert server.rows("SELECT COUNT(*) FROM registry_blob WHERE size = 1000") == [(0,)]


def test_an_item_with_a_huge_blob_is_held_and_asks_for_nothing(kiosk):
    huge = BlobRef(sha256=secrets.token_bytes(32), len=MAX_BLOB_BYTES + 1)
    item = sign_item(msgspec.structs.replace(kiosk.make_item(), blobs=(huge,)), kiosk.sign)
    result = kiosk.sync(item).results[0]
    assert (result.status, result.code, result.need) == ("held", "SP-802", ())


def test_a_server_stopped_before_the_check_finishes_on_the_next_question(server, kiosk, blob):
    kiosk.patch(blob, 0, blob[:60_000])
    address = hashlib.sha256(blob).digest()
    (number,) = server.rows("SELECT id FROM registry_blob WHERE sha256 = ?", address)[0]
    part = "INSERT INTO registry_blobpart (blob_id, offset_, content) VALUES (?, ?, ?)"
    server.rows(part.replace("offset_", '"offset"'), number, 60_000, blob[60_000:])
    server.rows("UPDATE registry_blob SET received = size WHERE id = ?", number)
    assert kiosk.head(blob) == SIZE
    assert kiosk.sync(kiosk.make_item(blobs=(blob,))).results[0].status == "complete"


def test_a_server_stopped_before_the_check_finishes_when_the_item_comes_again(server, kiosk):
    content = secrets.token_bytes(SIZE)
    item = kiosk.make_item(blobs=(content,))
    assert kiosk.sync(item).results[0].status == "stored"
    kiosk.patch(content, 0, content[:-1])
    address = hashlib.sha256(content).digest()
    [(blob_id,)] = server.rows("SELECT id FROM registry_blob WHERE sha256 = ?", address)
    last = 'INSERT INTO registry_blobpart (blob_id, "offset", content) VALUES (?, ?, ?)'
    server.rows(last, blob_id, SIZE - 1, content[-1:])
    server.rows("UPDATE registry_blob SET received = size WHERE id = ?", blob_id)
    assert kiosk.sync(item).results[0].status == "complete"


def test_attachments_of_one_item_that_end_at_once_complete_it(server, kiosk):
    contents = [(secrets.token_bytes(300), secrets.token_bytes(300)) for _ in range(30)]
    items = [kiosk.make_item(blobs=pair) for pair in contents]
    for item in items:
        assert kiosk.sync(item).results[0].status == "stored"
    with ThreadPoolExecutor(2) as pool:
        for pair in contents:
            together = Barrier(2)
            list(
                pool.map(lambda content, together=together: (together.wait(), kiosk.patch(content, 0)), pair)
            )
    status = "SELECT status FROM registry_item WHERE id = ?"
    assert [server.rows(status, item.id) for item in items] == [[("complete",)]] * len(items)


def test_a_row_that_missed_its_last_attachment_is_complete_with_its_verdict(server, kiosk, blob):
    item = kiosk.make_item(blobs=(blob,))
    kiosk.sync(item)
    kiosk.patch(blob, 0)
    server.rows("UPDATE registry_item SET status = 'stored' WHERE id = ?", item.id)
    assert kiosk.sync(item).results[0].status == "complete"
    assert server.rows("SELECT status FROM registry_item WHERE id = ?", item.id) == [("complete",)]


def test_two_items_share_a_blob(server, kiosk, blob):
    second = kiosk.make_item(blobs=(blob, blob))
    result = kiosk.sync(second).results[0]
    assert len(result.need) == 1
    kiosk.patch(blob, 0)
    assert server.rows("SELECT status FROM registry_item WHERE id = ?", second.id) == [("complete",)]


def test_held_items_may_send_their_photos(kiosk, make_kiosk):
    first = make_kiosk()
    item = first.make_item()
    first.sync(item)
    photo = secrets.token_bytes(5000)
    other = kiosk.make_item(id=item.id, blobs=(photo,))
    assert [need.sha256 for need in kiosk.sync(other).results[0].need] == [hashlib.sha256(photo).digest()]
    assert kiosk.patch(photo, 0).headers["Upload-Offset"] == "5000"
