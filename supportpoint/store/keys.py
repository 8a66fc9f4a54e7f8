"""The secrets of this device, made on it: database key, signing seed, sealing seed.

They live in the system's key store where there is one. Without one they live in `device.keys`, a
file only its owner may read; `level` says which, and the server is told. That file also says where
to look, so a key store that was emptied is noticed (SP-103) and never papered over with new keys.
"""

from __future__ import annotations

import logging
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.errors
import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import JSON, decode
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store.files import DATABASE_FILE, make_folder, write_durably

KEYS_FILE = "device.keys"
KEYRING = "keyring"
KEY_FILE = "key_file"
_SERVICE = "supportpoint"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """`database_key` is 32 raw bytes; `level` is "keyring" or "key_file". Secrets stay out of `repr`."""

    database_key: bytes = field(repr=False)
    sign: SignKey
    seal: SealKey
    level: str


class _Secrets(msgspec.Struct, frozen=True, kw_only=True):
    database: bytes
    sign: bytes
    seal: bytes


class _KeysFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    level: str
    account: str = ""
    secrets: _Secrets | None = None


def load_or_make_keys(data_dir: Path, *, use_keyring: bool = True) -> DeviceKeys:
    """Return the keys of the data folder, made on the first call.

    Errors: SP-103 when a database is there and its keys are not, or the key store refuses them;
            SP-202 when they cannot be written.
    """
    path = data_dir / KEYS_FILE
    if path.exists():
        return _load(path)
    if (data_dir / DATABASE_FILE).exists():
        raise SupportPointError("SP-103", file=KEYS_FILE)
    made = _Secrets(
        database=secrets.token_bytes(32), sign=secrets.token_bytes(32), seal=secrets.token_bytes(32)
    )
    make_folder(data_dir)
    return _keep(path, made, use_keyring=use_keyring)


def renew_keys(data_dir: Path) -> DeviceKeys:
    """Make new signing and sealing keys beside the same database key, for a device that was revoked.

    What waits is signed anew when the new identity is saved. The old keys are gone afterwards.
    Errors: SP-103, SP-202 as `load_or_make_keys`.
    """
    old = load_or_make_keys(data_dir)
    made = _Secrets(database=old.database_key, sign=secrets.token_bytes(32), seal=secrets.token_bytes(32))
    return _keep(data_dir / KEYS_FILE, made, use_keyring=old.level == KEYRING)


def _keep(path: Path, made: _Secrets, *, use_keyring: bool) -> DeviceKeys:
    account = _put_in_keyring(made) if use_keyring else ""
    kept = _KeysFile(level=KEYRING, account=account) if account else _KeysFile(level=KEY_FILE, secrets=made)
    write_durably(path, msgspec.json.encode(kept))
    return _keys(made, kept.level)


def _load(path: Path) -> DeviceKeys:
    try:
        if os.name == "posix":
            path.chmod(0o600)
        kept = decode(path.read_bytes(), _KeysFile, JSON)
        found = kept.secrets or _get_from_keyring(kept.account)
    except (OSError, msgspec.DecodeError, keyring.errors.KeyringError) as error:
        raise SupportPointError("SP-103", file=KEYS_FILE) from error
    if found is None:
        raise SupportPointError("SP-103", level=kept.level)
    return _keys(found, kept.level)


def _keys(found: _Secrets, level: str) -> DeviceKeys:
    return DeviceKeys(found.database, SignKey(found.sign), SealKey(found.seal), level)


def _put_in_keyring(made: _Secrets) -> str:
    """Return the account the secrets were put under, "" when there is no key store that keeps them."""
    if isinstance(keyring.get_keyring(), keyring.backends.fail.Keyring):
        logger.warning("no system key store: device keys go to a file")
        return ""
    account = secrets.token_hex(8)
    try:
        keyring.set_password(_SERVICE, account, msgspec.json.encode(made).decode())
        is_kept = _get_from_keyring(account) == made
    except keyring.errors.KeyringError:
        is_kept = False
    if not is_kept:
        logger.warning("the system key store does not keep secrets: device keys go to a file")
    return account if is_kept else ""


def _get_from_keyring(account: str) -> _Secrets | None:
    text = keyring.get_password(_SERVICE, account)
    return None if text is None else msgspec.json.decode(text, type=_Secrets)
