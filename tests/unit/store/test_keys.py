"""Device keys: in the system's key store, or in a file that says so."""

from __future__ import annotations

import stat

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend

from supportpoint.errors import SupportPointError
from supportpoint.store.keys import KEYS_FILE, load_or_make_keys


class MemoryKeyring(KeyringBackend):
    """A key store that keeps, or forgets, in memory."""

    priority = 1

    def __init__(self, *, keeps: bool = True):
        super().__init__()
        self.keeps = keeps
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service, username, password):
        if self.keeps:
            self.kept[service, username] = password

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def use(monkeypatch):
    def set_backend(backend):
        monkeypatch.setattr(keyring.core, "_keyring_backend", backend)

    return set_backend


def test_key_file_is_owner_only_and_gives_the_same_keys(tmp_path, use):
    use(keyring.backends.fail.Keyring())
    made = load_or_make_keys(tmp_path / "data")
    assert made.level == "key_file"
    assert stat.S_IMODE((tmp_path / "data" / KEYS_FILE).stat().st_mode) == 0o600
    assert load_or_make_keys(tmp_path / "data") == made
    assert len({made.database_key, made.sign.seed, made.seal.seed}) == 3


def test_key_store_keeps_the_secrets_off_the_disk(tmp_path, use):
    use(MemoryKeyring())
    made = load_or_make_keys(tmp_path)
    assert made.level == "keyring"
    assert b"secrets" not in (tmp_path / KEYS_FILE).read_bytes()
    assert load_or_make_keys(tmp_path) == made


def test_emptied_key_store_is_noticed_and_not_papered_over(tmp_path, use):
    store = MemoryKeyring()
    use(store)
    load_or_make_keys(tmp_path)
    store.kept.clear()
    with pytest.raises(SupportPointError, match="SP-103"):
        load_or_make_keys(tmp_path)


def test_key_store_that_forgets_is_not_used(tmp_path, use):
    use(MemoryKeyring(keeps=False))
    assert load_or_make_keys(tmp_path).level == "key_file"


def test_database_without_keys_is_never_given_new_ones(tmp_path):
    (tmp_path / "supportpoint.db").write_bytes(b"x")
    with pytest.raises(SupportPointError, match="SP-103"):
        load_or_make_keys(tmp_path, use_keyring=False)
    assert not (tmp_path / KEYS_FILE).exists()


def test_damaged_key_file_is_said(tmp_path):
    (tmp_path / KEYS_FILE).write_bytes(b"{")
    with pytest.raises(SupportPointError, match="SP-103"):
        load_or_make_keys(tmp_path)


def test_secrets_stay_out_of_repr(tmp_path):
    keys = load_or_make_keys(tmp_path, use_keyring=False)
    shown = repr(keys)
    assert repr(keys.database_key) not in shown
    assert repr(keys.sign.seed) not in shown
