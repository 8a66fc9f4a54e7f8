"""The one signature of a device: over the item, so that no transport needs to be trusted."""

from __future__ import annotations

import msgspec

from supportpoint.protocol import Item, item_bytes
from supportpoint.sealing.keys import SignKey, verify


def sign_item(item: Item, key: SignKey) -> Item:
    """Return `item` with the device's signature over `protocol.item_bytes`."""
    return msgspec.structs.replace(item, signature=key.sign(item_bytes(item)))


def verify_item(item: Item, public: bytes) -> None:
    """Return quietly when the device key `public` signed this very item.

    Errors: SP-405 when it did not.
    """
    verify(public, item_bytes(item), item.signature)
