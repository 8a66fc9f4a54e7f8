"""A person's key under badge, PIN and machine together; and secrets sealed to a person's key.

A PIN has a million values and falls to a rented machine in hours; without the badge's 128 bits that hunt
has no beginning.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SealKey
from supportpoint.staff.badge import SECRET_BYTES, Badge, check_pin

SALT_BYTES = 16
_KEY_BYTES, _NONCE_BYTES = 32, 12
_PASSES, _LANES, _MEMORY_KIB = 3, 1, 64 * 1024
_WRAP_LABEL = b"supportpoint staff key 1\n"
_GRANT_LABEL = b"supportpoint staff grant 1\n"
_DEVICE_LABEL = b"supportpoint staff device 1\n"
_hpke = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def wrap_key(key: SealKey, badge: Badge, pin: str, salt: bytes, device_secret: bytes) -> bytes:
    """Return the person's key sealed under badge, PIN and machine: nonce, then ciphertext.

    Units:  about 0.2 s and 64 MiB: never on the thread of the pages.
    Errors: SP-409 when the PIN is no six digits.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(_wrapping_key(badge, pin, salt, device_secret))
    return nonce + cipher.encrypt(nonce, key.seed, _WRAP_LABEL + badge.person.encode())


def unwrap_key(wrapped: bytes, badge: Badge, pin: str, salt: bytes, device_secret: bytes) -> SealKey:
    """Return the person's key. Takes as long as `wrap_key`.

    Errors: SP-409 when badge, PIN or machine is another; which one it is cannot be told.
    """
    cipher = ChaCha20Poly1305(_wrapping_key(badge, pin, salt, device_secret))
    nonce, ciphertext = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return SealKey(cipher.decrypt(nonce, ciphertext, _WRAP_LABEL + badge.person.encode()))
    except (InvalidTag, ValueError) as error:
        raise SupportPointError("SP-409") from error


def derive_device_secret(seed: bytes) -> bytes:
    """Return the machine's part of every wrapping key, made from a seed of its key store (32 bytes)."""
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_DEVICE_LABEL).derive(seed)


def seal_grant(name: str, secret: bytes, public: bytes) -> bytes:
    """Return a secret (the commune's key, the desk database's key) sealed to a person's public key."""
    return _hpke.encrypt(secret, X25519PublicKey.from_public_bytes(public), _GRANT_LABEL + name.encode())


def open_grant(name: str, sealed: bytes, key: SealKey) -> bytes:
    """Return the secret. Errors: SP-403 when it was altered, renamed or sealed to somebody else."""
    try:
        return _hpke.decrypt(sealed, key.private, _GRANT_LABEL + name.encode())
    except (InvalidTag, ValueError) as error:
        raise SupportPointError("SP-403", part="grant") from error


def _wrapping_key(badge: Badge, pin: str, salt: bytes, device_secret: bytes) -> bytes:
    """HKDF over three parts of fixed length, so that no two sets of them are the same bytes."""
    check_pin(pin)
    if len(badge.secret) != SECRET_BYTES or len(device_secret) != _KEY_BYTES:
        raise ValueError("badge and device secret have a fixed length")
    derive = Argon2id(salt=salt, length=_KEY_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    material = badge.secret + derive.derive(pin.encode()) + device_secret
    info = _WRAP_LABEL + badge.person.encode()
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=salt, info=info).derive(material)
