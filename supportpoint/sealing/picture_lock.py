"""Three pictures in their order, as a key: it hides from people at the screen, it withstands no machine.

Source: docs/decisions/0010-privacy.md
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hmac import compare_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from supportpoint.errors import SupportPointError

PICTURES = 3
SALT_BYTES = 16

_KEY_BYTES = 32
_NONCE_BYTES = 12
_PASSES, _LANES, _MEMORY_KIB = 3, 1, 32 * 1024


@dataclass(frozen=True, slots=True)
class PictureLock:
    """What is kept of the pictures: a salt, and the key that they give with it."""

    salt: bytes
    key: bytes = field(repr=False)

    def is_opened_by(self, pictures: Sequence[str]) -> bool:
        """Return whether these are the pictures. Takes as long as `make_lock`."""
        return compare_digest(self.key, make_lock(pictures, self.salt).key)

    def seal(self, content: bytes, name: str) -> bytes:
        """Return the content sealed under the name that it is kept by: nonce, then ciphertext."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + ChaCha20Poly1305(self.key).encrypt(nonce, content, name.encode())

    def unseal(self, sealed: bytes, name: str) -> bytes:
        """Return what was sealed.

        Errors: SP-403 when the pictures were others, or name or content were altered.
        """
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return ChaCha20Poly1305(self.key).decrypt(nonce, ciphertext, name.encode())
        except (InvalidTag, ValueError) as error:
            raise SupportPointError("SP-403", part="locked") from error


def make_lock(pictures: Sequence[str], salt: bytes = b"") -> PictureLock:
    """Return the lock of these pictures, with a new salt where none is given.

    Units:  about 0.1 s and 32 MiB: never on the thread of the pages.
    """
    salt = salt or secrets.token_bytes(SALT_BYTES)
    derive = Argon2id(salt=salt, length=_KEY_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    return PictureLock(salt, derive.derive("\n".join(pictures).encode()))
