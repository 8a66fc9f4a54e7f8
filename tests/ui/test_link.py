"""The sync thread beside the pages: it starts when the machine is enrolled, never blocks them, and ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from PySide6.QtTest import QTest

from supportpoint.errors import SupportPointError
from supportpoint.records import SyncReport


def test_without_a_server_the_pages_go_on_and_the_case_waits(
    meet: Callable[..., Any], answers: Mapping[str, str], caplog: Any
):
    caplog.set_level(logging.CRITICAL, "supportpoint.sync")  # an unreachable server is its business to say
    caplog.handler.setLevel(logging.NOTSET)
    person = meet(with_sync=True)
    states: list[Any] = []
    person.app.parts.link.changed.connect(states.append)
    person.walk_to_form()
    person.fill_birth_form(answers)
    person.wait_until(lambda: any(state.report for state in states), "the end of a pass")
    assert {state.report.code for state in states if state.report} == {"SP-501"}
    assert person.views.receipt.property("sent") is False
    assert person.views.sending.property("online") is False
    assert [thread.name for thread in threading.enumerate() if thread.name == "sync"] == ["sync"]
    began = time.monotonic()
    person.app.close()
    assert time.monotonic() - began < 5
    assert [
        thread.name for thread in threading.enumerate() if thread.name.startswith(("sync", "store"))
    ] == []


@pytest.mark.parametrize(("code", "delivered"), [("", 1), ("SP-501", 0)])
@pytest.mark.parametrize("fault", [None, SupportPointError("SP-202")])
def test_letters_of_others_follow_a_clean_pass_and_never_spoil_it(  # noqa: PLR0913, PLR0917 - what one pass meets
    qapp: Any,
    clock: Any,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    delivered: int,
    fault: Exception | None,
):
    from supportpoint.kiosk import link as module  # noqa: PLC0415 -- Qt reads its platform first

    lanes = []

    def deliver(lane: Any, *_: object) -> None:
        lanes.append(lane.root)
        if fault is not None:
            raise fault

    monkeypatch.setattr(module, "run_pass", lambda *_, **__: SyncReport(code=code))
    monkeypatch.setattr(module, "deliver", deliver)
    link = module.ServerLink(None, None, tmp_path, clock)  # type: ignore[arg-type]
    assert link._pass(None, None).code == code  # type: ignore[arg-type]
    assert lanes == [tmp_path / "relay"] * delivered


def test_a_machine_that_is_not_enrolled_opens_and_says_nothing_of_a_place(
    qapp: Any, tmp_path: Any, clock: Any, caplog: pytest.LogCaptureFixture
):
    # Whether the system keeps secrets is a matter of the machine that tests.
    caplog.expected_warnings = ("supportpoint.store.keys: no system key store",)  # type: ignore[attr-defined]
    from supportpoint.kiosk.bootstrap import make_app  # noqa: PLC0415 -- Qt reads its platform first

    app = make_app(tmp_path / "new", fake_devices=True, window=(1366, 768), clock=clock, motion=False)
    app.parts.stage.tasks.wait_idle()
    QTest.qWait(50)
    assert app.navigator.current == "attract"
    assert app.parts.views.shell.property("communeName") == ""
    app.close()
