"""Files older than the database: what the store has lost comes back from the kiosks by itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from supportpoint.cli.output import FAILED
from supportpoint.clock import SystemClock, local_day, make_uuid7
from supportpoint.protocol import Problem, decode
from supportpoint.records import Attachment, ItemState, SealedCase
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.receipt import make_receipt
from tests.integration.courier_points import CourierPoint
from tests.integration.test_server_epoch import copy_database
from tests.integration.test_server_office import ANSWERS, PHOTO, VERSION, Browser, publish
from tests.integration.test_server_restored import make_live_kiosk
from tests.integration.test_server_run import refused_to_run
from tests.integration.test_sync_road import Kiosk, assert_arrived_once

SUPPORTPOINT = (sys.executable, "-m", "supportpoint", "server")


@pytest.fixture
def point(make_server: Callable[..., Any], tmp_path: Path) -> Iterator[Kiosk]:
    """A live kiosk at a server of its own."""
    yield from live_kiosk(make_server(), tmp_path)


def live_kiosk(server: Any, folder: Path) -> Iterator[Kiosk]:
    kiosk = make_live_kiosk(folder / "kiosk", server)
    kiosk.server = server
    yield kiosk
    kiosk.store.close()


def look(server: Any, *words: str) -> tuple[int, dict[str, Any]]:
    """Run `supportpoint server files`; return its exit code and what it says."""
    line = [*SUPPORTPOINT, "files", "--data", str(server.data), *words]
    done = subprocess.run(line, env=server.env, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else {"refused": done.stderr}


def path_of(server: Any, address: bytes) -> Path:
    (path,) = (server.data / "files" / "blobs").rglob(address.hex())
    return path


def alarm(server: Any, kind: str) -> list[dict[str, Any]]:
    return [one["facts"] for one in server.command("list_alarms") if one["kind"] == kind]


def put_back(server: Any, database: Path, files: Path) -> None:
    """What an administrator does: stop, the database of one copy beside the files of another, start."""
    assert server.stop() == 0
    copy_database(server, database)
    shutil.rmtree(server.data / "files")
    shutil.copytree(files, server.data / "files")
    server.start()


def test_a_store_older_than_its_database_is_filled_by_the_kiosks_again(point: Kiosk, tmp_path: Path) -> None:
    """Break it by leaving `look_after_files` out of `run`."""
    server = point.server
    early = [point.seal(20_000), point.seal()]
    assert point.sync().is_clean
    shutil.copytree(server.data / "files", tmp_path / "files")
    late = [point.seal(30_000, 1_000), point.seal(), point.seal(5_000)]
    assert point.sync().is_clean
    assert server.stop() == 0
    copy_database(server, tmp_path / "database")
    server.start()
    last = point.seal(700)
    assert point.sync().is_clean
    epoch = point.store.get_identity().epoch
    put_back(server, tmp_path / "database", tmp_path / "files")
    assert server.rows("SELECT count(*) FROM registry_item WHERE status = 'stored'") == [(2,)]
    assert alarm(server, "files_lost") == [{"lost": "3", "awaited": "3", "let_go": "0"}]
    reports = [point.sync() for _ in range(2)]
    assert [(report.is_clean, report.pushed, report.completed) for report in reports] == [
        (True, 3, 3),
        (True, 0, 0),
    ]
    assert [report.blob_bytes for report in reports] == [30_000 + 1_000 + 5_000 + 700, 0]
    assert point.store.get_identity().epoch != epoch
    assert point.states() == {ItemState.COMPLETE}
    assert_arrived_once(server, *early, *late, last)
    assert server.rows("SELECT count(*) FROM registry_item WHERE lost_at IS NOT NULL") == [(0,)]
    kinds = {one["kind"] for one in server.command("list_alarms")}
    assert kinds == {"files_lost"}


def test_a_store_put_back_beside_the_living_database_is_noticed_at_the_start(
    point: Kiosk, tmp_path: Path
) -> None:
    """No mark says so: the newest files do."""
    server = point.server
    shutil.copytree(server.data / "files", tmp_path / "files")
    sealed = [point.seal(2_000), point.seal(3_000)]
    assert point.sync().is_clean
    assert server.stop() == 0
    shutil.rmtree(server.data / "files")
    shutil.copytree(tmp_path / "files", server.data / "files")
    server.start()
    assert point.sync().blob_bytes == 5_000
    assert_arrived_once(server, *sealed)


def test_the_command_finds_what_is_missing_short_or_other_bytes(point: Kiosk) -> None:
    server = point.server
    sealed = point.seal(4_000, 5_000, 6_000, 7_000)
    assert point.sync().is_clean
    assert look(server)[1]["files"] == 4
    gone, short, spoiled, _ = (path_of(server, blob.sha256) for blob in sealed.blobs)
    gone.unlink()
    short.write_bytes(b"short")
    spoiled.write_bytes(bytes(6_000))
    code, found = look(server)
    assert (code, found["lost"], found["awaited"], found["let_go"]) == (FAILED, 2, 2, 0)
    assert look(server)[0] == 0
    assert point.sync().blob_bytes == 9_000
    assert look(server, "--read")[1]["lost"] == 1
    assert point.sync().blob_bytes == 6_000
    assert look(server, "--read") == (
        0,
        {"files": 4, "lost": 0, "found": 0, "copies": 0, "packages": [], "awaited": 0, "let_go": 0},
    )
    assert_arrived_once(server, sealed)
    assert alarm(server, "count_differs") == []


def test_a_store_that_is_not_mounted_is_lost_to_nobody(point: Kiosk) -> None:
    server, files = point.server, point.server.data / "files"
    sealed = point.seal(10_000)
    assert point.sync().is_clean
    epoch = server.rows("SELECT epoch, mark FROM registry_servermark")
    mounted = files.rename(files.with_name("mounted"))
    files.mkdir()
    assert requests.get(server.url + "/readyz", timeout=10).status_code == 503
    late = point.seal(20_000)
    assert point.sync().code == "SP-505"
    assert list(files.rglob("*")) == []
    assert server.stop() == 0
    assert refused_to_run(server, server.port).startswith("SP-110 ")
    files.rmdir()
    assert refused_to_run(server, server.port).startswith("SP-110 ")
    code, refused = look(server)
    assert (code, "SP-110" in refused["refused"]) == (FAILED, True)
    assert server.rows("SELECT epoch, mark FROM registry_servermark") == epoch
    mounted.rename(files)
    server.start()
    report = point.sync()
    assert (report.is_clean, report.completed) == (True, 1)
    assert_arrived_once(server, sealed, late)
    assert server.command("list_alarms") == []


def test_a_store_from_before_there_were_marks_gets_one_and_a_new_one_only_by_a_persons_word(
    point: Kiosk,
) -> None:
    server, files = point.server, point.server.data / "files"
    sealed = point.seal(10_000)
    assert point.sync().is_clean
    assert server.stop() == 0
    (files / "store.mark").unlink()
    server.start()
    assert (files / "store.mark").is_file()
    assert server.stop() == 0
    shutil.rmtree(files)
    assert refused_to_run(server, server.port).startswith("SP-110 ")
    assert look(server, "--empty-store")[1]["lost"] == 1
    server.start()
    assert point.sync().blob_bytes == 10_000
    assert_arrived_once(server, sealed)


def test_what_kiosks_may_have_let_go_of_is_counted_apart_and_comes_back_from_a_backup(point: Kiosk) -> None:
    server = point.server
    old, young = point.seal(8_000), point.seal(9_000)
    assert point.sync().is_clean
    server.rows("UPDATE registry_item SET received_at = '2026-01-01 00:00:00+00' WHERE id = ?", old.id)
    (server.data / "backed_up_through").write_text("1785520800\n")  # 1 August 2026
    point.store._opened.db.execute("UPDATE item SET state = 'archived' WHERE id = ?", (old.id,))
    paths = [path_of(server, sealed.blobs[0].sha256) for sealed in (old, young)]
    backup = paths[0].read_bytes()
    for path in paths:
        path.unlink()
    _, found = look(server)
    assert (found["lost"], found["awaited"], found["let_go"]) == (2, 1, 1)
    assert [point.sync().blob_bytes for _ in range(2)] == [9_000, 0]
    assert alarm(server, "count_differs") == []  # not asked for in vain, pass after pass
    _, found = look(server)
    assert (found["lost"], found["awaited"], found["let_go"]) == (0, 0, 1)
    paths[0].write_bytes(backup)
    _, found = look(server)
    assert (found["found"], found["awaited"], found["let_go"]) == (1, 0, 0)
    assert_arrived_once(server, old, young)


def test_a_point_without_a_link_brings_lost_files_by_stick(
    make_server: Callable[..., Any], tmp_path: Path
) -> None:
    """One stick tells it, the next one brings them."""
    server = make_server()
    point = CourierPoint(tmp_path / "point", server)
    sealed = [point.seal(8_000, 9_000), point.seal()]
    take_a_stick(server, point, tmp_path / "1")
    assert set(point.states().values()) == {ItemState.COMPLETE}
    for blob in sealed[0].blobs:
        path_of(server, blob.sha256).unlink()
    assert look(server)[1]["lost"] == 2
    assert take_a_stick(server, point, tmp_path / "2") == {}
    assert point.states()[sealed[0].id] == ItemState.QUEUED
    assert take_a_stick(server, point, tmp_path / "3") == {"complete": 1}
    assert set(point.states().values()) == {ItemState.COMPLETE}
    assert_arrived_once(server, *sealed)
    point.close()


def take_a_stick(server: Any, point: CourierPoint, stick: Path) -> dict[str, int]:
    """To the server and back; return the verdicts."""
    stick.mkdir()
    point.export(stick)
    line = [*SUPPORTPOINT, "courier", str(stick), "--data", str(server.data)]
    taken = subprocess.run(line, env=server.env, capture_output=True, text=True, timeout=60, check=True)
    point.take(stick)
    verdicts: dict[str, int] = json.loads(taken.stdout)["verdicts"]
    return verdicts


@pytest.fixture
def office(make_server: Callable[..., Any], tmp_path: Path) -> Iterator[Kiosk]:
    """A live kiosk at a server that opens cases of the small form."""
    server = make_server(opener=True)
    publish(server, VERSION)
    yield from live_kiosk(server, tmp_path)


def seal_request(kiosk: Kiosk) -> SealedCase:
    """Seal a case that the province can open, with one photo."""
    identity = kiosk.store.get_identity()
    case_id = str(make_uuid7(SystemClock().now()))
    sealed = seal_case(
        kind="case",
        case_id=case_id,
        xml=ANSWERS.format(id=case_id, age=34, version=VERSION, file="paper.jpg").encode(),
        attachments=(Attachment("paper.jpg", PHOTO),),
        receipt=make_receipt(),
        context=SealingContext(
            recipients=read_keyset(identity.keyset, identity.root_public).recipients(
                "ordinary", identity.commune_code
            ),
            keyset_version=1,
            commune=identity.commune_code,
            form_id="small-request",
            form_version=str(VERSION),
        ),
        day=local_day(SystemClock().now()).isoformat(),
    )
    kiosk.store.queue_case(sealed)
    return sealed


def wait_for(server: Any, sql: str, expected: Any, *values: Any) -> None:
    until = time.monotonic() + 15
    while (found := server.rows(sql, *values)) != [(expected,)]:
        assert time.monotonic() < until, (sql, found)
        time.sleep(0.1)


OPENED_PHOTO = "SELECT count(*) FROM registry_casephoto WHERE stored_name <> '' AND opening_code = ''"


def test_an_opened_case_stays_opened_once_and_its_lost_photo_is_opened_again(office: Kiosk) -> None:
    server = office.server
    clerk = Browser(server, "mai", "03316")
    sealed = seal_request(office)
    assert office.sync().is_clean
    wait_for(server, OPENED_PHOTO, 1)
    events = server.rows("SELECT what, facts FROM registry_caseevent ORDER BY id")
    page = f"/office/cases/{sealed.id}/photos/0"
    assert clerk.get(page).content == PHOTO
    path_of(server, sealed.blobs[0].sha256).unlink()
    assert look(server)[1]["copies"] == 0
    assert clerk.get(page).content == PHOTO  # the opened copy was not lost
    (copy,) = (path for path in (server.data / "files" / "photos").rglob("*") if path.is_file())
    copy.unlink()
    assert clerk.get(page).status_code == 404
    assert look(server)[1]["copies"] == 1
    assert office.sync().completed == 1
    wait_for(server, OPENED_PHOTO, 1)
    assert clerk.get(page).content == PHOTO
    assert server.rows("SELECT what, facts FROM registry_caseevent ORDER BY id") == events
    assert server.rows("SELECT count(*) FROM registry_case") == [(1,)]
    assert server.rows("SELECT count(*) FROM registry_change WHERE stream = 'box'") == [(1,)]
    assert_arrived_once(server, sealed)


def test_a_package_without_its_file_is_told_and_comes_back_by_being_published_again(
    office: Kiosk, make_kiosk: Callable[..., Any]
) -> None:
    server = office.server
    assert office.sync().is_clean
    (stored,) = (path for path in (server.data / "files" / "bundles").rglob("*") if path.is_file())
    address = stored.name
    assert server.stop() == 0
    stored.unlink()
    server.start()
    assert alarm(server, "package_lost") == [{"sha256": address}]
    kiosk = make_kiosk(at=server)
    answer = kiosk.ask("GET", f"/api/v1/bundles/{address}")
    kiosk.check(answer)
    assert (answer.status_code, decode(answer.content, Problem).code) == (404, "SP-803")
    code, found = look(server)
    assert (code, found["packages"]) == (FAILED, [f"form:small-request:{VERSION}"])
    sealed = seal_request(office)
    assert office.sync().completed == 1
    wait_for(server, "SELECT opening_code FROM registry_item WHERE id = ?", "SP-804", sealed.id)
    publish(server, VERSION)
    wait_for(server, OPENED_PHOTO, 1)
    assert kiosk.ask("GET", f"/api/v1/bundles/{address}").ok
    assert look(server)[0] == 0
