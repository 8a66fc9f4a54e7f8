"""The store's one thread: work goes in, its outcome comes back on the main thread, whatever happens."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.tasks import LoopThread, StoreTasks
from supportpoint.records import Draft
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store

SECRET = "Quàng Thị Ơn"


@pytest.fixture
def tasks(qapp: Any, tmp_path: Path, caplog: Any) -> Iterator[StoreTasks]:
    caplog.set_level(logging.CRITICAL, "supportpoint.store")
    caplog.handler.setLevel(logging.NOTSET)
    keys = load_or_make_keys(tmp_path, use_keyring=False)
    made = StoreTasks(lambda: Store.open(tmp_path, SystemClock(), keys))
    yield made
    made.close()


def wait(outcome: list[Any]) -> Any:
    for _ in range(1000):
        if outcome:
            return outcome[0]
        QTest.qWait(5)
    raise AssertionError("nothing was delivered")


def test_work_runs_on_the_store_thread_and_its_result_on_the_main_one(tasks: StoreTasks):
    outcome: list[Any] = []
    tasks.run(
        lambda store: (threading.current_thread().name, store.counts().waiting),
        lambda found: outcome.append((*found, threading.current_thread() is threading.main_thread())),
    )
    name, waiting, on_main = wait(outcome)
    assert name.startswith("store")
    assert (waiting, on_main) == (0, True)


def test_a_known_failure_comes_back_as_its_code(tasks: StoreTasks):
    outcome: list[str] = []

    def work(_store: Store) -> None:
        raise SupportPointError("SP-202")

    tasks.run(work, None, outcome.append)
    assert wait(outcome) == "SP-202"


def test_damage_is_repaired_and_the_work_done_once_more(tasks: StoreTasks, tmp_path: Path, caplog: Any):
    """Nobody sees a page: the store is opened anew, which repairs it, and the work goes on there."""
    tasks(lambda store: store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>", SystemClock().now())))
    tries: list[int] = []

    def work(store: Store) -> int:
        tries.append(len(store.list_drafts()))
        if len(tries) == 1:
            store.note_damage()
        return len(tries)

    outcome: list[int] = []
    tasks.run(work, outcome.append)
    assert wait(outcome) == 2
    assert tries == [1, 1]
    assert not (tmp_path / "supportpoint.doubt").exists(), "the whole database was not read"
    caplog.clear()


def test_damage_that_stays_is_said_once(tasks: StoreTasks, caplog: Any):
    outcome: list[str] = []
    tries: list[int] = []

    def work(store: Store) -> None:
        tries.append(1)
        store.note_damage()

    tasks.run(work, None, outcome.append)
    assert (wait(outcome), len(tries)) == ("SP-210", 2)
    caplog.clear()


def test_an_unknown_failure_is_said_too_and_its_words_are_not_logged(tasks: StoreTasks, caplog: Any):
    outcome: list[str] = []
    tasks.failed.connect(outcome.append)

    def work() -> None:
        raise RuntimeError(SECRET)

    tasks.compute(work, lambda _none: None)
    assert wait(outcome) == "SP-105"
    assert SECRET not in caplog.text
    assert "RuntimeError" in caplog.text
    caplog.clear()


def test_the_store_can_be_asked_from_its_own_thread(tasks: StoreTasks):
    outcome: list[int] = []
    tasks.compute(lambda: tasks(lambda store: store.counts().waiting), outcome.append)
    assert wait(outcome) == 0


def test_errors_come_through_to_who_waits(tasks: StoreTasks):
    with pytest.raises(SupportPointError, match="SP-102"):
        tasks(lambda store: store.get_identity())


def test_a_loop_that_breaks_takes_nothing_with_it(qapp: Any, caplog: Any):
    stop = threading.Event()

    def work() -> None:
        raise IndexError(SECRET)

    thread = LoopThread("broken", work, stop)
    thread.start()
    thread.close()
    assert stop.is_set()
    assert "loop ended: IndexError" in caplog.text
    caplog.clear()
