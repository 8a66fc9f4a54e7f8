"""The kiosk's side of the sync loop: identity, the loop's thread, and what it says to the pages."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from supportpoint.clock import Clock
from supportpoint.content.shelf import Shelf
from supportpoint.courier.delivery import deliver
from supportpoint.courier.relay import RelayLane
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.tasks import LoopThread, StoreTasks, make_blob_pool
from supportpoint.records import DeviceIdentity, SyncReport
from supportpoint.sealing.keyset import read_keyset
from supportpoint.store.keys import load_or_make_keys
from supportpoint.sync.download import DOWNLOADS
from supportpoint.sync.http import HttpTransport
from supportpoint.sync.loop import SyncLoop, SyncState
from supportpoint.sync.passes import run_pass
from supportpoint.sync.stops import StopWhen
from supportpoint.sync.upkeep import Kept, keep_up, keep_up_until

logger = logging.getLogger(__name__)


class ServerLink(QObject):
    """Starts the sync loop once the machine is enrolled. A failed sync is a state, never an error page.

    `changed` comes on the main thread after each pass; `identityFound` once, with the identity or None.
    """

    changed = Signal(object)
    identityFound = Signal(object)
    _said = Signal(object)

    def __init__(self, tasks: StoreTasks, shelf: Shelf, data_dir: Path, clock: Clock) -> None:
        super().__init__()
        self._tasks, self._shelf, self._data_dir, self._clock = tasks, shelf, data_dir, clock
        self._stop = threading.Event()
        self._loop: SyncLoop | None = None
        self._thread: LoopThread | None = None
        self._transport: HttpTransport | None = None
        self._upkeep: LoopThread | None = None
        self._pool: Executor | None = None
        self._said.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    def open(self, *, with_sync: bool) -> None:
        """Read the identity and check every installed package; then start the loop if it is wanted."""

        def work() -> DeviceIdentity | None:
            identity = self._tasks(lambda store: store.find_identity())
            if identity is not None:
                self._shelf.verify_all(read_keyset(identity.keyset, identity.root_public))
            return identity

        self._tasks.compute(work, lambda found: self._found(found, with_sync=with_sync))

    def keep_up(self, draft_kept: timedelta) -> None:
        """Back up, end what is old and hold room back from now on, with or without a server."""

        def round_() -> Kept:
            return keep_up(
                self._tasks,
                self._shelf,
                draft_kept=draft_kept,
                give_up=self._stop.is_set,
                holds_room=True,
            )

        self._upkeep = LoopThread("upkeep", lambda: keep_up_until(self._stop, round_), self._stop)
        self._upkeep.start()

    def wake(self) -> None:
        """Run a pass now, if there is a loop."""
        if self._loop is not None:
            self._loop.wake()

    def watch(self, *, is_watched: bool) -> None:
        """Say whether a person waits for the sending page or the receipt."""
        if self._loop is not None:
            self._loop.watch(is_watched=is_watched)

    def close(self) -> None:
        """End the loop and its connections."""
        self._stop.set()
        if self._loop is not None:
            self._loop.close()
        for thread in (self._thread, self._upkeep):
            if thread is not None:
                thread.close()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        if self._transport is not None:
            self._transport.close()

    def _found(self, identity: DeviceIdentity | None, *, with_sync: bool) -> None:
        self.identityFound.emit(identity)
        if identity is not None and with_sync and identity.server_url:
            self._start(identity)

    def _start(self, identity: DeviceIdentity) -> None:
        keys = load_or_make_keys(self._data_dir)
        transport = HttpTransport(
            identity,
            keys.sign,
            stop=self._stop,
            clock=self._clock,
            downloads=self._data_dir / DOWNLOADS,
        )
        pool = self._pool = make_blob_pool()
        loop = SyncLoop(
            lambda: self._pass(transport, pool),
            stop=self._stop,
            on_state=self._said.emit,
        )
        self._transport, self._loop = transport, loop
        self._thread = LoopThread("sync", loop.run, self._stop)
        self._thread.start()

    def _pass(self, transport: HttpTransport, pool: Executor) -> SyncReport:
        report = run_pass(self._tasks, transport, self._shelf, clock=self._clock, stop=self._stop, pool=pool)
        if report.is_clean:  # others' letters come after our own
            try:
                stop = StopWhen(self._stop, lambda: self._loop is not None and self._loop.is_woken)
                deliver(RelayLane(self._data_dir), transport, stop)
            except SupportPointError as error:
                logger.info("nothing delivered for others: %s", error.code)
        return report

    def _heard(self, state: SyncState) -> None:
        self.changed.emit(state)
