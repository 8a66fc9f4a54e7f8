"""What an operator asks about keys: which there are, and the next keyset, with the root key in hand.

`startup.use_data_dir` comes first in the process; this module imports models.
"""

from __future__ import annotations

from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SEED_BYTES, SignKey, make_kid
from supportpoint.sealing.keyset import Key, Keyset, is_agency
from supportpoint.server.registry import keysets
from supportpoint.server.registry.folder import data_dir, write_private
from supportpoint.server.registry.keys import current_trust

Facts = dict[str, object]


def show_keys() -> Facts:
    """Return the keyset in force. Shape: {"version", "root", "successor", "doors", "keys"}, ids in hex."""
    return _describe(current_trust()[0])


def renew_key(purpose: str, unit: str, root: str = "") -> Facts:
    """Make a new key of ours and retire the old one. Errors: SP-803, SP-406, SP-104 as `keysets.renew`."""
    made = keysets.renew(purpose, unit, _root(root))
    return {"kid": made.kid.hex()} | show_keys()


def add_key(use: str, purpose: str, unit: str, public: str, root: str = "") -> Facts:
    """Take in the public key, 32 bytes in the file `public`, that an agency made for itself.

    Errors: SP-104 when the file holds none; SP-803 when the unit is none; SP-406.
    """
    content = _read(public)
    if use not in {"seal", "sign"} or not is_agency(unit):
        raise SupportPointError("SP-803", use=use, unit=unit)
    key = Key(kid=make_kid(content), use=use, purpose=purpose, unit=unit, public=content)
    return _describe(keysets.add(key, _root(root)))


def retire_key(kid: str, root: str = "") -> Facts:
    """Seal nothing to this key any more; what it signed stays true. Errors: SP-803, SP-404, SP-406."""
    return _describe(keysets.set_status(_kid(kid), keysets.RETIRED, _root(root)))


def revoke_key(kid: str, root: str = "") -> Facts:
    """Believe nothing that this key signed, before or after. Errors: SP-803, SP-404, SP-406."""
    return _describe(keysets.set_status(_kid(kid), keysets.REVOKED, _root(root)))


def bind_form(form: str, purpose: str, root: str = "") -> Facts:
    """Give a form's name to the agency of `purpose`, or back to the province. Errors: SP-803, SP-406."""
    return _describe(keysets.bind_form(form, purpose, _root(root)))


def make_root(path: str) -> Facts:
    """Write the key of a root to come into a new file. Errors: SP-104 when the file is there already."""
    if Path(path).exists():
        raise SupportPointError("SP-104", file=Path(path).name, reason="exists")
    key = SignKey.make()
    write_private(Path(path), key.seed)
    return {"public": key.public.hex()}


def name_root(successor: str, root: str = "") -> Facts:
    """Name the root to come, whose key is in the file `successor`. Errors: SP-104, SP-406."""
    return _describe(keysets.name_successor(SignKey(_read(successor)).public, _root(root)))


def take_root(root: str) -> Facts:
    """Sign the same keys by the named successor: from here on it is the root. Errors: SP-104, SP-406."""
    return _describe(keysets.change(lambda held: held, _root(root)))


def _describe(keyset: Keyset) -> Facts:
    return {
        "version": keyset.version,
        "root": make_kid(current_trust()[1]).hex(),
        "successor": make_kid(keyset.successor).hex() if keyset.successor else "",
        "doors": keyset.doors,
        "keys": [
            {
                "kid": key.kid.hex(),
                "use": key.use,
                "purpose": key.purpose,
                "unit": key.unit,
                "status": key.status,
            }
            for key in keyset.keys
        ],
    }


def _root(path: str) -> SignKey:
    return SignKey(_read(path or str(data_dir() / "offline" / "root.key")))


def _read(path: str) -> bytes:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise SupportPointError("SP-104", file=Path(path).name) from error
    if len(content) != SEED_BYTES:
        raise SupportPointError("SP-104", file=Path(path).name, reason="not a key")
    return content


def _kid(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise SupportPointError("SP-803", key=text[:16]) from error
