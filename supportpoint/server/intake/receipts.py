"""The server's signed word on a batch."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from supportpoint.protocol import BatchReceipt, Result, unsigned
from supportpoint.server.registry.keys import server_key
from supportpoint.server.registry.moment import now_text


def make_receipt(epoch: str, device_id: str, verdicts: Sequence[tuple[Result, bytes]]) -> BatchReceipt:
    """Return the signed receipt of verdicts and identity hashes, for the device that asks or sent them."""
    receipt = BatchReceipt(
        epoch=epoch,
        device=device_id,
        now=now_text(),
        results=tuple((result.id, result.status, identity) for result, identity in verdicts),
    )
    return msgspec.structs.replace(receipt, signature=server_key().sign(unsigned(receipt)))
