"""From finished answers to an item in the outbox: the one step that kiosk and command line share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from supportpoint.clock import Clock, local_day
from supportpoint.content.package import Package
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Kind
from supportpoint.records import Attachment, DeviceIdentity, Receipt
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.drops import PURPOSE, seal_drops
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.receipt import make_receipt, receipt_hash
from supportpoint.store.access import StoreAccess

DICTIONARY_FILE = "dictionary.zstd"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case that survives a power cut from now on."""

    case_id: str
    case_number: str
    receipt: Receipt


def make_context(identity: DeviceIdentity, package: Package) -> SealingContext:
    """Return for whom a form is sealed: purpose and category from the signed form, keys from the keyset.

    Errors: SP-404 when nobody receives this purpose; SP-406 when the keyset does not stand;
            SP-601 when the form names no purpose.
    """
    manifest = package.manifest
    keyset = read_keyset(identity.keyset, identity.root_public)
    purpose = manifest.settings.get("purpose", "")
    if not purpose:
        raise SupportPointError("SP-601", reason="no purpose", form=manifest.id)
    return SealingContext(
        recipients=keyset.recipients(purpose, identity.commune_code),
        keyset_version=keyset.version,
        commune=identity.commune_code,
        form_id=manifest.id,
        form_version=str(manifest.version),
        category=manifest.settings.get("category", "ordinary"),
        dictionary=package.files.get(DICTIONARY_FILE, b""),
    )


def submit_case(  # noqa: PLR0913 - the facts of one submission, all named
    access: StoreAccess,
    *,
    package: Package,
    xml: bytes,
    attachments: Sequence[Attachment],
    case_id: str,
    clock: Clock,
    draft_id: str | None = None,
    receipt: Receipt | None = None,
) -> Submitted:
    """Seal a case and put it into the outbox; its draft goes in the same transaction.

    When this returns, the case is durable and nothing on this machine opens it any more. When it
    raises, nothing changed: call again with the same `case_id` and `receipt`. A case that is already
    queued under them is not sealed a second time. Protected feedback becomes sealed drops, no item.
    Errors: SP-102, SP-404, SP-406, SP-601; SP-202 not saved; SP-201, SP-210 of the store.
    """
    receipt = receipt or make_receipt()
    address = receipt_hash(receipt.secret)
    done = Submitted(case_id, receipt.case_number, receipt)
    queued = access(lambda store: store.find_item_state(address))
    if queued is not None and queued.id == case_id:
        return done
    context = make_context(access(lambda store: store.get_identity()), package)
    day = local_day(clock.now()).isoformat()
    if package.manifest.settings["purpose"] == PURPOSE:
        drops = seal_drops(
            case_id=case_id, xml=xml, attachments=attachments, receipt=receipt, context=context, day=day
        )
        access(lambda store: store.queue_drops(drops, draft_id=draft_id))
    else:
        sealed = seal_case(
            kind=Kind.CASE,
            case_id=case_id,
            xml=xml,
            attachments=attachments,
            receipt=receipt,
            context=context,
            day=day,
        )
        access(lambda store: store.queue_case(sealed, draft_id=draft_id))
    with suppress(SupportPointError):  # saved; the log of the draft is emptied at the visit's end too
        access(lambda store: store.end_visit())
    return done
