"""Into this kiosk: the server's signed answers, and the packages that came with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from supportpoint.courier.archive import ANSWERS, BUNDLES, ArchiveReader
from supportpoint.courier.heads import ANSWERS as ANSWERS_KIND
from supportpoint.courier.heads import check_contents, read_answer, read_head
from supportpoint.courier.stick import open_file
from supportpoint.courier_messages import CourierHead
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BundleRef, Change, decode
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import make_kid
from supportpoint.sealing.keyset import read_keyset
from supportpoint.store.access import StoreAccess
from supportpoint.store.values import Applied
from supportpoint.sync.bundles import ALREADY_NEWER, Installer


@dataclass
class Heard:
    """What an answers file told this machine. `others` are answers for other devices, `refused` unsigned."""

    answers: int = 0
    stored: int = 0
    completed: int = 0
    changes: int = 0
    bundles: int = 0
    others: int = 0
    refused: int = 0
    lost: int = 0
    codes: list[str] = field(default_factory=list)

    def add(self, applied: Applied) -> None:
        """Count what one answer changed."""
        self.answers += 1
        self.stored += applied.stored
        self.completed += applied.completed
        self.changes += applied.changes


def check_head(reader: ArchiveReader, identity: DeviceIdentity, kind: str) -> CourierHead:
    """Return the head of a file of our own province. Errors: SP-905 another kind; SP-906 another server."""
    head = read_head(reader.head)
    check_contents(head, reader.contents)
    if head.kind != kind:
        raise SupportPointError("SP-905", reason="kind")
    if head.server != make_kid(identity.server_public) or head.province != identity.province_code:
        raise SupportPointError("SP-906")
    return head


def take_answers(access: StoreAccess, shelf: Installer, path: Path) -> Heard:
    """Apply the answers in a file that are for this machine, each in a transaction of its own.

    An answer counts by the server's own signature on it, so what else is in the file does no harm.
    Errors: SP-102; SP-903, SP-905, SP-906 and nothing changed; SP-2xx of the store.
    """
    heard = Heard()
    identity = access(lambda store: store.get_identity())
    with open_file(path) as reader:
        check_head(reader, identity, ANSWERS_KIND)
        wanted: dict[bytes, Change] | None = None
        for entry, content in reader.parts():
            if entry.folder == ANSWERS:
                _apply(access, identity, content, heard)
            elif entry.folder == BUNDLES:
                wanted = _wanted(access) if wanted is None else wanted
                if entry.sha256 in wanted:
                    _install(access, shelf, wanted[entry.sha256], content, heard)
        heard.lost = reader.lost
    return heard


def _apply(access: StoreAccess, identity: DeviceIdentity, content: bytes, heard: Heard) -> None:
    try:
        answer = read_answer(content, identity.server_public)
    except SupportPointError:
        heard.refused += 1
        return
    if answer.device != identity.device:
        heard.others += 1
        return
    heard.add(access(lambda store: store.apply_answer(answer)))


def _wanted(access: StoreAccess) -> dict[bytes, Change]:
    found = {}
    for change in access(lambda store: store.pending_bundles()):
        try:
            found[decode(change.body, BundleRef).sha256] = change
        except msgspec.DecodeError:
            continue
    return found


def _install(access: StoreAccess, shelf: Installer, change: Change, content: bytes, heard: Heard) -> None:
    identity = access(lambda store: store.get_identity())
    try:
        shelf.install(content, read_keyset(identity.keyset, identity.root_public))
    except SupportPointError as error:
        if error.code != ALREADY_NEWER:
            heard.codes.append(error.code)
            return
    access(lambda store: store.note_bundle_installed(change.id, change.rev))
    heard.bundles += 1
