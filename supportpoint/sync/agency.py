"""An agency's own desk: fetch what is sealed to it, as it came. `matters` opens and answers it."""

from __future__ import annotations

import hashlib
from typing import Protocol
from urllib.parse import urlencode

from supportpoint.agency_messages import AgencyDropPage, AgencyPage, SealedBytes
from supportpoint.errors import SupportPointError
from supportpoint.protocol import M
from supportpoint.store.cabinet import Cabinet


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
    _check_hash(sealed.content, sha256)
    cabinet.save_file(sha256, sealed.content)


def pull_drops(transport: Messages, cabinet: Cabinet) -> int:
    """Fetch every sealed drop that is not here yet, each durable before the next; return how many are new.

    Errors: those of `Transport`; SP-502 when a drop has another hash. What came stays.
    """
    new, after = 0, ""
    while True:
        page = transport.fetch_message(f"/api/v1/agency/drops?{urlencode({'after': after})}", AgencyDropPage)
        for drop in page.drops:
            after = drop.sha256.hex()
            if not cabinet.has_drop(drop.sha256):
                sealed = transport.fetch_message(f"/api/v1/agency/drops/{after}", SealedBytes)
                _check_hash(sealed.content, drop.sha256)
                cabinet.save_drop(drop.sha256, sealed.content)
                new += 1
            cabinet.note_rev(drop.id, drop.rev)
        if not (page.more and page.drops):
            return new


def _check_hash(content: bytes, sha256: bytes) -> None:
    if hashlib.sha256(content).digest() != sha256:
        raise SupportPointError("SP-502", reason="file hash", sha256=sha256.hex())
