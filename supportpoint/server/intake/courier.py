"""Letters of devices, brought by others: the road of every push, and a signed answer to carry back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from supportpoint.courier.heads import LETTER, read_head, sign_answer, verify_head
from supportpoint.courier_messages import CourierAnswer, CourierHead, CourierReply, CourierVerdict
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Message, Result, decode
from supportpoint.server.intake.pull import list_have
from supportpoint.server.intake.push import take_batch
from supportpoint.server.intake.receipts import make_receipt
from supportpoint.server.registry.feed import read_changes
from supportpoint.server.registry.keys import server_key
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Device
from supportpoint.server.registry.moment import now_text

Raws = tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """The device that wrote a letter. `commune` is empty for one that this database does not know."""

    head: CourierHead
    commune: str


class _Place(Message, frozen=True):
    incarnation: str = ""
    seq: int = 0


def find_sender(letter: bytes) -> Sender:
    """Return who wrote a letter, once its signature holds.

    A device that this database does not know, or no longer trusts, is no reason to turn a villager's
    case away: its items are held, one by one, as they are in a sync. It hears what every device hears, and
    nothing of a commune.
    Errors: SP-905 unreadable, altered or no letter; SP-906 another province's.
    """
    head = read_head(letter)
    if head.kind != LETTER:
        raise SupportPointError("SP-905", reason="kind")
    if head.server != server_key().kid:
        raise SupportPointError("SP-906")
    device = Device.objects.filter(pk=head.device).first()
    if device is None:
        return Sender(head, "")
    verify_head(letter, bytes(device.sign_public))
    return Sender(head, device.commune_id if device.revoked_at is None else "")


def answer_letter(sender: Sender, raws: Raws, carrier: Device, epoch: str, cursor: int) -> CourierReply:
    """Take items of a letter and answer them, with what is new for its device after (`epoch`, `cursor`)."""
    verdicts = take_batch(raws, carrier)
    head, present = sender.head, current_epoch()
    after = cursor if epoch == present else 0
    page = read_changes(after, sender.commune)
    is_restored = head.epoch != present
    have, have_through = list_have(head.device, only_complete=True) if is_restored else ((), 0)
    answer = CourierAnswer(
        letter=head.id,
        device=head.device,
        epoch=present,
        asked_epoch=head.epoch,
        now=now_text(),
        verdicts=_place_verdicts(raws, verdicts),
        receipt=make_receipt(present, head.device, verdicts) if verdicts else None,
        have=have,
        have_through=have_through,
        changes=page.changes,
        after=after,
        cursor=page.cursor,
    )
    return CourierReply(
        epoch=present,
        answer=sign_answer(answer, server_key()),
        results=tuple(result for result, _ in verdicts),
        cursor=page.cursor,
        more=page.more,
    )


def _place_verdicts(raws: Raws, verdicts: Sequence[tuple[Result, bytes]]) -> tuple[CourierVerdict, ...]:
    places = [_find_place(bytes(raw)) for raw in raws]
    return tuple(
        CourierVerdict(result=result, incarnation=place.incarnation, seq=place.seq)
        for place, (result, _) in zip(places, verdicts, strict=True)
    )


def _find_place(raw: bytes) -> _Place:
    try:
        return decode(raw, _Place)
    except msgspec.DecodeError:
        return _Place()
