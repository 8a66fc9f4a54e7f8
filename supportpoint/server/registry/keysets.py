"""The next keyset: signed by the root in the operator's hand, put in place, announced to every device.

A keyset that names a successor of the root stays on the feed for good, under a name of its own: a device
that was away for years has to pass over every such bridge, in order.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Change, Stream
from supportpoint.sealing.keys import SealKey, SignKey, make_kid
from supportpoint.sealing.keyset import ACTIVE, AGENCY_PURPOSES, Key, Keyset, sign_keyset
from supportpoint.server.registry import feed, models
from supportpoint.server.registry.folder import data_dir, write_private
from supportpoint.server.registry.keys import ACT, ORDINARY, PUBLISH, current_trust, keyset_bytes
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.moment import now_text
from supportpoint.server.registry.province import PROVINCE_CODE

RETIRED, REVOKED = "retired", "revoked"
USES = {ORDINARY: "seal", ACT: "sign", PUBLISH: "sign"}
#: Where the server keeps the seed of a key that it renews itself; agencies make their own.
FILES = {(ORDINARY, "province"): "intake.key", (PUBLISH, "province"): "publisher.key"}


def renew(purpose: str, unit: str, root: SignKey) -> Key:
    """Make a new key of ours, retire the one in use, and tell every device.

    What was sealed to the old one still opens, what it signed stays true.
    Errors: SP-803 when we hold no such key; SP-406 when `root` is not the root.
    """
    name = _file_of(purpose, unit)
    path = data_dir() / "keys" / name
    if not path.is_file():
        raise SupportPointError("SP-803", purpose=purpose, unit=unit)
    use = USES[purpose]
    pair = SealKey.make() if use == "seal" else SignKey.make()
    new = Key(kid=pair.kid, use=use, purpose=purpose, unit=unit, public=pair.public)
    _keep_beside(pair)
    change(lambda held: _replace_active(held, new), root)
    old = path.read_bytes()
    if use == "seal":
        _keep_beside(SealKey(old))
    write_private(path, pair.seed)
    return new


def add(key: Key, root: SignKey) -> Keyset:
    """Take in a public key that somebody else made, such as an agency's. Errors: SP-406, SP-803."""
    return change(lambda held: msgspec.structs.replace(held, keys=(*_without(held, key.kid), key)), root)


def set_status(kid: bytes, status: str, root: SignKey) -> Keyset:
    """Retire or revoke a key. Errors: SP-803 unknown key; SP-404 nobody would be left to open; SP-406."""

    def judge(held: Keyset) -> Keyset:
        found = next((key for key in held.keys if key.kid == kid), None)
        if found is None:
            raise SupportPointError("SP-803", key=kid.hex())
        changed = msgspec.structs.replace(found, status=status)
        after = msgspec.structs.replace(
            held, keys=tuple(changed if key.kid == kid else key for key in held.keys)
        )
        if found.use == "seal":
            after.recipients(found.purpose, found.unit)
        return after

    return change(judge, root)


def bind_form(form_id: str, purpose: str, root: SignKey) -> Keyset:
    """Give a form's name to the agency of a purpose; `ordinary` gives it back. Errors: SP-803, SP-406."""
    if purpose not in {*AGENCY_PURPOSES, ORDINARY}:
        raise SupportPointError("SP-803", purpose=purpose)

    def bind(held: Keyset) -> Keyset:
        doors = {name: bound for name, bound in held.doors.items() if name != form_id}
        new = {form_id: purpose} if purpose in AGENCY_PURPOSES else {}
        return msgspec.structs.replace(held, doors=doors | new)

    return change(bind, root)


def name_successor(public: bytes, root: SignKey) -> Keyset:
    """Name the root to come. Once every device knows, sign anything with it. Errors: SP-406."""
    return change(lambda held: msgspec.structs.replace(held, successor=public), root)


def change(make: Callable[[Keyset], Keyset], root: SignKey) -> Keyset:
    """Sign the keyset that `make` returns as the next version, by the root or by its named successor.

    A successor that signs is the root from then on. Killed at any point, either keyset is in force, and
    the next start of the server announces it.
    Errors: SP-406 when `root` is neither.
    """
    with single_writer():
        held, current = current_trust()
        if root.public not in {current, held.successor}:
            raise SupportPointError("SP-406", reason="not the root of this province")
        if root.public != current:
            held = msgspec.structs.replace(held, successor=b"")
        made = msgspec.structs.replace(make(held), version=held.version + 1, not_before=now_text())
        roots = data_dir() / "keys" / "root.pub"
        write_private(roots, current + root.public + made.successor)
        write_private(data_dir() / "keys" / "keyset.bin", sign_keyset(made, root))
        write_private(roots, root.public + made.successor)
        announce()
    return made


def announce() -> None:
    """Put the keyset on the feed, unless it stands there. Call inside `locks.single_writer`."""
    keyset, _ = current_trust()
    name = f"keyset:{make_kid(keyset.successor).hex()}" if keyset.successor else "keyset"
    rows = models.Change.objects.filter(stream=Stream.KEYSET, ref=name, rev=keyset.version)
    if keyset.version > 1 and not rows.exists():
        row = Change(stream=Stream.KEYSET, id=name, rev=keyset.version, body=keyset_bytes())
        feed.append_change(row, audience="", province_code=PROVINCE_CODE)


def _file_of(purpose: str, unit: str) -> str:
    if (purpose, unit) in FILES:
        return FILES[purpose, unit]
    if purpose in {ORDINARY, ACT} and unit.isdecimal():
        return f"units/{unit}.{USES[purpose]}.key"
    raise SupportPointError("SP-803", purpose=purpose, unit=unit)


def _keep_beside(pair: SealKey | SignKey) -> None:
    use = "seal" if isinstance(pair, SealKey) else "sign"
    write_private(data_dir() / "keys" / "other" / f"{pair.kid.hex()}.{use}.key", pair.seed)


def _without(held: Keyset, kid: bytes) -> tuple[Key, ...]:
    return tuple(key for key in held.keys if key.kid != kid)


def _replace_active(held: Keyset, new: Key) -> Keyset:
    def aged(key: Key) -> Key:
        same = (key.use, key.purpose, key.unit) == (new.use, new.purpose, new.unit)
        return msgspec.structs.replace(key, status=RETIRED) if same and key.status == ACTIVE else key

    return msgspec.structs.replace(held, keys=(*map(aged, held.keys), new))
