"""What this machine did is in its chain, and a burglar with the database key leaves a trace in it."""

from __future__ import annotations

import pytest

from supportpoint.protocol import decode
from supportpoint.records import SealedCase
from supportpoint.sealing.audit import AuditRow
from supportpoint.store.store import Store

DAY_S = 86400.0


def rows(store):
    found = store._opened.db.rows("SELECT content FROM audit_row ORDER BY place")
    return [decode(row["content"], AuditRow) for row in found]


def acts(store):
    return [row.what for row in rows(store)]


def test_a_new_machine_says_that_it_was_made_and_enrolled(store):
    assert acts(store) == ["incarnation", "enrolled"]
    assert rows(store)[0].facts == {"reason": "created"}
    assert store.check_audit().fault is None


def test_a_fork_a_keyset_and_acts_of_staff_are_in_it_dense_in_each_incarnation(store, province):
    store.note_audit("unlocked", staff="s1")
    store.save_keyset(province.keyset(2))
    store.start_incarnation("forked")
    store.note_audit("exported", items=3)
    assert acts(store)[2:] == ["unlocked", "keyset", "incarnation", "exported"]
    assert [row.number for row in rows(store)] == [1, 2, 3, 4, 1, 2]
    assert store.check_audit().fault is None


def test_what_goes_on_is_told_once(store):
    for _ in range(3):
        store.note_audit("refused", once=True)
    store.note_audit("unlocked")
    store.note_audit("refused", once=True)
    assert acts(store)[2:] == ["refused", "unlocked", "refused"]


def test_a_keyset_that_is_refused_leaves_no_row(store, province):
    with pytest.raises(Exception, match="SP-406"):
        store.save_keyset(province.keyset(1))
    assert acts(store) == ["incarnation", "enrolled"]


@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("DELETE FROM audit_row WHERE place = 3", 3),
        ("DELETE FROM audit_row WHERE place = 1", 1),
        ("DELETE FROM audit_row WHERE place >= 5", 5),
        ("UPDATE audit_row SET content = (SELECT content FROM audit_row WHERE place = 3) WHERE place = 4", 4),
        ("UPDATE audit_row SET hash = zeroblob(32) WHERE place = 2", 2),
        ("UPDATE audit_row SET content = x'c1' WHERE place = 4", 4),
    ],
)
def test_a_row_deleted_or_edited_breaks_the_chain_at_its_place(store, sql, position):
    for staff in ("s1", "s2", "s3"):
        store.note_audit("unlocked", staff=staff)
    assert store.check_audit().fault is None
    assert store._opened.db.execute(sql)
    assert store.check_audit().fault.position == position


def test_a_rebuilt_database_begins_a_chain_of_its_own(store, tmp_path, clock, keys, make_case):
    store.queue_case(make_case())
    store.close()
    for path in (tmp_path / "data").glob("supportpoint.db*"):
        path.unlink()
    with Store.open(tmp_path / "data", clock, keys) as again:
        assert rows(again)[0].facts == {"reason": "salvaged"}
        assert again.check_audit().fault is None


def test_rows_leave_when_they_are_a_day_old_or_many(store, clock):
    assert store.list_due_audit() == ()
    clock.advance(DAY_S)
    due = store.list_due_audit()
    assert [decode(content, AuditRow).what for _, content in due] == ["incarnation", "enrolled"]
    store.queue_audit(sealed(), through=due[-1][0])
    assert store.list_due_audit() == ()
    assert store.check_audit().unsent == 0
    assert [item.kind for item in store.take_batch()] == ["audit"]
    for _ in range(99):
        store.note_audit("unlocked")
    assert store.list_due_audit() == ()
    store.note_audit("unlocked")
    assert len(store.list_due_audit()) == 100


def test_rows_of_a_clock_that_lied_do_not_wait_for_its_day(store, clock):
    clock.advance(3650 * DAY_S)
    store.queue_audit(sealed(), through=2)
    store.note_audit("unlocked")
    clock.advance(-3650 * DAY_S)
    assert len(store.list_due_audit()) == 1


def sealed():
    return SealedCase("audit", "0193aaaa-0000-7000-8000-00000000000a", b"sealed", (), "", b"")
