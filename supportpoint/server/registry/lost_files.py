"""Files that the database calls whole and the store has not: noticed, told, and asked of the kiosks again.

Source: docs/decisions/0018-lost-files.md
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Status
from supportpoint.server.registry.alarms import AlarmKind, raise_alarm
from supportpoint.server.registry.backed_up import get_backed_up_through
from supportpoint.server.registry.bundles import try_again
from supportpoint.server.registry.files import (
    NOT_THERE,
    has_store,
    is_whole,
    make_name,
    mark_store,
    read_stored,
)
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.marks import begin_epoch, is_restored
from supportpoint.server.registry.models import Blob, Bundle, CasePhoto, Item, ItemBlob
from supportpoint.server.registry.moment import now
from supportpoint.server.registry.whole import FOLDER, store_whole

NEWEST = 1000
AT_ONCE = 500
KEPT_BY_KIOSKS = timedelta(days=90)
"""How long a kiosk keeps what is complete, at least. Source: docs/decisions/0013-store-repair.md"""
FILE_GONE = "SP-803"
"""Why a photo is held whose file was gone before anybody noticed."""

M = TypeVar("M", bound=Model)

log = logging.getLogger(__name__)


@dataclass
class Looked:
    """What a round over the files found.

    Shape:  `files` were looked at, `lost` of them are asked for again, `found` awaited ones lay in the store,
            `copies` are opened pictures that are made again, `packages` names those without their file.
            `awaited` and `let_go` count what is still not back: `let_go` is what the kiosks were allowed to
            delete, so that perhaps a backup alone has it.
    """

    files: int = 0
    lost: int = 0
    found: int = 0
    copies: int = 0
    packages: list[str] = field(default_factory=list)
    awaited: int = 0
    let_go: int = 0


def need_store() -> None:
    """Return quietly when the store of the files is there; one from before there were marks gets its own.

    Errors: SP-110 when none of the files that the database knows is there.
    """
    if has_store():
        return
    known = _list_known()
    first = next(known, None)
    if first is not None and not any(is_whole(*one) for one in (first, *known)):
        raise SupportPointError(NOT_THERE)
    mark_store()


def let_go_until() -> datetime:
    """Return up to which moment kiosks may have let go of what came: old, and in a checked backup."""
    return min(now() - KEPT_BY_KIOSKS, datetime.fromtimestamp(get_backed_up_through(), UTC))


def look_after_files() -> Looked | None:
    """Look at all files when the database or the store was put back, else at the newest; None if all is well.

    Call it before `turn_mark`, which makes a restore be forgotten.
    Errors: SP-110.
    """
    need_store()
    newest = Blob.objects.filter(done=True).order_by("-pk")[:NEWEST]
    if is_restored() or any(not _is_here(blob) for blob in newest):
        return look_at_all()
    _note_packages()
    return None


def look_at_all(*, reads: bool = False) -> Looked:
    """Look at every file, with `reads` also at its bytes; ask for what is lost, and tell the province.

    Errors: SP-110.
    """
    need_store()
    looked = Looked(found=_take_found())
    lost = []
    for blob in _pages(Blob.objects.filter(done=True)):
        looked.files += 1
        if not _is_here(blob, reads=reads):
            lost.append(blob.pk)
    looked.lost = _ask_again(lost, reads=reads) if lost else 0
    looked.copies = _open_again(reads=reads)
    looked.packages = _note_packages(reads=reads)
    if not looked.packages:
        try_again()
    looked.awaited, looked.let_go = count_lacking()
    if looked.lost:
        raise_alarm(AlarmKind.FILES_LOST, "", lost=looked.lost, awaited=looked.awaited, let_go=looked.let_go)
    log.info("looked at the files: %s", looked)
    return looked


def count_lacking() -> tuple[int, int]:
    """Return how many files of once complete items are not back: awaited, and perhaps let go by kiosks."""
    until = let_go_until()
    places = ItemBlob.objects.filter(item__lost_at__isnull=False, blob__done=False)
    awaited, old = set[int](), set[int]()
    for blob_id, received_at in places.values_list("blob_id", "item__received_at"):
        (old if received_at <= until else awaited).add(blob_id)
    return len(awaited), len(old - awaited)


def _list_known() -> Iterator[tuple[str, int | None, bytes]]:
    for bundle in Bundle.objects.order_by("-pk"):
        yield bundle.stored_name, bundle.size, bytes(bundle.sha256)
    for blob in Blob.objects.filter(done=True).order_by("-pk").iterator(AT_ONCE):
        yield blob.stored_name, blob.size, bytes(blob.sha256)


def _is_here(blob: Blob, *, reads: bool = False) -> bool:
    return is_whole(blob.stored_name, blob.size, bytes(blob.sha256), reads=reads)


def _pages(rows: QuerySet[M]) -> Iterator[M]:
    """Yield rows by key, a page at a time: no transaction and no cursor stays open meanwhile."""
    after = 0
    while page := list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield from page
        after = page[-1].pk


def _ask_again(blob_ids: list[int], *, reads: bool) -> int:
    """Let lost files stand at 0, their items be incomplete and every device compare: all of it or nothing."""
    count, moment = 0, now()
    with single_writer():
        for first in range(0, len(blob_ids), AT_ONCE):
            rows = Blob.objects.select_for_update().filter(
                pk__in=blob_ids[first : first + AT_ONCE], done=True
            )
            lost = [blob.pk for blob in rows.order_by("pk") if not _is_here(blob, reads=reads)]
            count += Blob.objects.filter(pk__in=lost).update(
                done=False, received=0, writer="", stored_name=""
            )
            waiting = Item.objects.filter(item_blobs__blob__in=lost, status=Status.COMPLETE)
            waiting.update(status=Status.STORED, lost_at=moment)
        if count:
            begin_epoch()
    return count


def _take_found() -> int:
    """Take in awaited files that lie in the store: put back from a backup, or seen again."""
    awaited = Blob.objects.filter(done=False, item_blobs__item__lost_at__isnull=False).distinct()
    count = 0
    for blob in _pages(awaited):
        name, address = make_name(FOLDER, bytes(blob.sha256)), bytes(blob.sha256)
        if not is_whole(name, blob.size, address):
            continue
        content = read_stored(name)
        if hashlib.sha256(content).digest() == address:
            store_whole(blob, content)
            count += 1
    return count


def _open_again(*, reads: bool) -> int:
    """Let the opener make lost opened copies again, once their sealed files are here."""
    CasePhoto.objects.filter(opening_code=FILE_GONE).update(opening_code="")
    lost = [
        photo.pk
        for photo in _pages(CasePhoto.objects.exclude(stored_name=""))
        if not is_whole(photo.stored_name, None, _address(photo.stored_name), reads=reads)
    ]
    for first in range(0, len(lost), AT_ONCE):
        CasePhoto.objects.filter(pk__in=lost[first : first + AT_ONCE]).update(stored_name="")
    return len(lost)


def _address(name: str) -> bytes:
    return bytes.fromhex(name.rpartition("/")[2])


def _note_packages(*, reads: bool = False) -> list[str]:
    lost = [
        bundle
        for bundle in Bundle.objects.order_by("pk")
        if not is_whole(bundle.stored_name, bundle.size, bytes(bundle.sha256), reads=reads)
    ]
    return [note_package(bundle) for bundle in lost]


def note_package(bundle: Bundle) -> str:
    """Let the province know that the file of a package is not here; return the package's name."""
    name = f"{bundle.kind}:{bundle.ref}"
    raise_alarm(
        AlarmKind.PACKAGE_LOST, "", f"{name[:64]}:{bundle.version}", sha256=bytes(bundle.sha256).hex()
    )
    return f"{name}:{bundle.version}"
