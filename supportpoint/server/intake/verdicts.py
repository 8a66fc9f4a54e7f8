"""What can be said of an item before the database is asked: its shape, its device, its signature."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import JSON, MAX_BLOB_BYTES, MSGPACK, Item, Message, decode, encode, identity_hash
from supportpoint.sealing.item import verify_item
from supportpoint.server.registry.models import Device

SHA256_BYTES = 32
MAX_SEQ = 2**63 - 1
MAX_NAME = 64
MAX_KIND = 16
MAX_BLOBS = 64


@dataclass(frozen=True, slots=True)
class Checked:
    """One item of a batch. `code` is empty for one that may be stored.

    `item` is None when it is malformed beyond reading; `verified` says that its device signed it.
    """

    id: str
    code: str = ""
    item: Item | None = None
    identity: bytes = b""
    verified: bool = False


class _Named(Message, frozen=True):
    id: str = ""


def repack(raws: tuple[msgspec.Raw, ...], media: str) -> tuple[msgspec.Raw, ...]:
    """Return items that came as JSON as the MessagePack of a device; of a malformed one its id is left."""
    if media == MSGPACK:
        return raws
    return tuple(msgspec.Raw(_repack(bytes(raw))) for raw in raws)


def _repack(raw: bytes) -> bytes:
    try:
        return encode(decode(raw, Item, JSON))
    except (msgspec.DecodeError, OverflowError):
        return encode(_Named(id=_find_id(raw, JSON)))


def _find_id(raw: bytes, media: str = MSGPACK) -> str:
    try:
        return decode(raw, _Named, media).id[:MAX_NAME]
    except msgspec.DecodeError:
        return ""


def _has_shape(item: Item) -> bool:
    try:
        canonical = str(UUID(item.id)) == item.id
    except ValueError:
        canonical = False
    names = (item.device, item.incarnation, item.kind)
    return (
        canonical
        and all(0 < len(name) <= MAX_NAME and name.isprintable() for name in names)
        and len(item.kind) <= MAX_KIND
        and 0 < item.seq <= MAX_SEQ
        and len(item.envelope) > 0
        and len(item.blobs) <= MAX_BLOBS
        and all(len(blob.sha256) == SHA256_BYTES and blob.len > 0 for blob in item.blobs)
    )


def check_items(raws: tuple[msgspec.Raw, ...], carrier: Device) -> list[Checked]:
    """Return what stands of each item before storing, in the order of the batch.

    Most items are the carrier's own, whose row the request has read already.

    Codes: SP-801 malformed beyond reading; SP-504 its device is unknown or revoked; SP-405 its
    device did not sign it; SP-802 a blob larger than the protocol's limit.
    """
    read = [_read(bytes(raw)) for raw in raws]
    ids = {one.item.device for one in read if one.item is not None} - {carrier.id}
    others = Device.objects.filter(pk__in=ids) if ids else ()
    devices = {device.id: device for device in (carrier, *others)}
    return [_judge(one, devices) for one in read]


def _read(raw: bytes) -> Checked:
    try:
        item = decode(raw, Item)
    except msgspec.DecodeError:
        return Checked(_find_id(raw), "SP-801")
    if not _has_shape(item):
        return Checked(item.id[:MAX_NAME], "SP-801")
    return Checked(item.id, item=item, identity=identity_hash(item))


def _judge(one: Checked, devices: dict[str, Device]) -> Checked:
    if one.item is None:
        return one
    device = devices.get(one.item.device)
    code = "SP-504" if device is None or device.revoked_at is not None else ""
    verified = False
    if device is not None:
        try:
            verify_item(one.item, bytes(device.sign_public))
            verified = True
        except SupportPointError:
            code = code or "SP-405"
    if any(blob.len > MAX_BLOB_BYTES for blob in one.item.blobs):
        code = code or "SP-802"
    return Checked(one.id, code, one.item, one.identity, verified)
