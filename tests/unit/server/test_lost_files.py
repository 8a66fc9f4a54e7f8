"""A store that is not mounted: nothing is written below the mount, nothing is called lost."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from supportpoint.errors import SupportPointError
from supportpoint.server.opener import loop
from supportpoint.server.registry import files, lost_files
from supportpoint.server.registry.files import STORE_MARK, DurableStorage


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A folder in place of the store, and a database that knows what `known` says."""
    storage = DurableStorage(location=tmp_path / "files")
    monkeypatch.setattr(files, "default_storage", storage)
    monkeypatch.setattr(lost_files, "_list_known", lambda: iter(storage.known))
    storage.known = []
    return storage


def test_nothing_is_written_where_the_store_is_not(store, tmp_path):
    with pytest.raises(SupportPointError, match="SP-110"):
        files.save_file("blobs", bytes(32), b"sealed")
    assert not (tmp_path / "files").exists()
    files.mark_store()
    assert store.exists(files.save_file("blobs", bytes(32), b"sealed"))


def test_an_empty_folder_is_the_store_only_of_a_database_without_files(store, tmp_path):
    store.known = [("blobs/ab/abcd", 6, b"")]
    for _ in range(2):
        with pytest.raises(SupportPointError, match="SP-110"):
            lost_files.need_store()
        (tmp_path / "files").mkdir(exist_ok=True)
    assert not files.has_store()
    store.known = []
    lost_files.need_store()
    assert files.has_store()


def test_one_known_file_makes_a_store_of_before_there_were_marks(store):
    files.mark_store()
    store.save("blobs/ab/abcd", ContentFile(b"sealed"))
    store.delete(STORE_MARK)
    store.known = [("blobs/00/0000", 6, b""), ("blobs/ab/abcd", 6, b"")]
    lost_files.need_store()
    assert files.has_store()


@pytest.mark.parametrize(
    ("size", "reads", "expected"), [(6, False, True), (7, False, False), (6, True, False)]
)
def test_a_file_is_whole_by_size_or_by_every_byte(store, size, reads, expected):
    files.mark_store()
    name = store.save("blobs/ab/abcd", ContentFile(b"sealed"))
    assert files.is_whole(name, size, bytes(32), reads=reads) is expected


def test_the_mark_is_not_turned_while_the_files_cannot_be_looked_at(monkeypatch):
    """Otherwise a restore would be forgotten before its files were compared."""
    turned = []

    def refuse():
        raise SupportPointError("SP-110")

    monkeypatch.setattr(loop, "look_after_files", refuse)
    monkeypatch.setattr(loop, "turn_mark", lambda: turned.append(1))
    loop._turn()
    assert turned == []
    monkeypatch.setattr(loop, "look_after_files", lambda: None)
    loop._turn()
    assert turned == [1]
