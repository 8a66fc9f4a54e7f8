"""Whom a device trusts: the public keys by use, purpose and unit, signed by the offline root key."""

from __future__ import annotations

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Count, Message, decode, encode
from supportpoint.sealing.keys import SignKey, make_kid, verify

ACTIVE = "active"
PROVINCE = "province"
ORDINARY, LEGAL_AID, PROTECTED = "ordinary", "legal_aid", "protected"
AGENCY_PURPOSES = frozenset({LEGAL_AID, PROTECTED})
LABEL = b"supportpoint keyset 1\n"


class Key(Message, frozen=True):
    """One public key. `use` is seal or sign; `unit` is "province", a commune code or an agency's name."""

    kid: bytes
    use: str
    purpose: str
    unit: str
    public: bytes
    status: str = ACTIVE


class Keyset(Message, frozen=True):
    """All keys of one province at one version. `not_before` is told to people, never judged: clocks lie.

    `doors` binds form ids to an agency's purpose: a form of that name is the agency's or nobody's.
    `successor` is the public key of the root to come, empty when none is named: a keyset that it signed
    is taken as well, and then it is the root and the old one nothing.
    """

    version: Count
    not_before: str
    keys: tuple[Key, ...]
    successor: bytes = b""
    doors: dict[str, str] = msgspec.field(default_factory=dict)

    def recipients(self, purpose: str, unit: str) -> tuple[Key, ...]:
        """Return the active seal keys of `purpose` that belong to its readers, in keyset order.

        Shape:  ordinary: the province and `unit`. Legal aid and protected feedback: their agencies
                alone; a key of the province or of a commune is passed over even under such a purpose.
        Errors: SP-404 when there is none.
        """
        found = tuple(
            key
            for key in self.keys
            if key.use == "seal"
            and key.purpose == purpose
            and key.status == ACTIVE
            and (is_agency(key.unit) if purpose in AGENCY_PURPOSES else key.unit in {PROVINCE, unit})
        )
        if not found:
            raise SupportPointError("SP-404", purpose=purpose, unit=unit)
        return found

    def purpose_of(self, unit: str) -> str:
        """Return what is sealed to a unit: "ordinary" to the province or a commune, its purpose to an agency.

        Shape:  "" for an agency that opens nothing; "protected" for one that opens both.
        """
        if not is_agency(unit):
            return ORDINARY
        held = {key.purpose for key in self.keys if key.use == "seal" and key.unit == unit}
        return next((purpose for purpose in (PROTECTED, LEGAL_AID) if purpose in held), "")

    def form_signer(self, kid: bytes, purpose: str) -> Key:
        """Return the key of the agency that signs the forms of its own `purpose`.

        Errors: SP-406 as `signer`, and when the province or a commune holds it.
        """
        key = self.signer(kid, purpose)
        if not is_agency(key.unit):
            raise SupportPointError("SP-406", kid=kid.hex(), unit=key.unit)
        return key

    def signer(self, kid: bytes, purpose: str) -> Key:
        """Return the active or retired signing key `kid` of `purpose`.

        A retired key signs nothing new, but what it signed stays true.
        Errors: SP-406 when it is unknown, revoked or of another purpose.
        """
        for key in self.keys:
            if key.kid == kid and key.use == "sign" and key.purpose == purpose and key.status != "revoked":
                return key
        raise SupportPointError("SP-406", kid=kid.hex(), purpose=purpose)


def is_agency(unit: str) -> bool:
    """Return whether a unit is neither the province nor a commune."""
    return unit != PROVINCE and not unit.isdecimal()


class SignedKeyset(Message, frozen=True):
    """The file and wire form: the keyset's bytes and the root's signature over `LABEL` and them."""

    keyset: bytes
    signature: bytes


def sign_keyset(keyset: Keyset, root: SignKey) -> bytes:
    """Return the signed wire form of a keyset."""
    content = encode(keyset)
    return encode(SignedKeyset(keyset=content, signature=root.sign(LABEL + content)))


def read_next_keyset(content: bytes, held: Keyset, root_public: bytes) -> tuple[Keyset, bytes]:
    """Return the keyset that follows `held`, and the root that counts from now on.

    Shape:  signed by `root_public`, which stays the root, or by the successor that `held` names.
    Errors: SP-406 when neither signed it, or it is not newer.
    """
    try:
        return read_keyset(content, root_public, newer_than=held.version), root_public
    except SupportPointError:
        if not held.successor:
            raise
    return read_keyset(content, held.successor, newer_than=held.version), held.successor


def read_keyset(content: bytes, root_public: bytes, newer_than: int = 0) -> Keyset:
    """Return the keyset held in `content`, once its signature stands.

    Errors: SP-406 when it cannot be read, another key signed it, it is not newer than version
    `newer_than`, or a key id is not the hash of its key.
    """
    try:
        signed = decode(content, SignedKeyset)
        verify(root_public, LABEL + signed.keyset, signed.signature)
        keyset = decode(signed.keyset, Keyset)
    except (msgspec.DecodeError, SupportPointError) as error:
        raise SupportPointError("SP-406", reason="unreadable or not signed by the root") from error
    if keyset.version <= newer_than:
        raise SupportPointError("SP-406", reason="not newer", version=keyset.version)
    if any(key.kid != make_kid(key.public) for key in keyset.keys):
        raise SupportPointError("SP-406", reason="key id and key differ", version=keyset.version)
    return keyset
