"""A kiosk that dies in the middle of a form gives the form back, answers and photos and all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STOP_AT = "/data/papers/marriage"
FIRST_AFTER_CARD = "/data/requester/residence/where"
DYING = """
    import json, os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path

    from PySide6.QtTest import QTest

    from journey import JourneyDriver
    from supportpoint.clock import FixedClock
    from supportpoint.kiosk.bootstrap import make_app

    folder, answers = Path(sys.argv[1]), json.loads(sys.argv[2])
    stop_at, settle_ms = sys.argv[3], int(sys.argv[4])
    clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    app = make_app(folder, fake_devices=True, window=(1366, 768), clock=clock, motion=False, with_sync=False)
    person = JourneyDriver(app)
    person.walk_to_form()
    person.fill_form(answers, lambda: app.parts.stage.walk.ref == stop_at)
    if settle_ms:
        QTest.qWait(settle_ms)
        app.parts.stage.tasks.wait_idle()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def die_at(folder: Path, answers: str, ref: str, settle_ms: int) -> None:
    program = textwrap.dedent(DYING)
    line = [sys.executable, "-c", program, str(folder), answers, ref, str(settle_ms)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "build_scripts")])}
    ended = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def resume(person: Any) -> None:
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    person.tap("resumeButton")
    person.wait_until(lambda: bool(person.app.parts.stage.walk.ref), "the draft")


def test_the_same_page_opens_with_answers_and_photos(
    birth_point: Any, meet: Callable[..., Any], answers: Mapping[str, str]
):
    die_at(birth_point.folder, json.dumps(answers), STOP_AT, settle_ms=300)
    person = meet()
    resume(person)
    form = person.app.parts.stage.visit.form
    assert person.app.parts.stage.walk.ref == STOP_AT
    assert form.session.value("/data/child/ask_full_name") == "Lò Thị Mai An"
    assert len(form.kept_attachments()) == 1
    assert form.kept_attachments()[0].content.startswith(b"\xff\xd8")
    receipt = person.fill_birth_form(answers)
    (row,) = person.app.parts.stage.tasks(lambda store: store.list_items())
    assert (row.case_number, row.blobs_total) == (receipt["case_number"], 2)


def test_a_kill_at_once_loses_at_most_the_last_answer(
    birth_point: Any, meet: Callable[..., Any], answers: Mapping[str, str]
):
    die_at(birth_point.folder, json.dumps(answers), "/data/child/sex", settle_ms=0)
    person = meet()
    resume(person)
    assert person.app.parts.stage.walk.ref in {"/data/child/sex", "/data/child/ask_birth_date"}
    assert person.app.parts.stage.visit.form.session.value("/data/child/ask_full_name") == "Lò Thị Mai An"


def test_the_next_visitor_is_offered_nothing(
    person: Any, answers: Mapping[str, str], meet: Callable[..., Any]
):
    person.walk_to_form()
    person.fill_form(answers, lambda: person.app.parts.stage.walk.ref == FIRST_AFTER_CARD)
    person.tap("homeButton")
    person.wait_for_page("home")
    person.wait_until(lambda: person.find("resumeButton") is not None, "the strip to go on")
    person.end_visit()
    person.app.close()
    again = meet()
    again.tap("startButton")
    again.wait_for_page("language")
    again.tap("continueButton")
    again.wait_for_page("home")
    again.app.parts.stage.tasks.wait_idle()
    assert again.find("resumeButton") is None
    assert len(again.app.parts.stage.tasks(lambda store: store.list_drafts())) == 1
