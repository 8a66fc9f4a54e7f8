"""An article travels as a form does: signed, announced, pulled, installed, beside a form of its name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from supportpoint.content.article import Article, Source, open_articles, write_article
from supportpoint.content.package import Manifest, write_package
from supportpoint.sealing.keys import SignKey
from tests.integration.test_sync_road import road_kiosk as road_kiosk  # noqa: PLC0414 -- a fixture of that file

ARTICLE = Article(
    id="wash-hands",
    version=2026112301,
    topic="health",
    art="water",
    as_of="2026-11",
    confidence="read",
    valid_from=date(2026, 11, 1),
    valid_to=date(2027, 6, 30),
    source=Source(agency="Bộ Y tế"),
    title={"vi": "Rửa tay"},
    sentences={"vi": ("Rửa tay trước khi ăn.",)},
)


def publish(server: Any, folder: Path, *packages: bytes) -> None:
    paths = []
    for number, package in enumerate(packages):
        path = folder / f"{number}.package"
        path.write_bytes(package)
        paths.append(str(path))
    server.command("publish", *paths)


def test_a_form_and_an_article_of_one_name_both_arrive(server: Any, road_kiosk: Any, tmp_path: Path):
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    manifest = Manifest(kind="form", id="wash-hands", version=2026112301, title={"vi": "Rửa tay"})
    form = write_package(manifest, {"form.xml": b"<x/>"}, publisher)
    publish(server, tmp_path, form, write_article(ARTICLE, {}, publisher))
    assert road_kiosk.sync().is_clean
    assert [one.id for one in road_kiosk.shelf.list_forms()] == ["wash-hands"]
    assert open_articles(road_kiosk.shelf.list_articles()) == (ARTICLE,)
    assert road_kiosk.store.pending_bundles() == ()

    ended = replace(ARTICLE, version=2026112302, valid_to=date(2026, 11, 22))
    publish(server, tmp_path, write_article(ended, {}, publisher))
    assert road_kiosk.sync().is_clean
    assert open_articles(road_kiosk.shelf.list_articles()) == (ended,)
    assert [one.id for one in road_kiosk.shelf.list_forms()] == ["wash-hands"]
