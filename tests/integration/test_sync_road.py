"""The road between a real kiosk store and a real server process: offline, online, killed, restarted."""

from __future__ import annotations

import hashlib
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock
from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.records import ItemState, SealedCase, SyncReport
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync.enroll import Applicant, enroll
from supportpoint.sync.http import HttpTransport
from supportpoint.sync.passes import run_pass
from tests.integration.sealed_cases import queue_random_case


class Breakable:
    """A stop event that breaks something after so many blocks of a body were sent."""

    def __init__(self) -> None:
        self.blocks_left = -1
        self.break_it: Callable[[], object] = lambda: None

    def is_set(self) -> bool:
        if self.blocks_left == 0:
            self.break_it()
        self.blocks_left -= 1
        return False

    def wait(self, timeout: float) -> bool:
        return False


class Kiosk:
    """A data folder on disk with everything a kiosk has but its pages."""

    def __init__(self, folder: Path, server: Any) -> None:
        self.folder = folder
        self.server = server
        self.clock = SystemClock()
        self.keys = load_or_make_keys(folder, use_keyring=False)
        self.shelf = Shelf(folder)
        self.stop = Breakable()
        self.open()
        code = server.command("code", "03316")["code"]
        applicant = Applicant(self.keys.sign, self.keys.seal, self.keys.level)
        ca_pem = (server.data / "tls" / "ca.pem").read_text() if server.url.startswith("https") else ""
        self.store.save_identity(enroll(server.url, code, applicant, ca_pem))

    def open(self) -> None:
        """Open the store; it belongs to the thread that does."""
        self.store = Store.open(self.folder, self.clock, self.keys, free_space_floor_bytes=0)

    def restart(self) -> None:
        self.store.close()
        self.open()

    def seal(self, *blob_sizes: int) -> SealedCase:
        return queue_random_case(self.store, self.clock, blob_sizes)

    def sync(self, pool: ThreadPoolExecutor | None = None) -> SyncReport:
        transport = HttpTransport(self.store.get_identity(), self.keys.sign, stop=self.stop)
        try:
            return run_pass(
                DirectAccess(self.store), transport, self.shelf, clock=self.clock, stop=self.stop, pool=pool
            )
        finally:
            transport.close()

    def states(self) -> set[ItemState]:
        return {row.state for row in self.store.list_items()}


@pytest.fixture
def road_kiosk(tmp_path: Path, server: Any) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path / "kiosk", server)
    yield kiosk
    kiosk.store.close()


def assert_arrived_once(server: Any, *cases: SealedCase) -> None:
    for sealed in cases:
        rows = server.rows("SELECT envelope, status FROM registry_item WHERE id = ?", sealed.id)
        assert [(bytes(envelope), status) for envelope, status in rows] == [(sealed.envelope, "complete")]
        assert server.rows("SELECT count(*) FROM registry_arrival WHERE item_id = ?", sealed.id) == [(0,)]
        for blob in sealed.blobs:
            rows = server.rows("SELECT done, stored_name FROM registry_blob WHERE sha256 = ?", blob.sha256)
            [(done, name)] = rows
            assert done
            stored = next(path for path in server.data.rglob(Path(name).name) if path.is_file())
            assert hashlib.sha256(stored.read_bytes()).digest() == blob.sha256


def test_offline_then_online(road_kiosk: Kiosk, server: Any) -> None:
    server.kill()
    sealed = road_kiosk.seal(300_000, 40_000)
    before = road_kiosk.store.list_items()
    assert road_kiosk.sync().code == "SP-501"
    assert road_kiosk.store.list_items() == before
    road_kiosk.restart()
    server.start(server.port)
    report = road_kiosk.sync()
    assert report.is_clean, report
    assert (report.completed, report.blob_bytes) == (1, 340_000)
    assert road_kiosk.states() == {ItemState.COMPLETE}
    assert_arrived_once(server, sealed)
    again = road_kiosk.sync()
    assert (again.pushed, again.blob_bytes, again.is_clean) == (0, 0, True)


def test_the_road_over_tls_under_the_provinces_own_authority(
    make_server: Callable[..., Any], tmp_path: Path
) -> None:
    server = make_server(tls=True)
    kiosk = Kiosk(tmp_path / "kiosk", server)
    sealed = kiosk.seal(150_000)
    assert kiosk.sync().is_clean
    assert_arrived_once(server, sealed)
    stranger = make_server(tls=True)
    stranger.kill()
    server.kill()
    stranger.start(server.port)
    kiosk.seal()
    assert kiosk.sync().code == "SP-503"
    assert kiosk.store.counts().queued == 1
    kiosk.store.close()


@pytest.mark.parametrize("blocks", [3, 40, 120])
def test_the_server_dies_in_the_middle_of_an_upload(road_kiosk: Kiosk, server: Any, blocks: int) -> None:
    sealed = road_kiosk.seal(1_500_000)
    road_kiosk.stop.break_it = server.kill
    road_kiosk.stop.blocks_left = blocks + 12  # a few are asked before the upload begins
    assert road_kiosk.sync().code == "SP-501"
    assert road_kiosk.states() == {ItemState.STORED}
    road_kiosk.restart()
    server.start(server.port)
    [(durable,)] = server.rows("SELECT received FROM registry_blob WHERE sha256 = ?", sealed.blobs[0].sha256)
    assert blocks < 120 or durable >= 64 * 1024  # the rest of what had left lay in the sockets of the dead
    report = road_kiosk.sync()
    assert report.is_clean, report
    assert report.blob_bytes == 1_500_000 - durable
    assert_arrived_once(server, sealed)


def test_the_server_dies_while_it_answers_a_batch(road_kiosk: Kiosk, server: Any) -> None:
    cases = [road_kiosk.seal() for _ in range(20)]
    road_kiosk.stop.break_it = server.kill
    road_kiosk.stop.blocks_left = 6
    road_kiosk.sync()
    server.kill()
    server.start(server.port)
    report = road_kiosk.sync()
    assert report.is_clean, report
    assert road_kiosk.states() == {ItemState.COMPLETE}
    assert_arrived_once(server, *cases)


def test_a_server_put_back_from_an_old_copy_gets_exactly_what_it_lost(road_kiosk: Kiosk, server: Any) -> None:
    if server.database_url:
        pytest.skip("copies a SQLite file; the protocol is the same on PostgreSQL")
    kept = [road_kiosk.seal(20_000), road_kiosk.seal()]
    assert road_kiosk.sync().is_clean
    server.kill()
    copies = {path: path.read_bytes() for path in server.data.glob("server.db*")}
    server.start(server.port)
    lost = [road_kiosk.seal(30_000), road_kiosk.seal()]
    assert road_kiosk.sync().is_clean
    epoch = road_kiosk.store.get_identity().epoch
    server.kill()
    for path in server.data.glob("server.db*"):
        path.unlink()
    for path, content in copies.items():
        path.write_bytes(content)
    server.start(server.port)
    reports = [road_kiosk.sync() for _ in range(2)]
    assert all(report.is_clean for report in reports)
    assert road_kiosk.store.get_identity().epoch != epoch
    assert [report.pushed for report in reports] == [2, 0]
    assert road_kiosk.states() == {ItemState.COMPLETE}
    assert_arrived_once(server, *kept, *lost)


def test_two_uploads_at_once_on_threads_of_the_caller(road_kiosk: Kiosk, server: Any) -> None:
    cases = [road_kiosk.seal(200_000, 150_000) for _ in range(3)]
    with ThreadPoolExecutor(2) as pool:
        report = road_kiosk.sync(pool)
    assert report.is_clean, report
    assert report.blob_bytes == 1_050_000
    assert_arrived_once(server, *cases)


def test_many_kiosks_at_once(tmp_path: Path, server: Any) -> None:
    kiosks = [Kiosk(tmp_path / str(number), server) for number in range(4)]
    cases = [[kiosk.seal(30_000), kiosk.seal()] for kiosk in kiosks]
    for kiosk in kiosks:
        kiosk.store.close()

    def sync(kiosk: Kiosk) -> None:
        kiosk.open()
        while kiosk.store.counts().waiting:
            kiosk.sync()
        kiosk.store.close()

    threads = [threading.Thread(target=sync, args=(kiosk,)) for kiosk in kiosks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    for sealed in cases:
        assert_arrived_once(server, *sealed)


def test_a_published_form_reaches_the_shelf(road_kiosk: Kiosk, server: Any, tmp_path: Path) -> None:
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    manifest = Manifest(kind="form", id=f"f{secrets.token_hex(4)}", version=2026112301, title={"vi": "Thử"})
    content = write_package(manifest, {"media/a.bin": secrets.token_bytes(120_000)}, publisher)
    package = tmp_path / "one.spform"
    package.write_bytes(content)
    line = [
        sys.executable,
        "-m",
        "supportpoint",
        "server",
        "publish",
        str(package),
        "--data",
        str(server.data),
    ]
    subprocess.run(line, env=server.env, check=True, capture_output=True, timeout=60)
    report = road_kiosk.sync()
    assert report.is_clean, report
    assert manifest.id in {form.id for form in road_kiosk.shelf.list_forms()}
    assert road_kiosk.store.pending_bundles() == ()


def test_a_revoked_machine_keeps_collecting(road_kiosk: Kiosk, server: Any) -> None:
    device = road_kiosk.store.get_identity().device
    server.command("revoke", device)
    road_kiosk.seal()
    assert road_kiosk.sync().code == "SP-504"
    road_kiosk.seal()
    assert road_kiosk.store.counts().queued == 2


def test_a_used_code_enrols_nobody_else(server: Any) -> None:
    code = server.command("code", "03316")["code"]
    first, second = (Applicant(SignKey.make(), SealKey.make()) for _ in range(2))
    assert enroll(server.url, code, first, "").device == enroll(server.url, code, first, "").device
    with pytest.raises(SupportPointError, match="SP-507"):
        enroll(server.url, code, second, "")


def test_the_servers_time_is_ours_to_ask(road_kiosk: Kiosk) -> None:
    transport = HttpTransport(road_kiosk.store.get_identity(), road_kiosk.keys.sign, stop=road_kiosk.stop)
    assert transport.time().now[:2] == "20"
    transport.close()
