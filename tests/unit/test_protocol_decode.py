from __future__ import annotations

import msgspec
import pytest

from supportpoint.protocol import BoxBody, Item, SyncRequest, decode

HOSTILE = {
    "empty": b"",
    "no map": b"\x01",
    "wrong type": b"\x81\xa4kind\x01",
    "not utf-8": b"\x81\xa4kind\xa2\xc5\xff",
    "not utf-8 in a name": b"\x81\xa2\xc5\xff\x01",
    "deep unknown field": b"\x81\xa1x" + b"\x91" * 200_000 + b"\x01",
    "cut short": b"\x81\xa4kind\xa9ca",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", [Item, SyncRequest, BoxBody])
def test_hostile_bytes_give_the_one_promised_error(name, kind):
    with pytest.raises(msgspec.DecodeError):
        decode(HOSTILE[name], kind)
