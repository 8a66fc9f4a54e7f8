"""Tells the villager: news sealed to the receipt, signed by the commune, on the feed of its kiosks."""

from __future__ import annotations

from supportpoint.protocol import BoxBody, CaseNews, Change, Stream, encode
from supportpoint.sealing.mailbox import make_box
from supportpoint.server.registry.feed import append_change
from supportpoint.server.registry.keys import unit_key
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Box, Case
from supportpoint.server.registry.moment import now


def publish_news(case: Case, news: CaseNews) -> BoxBody:
    """Make the next box of this case and put it on the feed; the case's `box_rev` is saved.

    Call inside `locks.single_writer`, with the case row read in that transaction.
    Errors: SP-103 when the commune's key is not here.
    """
    case.box_rev += 1
    case.save(update_fields=["box_rev"])
    epoch = current_epoch()
    body = make_box(
        news,
        secret=bytes(case.receipt_secret),
        signer=unit_key(case.commune_id),
        epoch=epoch,
        rev=case.box_rev,
    )
    Box.objects.update_or_create(
        receipt_hash=body.receipt_hash,
        defaults={"case": case, "epoch": epoch, "rev": case.box_rev, "box": body.box, "made_at": now()},
    )
    change = Change(stream=Stream.BOX, id=body.receipt_hash.hex(), rev=case.box_rev, body=encode(body))
    append_change(change, audience=case.commune_id, province_code=case.province_code)
    return body
