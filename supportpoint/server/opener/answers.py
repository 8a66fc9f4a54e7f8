"""What an agency answered: its box goes to the kiosks as it came. Nobody here can read case or answer."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Act, BoxBody, Change, Kind, Stream, decode, encode
from supportpoint.sealing.act import verify_act
from supportpoint.sealing.keyset import ACTIVE
from supportpoint.sealing.mailbox import BoxClear, verify_box
from supportpoint.server.registry.agencies import get_item
from supportpoint.server.registry.codes import READER
from supportpoint.server.registry.drops import has_drop
from supportpoint.server.registry.feed import append_change
from supportpoint.server.registry.keys import current_keyset, kids_of
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Box, Device, Item, Opening
from supportpoint.server.registry.moment import now

log = logging.getLogger(__name__)

BATCH = 20
SHA256_BYTES = 32
MAX_REV = 2**31 - 1
MAX_EPOCH = 32


@dataclass(frozen=True, slots=True)
class _Place:
    """What is answered, a case or a drop, and whose kiosks hear it: a commune's, or with "" all."""

    audience: str
    item: Item | None = None
    drop_id: str = ""


def publish_answers() -> int:
    """Publish the boxes of the acts that wait, oldest first; return how many left the queue."""
    waiting = Item.objects.filter(opening=Opening.WAITING, kind=Kind.ACT).order_by("received_at")
    items = list(waiting[:BATCH])
    for item in items:
        try:
            with single_writer():
                publish(item)
        except SupportPointError as error:
            Item.objects.filter(pk=item.pk).update(opening=Opening.HELD, opening_code=error.code)
            log.warning("act %s is held with %s", item.pk, error.code)
    return len(items)


def publish(item: Item) -> None:
    """Put the box of one act on the feed. Call inside `locks.single_writer`.

    Errors: SP-801 no act; SP-504 not sent by a reader of that agency; SP-405, SP-406 not signed by its
            key in use; SP-803 the case or drop is not this agency's; SP-808 the receipt belongs to
            another one; SP-807 an answer as new stands there already.
    """
    try:
        act = decode(bytes(item.envelope), Act)
        UUID(act.case_id)
    except ValueError as error:  # msgspec's DecodeError is one
        raise SupportPointError("SP-801", reason="act") from error
    body = BoxBody(receipt_hash=act.receipt_hash, box=act.box)
    clear = _check(act, body, item.device)
    place = _find_place(act)
    _check_place(place, clear)
    Box.objects.update_or_create(
        receipt_hash=body.receipt_hash,
        defaults={
            "item": place.item,
            "drop_id": place.drop_id,
            "epoch": clear.epoch,
            "rev": clear.rev,
            "box": body.box,
            "made_at": now(),
        },
    )
    change = Change(stream=Stream.BOX, id=body.receipt_hash.hex(), rev=clear.rev, body=encode(body))
    append_change(change, audience=place.audience, province_code=item.province_code)
    Item.objects.filter(pk=item.pk).update(opening=Opening.OPENED)


def _check(act: Act, body: BoxBody, sender: str) -> BoxClear:
    device = Device.objects.filter(pk=sender, role=READER, revoked_at=None).first()
    if device is None or device.agency != act.by_unit:
        raise SupportPointError("SP-504", device=sender)
    keyset = current_keyset()
    signer = verify_act(act, keyset)
    clear = verify_box(body, keyset)
    if signer.status != ACTIVE or clear.unit != act.by_unit:
        raise SupportPointError("SP-406", unit=clear.unit, status=signer.status)
    fits = len(clear.receipt_hash) == SHA256_BYTES and 0 < clear.rev <= MAX_REV
    if not fits or len(clear.epoch) > MAX_EPOCH or not clear.epoch.isprintable():
        raise SupportPointError("SP-801", reason="box")
    return clear


def _find_place(act: Act) -> _Place:
    """Find what an act answers. Where a drop was spoken nobody knows here: its box goes to every kiosk."""
    if has_drop(act.case_id, kids_of(act.by_unit)):
        return _Place("", drop_id=act.case_id)
    case = get_item(act.by_unit, act.case_id)
    origin = Device.objects.filter(pk=case.device).first()
    return _Place(origin.commune_id if origin else "", item=case)


def _check_place(place: _Place, clear: BoxClear) -> None:
    """An answer is newer than the last one, and what is answered and its receipt belong together for good."""
    known = Box.objects.filter(receipt_hash=clear.receipt_hash).first()
    if known is None:
        if Box.objects.filter(case=None, item=place.item, drop_id=place.drop_id).exists():
            raise SupportPointError("SP-808", reason="receipt")
        return
    if (known.case, known.item, known.drop_id) != (None, place.item, place.drop_id):
        raise SupportPointError("SP-808", reason="case")
    is_newer = clear.rev > known.rev if clear.epoch == known.epoch else clear.epoch == current_epoch()
    if not is_newer:
        raise SupportPointError("SP-807", rev=clear.rev)
