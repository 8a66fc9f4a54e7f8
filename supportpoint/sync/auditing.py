"""Put the audit rows of the day into the outbox, sealed to the province."""

from __future__ import annotations

from supportpoint.clock import Clock, local_day, make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Kind, encode
from supportpoint.records import SealedCase
from supportpoint.sealing.audit import AuditPage
from supportpoint.sealing.envelope import Inner, seal
from supportpoint.sealing.keyset import PROVINCE, read_keyset
from supportpoint.store.access import StoreAccess

FORM, VERSION = "audit", "1"
NOBODY_READS = frozenset({"SP-404", "SP-406"})


def queue_audit(access: StoreAccess, clock: Clock) -> bool:
    """Queue the rows that are due as one item; True when there were some.

    After a crash in between, the same rows go in another item: the server knows them by their hash.
    Errors: SP-102; SP-2xx of the store.
    """
    rows = access(lambda store: store.list_due_audit())
    if not rows:
        return False
    identity = access(lambda store: store.get_identity())
    item_id = str(make_uuid7(clock.now()))
    try:
        keyset = read_keyset(identity.keyset, identity.root_public)
        envelope = seal(
            encode(AuditPage(rows=tuple(content for _, content in rows))),
            inner=Inner(form_id=FORM, form_version=VERSION, commune=identity.commune_code),
            recipients=keyset.recipients("ordinary", PROVINCE),
            keyset_version=keyset.version,
            case_id=item_id,
            day=local_day(clock.now()).isoformat(),
        )
    except SupportPointError as error:
        if error.code not in NOBODY_READS:
            raise
        return False  # no province key to seal to yet: the rows wait
    sealed = SealedCase(
        kind=Kind.AUDIT, id=item_id, envelope=envelope, blobs=(), case_number="", receipt_hash=b""
    )
    access(lambda store: store.queue_audit(sealed, through=rows[-1][0]))
    return True
