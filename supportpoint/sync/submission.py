"""From finished answers to an item in the outbox: the one step that kiosk and command line share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from supportpoint.clock import Clock, local_day
from supportpoint.content.package import ROUTES, Package
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Kind
from supportpoint.records import Attachment, DeviceIdentity, Receipt
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.drops import PURPOSE, seal_drops
from supportpoint.sealing.keyset import AGENCY_PURPOSES, ORDINARY, read_keyset
from supportpoint.sealing.receipt import make_receipt, receipt_hash
from supportpoint.store.access import StoreAccess

DICTIONARY_FILE = "dictionary.zstd"
FORM_FILE = "form.xml"
SUPPLEMENT = "supplement"
"""The form that brings more to an earlier case, to whoever reads that one."""
_PRELOADS = re.compile(rb' jr:preload(="(timestamp|date|property)"|Params="[^"]*")')
_NOW = re.compile(rb"\bnow\(\)")


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case that survives a power cut from now on."""

    case_id: str
    case_number: str
    receipt: Receipt


def address_to(package: Package, purpose: str) -> Package:
    """Return an ordinary form as one whose answers only the readers of `purpose` open.

    For an agency's purpose it is private like the agency's own forms, and fills in no device, and of the
    moment the day alone.
    Errors: SP-404 for a purpose that nobody has.
    """
    if purpose == ORDINARY:
        return package
    if purpose not in AGENCY_PURPOSES:
        raise SupportPointError("SP-404", purpose=purpose)
    route = next(name for name, one in ROUTES.items() if one == purpose)
    settings = package.manifest.settings | {"purpose": purpose, "category": purpose, "route": route}
    form = _NOW.sub(b"today()", _PRELOADS.sub(b"", package.files[FORM_FILE]))
    files = {**package.files, FORM_FILE: form}
    return Package(msgspec.structs.replace(package.manifest, settings=settings), files)


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
        access(lambda store: store.empty_log())
    return done
