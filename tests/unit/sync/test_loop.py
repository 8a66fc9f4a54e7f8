from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import SyncReport
from supportpoint.sync.loop import SyncLoop, SyncPhase, SyncState

CLEAN = SyncReport(next_in_s=3000)
Outcome = SyncReport | Exception


class Driven:
    """A loop on a thread, whose passes come from a list and whose waits are recorded."""

    def __init__(self, outcomes: list[Outcome], draw: float) -> None:
        self.outcomes = outcomes
        self.stop = threading.Event()
        self.states: list[SyncState] = []
        self.ran = threading.Semaphore(0)
        self.waiting = threading.Semaphore(0)
        self.loop = SyncLoop(self._run, stop=self.stop, on_state=self._note, draw=lambda: draw)
        self.thread = threading.Thread(target=self.loop.run)
        self.thread.start()

    def _run(self) -> SyncReport:
        outcome = self.outcomes.pop(0) if self.outcomes else CLEAN
        self.ran.release()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _note(self, state: SyncState) -> None:
        self.states.append(state)
        if state.phase is SyncPhase.WAITING:
            self.waiting.release()

    def delays(self) -> list[float]:
        return [state.next_in_s for state in self.states if state.phase is SyncPhase.WAITING]

    def pass_now(self) -> float:
        """Wake the loop, and return the wait that follows the pass."""
        self.loop.wake()
        assert self.ran.acquire(timeout=5)
        assert self.waiting.acquire(timeout=5)
        return self.delays()[-1]


@pytest.fixture
def drive():
    made: list[Driven] = []

    def make(*outcomes: Outcome, draw: float = 0.5) -> Driven:
        made.append(Driven(list(outcomes), draw))
        assert made[-1].waiting.acquire(timeout=5)
        return made[-1]

    yield make
    for driven in made:
        driven.loop.close()
        driven.thread.join(5)
        assert not driven.thread.is_alive()


Drive = Callable[..., Driven]


def test_the_first_pass_waits_up_to_two_minutes_and_a_person_does_not(drive: Drive) -> None:
    driven = drive(CLEAN)
    assert driven.delays() == [60]
    assert driven.pass_now() == 3000


def test_a_pass_that_failed_comes_again_by_itself(drive: Drive) -> None:
    driven = drive(SyncReport(code="SP-501"), CLEAN, draw=0.0)
    assert driven.ran.acquire(timeout=5)  # the first, after a wait of 0 s
    assert driven.ran.acquire(timeout=5)  # and the next, after half a second, unasked
    assert driven.waiting.acquire(timeout=5)
    assert driven.waiting.acquire(timeout=5)
    assert driven.delays() == [0, 0.5, 3000]


def test_failures_wait_longer_and_a_wish_of_a_person_forgets_them(drive: Drive) -> None:
    driven = drive(*[SyncReport(code="SP-501")] * 3, draw=0.999)
    driven.pass_now()
    assert driven.states[-1].failures == 1
    driven.pass_now()
    assert driven.states[-1].failures == 1


def test_a_line_that_was_up_for_a_while_is_tried_again_soon(drive: Drive) -> None:
    cut = SyncReport(code="SP-501", facts={"round_trips": "1"})
    driven = drive(*[SyncReport(code="SP-501")] * 2, cut, draw=0.01)
    for _ in range(3):
        assert driven.ran.acquire(timeout=10)
        assert driven.waiting.acquire(timeout=10)
    failures = [state.failures for state in driven.states if state.phase is SyncPhase.WAITING]
    assert failures[:4] == [0, 1, 2, 1]


def test_a_busy_server_is_obeyed(drive: Drive) -> None:
    driven = drive(SyncReport(code="SP-505", next_in_s=42.5))
    assert driven.pass_now() == 42.5


def test_a_refused_device_asks_rarely(drive: Drive) -> None:
    driven = drive(SyncReport(code="SP-504"))
    assert driven.pass_now() == 900


def test_a_clean_pass_is_not_followed_by_another(drive: Drive) -> None:
    driven = drive(CLEAN)
    driven.pass_now()
    assert not driven.ran.acquire(timeout=0.2)


@pytest.mark.parametrize("error", [SupportPointError("SP-202"), ZeroDivisionError("secret words")])
def test_a_fault_is_a_state_and_never_ends_the_loop(
    drive: Drive, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    driven = drive(error, CLEAN)
    driven.pass_now()
    report = driven.states[-1].report
    assert report is not None
    assert report.code in {"SP-202", "SP-509"}
    assert driven.pass_now() == 3000
    assert "secret words" not in caplog.text


def test_somebody_who_watches_gets_a_retry_at_once(drive: Drive) -> None:
    driven = drive(SyncReport(code="SP-504"), CLEAN)
    driven.pass_now()
    driven.loop.watch(is_watched=True)
    assert driven.ran.acquire(timeout=5)
