"""An agency's own desk: fetch what is sealed to it, open it with its key, answer into the mailbox."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlencode

from supportpoint.agency_messages import AgencyPage, SealedBytes
from supportpoint.clock import Clock, make_uuid7
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Act, CaseNews, Kind, M, encode
from supportpoint.records import SealedCase
from supportpoint.sealing.act import sign_act
from supportpoint.sealing.case import OpenedCase, open_case
from supportpoint.sealing.compression import make_dictionary_id
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import ACTIVE, AGENCY_PURPOSES, is_agency, read_keyset
from supportpoint.sealing.mailbox import make_box
from supportpoint.store.access import StoreAccess
from supportpoint.store.cabinet import Cabinet
from supportpoint.sync.submission import DICTIONARY_FILE

ANSWER = "answer"
"""What every act of an agency says it is: what was decided stands in the box alone."""


class Messages(Protocol):
    """The part of a transport that reads what waits for an agency."""

    def fetch_message(self, path: str, kind: type[M]) -> M:
        """Return one signed message. Errors: those of `Transport`."""


def pull_cases(transport: Messages, cabinet: Cabinet) -> int:
    """Fetch every envelope that is not here yet, each durable before the next; return how many cases are new.

    Errors: those of `Transport`; SP-502 when a file has another hash. What came stays.
    """
    new, after = 0, ""
    while True:
        page = transport.fetch_message(f"/api/v1/agency/cases?{urlencode({'after': after})}", AgencyPage)
        for case in page.cases:
            for file in case.files:
                _pull_file(transport, cabinet, file.sha256)
            if not cabinet.has_case(case.id):
                sealed = transport.fetch_message(f"/api/v1/agency/cases/{case.id}", SealedBytes)
                cabinet.save_case(case.id, sealed.content)
                new += 1
            cabinet.note_rev(case.id, case.rev)
            after = case.id
        if not (page.more and page.cases):
            return new


def _pull_file(transport: Messages, cabinet: Cabinet, sha256: bytes) -> None:
    """Fetch one file; one that is still on its way to the server comes with a later pull."""
    if cabinet.has_file(sha256):
        return
    try:
        sealed = transport.fetch_message(f"/api/v1/agency/files/{sha256.hex()}", SealedBytes)
    except SupportPointError as error:
        if error.facts.get("server_code") != "SP-803":
            raise
        return
    if hashlib.sha256(sealed.content).digest() != sha256:
        raise SupportPointError("SP-502", reason="file hash", sha256=sha256.hex())
    cabinet.save_file(sha256, sealed.content)


def read_case(cabinet: Cabinet, shelf: Shelf, keys: Mapping[bytes, SealKey], case_id: str) -> OpenedCase:
    """Open one case with the agency's keys.

    Errors: SP-803 not here; SP-401 to SP-403 as `open_case`; SP-405 the envelope names another case;
            SP-810 when its form is not one that only an agency reads.
    """
    opened = open_case(cabinet.load_case(case_id), keys, lambda wanted: _find_dictionary(shelf, wanted))
    if opened.header.case_id != case_id:
        raise SupportPointError("SP-405", reason="case id")
    version = opened.inner.form_version
    form = shelf.open_form(opened.inner.form_id, int(version) if version.isdecimal() else 0)
    if form.manifest.settings.get("purpose") not in AGENCY_PURPOSES:
        raise SupportPointError("SP-810", form=opened.inner.form_id)
    return opened


def answer_case(  # noqa: PLR0913, PLR0917 - one answer and where it goes
    access: StoreAccess, cabinet: Cabinet, opened: OpenedCase, news: CaseNews, signer: SignKey, clock: Clock
) -> str:
    """Queue the agency's answer, signed, its box ready-made for the villager's receipt; return the act's id.

    Shape:  the act names the case and its receipt's hash; what was decided is inside the box.
    Errors: SP-406 when `signer` is no agency's key in use; SP-202 not saved; SP-102.
    """
    identity = access(lambda store: store.get_identity())
    key = read_keyset(identity.keyset, identity.root_public).signer(signer.kid, "act")
    if key.status != ACTIVE or not is_agency(key.unit):
        raise SupportPointError("SP-406", unit=key.unit, status=key.status)
    case_id = opened.header.case_id
    rev = cabinet.get_rev(case_id) + 1
    secret = opened.record.receipt_secret
    body = make_box(news, secret=secret, signer=signer, epoch=identity.epoch, rev=rev)
    act = Act(
        id=str(make_uuid7(clock.now())),
        case_id=case_id,
        decision=ANSWER,
        by_unit=key.unit,
        at=news.at,
        receipt_hash=body.receipt_hash,
        box=body.box,
        kid="",
    )
    sealed = SealedCase(
        kind=Kind.ACT,
        id=act.id,
        envelope=encode(sign_act(act, signer)),
        blobs=(),
        case_number="",
        receipt_hash=body.receipt_hash,
    )
    access(lambda store: store.queue_case(sealed))
    cabinet.note_rev(case_id, rev)
    return act.id


def _find_dictionary(shelf: Shelf, wanted: str) -> bytes:
    for manifest in shelf.list_forms():
        for version in shelf.list_versions(manifest.id):
            dictionary = shelf.open_form(manifest.id, version).files.get(DICTIONARY_FILE, b"")
            if dictionary and make_dictionary_id(dictionary) == wanted:
                return dictionary
    raise SupportPointError("SP-605", dictionary=wanted)
