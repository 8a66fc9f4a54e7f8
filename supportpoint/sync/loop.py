"""When the next pass runs. Whoever calls `run` brings the thread; this module makes none."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from secrets import SystemRandom

from supportpoint.errors import SupportPointError
from supportpoint.records import SyncReport
from supportpoint.sync.backoff import first_delay_s, next_pass_delay_s, retry_delay_s
from supportpoint.sync.passes import ROUND_TRIPS

REFUSED_DEVICE_S = 900.0
BUSY = "SP-505"
REFUSED = "SP-504"
RUNNING_ELSEWHERE = "SP-508"

log = logging.getLogger(__name__)
_chance = SystemRandom()


class SyncPhase(StrEnum):
    """What the loop is doing."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"


@dataclass(frozen=True)
class SyncState:
    """What a screen may say of the loop. Whether anything waits, it asks the store, never this."""

    phase: SyncPhase
    report: SyncReport | None = None
    failures: int = 0
    next_in_s: float = 0.0


def _draw() -> float:
    return _chance.random()


def _ignore(state: SyncState) -> None:
    del state


class SyncLoop:
    """Runs passes until stopped: after the server's wish, after a backoff, or at once when woken.

    A timer is always armed, and a pass never triggers itself: only new work, a link that came up, a
    person or the timer does.
    """

    def __init__(
        self,
        run: Callable[[], SyncReport],
        *,
        stop: threading.Event,
        on_state: Callable[[SyncState], None] = _ignore,
        draw: Callable[[], float] = _draw,
    ) -> None:
        """Take the pass to run and the event that ends the loop.

        `on_state` is called on the loop's thread and must not block; `draw` gives numbers in [0, 1).
        """
        self._run_pass = run
        self._stop = stop
        self._on_state = on_state
        self._draw = draw
        self._bell = threading.Condition()
        self._is_woken = False
        self._is_watched = False
        self._failures = 0

    def wake(self) -> None:
        """Run a pass now: new work, a link that came up, or "Send now". Forgets earlier failures."""
        with self._bell:
            self._is_woken = True
            self._failures = 0
            self._bell.notify_all()

    @property
    def is_woken(self) -> bool:
        """Whether a pass is wanted now: whatever else is done on this thread gives way to it."""
        return self._is_woken

    def close(self) -> None:
        """Set the stop event and end the wait at once; a running pass ends at its next block."""
        self._stop.set()
        with self._bell:
            self._bell.notify_all()

    def watch(self, *, is_watched: bool) -> None:
        """Say whether a person looks at the sending page: retries then wait 10 s at most."""
        with self._bell:
            self._is_watched = is_watched
            self._is_woken = self._is_woken or (is_watched and self._failures > 0)
            self._bell.notify_all()

    def run(self) -> None:
        """Run passes until the stop event is set. The first automatic one waits up to two minutes."""
        delay_s = first_delay_s(self._draw())
        report: SyncReport | None = None
        while self._wait(delay_s, report):
            self._on_state(SyncState(SyncPhase.RUNNING, report, self._failures))
            report = self._run_once()
            delay_s = self._next_delay_s(report)
        self._on_state(SyncState(SyncPhase.STOPPED, report, self._failures))

    def _wait(self, delay_s: float, report: SyncReport | None) -> bool:
        """Wait out the delay or the bell; return False when the loop is to end."""
        self._on_state(SyncState(SyncPhase.WAITING, report, self._failures, delay_s))
        with self._bell:
            self._bell.wait_for(lambda: self._is_woken or self._stop.is_set(), timeout=delay_s)
            self._is_woken = False
        return not self._stop.is_set()

    def _run_once(self) -> SyncReport:
        try:
            return self._run_pass()
        except SupportPointError as error:
            log.warning("pass ended code=%s", error.code)
            return SyncReport(code=error.code)
        except Exception as error:  # noqa: BLE001 - a failed sync is a state to show; only here
            where = traceback.extract_tb(error.__traceback__)[-1]
            log.error(  # noqa: TRY400 - an exception's own words may hold what a person wrote
                "pass ended by a fault type=%s at=%s:%s", type(error).__name__, where.filename, where.lineno
            )
            return SyncReport(code="SP-509")

    def _next_delay_s(self, report: SyncReport) -> float:
        if report.is_clean:
            self._failures = 0
            return next_pass_delay_s(report.next_in_s)
        was_reached = report.facts.get(ROUND_TRIPS, "0") != "0"
        with self._bell:
            self._failures = 1 if was_reached else self._failures + 1
            failures, is_watched = self._failures, self._is_watched
        if report.code == BUSY:
            return max(report.next_in_s, retry_delay_s(1, self._draw()))
        if report.code == REFUSED and not is_watched:
            return REFUSED_DEVICE_S
        return retry_delay_s(failures, self._draw(), watched=is_watched)
