"""Audit rows on their road: sealed to the province, put to their chain, and a chain that was cut is found."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import FixedClock
from supportpoint.protocol import decode
from supportpoint.sealing.audit import AuditRow
from tests.integration.test_sync_road import Kiosk

UNLOCK_PG = "ALTER TABLE registry_auditentry DISABLE TRIGGER auditentry_append_only"
UNLOCK_SQLITE = ("DROP TRIGGER auditentry_no_update", "DROP TRIGGER auditentry_no_delete")


@pytest.fixture(scope="module")
def province(make_server: Callable[..., Any]) -> Any:
    return make_server(opener=True)


@pytest.fixture
def sent(province: Any, tmp_path: Path) -> Any:
    """A kiosk whose rows of two incarnations have arrived in two items, and have been opened."""
    kiosk = Kiosk(tmp_path / "kiosk", province)
    kiosk.clock = FixedClock(kiosk.clock.now())
    kiosk.restart()
    for what in ("unlocked", "exported"):
        for staff in ("s1", "s2"):
            kiosk.store.note_audit(what, staff=staff)
        kiosk.store.start_incarnation("forked")
        kiosk.clock.advance(timedelta(days=1).total_seconds())
        assert kiosk.sync().is_clean
    rows = kiosk.store.check_audit().rows
    device = kiosk.store.get_identity().device
    until = time.monotonic() + 20
    count = "SELECT count(*) FROM registry_auditentry WHERE device = ?"
    while province.rows(count, device) != [(rows,)]:
        assert time.monotonic() < until, province.rows(count, device)
        time.sleep(0.1)
    yield kiosk, device
    kiosk.store.close()


def faults(province: Any, device: str) -> list[tuple[int, str]]:
    found = province.command("audit")["faults"]
    return [(one["number"], one["reason"]) for one in found if one["device"] == device]


def test_the_chain_arrives_whole_and_once(province: Any, sent: Any) -> None:
    kiosk, device = sent
    mine = kiosk.store._opened.db.rows("SELECT content FROM audit_row ORDER BY place")
    theirs = province.rows("SELECT content FROM registry_auditentry WHERE device = ? ORDER BY id", device)
    assert [bytes(content) for (content,) in theirs] == [row["content"] for row in mine]
    assert (
        province.rows("SELECT kind, opening FROM registry_item WHERE device = ? AND kind = 'audit'", device)
        == [("audit", "opened")] * 2
    )
    kiosk.store._opened.db.execute("UPDATE audit_row SET sent_in = ''")  # as if killed before it was noted
    kiosk.clock.advance(timedelta(days=1).total_seconds())
    kiosk.sync()
    time.sleep(1.5)
    assert faults(province, device) == []
    assert len(province.rows("SELECT id FROM registry_auditentry WHERE device = ?", device)) == len(mine)


def unlock(province: Any) -> None:
    if province.database_url:
        province.rows(UNLOCK_PG)
    else:
        for statement in UNLOCK_SQLITE:
            province.rows(statement.replace("TRIGGER", "TRIGGER IF EXISTS"))


def test_the_database_refuses_to_forget(province: Any, sent: Any) -> None:
    _, device = sent
    for sql in (
        "DELETE FROM registry_auditentry WHERE device = ?",
        "UPDATE registry_auditentry SET what = 'nothing' WHERE device = ?",
    ):
        with pytest.raises(Exception, match="append-only"):
            province.rows(sql, device)


def test_rows_deleted_edited_or_written_anew_are_found_at_their_place(province: Any, sent: Any) -> None:
    kiosk, device = sent
    rows = [
        decode(row["content"], AuditRow)
        for row in kiosk.store._opened.db.rows("SELECT content FROM audit_row ORDER BY place")
    ]
    first = rows[0].incarnation
    assert sum(row.incarnation == first for row in rows) == 4
    unlock(province)
    where = "WHERE device = ? AND incarnation = ? AND number = ?"
    province.rows(f"UPDATE registry_auditentry SET what = 'nothing' {where}", device, first, 3)  # noqa: S608 -- constants
    assert faults(province, device) == [(3, "altered")]
    province.rows(f"UPDATE registry_auditentry SET what = 'unlocked' {where}", device, first, 3)  # noqa: S608 -- constants
    province.rows(f"DELETE FROM registry_auditentry {where}", device, first, 2)  # noqa: S608 -- constants
    assert faults(province, device) == [(3, "missing")]

    kiosk.store.note_audit("exported", items=1)
    before = kiosk.store._opened.db.rows("SELECT hash, rows FROM audit_head")[0]
    kiosk.clock.advance(timedelta(days=1).total_seconds())
    kiosk.sync()
    db = kiosk.store._opened.db  # the owner of the machine takes the newest row back and writes another
    newest = db.rows("SELECT max(place) AS place FROM audit_row")[0]["place"]
    db.execute("DELETE FROM audit_row WHERE place = ?", (newest,))
    head = db.rows("SELECT hash FROM audit_row ORDER BY place DESC LIMIT 1")[0]["hash"]
    db.execute("UPDATE audit_head SET rows = ?, hash = ?", (before["rows"] - 1, head))
    kiosk.store.note_audit("unlocked", staff="s9")
    assert kiosk.store.check_audit().fault is None, "here it cannot be seen"
    kiosk.clock.advance(timedelta(days=1).total_seconds())
    kiosk.sync()
    last = rows[-1]
    until = time.monotonic() + 20
    count = f"SELECT count(*) FROM registry_auditentry {where}"  # noqa: S608 -- constants
    while province.rows(count, device, last.incarnation, last.number + 1) != [(2,)]:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert (last.number + 1, "rewritten") in faults(province, device)
