"""Send attachments: two at a time at most, resumed where the server stands, soon again after a cut."""

from __future__ import annotations

import logging
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from secrets import SystemRandom

from supportpoint.errors import SupportPointError
from supportpoint.store.access import StoreAccess
from supportpoint.store.values import BlobToSend
from supportpoint.sync.backoff import CUTS_ALLOWED, reconnect_delay_s
from supportpoint.sync.stops import StopWhen
from supportpoint.sync.transport import Stop, Transport

MAX_CONNECTIONS = 2
STALLS_ALLOWED = 3
FALSE_FROM_BYTES = 32 * 1024
"""More than a server has read and not yet written down: then TCP's word was not the server's."""
HASH_MISMATCH = 460
TOO_LARGE = 413
"""Of a body: our server takes any, a proxy before it may not."""
SPARES_OTHER_BLOBS = frozenset({"SP-506", "SP-202"})
"""May the other blobs go on? After these, with which our disk or the server refuses one blob.

Any other concerns the link or the server, and ends the uploads."""

log = logging.getLogger(__name__)
_chance = SystemRandom()


@dataclass(frozen=True)
class Upload:
    """How far one blob came. `gained` counts bytes the server gained; `error` is what ended it early."""

    blob: BlobToSend
    offset: int
    gained: int
    error: SupportPointError | None = None


def upload_blob(transport: Transport, blob: BlobToSend, offset: int | None, stop: Stop) -> Upload:
    """Send one blob as far as the link allows. Touches no store, so any thread may run it.

    Shape: `offset` None begins where the server stood when it last spoke of this blob.
    Errors are returned, not raised, with the progress.
    """
    run = _Run(transport, blob, stop)
    try:
        run.send(offset)
    except SupportPointError as error:
        return Upload(blob, run.known, run.gained, error)
    return Upload(blob, run.known, run.gained)


def blob_name(blob: BlobToSend) -> str:
    """Return what a log may call a blob."""
    return blob.sha256.hex()[:12]


class _Run:
    """One blob on its way. `known` is where the server said it stands, `_next` where to go on from.

    After a cut, `_next` is what TCP says has arrived: a guess that costs no question. The server passes
    over what it has already, and answers 409 with its own offset when the guess was too high.
    """

    def __init__(self, transport: Transport, blob: BlobToSend, stop: Stop) -> None:
        self.known = blob.offset
        self.gained = 0
        self._next = blob.offset
        self._transport = transport
        self._blob = blob
        self._stop = stop
        self._stalls = 0
        self._cuts = 0
        self._sent_in_vain = 0
        self._restarted = False

    def send(self, offset: int | None) -> None:
        if offset is not None:
            self.known = self._next = offset
        while self.known < self._blob.len and not self._stop.is_set():
            self._send_once()

    def _send_once(self) -> None:
        blob = self._blob
        begun = self._next
        try:
            reached = self._transport.send_blob(blob.sha256, blob.path, begun, blob.len, self._stop)
        except SupportPointError as error:
            self._after(error, begun)
            return
        if begun > self.known and begun - reached > FALSE_FROM_BYTES:
            self._transport.pace.note_false_acks()
        self._arrive(reached)

    def _after(self, error: SupportPointError, begun: int) -> None:
        """Decide where to go on after a failed request. Errors: the same one when there is no going on."""
        if self._may_restart(error):
            self._arrive(0)
            return
        if error.facts.get("status") == TOO_LARGE and self._transport.pace.note_too_large():
            return
        if error.code != "SP-501" or self._stop.is_set():
            raise error
        sent, acked = (error.facts.get(name) for name in ("sent_bytes", "acked_bytes"))
        self._transport.pace.note_cut()
        self._sent_in_vain += sent if isinstance(sent, int) else 0
        is_guess_good = isinstance(acked, int) and self._transport.pace.trusts_acks
        arrived = acked if isinstance(acked, int) and is_guess_good else 0
        self._next = begun + arrived
        log.info("cut blob=%s from=%d sent=%s acked=%s", blob_name(self._blob), begun, sent, acked)
        self._pause(error, at_once=arrived > 0)
        if not is_guess_good and sent:
            self._ask(error)

    def _pause(self, error: SupportPointError, *, at_once: bool = False) -> None:
        """Wait a little after a cut. Errors: `error` when there were too many, or when told to stop."""
        self._cuts += 1
        delay_s = 0.0 if at_once else reconnect_delay_s(self._cuts, _chance.random())
        if self._cuts > CUTS_ALLOWED or self._stop.wait(delay_s):
            raise error

    def _ask(self, cause: SupportPointError) -> None:
        """Ask the server where it stands, as long as the link is given a chance."""
        while True:
            try:
                self._arrive(self._transport.blob_offset(self._blob.sha256))
            except SupportPointError as error:
                if self._may_restart(error):
                    self._arrive(0)
                    return
                if error.code != "SP-501" or self._stop.is_set():
                    raise
                self._pause(cause)
            else:
                return

    def _may_restart(self, error: SupportPointError) -> bool:
        """Return whether this is the first time the server found other bytes than the address says."""
        is_first = error.facts.get("status") == HASH_MISMATCH and not self._restarted
        self._restarted = self._restarted or is_first
        return is_first

    def _arrive(self, offset: int) -> None:
        """Take the server's word on where it stands."""
        moved = offset - self.known
        if self._sent_in_vain:
            self._transport.pace.note_blob_lost(self._sent_in_vain, max(moved, 0))
            self._sent_in_vain = 0
        self.known = self._next = offset
        if moved > 0:
            self.gained += moved
            self._stalls = self._cuts = 0
        else:
            self._stalls += 1
        if self._stalls >= STALLS_ALLOWED:
            raise SupportPointError("SP-506", reason="upload does not move", status=0)


class Uploads:
    """The attachment half of one pass. `pool` brings the threads; without one they go in sequence."""

    def __init__(
        self, access: StoreAccess, transport: Transport, stop: Stop, *, pool: Executor | None = None
    ) -> None:
        self.gained = 0
        self.unconfirmed = 0
        """How many are whole at the server since the last look for more."""
        self.failure: SupportPointError | None = None
        """What ended them early, of `Transport`; then no other is begun."""
        self._left: list[BlobToSend] = []
        """What the server lacks, the first to go last."""
        self._begun: set[bytes] = set()
        self._running: set[Future[Upload]] = set()
        self._offsets: dict[bytes, int] = {}
        self._is_over = False
        self._access = access
        self._transport = transport
        self._stop = StopWhen(stop, lambda: self._is_over)
        self._pool = pool

    @property
    def is_busy(self) -> bool:
        """Whether one is under way, or has ended and was not waited for."""
        return bool(self._running)

    def look(self, fresh_offsets: dict[bytes, int]) -> None:
        """Look what the server lacks now; `fresh_offsets` is where it stood when it last spoke of each."""
        once: dict[bytes, BlobToSend] = {}
        for blob in self._access(lambda store: store.list_blobs_to_send()):
            if blob.sha256 not in self._begun:
                once.setdefault(blob.sha256, blob)
        self._left = list(reversed(once.values()))
        self._offsets = fresh_offsets
        self.unconfirmed = 0

    def begin(self, slots: int) -> None:
        """Begin as many as there is room for, the first ones first."""
        ended = [future for future in self._running if future.done()]
        for future in ended:
            self._note_failure(future.result())
        sending = len(self._running) - len(ended)
        most = MAX_CONNECTIONS if self._pool is not None else 1
        for _ in range(min(slots, most) - sending):
            if not self._left or self.failure or self._stop.is_set():
                return
            blob = self._left.pop()
            self._begun.add(blob.sha256)
            self._running.add(self._start(blob, self._offsets.get(blob.sha256)))

    def begin_beside(self, slots: int) -> None:
        """Begin one while answers are still being sent, on a thread of its own; without threads none."""
        if self._pool is not None:
            self.begin(min(slots, 1))

    def wait(self, timeout_s: float | None = None) -> None:
        """Wait until one has ended, `timeout_s` at most, and note what has."""
        done, self._running = wait(self._running, timeout_s, FIRST_COMPLETED)
        for future in done:
            self._note(future.result())

    def finish(self) -> None:
        """End those under way at their next block, and begin no other."""
        self._is_over = True
        wait(self._running)  # nobody sends once the pass has let go of its lock, whatever the store says next
        while self._running:
            self.wait()

    def forget(self) -> None:
        """Let what ended be begun once more: the server has lost it."""
        self._begun.clear()

    def _note_failure(self, upload: Upload) -> None:
        if upload.error is not None and upload.error.code not in SPARES_OTHER_BLOBS:
            self.failure = self.failure or upload.error

    def _start(self, blob: BlobToSend, offset: int | None) -> Future[Upload]:
        if self._pool is not None:
            return self._pool.submit(upload_blob, self._transport, blob, offset, self._stop)
        done: Future[Upload] = Future()
        done.set_result(upload_blob(self._transport, blob, offset, self._stop))
        return done

    def _note(self, upload: Upload) -> None:
        blob = upload.blob
        self._offsets[blob.sha256] = upload.offset
        self.gained += upload.gained
        self.unconfirmed += upload.offset >= blob.len
        self._access(lambda store: store.note_blob_offset(blob.sha256, min(upload.offset, blob.len)))
        self._note_failure(upload)
        if upload.error is None or upload.error.code not in SPARES_OTHER_BLOBS:
            return
        code = upload.error.code
        log.warning("upload ended blob=%s code=%s", blob_name(blob), code)
        if upload.error.facts.get("status") == HASH_MISMATCH:
            self._access(lambda store: store.set_aside(blob.item_id, code))
        else:
            self._access(lambda store: store.note_failure((blob.item_id,), code))
