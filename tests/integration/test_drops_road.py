"""Protected feedback from kiosk to agency: neither database nor log tells of the device that brought it.

`Searcher` reads every row of every table and every file of the server, and is shown to find a link that
was written down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from supportpoint.content.package import Manifest, write_package
from supportpoint.protocol import Drop, SyncReply, SyncRequest, decode
from supportpoint.records import Attachment, ItemState
from supportpoint.sealing.drops import open_drops
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import Submitted, submit_case
from tests.integration.test_sync_road import Kiosk

FORM = Path(__file__).parents[1] / "data" / "forms" / "small-request.xml"
VOICE = hashlib.shake_256(b"a made-up voice").digest(500_000)
XML = "<data>Một chuyện ở Bản Nậm Pọng</data>".encode()


@dataclass
class Road:
    """A talkative server without its agencies' keys, and a kiosk with a form of protected feedback."""

    server: Any
    kiosk: Kiosk
    agencies: Path

    def say(self, *files: bytes) -> Submitted:
        return submit_case(
            DirectAccess(self.kiosk.store),
            package=self.kiosk.shelf.open_form("secret-word"),
            xml=XML,
            attachments=[Attachment(f"{n}.ogg", content, "audio/ogg") for n, content in enumerate(files)],
            case_id=str(uuid4()),
            clock=self.kiosk.clock,
        )

    def end_waits(self) -> None:
        self.kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")

    def drops(self) -> list[Drop]:
        rows = self.server.rows("SELECT drop_id, envelope FROM registry_sealeddrop")
        return [Drop(id=drop_id, envelope=bytes(envelope)) for drop_id, envelope in rows]

    def kept(self) -> list[Drop]:
        rows = self.kiosk.store._opened.db.rows("SELECT id, envelope FROM sealed_drop")
        return [Drop(id=row["id"], envelope=row["envelope"]) for row in rows]


@pytest.fixture(scope="module")
def road(make_server: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    server = make_server(opener=True)
    server.kill()
    server.env["SUPPORTPOINT_LOG_LEVEL"] = "DEBUG"
    server.start()
    away = tmp_path_factory.mktemp("away") / "agencies"
    (server.data / "agencies").rename(away)
    signer = SignKey((away / "protected" / "inspectorate.forms.key").read_bytes())
    manifest = Manifest(
        kind="form",
        id="secret-word",
        version=1,
        title={"vi": "x"},
        settings={"purpose": "protected", "route": "inspectorate", "category": "protected"},
    )
    xform = FORM.read_bytes().replace(b'id="small-request"', b'id="secret-word"')
    path = away.parent / "secret-word.spform"
    path.write_bytes(write_package(manifest, {"form.xml": xform}, signer))
    server.command("publish", str(path))
    kiosk = Kiosk(away.parent / "kiosk", server)
    kiosk.sync()
    yield Road(server, kiosk, away)
    kiosk.store.close()


class Searcher:
    """Everything that the server keeps: rows by table, and files."""

    def __init__(self, server: Any) -> None:
        catalogue = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            if server.database_url
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        self.rows = [
            (table, b"|".join(_plain(value) for value in row))
            for (table,) in server.rows(catalogue)
            for row in server.rows(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of the catalogue
        ]
        files = [path for path in server.data.rglob("*") if path.is_file() and "server.db" not in path.name]
        files.append(server.data.parent / f"{server.data.name}.log")
        self.files = {path.name: path.read_bytes() for path in files}

    def find(self, *names: bytes) -> set[str]:
        """Return the tables and files in whose rows or bytes any of `names` stands."""
        rows = {table for table, row in self.rows if any(name in row for name in names)}
        return rows | {name for name, content in self.files.items() if any(word in content for word in names)}


def _plain(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def names_of(drop: Drop) -> tuple[bytes, ...]:
    sha256 = hashlib.sha256(drop.envelope)
    return (drop.id.encode(), UUID(drop.id).bytes, sha256.digest(), sha256.hexdigest().encode())


def test_the_whole_road(road: Road) -> None:
    server, kiosk = road.server, road.kiosk
    said = road.say(VOICE, b"a small picture")
    ordinary = kiosk.seal(40_000)
    items_before = server.rows("SELECT count(*) FROM registry_item")[0][0]
    kept = road.kept()
    kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 5000")
    assert kiosk.sync().is_clean
    assert road.drops() == [], "the drop left with the case of the same minute"
    road.end_waits()
    with ThreadPoolExecutor(2) as pool:
        assert kiosk.sync(pool).is_clean
    assert {drop.id for drop in road.drops()} == {drop.id for drop in kept}
    assert kiosk.store.count_drops().waiting == 0
    assert (
        kiosk.store.find_item_state(hashlib.sha256(said.receipt.secret).digest()).state == ItemState.COMPLETE
    )
    assert server.rows("SELECT count(*) FROM registry_item") == [(items_before + 1,)]
    assert server.rows("SELECT status FROM registry_item WHERE id = ?", ordinary.id) == [("complete",)]

    inspectorate = SealKey((road.agencies / "protected/inspectorate.seal.key").read_bytes())
    (opened,) = open_drops(road.drops(), {inspectorate.kid: inspectorate}, lambda _: b"")
    assert opened.feedback.record.xml == XML
    assert opened.feedback.contents == (VOICE, b"a small picture")
    away = road.agencies / "drops"
    assert server.command("drops", str(away)) == {"written": len(kept)}
    assert server.command("drops", str(away)) == {"written": 0}
    carried = [decode(path.read_bytes(), Drop) for path in away.iterdir()]
    assert len(open_drops(carried, {inspectorate.kid: inspectorate}, lambda _: b"")) == 1
    here = [SealKey(path.read_bytes()) for path in server.data.rglob("*.key") if path.stat().st_size == 32]
    assert len(here) > 2
    assert open_drops(road.drops(), {key.kid: key for key in here}, lambda _: b"") == ()


def test_nothing_on_the_server_ties_a_drop_to_its_device(road: Road) -> None:
    server, kiosk = road.server, road.kiosk
    road.say()
    road.end_waits()
    kiosk.sync()
    device = kiosk.store.get_identity().device.encode()
    incarnation = kiosk.store._opened.db.rows("SELECT id FROM incarnation")[0]["id"].encode()
    searcher = Searcher(server)
    for drop in road.kept():
        assert searcher.find(*names_of(drop)) == {"registry_sealeddrop"}
    told = [row for table, row in searcher.rows if table == "registry_sealeddrop"]
    assert told
    assert not any(device in row or incarnation in row for row in told)
    days = {str(day) for (day,) in server.rows("SELECT day FROM registry_sealeddrop")}
    assert all(len(day) == 10 for day in days), "a day and no hour"
    columns = server.rows("SELECT * FROM registry_sealeddrop")[0]
    assert len(columns) == 4, "sha256, drop id, envelope, day"
    assert device in searcher.files[f"{server.data.name}.log"], "the log is on, and talks of devices"

    link = server.data / "a-link-that-was-written-down"
    link.write_bytes(device + b" brought " + road.kept()[0].id.encode())
    assert link.name in Searcher(server).find(*names_of(road.kept()[0]))
    link.unlink()


def test_sent_again_and_again_it_is_one(road: Road) -> None:
    road.say()
    road.end_waits()
    drops = road.kiosk.store.list_drops_to_carry(10_000_000)
    before = len(road.drops())
    for _ in range(3):
        road.kiosk.store._opened.db.execute("UPDATE sealed_drop SET delivered_on = ''")
        road.kiosk.sync()
    assert len(road.drops()) == before + len(drops)


def test_other_bytes_under_a_known_id_take_nobodys_place(road: Road, make_kiosk: Callable[..., Any]) -> None:
    road.say()
    (drop,) = road.kiosk.store.list_drops_to_carry(10_000_000)
    tiny = make_kiosk(at=road.server)
    bent = Drop(id=drop.id, envelope=drop.envelope[:-1] + bytes([drop.envelope[-1] ^ 1]))
    shapeless = Drop(id=drop.id, envelope=b"nothing")
    timed = Drop(id="0193aaaa-0000-7000-8000-000000000000", envelope=drop.envelope)
    request = SyncRequest(
        epoch=tiny.identity.epoch, cursor=0, sealed_drops=(bent, shapeless, timed, drop, drop)
    )
    response = tiny.ask("POST", "/api/v1/sync", request)
    tiny.check(response)
    receipt = decode(response.content, SyncReply).drop_receipt
    assert {sha256 for _, sha256 in receipt.drops} == {
        hashlib.sha256(one.envelope).digest() for one in (bent, drop)
    }
    assert road.kiosk.store.note_drops(receipt) == 1, "another device's receipt frees our copy"
    assert drop in road.drops()
