"""Deliver the relayed lane over this machine's own link, and keep what the server answers."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from supportpoint.courier.heads import read_head
from supportpoint.courier.relay import Relayed, RelayLane
from supportpoint.courier_messages import CourierReply, CourierRequest
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item, Result
from supportpoint.store.values import BlobToSend
from supportpoint.sync.transport import Stop, Transport
from supportpoint.sync.uploads import SPARES_OTHER_BLOBS, upload_blob

BATCH_ITEMS = 50
BATCH_BYTES = 128 * 1024
MAX_PAGES = 100
SPARES_OTHER_LETTERS = frozenset({"SP-506", "SP-905"})
"""May the other letters go on? After these: the server refuses one letter, or this disk has spoiled it."""
UNREADABLE = frozenset({400, 413})
UNREADABLE_HERE = "SP-202"

log = logging.getLogger(__name__)


class CourierTransport(Transport, Protocol):
    """A transport that can also bring what others wrote."""

    def courier(self, request: CourierRequest) -> CourierReply:
        """Bring items of another device. Errors: those of `Transport`."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery did. `code` is "" or what ended it early; the rest waits for the next pass."""

    letters: int = 0
    items: int = 0
    blob_bytes: int = 0
    code: str = ""


def deliver(lane: RelayLane, transport: CourierTransport, stop: Stop) -> Delivered:
    """Deliver every letter that waits, the oldest first; repeating it is harmless.

    A letter that the server refuses keeps no other letter waiting.
    Errors: SP-202 when an answer cannot be kept.
    """
    waiting = [letter for letter in lane.letters() if letter.is_waiting]
    if not waiting:
        return Delivered()
    letters = items = blob_bytes = 0
    code = ""
    try:
        with lane.lock():
            for letter in waiting:
                run = _Run(letter, transport, stop)
                try:
                    run.deliver()
                    letters += run.is_delivered
                except SupportPointError as error:
                    code = error.code
                    if code not in SPARES_OTHER_LETTERS:
                        raise
                    if error.facts.get("status") in UNREADABLE:  # signed by our server: no letter at all
                        letter.keep_answers([], is_delivered=True)
                except OSError:  # a file of the lane that this disk gives back no more: the others go on
                    code = UNREADABLE_HERE
                finally:
                    items += run.items
                    blob_bytes += run.blob_bytes
    except SupportPointError as error:
        if not error.code.startswith("SP-5"):
            raise
        code = error.code
    log.info("relayed letters=%d items=%d blob_bytes=%d code=%s", letters, items, blob_bytes, code or "-")
    return Delivered(letters, items, blob_bytes, code)


class _Run:
    """One letter: items, the attachments that the server asks for, items again for the last word."""

    def __init__(self, letter: Relayed, transport: CourierTransport, stop: Stop) -> None:
        self.items = 0
        self.blob_bytes = 0
        self.is_delivered = False
        self._letter = letter
        self._transport = transport
        self._stop = stop
        self._head_bytes = b""
        self._place = ("", 0)
        self._more = False

    def deliver(self) -> None:
        self._head_bytes = self._letter.head_bytes
        head = read_head(self._head_bytes)
        self._place = (head.epoch, head.cursor)
        answers, results = self._push()
        for item, blobs in self._lacking(results):
            for blob in blobs:
                self._upload(blob, item)
        if self.blob_bytes:
            again, results = self._push()
            answers += again
        answers += self._pull()
        self.is_delivered = not self._lacking(results)
        self._letter.keep_answers(answers, is_delivered=self.is_delivered)

    def _push(self) -> tuple[list[bytes], dict[str, Result]]:
        answers: list[bytes] = []
        results: dict[str, Result] = {}
        count = 0
        for batch in _batches(self._letter.items()):
            count += len(batch)
            reply = self._ask(batch)
            answers.append(reply.answer)
            results |= {result.id: result for result in reply.results}
        self.items = count
        if not count:
            answers.append(self._ask(()).answer)
        return answers, results

    def _pull(self) -> list[bytes]:
        answers = []
        for _ in range(MAX_PAGES):
            if not self._more or self._stop.is_set():
                break
            answers.append(self._ask(()).answer)
        return answers

    def _ask(self, items: tuple[Item, ...]) -> CourierReply:
        epoch, cursor = self._place
        request = CourierRequest(letter=self._head_bytes, epoch=epoch, cursor=cursor, items=items)
        reply = self._transport.courier(request)
        self._place = (reply.epoch, reply.cursor)
        self._more = reply.more
        return reply

    def _lacking(self, results: dict[str, Result]) -> list[tuple[str, list[BlobToSend]]]:
        """Return what the server asked for and the letter brought, by item."""
        found = []
        for result in results.values():
            blobs = []
            for need in result.need:
                path = self._letter.find_blob(need.sha256)
                if path is not None:
                    size = path.stat().st_size
                    blobs.append(BlobToSend(need.sha256, size, need.offset, path, result.id))
            if blobs:
                found.append((result.id, blobs))
        return found

    def _upload(self, blob: BlobToSend, item_id: str) -> None:
        if self._stop.is_set():
            raise SupportPointError("SP-501", reason="stopped")
        done = upload_blob(self._transport, blob, blob.offset, self._stop)
        self.blob_bytes += done.gained
        if done.error is not None:
            log.warning("relayed attachment of %s: %s", item_id, done.error.code)
            if done.error.code not in SPARES_OTHER_BLOBS:
                raise done.error


def _batches(items: Iterable[Item]) -> Iterable[tuple[Item, ...]]:
    batch: list[Item] = []
    size_bytes = 0
    for item in items:
        if batch and (len(batch) == BATCH_ITEMS or size_bytes + len(item.envelope) > BATCH_BYTES):
            yield tuple(batch)
            batch, size_bytes = [], 0
        batch.append(item)
        size_bytes += len(item.envelope)
    if batch:
        yield tuple(batch)
