"""One sync pass: push, drops, attachments, verdicts, pull, count, packages. It ends and starts no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from secrets import SystemRandom
from typing import Any

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.records import SyncReport
from supportpoint.store.access import StoreAccess
from supportpoint.sync.auditing import queue_audit
from supportpoint.sync.backoff import next_pass_delay_s, retry_after_delay_s
from supportpoint.sync.bundles import Installer, install_bundles
from supportpoint.sync.dropping import Dropping
from supportpoint.sync.exchange import Exchange
from supportpoint.sync.push import Push, count_queued
from supportpoint.sync.resync import compare
from supportpoint.sync.stops import StopWhen
from supportpoint.sync.transport import Stop, Transport
from supportpoint.sync.uploads import Uploads

MAX_PULL_PAGES = 1000
CONFIRM_AT = 4
"""After so many attachments their items' verdict is asked for while others are sent."""
ANSWERS_WAIT_S = 2.0
"""How long an answer that comes up meanwhile may go unnoticed."""
ROUND_TRIPS = "round_trips"
"""Fact of a report that ended early: how often our server answered before that."""

log = logging.getLogger(__name__)
_chance = SystemRandom()


def run_pass(  # noqa: PLR0913 - the seams of one pass, two of them optional
    access: StoreAccess,
    transport: Transport,
    shelf: Installer,
    *,
    clock: Clock,
    stop: Stop,
    pool: Executor | None = None,
) -> SyncReport:
    """Do one pass and say what it did; a failure is a code in the report, not an exception.

    Shape:  `pool` brings the threads for attachments, two at most are used; without one they are
            sent one after the other on this thread. The store is only reached from this thread.
    Units:  `next_in_s` of the report is the server's wish after a clean pass, and how long a busy
            server asked us to wait after SP-505; other failures leave the wait to the caller.
    Errors: SP-508 in the report when a pass over this data folder runs already. SP-2xx of the store and
            SP-102 are raised: they are no state of the network.
    Source: docs/sync.md
    """
    lock = access(lambda store: store.sync_lock())
    try:
        lock.take()
    except SupportPointError as error:
        if error.code != "SP-508":
            raise
        return SyncReport(code=error.code)
    with lock:
        return _Pass(access, transport, shelf, clock, stop, pool).run()


@dataclass
class _Pass:
    access: StoreAccess
    transport: Transport
    shelf: Installer
    clock: Clock
    stop: Stop
    pool: Executor | None
    facts: dict[str, str] = field(default_factory=dict)
    fetched: int = 0
    """Rows that a comparison brought."""
    queued: int = 0
    """Items that the last push left for another pass."""

    def run(self) -> SyncReport:
        self.exchange = Exchange(self.access, self.transport, self.clock)
        self.uploads = Uploads(self.access, self.transport, self.stop, pool=self.pool)
        error: SupportPointError | None = None
        queue_audit(self.access, self.clock)
        try:
            for stage in (
                self._push,
                self._drop,
                self._upload,
                self._compare,
                self._pull,
                self._check,
                self._install,
            ):
                if self.stop.is_set():
                    break
                error = _attempt(stage)
                if error is not None:
                    break
        finally:
            self.uploads.finish()
        if error is not None and error.code == "SP-504":
            self.access(lambda store: store.note_audit("refused", once=True))
        return self._report(error)

    def _push(self) -> None:
        push = Push(self.access, self.transport, self.exchange, self.stop, self._look_beside)
        push.run()
        self.queued = push.left

    def _look_beside(self) -> None:
        """Let an attachment fill the line while the next batch is made and its answer awaited."""
        if not self.uploads.is_busy:
            self.uploads.look(self.exchange.fresh_offsets)
        self.uploads.begin_beside(self.exchange.tally.blob_slots)

    def _drop(self) -> None:
        Dropping(self.access, self.transport, self.exchange, self.stop).run()

    def _upload(self) -> None:
        """Send attachments; hear the verdict on those that are whole, and send answers that come up."""
        uploads = self.uploads
        uploads.look(self.exchange.fresh_offsets)
        while not self.stop.is_set():
            uploads.begin(self.exchange.tally.blob_slots)
            is_last = not uploads.is_busy
            if is_last and uploads.failure is not None:
                raise uploads.failure
            if is_last and not uploads.unconfirmed:
                return
            uploads.wait(ANSWERS_WAIT_S)
            if is_last or uploads.unconfirmed >= CONFIRM_AT or self._has_answers():
                uploads.begin_beside(self.exchange.tally.blob_slots)  # or the line stands idle meanwhile
                self._push()
                uploads.look(self.exchange.fresh_offsets)

    def _has_answers(self) -> bool:
        """Return whether answers came up since the last push."""
        return count_queued(self.access) > self.queued

    def _pull(self) -> None:
        for _ in range(MAX_PULL_PAGES):
            if not self.exchange.tally.more or self.stop.is_set():
                return
            before = self.access(lambda store: store.get_cursor())
            reply, _ = self.exchange.send_through_cuts((), self.stop)
            if reply.cursor <= before:
                return

    def _compare(self) -> None:
        if self.exchange.tally.must_compare:
            self.fetched = compare(self.access, self.transport, self.stop)

    def _check(self) -> None:
        """Count at the end: what we know to be complete is complete there, or it is offered again."""
        known = self.access(lambda store: store.count_complete())
        if not 0 <= self.exchange.tally.complete < known or self.stop.is_set():
            return
        log.warning("count check: complete here=%d there=%d", known, self.exchange.tally.complete)
        _, applied = self.exchange.send(complete=known)
        self.facts["offered_again"] = str(applied.requeued)
        if applied.requeued:
            self.uploads.forget()
            self._push()
            self._upload()

    def _install(self) -> None:
        stop = StopWhen(self.stop, self._has_answers)  # they woke the loop: the next pass goes on here
        refused = install_bundles(self.access, self.transport, self.shelf, stop)
        if refused:
            self.facts["bundles_refused"] = " ".join(refused)

    def _report(self, error: SupportPointError | None) -> SyncReport:
        tally = self.exchange.tally
        next_in_s = next_pass_delay_s(tally.next_sync_s)
        if error is not None:
            self.facts |= {name: str(fact) for name, fact in error.facts.items()}
            self.facts[ROUND_TRIPS] = str(tally.round_trips)
            asked = error.facts.get("retry_after_s")
            if isinstance(asked, int):
                next_in_s = retry_after_delay_s(asked, _chance.random())
        report = SyncReport(
            pushed=tally.pushed,
            completed=tally.completed,
            blob_bytes=self.uploads.gained,
            changes=tally.changes + self.fetched,
            code=error.code if error is not None else "",
            next_in_s=next_in_s,
            facts=self.facts,
        )
        log.info(
            "pass pushed=%d completed=%d blob_bytes=%d changes=%d code=%s",
            report.pushed,
            report.completed,
            report.blob_bytes,
            report.changes,
            report.code or "-",
        )
        return report


def _attempt(stage: Callable[[], Any]) -> SupportPointError | None:
    """Run one stage; return what the network did to it, and let every other failure pass on."""
    try:
        stage()
    except SupportPointError as error:
        if not error.code.startswith("SP-5"):
            raise
        return error
    return None
