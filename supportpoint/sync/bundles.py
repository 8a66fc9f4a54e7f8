"""Fetch announced packages by their hash and install them; a refused one changes nothing."""

from __future__ import annotations

import logging
from typing import Protocol

import msgspec

from supportpoint.content.package import SUFFIXES
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BundleRef, Change, decode
from supportpoint.sealing.keyset import Keyset, read_keyset
from supportpoint.store.access import StoreAccess
from supportpoint.sync.transport import Stop, Transport

ALREADY_NEWER = "SP-603"
NOT_THERE = ("SP-506", 404)
"""What our server says, signed, of a package whose file it has lost."""

log = logging.getLogger(__name__)


class Installer(Protocol):
    """What a pass asks of `content.Shelf`."""

    def install(self, data: bytes, keyset: Keyset, /) -> object:
        """Verify and install one package. Errors: SP-601, 602, 603, 604; nothing changed then."""


def install_bundles(
    access: StoreAccess, transport: Transport, shelf: Installer, stop: Stop
) -> tuple[str, ...]:
    """Bring every announced package in; return the codes of those refused, in order.

    A refused package stays announced: a newer keyset may make it good. One that is older than what
    is installed counts as installed.
    Errors: those of `Transport`; SP-406 when our own keyset does not stand.
    """
    pending = access(lambda store: store.pending_bundles())
    if not pending:
        return ()
    identity = access(lambda store: store.get_identity())
    keyset = read_keyset(identity.keyset, identity.root_public)
    refused = []
    for change in pending:
        if stop.is_set():
            break
        code = _bring_in(change, access, transport, shelf, keyset)
        if code:
            refused.append(code)
            log.warning("bundle refused rev=%d code=%s", change.rev, code)
    return tuple(refused)


def _bring_in(
    change: Change, access: StoreAccess, transport: Transport, shelf: Installer, keyset: Keyset
) -> str:
    try:
        bundle = decode(change.body, BundleRef)
    except msgspec.DecodeError:
        return "SP-601"
    if bundle.kind not in SUFFIXES:
        return ""
    try:
        content = transport.fetch_bundle(bundle.sha256)
    except SupportPointError as error:
        if (error.code, error.facts.get("status")) != NOT_THERE:
            raise
        return error.code  # the province has lost its file: the others do not wait for it
    try:
        shelf.install(content, keyset)
    except SupportPointError as error:
        if error.code != ALREADY_NEWER:
            return error.code
    access(lambda store: store.note_bundle_installed(change.id, change.rev))
    transport.forget_bundle(bundle.sha256)
    return ""
