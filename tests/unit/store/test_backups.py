"""Backups: what they hold, what they leave out, how many stay, and what may not become one."""

from __future__ import annotations

import os
import threading

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import Attachment, Draft
from supportpoint.store import backups
from supportpoint.store.driver import connect_to_read
from supportpoint.store.store import Store
from supportpoint.store.values import Locked


@pytest.fixture
def folder(store):
    return store._opened.folder


@pytest.fixture
def back_up(store, keys, clock, folder):
    def run(**options):
        return backups.make_backup(folder, keys.database_key, clock, **options)

    return run


def read(path, keys, table):
    db = connect_to_read(path, keys.database_key)
    rows = db.rows(f"SELECT * FROM {table}")  # noqa: S608 -- our own names
    db.close()
    return rows


def test_backup_holds_the_outbox_and_no_answer(store, keys, clock, back_up, make_case):
    item = store.queue_case(make_case(blobs=1))
    store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>", clock.now(), (Attachment("a", b"b"),)))
    store.save_locked(Locked("draft", "draft", b"s", b"sealed", "2027-01-01"))
    store.save_locked(Locked("receipt", "receipt", b"s", b"sealed", "2027-01-01"))
    path = back_up()
    assert [row["id"] for row in read(path, keys, "item")] == [item.id]
    assert len(read(path, keys, "blob")) == 1
    assert [row["id"] for row in read(path, keys, "locked")] == ["receipt"]
    assert read(path, keys, "device")[0]["identity"] is not None
    assert read(path, keys, "draft") == read(path, keys, "draft_file") == []


def test_every_table_is_copied_or_left_out_on_purpose(store):
    tables = {
        row["name"] for row in store._opened.db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    left_out = {"draft", "draft_file", "entry", "sealed_drop", "audit_row", "audit_head"}
    assert {name for name in tables if not name.startswith("entry_text")} == left_out | set(backups.COPIED)


def test_the_newest_stay_and_the_number_goes_on(back_up, folder):
    for _ in range(5):
        back_up(kept=3)
    assert [path.stem for path in backups.list_backups(folder)] == ["00000005", "00000004", "00000003"]
    back_up(kept=1)
    assert [path.stem for path in backups.list_backups(folder)] == ["00000006"]


def test_backup_is_due_every_hour_and_when_the_clock_went_back(store, back_up, clock):
    assert store.plan_backup() is not None
    back_up()
    assert store.plan_backup() is None
    assert store.plan_backup(kept=1) is not None
    clock.advance(backups.EVERY_S)
    assert store.plan_backup() is not None
    clock.advance(-2 * backups.EVERY_S)
    assert store.plan_backup() is not None


def test_backup_runs_on_another_thread_while_the_store_writes(store, make_case, keys, folder):
    work = store.plan_backup()
    failures = []

    def run():
        try:
            work(lambda: False)
        except SupportPointError as error:
            failures.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    queued = [store.queue_case(make_case()).id for _ in range(20)]
    thread.join()
    assert failures == []
    (path,) = backups.list_backups(folder)
    known = [row["id"] for row in read(path, keys, "item")]
    assert known == queued[: len(known)]


def test_backup_that_is_told_to_stop_leaves_the_others_alone(store, back_up, folder, make_case, monkeypatch):
    back_up()
    for _ in range(30):
        store.queue_case(make_case())
    monkeypatch.setattr("supportpoint.store.driver._STEPS_BETWEEN_LOOKS", 1)
    with pytest.raises(SupportPointError, match="SP-201"):
        back_up(give_up=lambda: True)
    assert [path.name for path in folder.backups.iterdir()] == ["00000001.db"]


def test_deadline_ends_a_backup(store, back_up, folder, monkeypatch):
    monkeypatch.setattr(backups, "DEADLINE_S", 0.0)
    monkeypatch.setattr("supportpoint.store.driver._STEPS_BETWEEN_LOOKS", 1)
    with pytest.raises(SupportPointError, match="SP-201"):
        back_up()
    assert list(folder.backups.iterdir()) == []


def test_a_copy_that_cannot_be_read_never_gets_its_name(back_up, folder, monkeypatch):
    back_up()
    real = backups._fill

    def spoil(folder, key, tmp, give_up):
        real(folder, key, tmp, give_up)
        with tmp.open("r+b") as file:
            file.seek(3 * 4096)
            file.write(b"x" * 100)

    monkeypatch.setattr(backups, "_fill", spoil)
    with pytest.raises(SupportPointError, match="SP-210"):
        back_up()
    assert [path.name for path in folder.backups.iterdir()] == ["00000001.db"]


def test_copy_is_synced_before_it_is_renamed(back_up, folder, monkeypatch):
    calls = []
    monkeypatch.setattr(backups, "_check", lambda *_: calls.append("check"))
    monkeypatch.setattr(backups.os, "fsync", lambda _: calls.append("sync"))
    monkeypatch.setattr(backups, "publish_tmp", lambda _: calls.append("publish"))
    with pytest.raises(SupportPointError, match="SP-202"):  # nothing was published
        back_up()
    assert calls[-3:] == ["check", "sync", "publish"]


def test_without_room_there_is_no_backup(back_up, monkeypatch):
    usage = backups.shutil.disk_usage("/")
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(SupportPointError, match="SP-202"):
        back_up()


def test_newest_good_one_is_found_behind_a_damaged_one(back_up, folder, keys):
    back_up()
    newest = back_up()
    os.truncate(newest, 5000)
    with backups.open_newest_good(folder, keys.database_key) as (db, name):
        assert (db is not None, name) == (True, "00000001")


def test_health_tells_of_backups_and_room(store, back_up, clock):
    assert store.get_health().backup_age_s is None
    back_up()
    clock.advance(60)
    health = store.get_health()
    assert (health.backups, round(health.backup_age_s), health.repair) == (1, 60, None)
    assert health.free_bytes > 0


def test_wrong_key_makes_no_backup(store, folder, clock):
    with pytest.raises(SupportPointError, match="SP-210"):
        backups.make_backup(folder, bytes(32), clock)
    assert isinstance(store, Store)
    assert list(folder.backups.iterdir()) == []
