"""The two kinds of key pair: Ed25519 signs, X25519 receives. Both are made from a 32-byte seed."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from supportpoint.errors import SupportPointError

SEED_BYTES = 32
KID_BYTES = 8


def make_kid(public: bytes) -> bytes:
    """Return the key id: the first 8 bytes of SHA-256 of the 32 raw public bytes."""
    return hashlib.sha256(public).digest()[:KID_BYTES]


@dataclass(frozen=True)
class SignKey:
    """An Ed25519 key pair. `seed` is 32 secret bytes and is left out of `repr`."""

    seed: bytes = field(repr=False)

    @classmethod
    def make(cls) -> SignKey:
        """Return a new random key pair."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        """The library's key object."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> bytes:
        """The 32 raw public bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def kid(self) -> bytes:
        """The 8-byte key id."""
        return make_kid(self.public)

    def sign(self, content: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over `content`."""
        return self.private.sign(content)


@dataclass(frozen=True)
class SealKey:
    """An X25519 key pair that envelopes can be sealed to. `seed` is left out of `repr`."""

    seed: bytes = field(repr=False)

    @classmethod
    def make(cls) -> SealKey:
        """Return a new random key pair."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @cached_property
    def private(self) -> X25519PrivateKey:
        """The library's key object."""
        return X25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> bytes:
        """The 32 raw public bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def kid(self) -> bytes:
        """The 8-byte key id."""
        return make_kid(self.public)


def verify(public: bytes, content: bytes, signature: bytes) -> None:
    """Return quietly when `signature` is Ed25519 by `public` over `content`.

    Errors: SP-405 when it is not, or when `public` is no key.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError) as error:
        raise SupportPointError("SP-405") from error
