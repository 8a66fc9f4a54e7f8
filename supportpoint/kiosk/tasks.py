"""The only thread code of the kiosk: the store's executor, the sync loop's thread, and two for uploads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from supportpoint.errors import SupportPointError
from supportpoint.store.store import Store

logger = logging.getLogger(__name__)

T = TypeVar("T")
UNEXPECTED = "SP-105"
DAMAGED = "SP-210"


class StoreTasks(QObject):
    """Owns the store on one thread; everybody else asks it to run a piece of work there.

    `run` returns at once and delivers the outcome on the main thread. Calling the object itself waits
    for the outcome: that is the store access of the sync loop, and works from the store thread too.
    Work that meets damage is done once more on the store opened anew, which repairs it on the way.
    """

    failed = Signal(str)
    """The code of a piece of work whose caller gave no `failed`."""
    _delivered = Signal(object)

    def __init__(self, open_store: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="store", initializer=self._note_thread)
        self._open_store = open_store
        self._store: Store | None = None
        self._thread_id = 0
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[Store], T]) -> T:
        """Run work on the store thread and wait for its result; its errors come through."""
        if threading.get_ident() == self._thread_id:
            return self._enter(work)
        return self._executor.submit(lambda: self._enter(work)).result()

    def run(
        self,
        work: Callable[[Store], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run work on the store thread; `done` gets the result, `failed` the code, on the main thread."""
        self._executor.submit(self._attempt, lambda: self._enter(work), done, failed)

    def compute(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run work that needs no store off the main thread, in order with the store's own work."""
        self._executor.submit(self._attempt, work, done, failed)

    def wait_idle(self) -> None:
        """Return when all work given so far has ended (its deliveries may still be queued)."""
        self._executor.submit(lambda: None).result()

    def close(self) -> None:
        """Finish the work given so far, then close the store."""
        if self._store is not None:
            self(lambda store: store.close())
        self._executor.shutdown()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def _note_thread(self) -> None:
        self._thread_id = threading.get_ident()

    def _enter(self, work: Callable[[Store], T]) -> T:
        store = self._opened()
        try:
            return work(store)
        except SupportPointError as error:
            if error.code != DAMAGED:
                raise
        logger.error("the database is damaged and is opened anew")
        store.close()
        self._store = None
        return work(self._opened())

    def _attempt(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[str], None] | None,
    ) -> None:
        try:
            result = work()
        except SupportPointError as error:
            self._delivered.emit(partial(failed or self.failed.emit, error.code))
        except Exception as error:  # noqa: BLE001 -- the edge of the thread: a person must see a page, not silence
            logger.error("work failed: %s", type(error).__name__)  # noqa: TRY400 -- a traceback may hold answers
            self._delivered.emit(partial(failed or self.failed.emit, UNEXPECTED))
        else:
            if done is not None:
                self._delivered.emit(partial(done, result))

    def _deliver(self, call: Callable[[], None]) -> None:
        try:
            call()
        except SupportPointError as error:
            self.failed.emit(error.code)
        except Exception as error:  # noqa: BLE001 -- same edge, on the main thread's side
            logger.error("delivery failed: %s", type(error).__name__)  # noqa: TRY400
            self.failed.emit(UNEXPECTED)


def make_blob_pool() -> ThreadPoolExecutor:
    """Return the threads on which a sync pass sends attachments, two at a time; whoever made it ends it."""
    return ThreadPoolExecutor(2, thread_name_prefix="blob")


class LoopThread:
    """A plain thread for one blocking loop that knows how to stop itself."""

    def __init__(self, name: str, run: Callable[[], None], stop: threading.Event) -> None:
        self._stop = stop
        self._thread = threading.Thread(target=self._guarded, args=(run,), name=name, daemon=True)

    def start(self) -> None:
        """Start the loop."""
        self._thread.start()

    def close(self, timeout_s: float = 5.0) -> None:
        """Ask the loop to end and wait for it, at most `timeout_s` seconds."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @staticmethod
    def _guarded(run: Callable[[], None]) -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 -- a dead sync thread must not take the pages with it
            logger.error("loop ended: %s", type(error).__name__)  # noqa: TRY400
