"""Send attachments: smallest remainder first, two at a time at most, resumed where the server stands."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass

from supportpoint.errors import SupportPointError
from supportpoint.store.access import StoreAccess
from supportpoint.store.values import BlobToSend
from supportpoint.sync.transport import Stop, Transport

MAX_CONNECTIONS = 2
STALLS_ALLOWED = 3
HASH_MISMATCH = 460
OWN_FAULT = frozenset({"SP-506", "SP-202"})
"""Errors that concern one blob; any other concerns the link or the server, and ends the uploads."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """How far one blob came. `sent` counts bytes the server gained; `error` is what ended it early."""

    blob: BlobToSend
    offset: int
    gained: int
    error: SupportPointError | None = None


def upload_blob(transport: Transport, blob: BlobToSend, offset: int | None, stop: Stop) -> Upload:
    """Send one blob as far as the link allows. Touches no store, so any thread may run it.

    Shape: `offset` None asks the server first. Errors are returned, not raised, with the progress.
    """
    run = _Run(transport, blob, stop)
    try:
        run.send(offset)
    except SupportPointError as error:
        return Upload(blob, run.offset, run.gained, error)
    return Upload(blob, run.offset, run.gained)


class _Run:
    def __init__(self, transport: Transport, blob: BlobToSend, stop: Stop) -> None:
        self.offset = blob.offset
        self.gained = 0
        self._transport = transport
        self._blob = blob
        self._stop = stop
        self._stalls = 0
        self._restarted = False

    def send(self, offset: int | None) -> None:
        blob = self._blob
        self.offset = self._ask_offset() if offset is None else offset
        while self.offset < blob.len and not self._stop.is_set():
            self._advance(self._send_once())

    def _send_once(self) -> int:
        blob = self._blob
        try:
            return self._transport.send_blob(blob.sha256, blob.path, self.offset, blob.len, self._stop)
        except SupportPointError as error:
            if self._may_restart(error):
                return 0
            if error.code != "SP-501" or self._stop.is_set():
                raise
            reached = self._ask_offset()
            sent = error.facts.get("sent_bytes")
            self._transport.pace.note_blob_lost(sent if isinstance(sent, int) else 0, reached - self.offset)
            return reached

    def _ask_offset(self) -> int:
        try:
            return self._transport.blob_offset(self._blob.sha256)
        except SupportPointError as error:
            if self._may_restart(error):
                return 0
            raise

    def _may_restart(self, error: SupportPointError) -> bool:
        """Return whether this is the first time the server found other bytes than the address says."""
        is_first = error.facts.get("status") == HASH_MISMATCH and not self._restarted
        self._restarted = self._restarted or is_first
        return is_first

    def _advance(self, offset: int) -> None:
        if offset > self.offset:
            self.gained += offset - self.offset
            self._stalls = 0
        else:
            self._stalls += 1
        self.offset = offset
        if self._stalls >= STALLS_ALLOWED:
            raise SupportPointError("SP-506", reason="upload does not move", status=0)


def _remaining(blob: BlobToSend) -> int:
    return blob.len - blob.offset


class Uploads:
    """The attachment half of one pass. `pool` brings the threads; without one they go in sequence."""

    def __init__(
        self, access: StoreAccess, transport: Transport, stop: Stop, *, pool: Executor | None = None
    ) -> None:
        self.gained = 0
        self.finished = 0
        self._access = access
        self._transport = transport
        self._stop = stop
        self._pool = pool

    def run(self, slots: int, fresh_offsets: dict[bytes, int]) -> None:
        """Send every attachment that the server asked for.

        Errors: those of `Transport` that concern the link, after every progress was noted.
        """
        waiting = self._access(lambda store: store.list_blobs_to_send())
        once = {blob.sha256: blob for blob in reversed(waiting)}.values() if slots > 0 else ()
        jobs = [(blob, fresh_offsets.get(blob.sha256)) for blob in sorted(once, key=_remaining)]
        failure: SupportPointError | None = None
        for upload in self._uploads(jobs, min(slots, MAX_CONNECTIONS)):
            self._note(upload)
            if upload.error is not None and upload.error.code not in OWN_FAULT:
                failure = failure or upload.error
        if failure is not None:
            raise failure

    def _uploads(self, jobs: list[tuple[BlobToSend, int | None]], slots: int) -> Iterator[Upload]:
        if self._pool is None:
            for blob, offset in jobs:
                upload = upload_blob(self._transport, blob, offset, self._stop)
                yield upload
                if not self._may_go_on(upload):
                    return
            return
        running: set[Future[Upload]] = set()
        open_for_more = True
        while (jobs and open_for_more) or running:
            while jobs and open_for_more and len(running) < slots:
                blob, offset = jobs.pop(0)
                running.add(self._pool.submit(upload_blob, self._transport, blob, offset, self._stop))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                upload = future.result()
                open_for_more = open_for_more and self._may_go_on(upload)
                yield upload

    def _may_go_on(self, upload: Upload) -> bool:
        link_is_up = upload.error is None or upload.error.code in OWN_FAULT
        return link_is_up and not self._stop.is_set()

    def _note(self, upload: Upload) -> None:
        self.gained += upload.gained
        self.finished += upload.offset >= upload.blob.len
        blob = upload.blob
        self._access(lambda store: store.note_blob_offset(blob.sha256, min(upload.offset, blob.len)))
        if upload.error is None or upload.error.code not in OWN_FAULT:
            return
        code = upload.error.code
        log.warning("upload ended blob=%s code=%s", blob.sha256.hex()[:12], code)
        if upload.error.facts.get("status") == HASH_MISMATCH:
            self._access(lambda store: store.set_aside(blob.item_id, code))
        else:
            self._access(lambda store: store.note_failure((blob.item_id,), code))
