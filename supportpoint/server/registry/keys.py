"""The server's keys: raw 32-byte seeds in files that only this user reads.

offline/root.key            signs keysets; belongs on a medium in a safe
keys/server.key             signs replies and receipts
keys/intake.key             opens ordinary cases; the opener's alone
keys/publisher.key          signs packages
keys/units/CODE.seal.key    the commune one-stop's: opens its ordinary cases
keys/units/CODE.sign.key    signs the commune's decisions and boxes
keys/keyset.bin             signed by the root
keys/root.pub               the root's public key, and behind it its successor's
keys/other/KID.USE.key      keys of ours not in use yet or any more: what was sealed to them still opens
agencies/PURPOSE/           not the server's: the agency takes this folder away, nothing here reads it.
                            UNIT.seal.key opens its cases, UNIT.recovery.key does when that one is lost,
                            UNIT.forms.key signs its forms, UNIT.act.key its answers
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import (
    AGENCY_PURPOSES,
    PROVINCE,
    Key,
    Keyset,
    read_keyset,
    sign_keyset,
)
from supportpoint.server.registry.folder import data_dir, write_private

ROOT_BYTES = 32
ORDINARY = "ordinary"
ACT = "act"
PUBLISH = "publish"
AGENCIES = {"legal_aid": "legal-aid-centre", "protected": "inspectorate"}
#: Forms that nobody but their agency may publish, whatever they say of themselves.
DOORS = {"legal-aid": "legal_aid", "feedback-denunciation": "protected", "feedback-tip": "protected"}


def _read(name: str) -> bytes:
    try:
        return (data_dir() / "keys" / name).read_bytes()
    except OSError as error:
        raise SupportPointError("SP-103", file=name) from error


@lru_cache
def server_key() -> SignKey:
    """Return the key of replies and receipts. Errors: SP-103."""
    return SignKey(_read("server.key"))


def intake_keys() -> dict[bytes, SealKey]:
    """Return what opens ordinary cases, by key id: the key in use, and those before and after it.

    Errors: SP-103.
    """
    others = (data_dir() / "keys" / "other").glob("*.seal.key")
    pairs = [SealKey(_read("intake.key")), *(SealKey(path.read_bytes()) for path in others)]
    return {pair.kid: pair for pair in pairs}


def unit_key(code: str) -> SignKey:
    """Return the key of a commune's decisions. Errors: SP-103 when this server holds none."""
    return SignKey(_read(f"units/{code}.sign.key"))


def current_trust() -> tuple[Keyset, bytes]:
    """Return the keyset and the public key of the root that signed it. Errors: SP-103, SP-406."""
    roots, signed = _read("root.pub"), keyset_bytes()
    for start in range(0, len(roots), ROOT_BYTES):
        root = roots[start : start + ROOT_BYTES]
        with suppress(SupportPointError):
            return read_keyset(signed, root), root
    raise SupportPointError("SP-406", reason="signed by none of our roots")


def root_public() -> bytes:
    """Return the 32 bytes that every device trusts. Errors: SP-103, SP-406."""
    return current_trust()[1]


def keyset_bytes() -> bytes:
    """Return the signed keyset as devices get it. Errors: SP-103."""
    return _read("keyset.bin")


def current_keyset() -> Keyset:
    """Return the keyset. Errors: SP-103, SP-406."""
    return current_trust()[0]


def agency_kids() -> frozenset[bytes]:
    """Return the ids of all keys that agencies open with, retired ones too. Errors: SP-103, SP-406."""
    keys = current_keyset().keys
    return frozenset(key.kid for key in keys if key.use == "seal" and key.purpose in AGENCY_PURPOSES)


def kids_of(agency: str) -> frozenset[bytes]:
    """Return the ids of the keys that one agency opens with, retired ones too. Errors: SP-103, SP-406."""
    keys = current_keyset().keys
    own = (key for key in keys if key.unit == agency and key.purpose in AGENCY_PURPOSES)
    return frozenset(key.kid for key in own if key.use == "seal")


def agencies() -> frozenset[str]:
    """Return the units that open what is sealed past the province. Errors: SP-103, SP-406."""
    keys = current_keyset().keys
    return frozenset(key.unit for key in keys if key.use == "seal" and key.purpose in AGENCY_PURPOSES)


def _public_key(pair: SignKey | SealKey, purpose: str, unit: str) -> Key:
    use = "sign" if isinstance(pair, SignKey) else "seal"
    return Key(kid=pair.kid, use=use, purpose=purpose, unit=unit, public=pair.public)


def make_keys(folder: Path, communes: Iterable[str], not_before: str) -> None:
    """Make every key of a new province and the root-signed keyset, version 1."""
    root, server, publisher, intake = SignKey.make(), SignKey.make(), SignKey.make(), SealKey.make()
    seeds = {
        "offline/root.key": root.seed,
        "keys/root.pub": root.public,
        "keys/server.key": server.seed,
        "keys/publisher.key": publisher.seed,
        "keys/intake.key": intake.seed,
        "keys/web.key": SignKey.make().seed,
    }
    keys = [_public_key(intake, ORDINARY, PROVINCE), _public_key(publisher, PUBLISH, PROVINCE)]
    for code in communes:
        seal, sign = SealKey.make(), SignKey.make()
        seeds |= {f"keys/units/{code}.seal.key": seal.seed, f"keys/units/{code}.sign.key": sign.seed}
        keys += [_public_key(seal, ORDINARY, code), _public_key(sign, ACT, code)]
    for purpose, unit in AGENCIES.items():
        for name in ("seal", "recovery"):
            pair = SealKey.make()
            seeds[f"agencies/{purpose}/{unit}.{name}.key"] = pair.seed
            keys.append(_public_key(pair, purpose, unit))
        for name, signs in (("forms", purpose), ("act", ACT)):
            signer = SignKey.make()
            seeds[f"agencies/{purpose}/{unit}.{name}.key"] = signer.seed
            keys.append(_public_key(signer, signs, unit))
    keyset = Keyset(version=1, not_before=not_before, keys=tuple(keys), doors=DOORS)
    for name, seed in seeds.items():
        write_private(folder / name, seed)
    write_private(folder / "keys" / "keyset.bin", sign_keyset(keyset, root))
