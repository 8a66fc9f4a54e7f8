"""Letters that arrive on a stick: taken by the road of every push, answered on the same stick."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec

from supportpoint.clock import local_day
from supportpoint.courier.archive import (
    ANSWERS,
    BLOBS,
    BUNDLES,
    ITEMS,
    MAX_TOTAL_BYTES,
    ArchiveReader,
    Entry,
    Part,
    make_part,
)
from supportpoint.courier.heads import ANSWERS as ANSWERS_KIND
from supportpoint.courier.heads import VERSION, check_contents, make_file, read_answer
from supportpoint.courier.stick import free_bytes, make_name, open_file, write_file
from supportpoint.courier_messages import CourierHead, CourierReply
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BundleRef, Result, Status, Stream, decode
from supportpoint.server.intake.courier import Sender, answer_letter, find_sender
from supportpoint.server.intake.uploads import find_blob
from supportpoint.server.registry.files import is_whole, read_stored
from supportpoint.server.registry.keys import server_key
from supportpoint.server.registry.models import Bundle, Device
from supportpoint.server.registry.moment import CLOCK, now
from supportpoint.server.registry.province import PROVINCE_CODE
from supportpoint.server.registry.whole import store_whole

CARRIER = "stick"
BATCH_ITEMS = 50
MAX_PAGES = 300
"""Of about 128 KiB: what one answers file may hold; the cursor says where the next stick goes on."""
NOT_ASKED_FOR = "SP-803"

log = logging.getLogger(__name__)


@dataclass
class Taken:
    """What a letter brought: verdicts by status, attachments taken in, entries lost to damage."""

    verdicts: dict[str, int] = field(default_factory=dict)
    blobs: int = 0
    lost: int = 0
    answers: list[bytes] = field(default_factory=list)


class _Letter:
    """One letter on its way in. The carrier is nobody: the items speak for themselves."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self.taken = Taken()
        self.raws: list[msgspec.Raw] = []
        self._place = (sender.head.epoch, sender.head.cursor)
        self._more = False
        self._carrier = Device(id=CARRIER, province_code=PROVINCE_CODE)

    def push(self) -> None:
        """Push all items; what the server says last is what travels back."""
        results: list[Result] = []
        self.taken.answers = []
        for first in range(0, max(len(self.raws), 1), BATCH_ITEMS):
            results += self._ask(tuple(self.raws[first : first + BATCH_ITEMS])).results
        self.taken.verdicts = {
            status.value: count
            for status in Status
            if (count := sum(result.status == status for result in results))
        }

    def pull(self) -> None:
        """Add what is new for the letter's device beyond what came with the verdicts."""
        for _ in range(MAX_PAGES):
            if not self._more:
                return
            self._ask(())

    def _ask(self, raws: tuple[msgspec.Raw, ...]) -> CourierReply:
        reply = answer_letter(self.sender, raws, self._carrier, *self._place)
        self._place, self._more = (reply.epoch, reply.cursor), reply.more
        self.taken.answers.append(reply.answer)
        return reply


def take_letter(path: Path) -> tuple[Sender, Taken]:
    """Take a letter in. Repeating it, in part or after the network, changes nothing.

    What is damaged is left out and counted: every item stands for itself, and its kiosk keeps all of them.
    Errors: SP-903, SP-905, SP-906, and nothing was taken.
    """
    with open_file(path) as reader:
        sender = find_sender(reader.head)
        check_contents(sender.head, reader.contents)
        letter = _Letter(sender)
        _take_parts(reader, letter)
    letter.pull()
    log.info("letter of %s: %s", sender.head.device, letter.taken.verdicts)
    return sender, letter.taken


def _take_parts(reader: ArchiveReader, letter: _Letter) -> None:
    is_pushed = False
    for entry, content in reader.parts():
        if entry.folder == ITEMS and not is_pushed:
            letter.raws.append(msgspec.Raw(content))
        elif entry.folder == BLOBS:
            if not is_pushed:
                letter.push()
                is_pushed = True
            letter.taken.blobs += take_blob(entry.sha256, content)
    if letter.taken.blobs or not is_pushed:
        first_pages = letter.taken.answers
        letter.push()
        letter.taken.answers = first_pages + letter.taken.answers  # the first ones hold the news
    letter.taken.lost = reader.lost


def take_blob(sha256: bytes, content: bytes) -> bool:
    """Store an attachment that an item asked for, however much of it the network brought before.

    Shape:  False when nobody asked, or it is whole already. `content` was seen to have this hash.
    """
    try:
        blob = find_blob(sha256, len(content))
    except SupportPointError as error:
        if error.code != NOT_ASKED_FOR:
            raise
        return False
    if blob.done:
        return False
    store_whole(blob, content)
    return True


def write_answers(sender: Sender, taken: Taken, folder: Path) -> Path:
    """Put the answers to a letter beside it, with the packages its device lacks as far as there is room.

    Errors: SP-901 to SP-905 as `stick.write_file`; what was taken in stays taken in.
    """
    parts = [make_part(ANSWERS, f"{number:08x}", content) for number, content in enumerate(taken.answers)]
    room_bytes = min(free_bytes(folder) // 2, MAX_TOTAL_BYTES // 2)
    for part in _bundle_parts(sender, taken):
        if part.entry.size <= room_bytes:
            room_bytes -= part.entry.size
            parts.append(part)
    head = CourierHead(
        version=VERSION,
        kind=ANSWERS_KIND,
        id=sender.head.id,
        device="",
        server=server_key().kid,
        province=sender.head.province,
        made_on=local_day(now()).isoformat(),
    )
    path = folder / make_name(head)
    write_file(path, make_file(head, parts, server_key()), CLOCK)
    return path


def _bundle_parts(sender: Sender, taken: Taken) -> Iterator[Part]:
    announced = set(sender.head.wants)
    for signed in taken.answers:
        for change in read_answer(signed, server_key().public).changes:
            if change.stream == Stream.BUNDLE and not change.tombstone:
                announced.add(decode(change.body, BundleRef).sha256)
    for bundle in Bundle.objects.filter(sha256__in=announced).order_by("size"):
        sha256, name = bytes(bundle.sha256), bundle.stored_name
        if not is_whole(name, bundle.size, sha256):
            continue  # it is announced still, and goes with a later stick
        entry = Entry(name=f"{BUNDLES}/{sha256.hex()}", size=bundle.size, sha256=sha256)
        yield Part(entry, partial(read_stored, name))
