"""The HTTPS way over real sockets: what counts as our server, and what a broken line may cost."""

from __future__ import annotations

import errno
import hashlib
import io
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import SyncRequest, encode
from supportpoint.records import ItemState
from supportpoint.sealing.keys import SignKey
from supportpoint.sync.http import HttpTransport


def connect(
    kiosk, face, ca_pem: str, *, key: SignKey | None = None, downloads: Path | None = None
) -> HttpTransport:
    identity = replace(kiosk.store.get_identity(), server_url=face.url, ca_pem=ca_pem)
    transport = HttpTransport(
        identity, key or kiosk.keys.sign, stop=kiosk.stop, clock=kiosk.clock, downloads=downloads
    )
    kiosk.transport = transport
    return transport


@pytest.fixture
def transport(kiosk, face, authority):
    made = connect(kiosk, face, authority[0])
    yield made
    made.close()


def snapshot(kiosk) -> tuple[object, ...]:
    store = kiosk.store
    return (
        store.list_items(),
        store.counts(),
        store.get_cursor(),
        store.get_identity(),
        store.pending_bundles(),
    )


def test_the_whole_road_over_tls(kiosk, server, transport) -> None:
    sealed = kiosk.seal(90_000, 20_000)
    server.announce("configuration", "row", b"x")
    report = kiosk.sync()
    assert report.is_clean
    assert (report.completed, report.blob_bytes, report.changes) == (1, 110_000, 1)
    assert server.effects == {sealed.id: 1}
    assert all(server.has_blob(blob.sha256) for blob in sealed.blobs)


def test_what_stands_around_sealed_answers_is_sent_once(kiosk, transport) -> None:
    for _ in range(20):
        kiosk.seal()
    written = sum(len(encode(item)) for item in kiosk.store.take_batch(20, 1 << 20))
    assert kiosk.sync().completed == 20
    heads = 3 * 1024  # of the few requests of a pass
    assert transport.pace.sent_bytes - heads < written * 0.9


NOT_OURS = [
    "302", "html", "page502", "epoch", "noepoch", "json", "flip", "signature", "bomb",
]  # fmt: skip


@pytest.mark.parametrize("fault", NOT_OURS)
def test_an_answer_that_is_not_our_servers_changes_nothing(kiosk, server, face, transport, fault) -> None:
    server.announce("configuration", "row", b"x")
    sealed = kiosk.seal(1000)
    before = snapshot(kiosk)
    face.faults.append(fault)
    if fault == "page502":  # an unsigned 5xx is tried three times, and then on nothing at all
        face.faults.extend([fault] * 3)
    assert kiosk.sync().code == "SP-502"
    assert snapshot(kiosk) == before
    assert ("GET", "/portal") not in face.seen
    assert kiosk.sync().is_clean
    assert server.effects == {sealed.id: 1}


@pytest.mark.parametrize("fault", ["reset", "truncate"])
def test_an_answer_lost_after_the_server_kept_the_item(kiosk, server, face, transport, fault) -> None:
    sealed = kiosk.seal(1000)
    before = snapshot(kiosk)
    face.faults.append(fault)
    assert kiosk.sync().code == "SP-501"
    assert server.effects == {sealed.id: 1}
    assert snapshot(kiosk) == before
    assert kiosk.sync().is_clean
    assert server.effects == {sealed.id: 1}
    assert set(kiosk.states().values()) == {ItemState.COMPLETE}


def test_an_old_answer_fits_no_new_request(kiosk, server, face, transport) -> None:
    face.faults.extend(["keep", "old"])
    kiosk.sync()
    kiosk.seal()
    before = snapshot(kiosk)
    assert kiosk.sync().code == "SP-502"
    assert snapshot(kiosk) == before


def test_a_busy_server_says_how_long(kiosk, face, transport) -> None:
    face.faults.append("503")
    report = kiosk.sync()
    assert report.code == "SP-505"
    assert 7 <= report.next_in_s <= 8.75
    assert report.facts["retry_after_s"] == "7"


@pytest.mark.parametrize("status", ["401", "403"])
def test_a_refused_device_keeps_everything(kiosk, server, face, transport, status) -> None:
    kiosk.seal(1000)
    before = snapshot(kiosk)
    face.faults.append(status)
    assert kiosk.sync().code == "SP-504"
    assert snapshot(kiosk) == before


def test_another_devices_key_is_refused(kiosk, face, authority) -> None:
    connect(kiosk, face, authority[0], key=SignKey.make())
    assert kiosk.sync().code == "SP-504"


def test_a_cut_upload_keeps_what_arrived(kiosk, server, face, transport) -> None:
    sealed = kiosk.seal(400_000)
    face.faults.extend(["", "cut"])
    assert kiosk.sync().is_clean
    patches = [call for call in face.seen if call[0] == "PATCH"]
    heads = [call for call in face.seen if call[0] == "HEAD"]
    assert (len(patches), len(heads)) == (3, 0)  # on from what TCP took, then from what the server names
    assert server.has_blob(sealed.blobs[0].sha256)


def test_a_photo_waits_while_a_batch_leaves_and_not_after_it(kiosk, server, transport) -> None:
    sealed = kiosk.seal(10_000)
    request = SyncRequest(epoch=server.epoch, cursor=0, items=kiosk.store.take_batch(1, 1 << 20))
    transport.sync(request)
    blob, sent = sealed.blobs[0], threading.Event()
    path = kiosk.folder / "blobs" / blob.sha256.hex()

    def send() -> None:
        transport.send_blob(blob.sha256, path, 0, 10_000, kiosk.stop)
        sent.set()

    transport._precedence.take()
    sending = threading.Thread(target=send)
    sending.start()
    assert not sent.wait(0.3)
    transport.sync(request)
    assert sent.wait(2)  # long before it would go without leave
    sending.join()
    assert server.has_blob(blob.sha256)


def test_a_block_that_our_disk_does_not_give_is_no_fault_of_the_line(
    kiosk, server, transport, monkeypatch
) -> None:
    sealed = kiosk.seal(10_000)
    request = SyncRequest(epoch=server.epoch, cursor=0, items=kiosk.store.take_batch(1, 1 << 20))
    transport.sync(request)

    class Bad(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr("supportpoint.sync.http.open_at", lambda *_: Bad())
    with pytest.raises(SupportPointError, match="SP-202"):
        transport.send_blob(sealed.blobs[0].sha256, Path("unused"), 0, 10_000, kiosk.stop)


def test_another_writers_offset_is_adopted(kiosk, server, face, transport) -> None:
    sealed = kiosk.seal(50_000)
    blob = sealed.blobs[0]
    honest = server.sync

    def sync(device, request):
        reply = honest(device, request)
        server.patch(blob.sha256, 0, 50_000, blob.content[:30_000])
        return reply

    server.sync = sync
    assert kiosk.sync().is_clean
    assert server.has_blob(blob.sha256)
    assert [call[0] for call in face.seen].count("HEAD") == 0


def test_other_bytes_are_sent_once_more_and_then_left(kiosk, server, face, transport) -> None:
    kiosk.seal(5_000)
    face.faults.extend(["", "460", "460"])
    kiosk.sync()
    assert set(kiosk.states().values()) == {ItemState.NEEDS_PERSON}


def test_a_broken_download_goes_on_where_it_stopped(server, face, transport) -> None:
    content = bytes(range(256)) * 1000
    sha256 = hashlib.sha256(content).digest()
    server.bundles[sha256] = content
    face.faults.append("truncate")
    with pytest.raises(SupportPointError, match="SP-501"):
        transport.fetch_bundle(sha256)
    assert transport.fetch_bundle(sha256) == content
    assert face.ranges == ["", f"bytes={len(content) // 2}-"]


def test_a_download_goes_on_in_another_program(kiosk, server, face, authority, tmp_path) -> None:
    content = bytes(range(256)) * 1000
    sha256 = hashlib.sha256(content).digest()
    server.bundles[sha256] = content
    face.faults.append("truncate")
    first = connect(kiosk, face, authority[0], downloads=tmp_path / "downloads")
    with pytest.raises(SupportPointError, match="SP-501"):
        first.fetch_bundle(sha256)
    first.close()
    second = connect(kiosk, face, authority[0], downloads=tmp_path / "downloads")
    assert second.fetch_bundle(sha256) == content
    assert face.ranges[-1] == f"bytes={len(content) // 2}-"
    asked = len(face.ranges)
    assert second.fetch_bundle(sha256) == content  # it was refused: the same bytes, without the line
    assert len(face.ranges) == asked
    second.forget_bundle(sha256)
    assert list((tmp_path / "downloads").iterdir()) == []
    second.close()


def test_a_spoiled_beginning_is_thrown_away(kiosk, server, face, authority, tmp_path) -> None:
    content = bytes(range(256)) * 1000
    sha256 = hashlib.sha256(content).digest()
    server.bundles[sha256] = content
    (tmp_path / f"{sha256.hex()}.part").write_bytes(b"other bytes")
    transport = connect(kiosk, face, authority[0], downloads=tmp_path)
    with pytest.raises(SupportPointError, match="SP-502"):
        transport.fetch_bundle(sha256)
    assert transport.fetch_bundle(sha256) == content
    transport.close()


def test_a_package_with_another_hash_is_nobodys(server, transport) -> None:
    server.bundles[b"\1" * 32] = b"other"
    with pytest.raises(SupportPointError, match="SP-502"):
        transport.fetch_bundle(b"\1" * 32)


def test_the_time_is_bound_to_our_question(face, transport) -> None:
    assert transport.time().now == "2026-11-23T02:00:00Z"
    face.faults.extend(["keep", "old"])
    transport.time()
    with pytest.raises(SupportPointError, match="SP-502"):
        transport.time()


def test_a_time_for_another_nonce_is_not_taken(face, transport, monkeypatch) -> None:
    monkeypatch.setattr("supportpoint.sync.http.secrets.token_bytes", lambda size: b"ours" * 4)
    monkeypatch.setattr("supportpoint.sync.http.urlencode", lambda query: "nonce=00")
    with pytest.raises(SupportPointError, match="SP-502"):
        transport.time()


def test_nobody_there_is_no_fault_of_ours(kiosk, face, authority) -> None:
    identity = replace(kiosk.store.get_identity(), server_url="https://127.0.0.1:1", ca_pem=authority[0])
    kiosk.transport = HttpTransport(identity, kiosk.keys.sign, stop=kiosk.stop)
    assert kiosk.sync().code == "SP-501"


def test_a_stop_ends_an_upload_at_its_next_block(kiosk, server, transport) -> None:
    kiosk.seal(400_000)
    send = transport.send_blob

    def send_and_stop(*args):
        kiosk.stop.is_stopped = True
        return send(*args)

    transport.send_blob = send_and_stop
    kiosk.sync()
    assert server.blobs == {}
    assert set(kiosk.states().values()) == {ItemState.STORED}


def test_an_answer_from_outside_the_protocol_is_no_struct(server, transport) -> None:
    server.sync = lambda device, request: server.devices and Odd()
    with pytest.raises(SupportPointError, match="SP-502"):
        transport.sync(SyncRequest(epoch="epoch-1", cursor=0))


class Odd(SyncRequest):
    """A struct of ours that is no reply."""

    epoch: int = 5
    cursor: int = 0
