"""Drafts: kept whole, replaced in place, gone when deleted."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import Attachment, Draft
from supportpoint.store import drafts
from supportpoint.store.store import Store

MARKER = "Giàng Thị Xua 0912 345 678"


@pytest.fixture
def draft(clock):
    return Draft(
        id="d1",
        form_id="birth",
        form_version="2026112301",
        language="vi",
        page_ref="/birth/child",
        xml=f"<birth><name>{MARKER}</name></birth>".encode(),
        updated_at=clock.now(),
        attachments=(Attachment("b.jpg", b"second" * 400), Attachment("a.jpg", b"first" * 400, "image/png")),
        receipt_secret=b"s" * 16,
    )


def test_draft_comes_back_as_it_was(store, draft):
    store.save_draft(draft)
    assert store.find_draft("d1") == draft
    assert store.find_draft("d2") is None


def test_saving_again_replaces_answers_and_files(store, draft):
    store.save_draft(draft)
    changed = dataclasses.replace(
        draft,
        xml=b"<birth/>",
        language="hmn",
        attachments=(Attachment("a.jpg", b"retaken"), Attachment("c.jpg", b"new"), draft.attachments[0]),
    )
    store.save_draft(changed)
    assert store.find_draft("d1") == changed
    store.save_draft(dataclasses.replace(changed, attachments=()))
    assert store.find_draft("d1").attachments == ()


def test_list_is_newest_first_and_light(store, draft):
    store.save_draft(draft)
    later = dataclasses.replace(draft, id="d0", updated_at=draft.updated_at + timedelta(seconds=5))
    store.save_draft(later)
    assert [one.id for one in store.list_drafts()] == ["d0", "d1"]
    assert all(one.attachments == () for one in store.list_drafts())


def test_nothing_of_a_deleted_draft_stays_on_the_disk(tmp_path, store, draft):
    store.save_draft(draft)
    store.delete_draft("d1")
    store.delete_draft("d1")
    assert store.list_drafts() == ()
    assert store.end_visit()
    assert not (tmp_path / "data" / "supportpoint.db-wal").read_bytes().strip(b"\0")
    for path in (tmp_path / "data").rglob("*"):
        assert not path.is_file() or MARKER.encode() not in path.read_bytes()


def test_draft_survives_reopening(tmp_path, store, clock, keys, draft):
    store.save_draft(draft)
    store.close()
    with Store.open(tmp_path / "data", clock, keys) as again:
        assert again.find_draft("d1") == draft


def test_new_attachment_is_refused_when_the_disk_is_nearly_full(tmp_path, clock, keys, draft):
    with Store.open(tmp_path / "small", clock, keys, free_space_floor_bytes=1 << 60) as store:
        text_only = dataclasses.replace(draft, attachments=())
        store.save_draft(text_only)
        with pytest.raises(SupportPointError, match="SP-207"):
            store.save_draft(draft)
        assert store.find_draft("d1") == text_only


def test_kept_attachment_is_not_written_again_nor_refused(store, draft, monkeypatch):
    store.save_draft(draft)
    monkeypatch.setattr(drafts, "refuse_when_full", lambda *_: pytest.fail("no new attachment here"))
    store.save_draft(dataclasses.replace(draft, xml=b"<birth><name/></birth>"))
