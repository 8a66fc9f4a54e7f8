"""One round of upkeep: what is old ends, a backup is made, damage is noticed, everything may fail."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from supportpoint.clock import FixedClock
from supportpoint.content.article import Article, Source, write_article
from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.records import Draft
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import Key, Keyset
from supportpoint.store import backups, retention
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync import upkeep
from supportpoint.sync.upkeep import keep_up, keep_up_until
from tests.unit.sync.conftest import NOW

QUESTION = '<h:html><text id="a"><value>Thửa đất số mấy &amp; ở đâu?</value></text></h:html>'.encode()
DRAFT_KEPT = timedelta(hours=72)


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def store(tmp_path, clock):
    with Store.open(tmp_path, clock, load_or_make_keys(tmp_path, use_keyring=False)) as opened:
        yield opened


@pytest.fixture
def round_(tmp_path, store):
    def run(**options):
        return keep_up(DirectAccess(store), Shelf(tmp_path), draft_kept=DRAFT_KEPT, **options)

    return run


def test_a_round_backs_up_once_an_hour(round_, store, clock):
    assert round_().has_new_backup
    assert not round_().has_new_backup
    clock.advance(backups.EVERY_S + 1)
    assert round_().has_new_backup
    assert store.get_health().backups == 2


def test_what_ended_leaves_the_backups_with_the_next_one(round_, store, clock):
    for _ in range(2):
        clock.advance(backups.EVERY_S + 1)
        round_()
    store._opened.db.execute("INSERT INTO box VALUES (x'01', 'b', 'e', 1, x'', '2020-01-01')")
    done = round_()
    assert (done.erased.boxes, done.has_new_backup, done.codes) == (1, True, ())
    assert store.get_health().backups == 1


def test_old_drafts_end_by_the_setting(round_, store, clock):
    store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    clock.advance(DRAFT_KEPT.total_seconds() + 1)
    assert round_().erased.drafts == 1


def test_the_log_is_empty_afterwards(round_, store, clock, tmp_path):
    store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    round_()
    assert not (tmp_path / "supportpoint.db-wal").read_bytes().strip(b"\0")


def test_damage_in_rows_nobody_asked_for_is_noticed(round_, tmp_path, store, monkeypatch):
    def damaged(*_args, **_options):
        raise SupportPointError("SP-210")

    monkeypatch.setattr(backups, "make_backup", damaged)
    assert round_().codes == ("SP-210", "SP-210")
    store.close()
    assert (tmp_path / "supportpoint.doubt").exists()


def test_a_failure_keeps_nothing_else_from_being_done(round_, store, monkeypatch):
    def full(*_args, **_options):
        raise SupportPointError("SP-202")

    monkeypatch.setattr(retention, "erase_old", full)
    done = round_(holds_room=True)
    assert (done.codes, done.has_new_backup) == (("SP-202",), True)


def test_room_is_held_where_a_person_waits(round_, store, monkeypatch):
    asked = []
    monkeypatch.setattr(Store, "hold_room", lambda _: asked.append(1) or True)
    round_()
    assert asked == []
    round_(holds_room=True)
    assert asked == [1]


def test_rounds_go_on_until_they_are_stopped(monkeypatch):
    monkeypatch.setattr(upkeep, "FIRST_S", 0.0)
    monkeypatch.setattr(upkeep, "EVERY_S", 0.0)
    stop, count = threading.Event(), []

    def run():
        count.append(1)
        if len(count) == 3:
            stop.set()

    keep_up_until(stop, run)
    assert len(count) == 3


def test_forms_and_articles_of_the_shelf_are_found(round_, store, tmp_path):
    key = SignKey.make()
    keyset = Keyset(
        version=1,
        not_before="2026-01-01",
        keys=(Key(kid=key.kid, use="sign", purpose="publish", unit="", public=key.public),),
    )
    shelf = Shelf(tmp_path)
    shelf.install(
        write_package(
            Manifest(kind="form", id="land", version=1, title={"vi": "Đất đai", "en": "Land"}),
            {"form.xml": QUESTION},
            key,
        ),
        keyset,
    )
    article = Article(
        id="fever", version=2, topic="health", art="x", as_of="2026-11", confidence="read",
        valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1), source=Source(agency="Trạm y tế"),
        title={"vi": "Khi trẻ bị sốt"}, sentences={"vi": ("Đưa trẻ tới trạm y tế.",)},
    )  # fmt: skip
    shelf.install(write_article(article, {}, key), keyset)
    round_()
    assert [one.ref for one in store.find_entries("dat dai")] == ["land@1"]
    assert [one.ref for one in store.find_entries("thua dat so")] == ["land@1"]
    assert [one.ref for one in store.find_entries("dua tre")] == ["fever@2"]
    rows = store._opened.db.tuples("SELECT * FROM entry_text_data")
    round_()
    assert store._opened.db.tuples("SELECT * FROM entry_text_data") == rows, "written again for nothing"
