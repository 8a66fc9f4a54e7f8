"""What goes wrong is said, and what was answered stays."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.store import queueing
from tests.ui.test_supplement import said_on

SCAN_REF = "/data/requester/scan"


@contextmanager
def full_disk() -> Iterator[None]:
    """Make the spool refuse, as a full disk does: the one thing that no test can fill for real here."""
    write = queueing.mirroring

    def refuse(*_args: Any, **_options: Any) -> None:
        raise SupportPointError("SP-202", errno=errno.ENOSPC)

    queueing.mirroring = refuse
    try:
        yield
    finally:
        queueing.mirroring = write


def open_scan(person: Any, answers: Mapping[str, str]) -> None:
    person.walk_to_form()
    person.fill_form(answers, lambda: person.app.parts.stage.walk.ref == SCAN_REF)
    person.wait_for_page("scan")


@pytest.mark.parametrize("text", ["https://example.org", "SP1:ABC", "||||||", "0" * 5000])
def test_a_code_that_is_no_card_is_said_and_the_scanner_stays_on(person: Any, answers: Any, text: str):
    open_scan(person, answers)
    person.feed_scanner(text)
    assert person.page == "scan"
    assert person.views.scan.property("hint") == "bad"
    assert person.app.scanner.is_on


def test_the_card_of_another_person_in_the_form_is_noticed(person: Any, answers: Mapping[str, str]):
    from answering import make_card_text  # noqa: PLC0415 -- found beside the driver

    father_scan = "/data/parents/father/scan"
    person.walk_to_form()
    person.fill_form(answers, lambda: person.app.parts.stage.walk.ref == father_scan)
    person.feed_scanner(make_card_text(answers, "/data/requester"))
    assert person.views.scan.property("hint") == "seen"


def test_the_hints_come_with_the_seconds(person: Any, answers: Mapping[str, str]):
    open_scan(person, answers)
    for _ in range(12):
        person.views.scan._second()
    assert person.views.scan.property("hint") == "far"
    for _ in range(12):
        person.views.scan._second()
    assert person.views.scan.property("hint") == "tilt"


def test_the_payload_of_a_card_is_nowhere_after_the_scan(
    person: Any, answers: Mapping[str, str], birth_point: Any, caplog: Any
):
    from answering import make_card_text  # noqa: PLC0415 -- found beside the driver

    open_scan(person, answers)
    payload = make_card_text(answers, "/data/requester")
    person.feed_scanner(payload)
    person.wait_for_page("confirmCard")
    person.tap("continueButton")
    person.wait_until(lambda: person.page == "question", "the next question")
    person.app.parts.stage.tasks.wait_idle()
    form = person.app.parts.stage.visit.form
    assert form.session.value(SCAN_REF) == "scanned"
    assert payload.encode() not in form.session.to_xml(whole=True)
    assert payload not in caplog.text
    assert answers["/data/requester/id_no"] not in caplog.text
    for path in birth_point.folder.rglob("*"):
        assert not path.is_file() or answers["/data/requester/id_no"].encode() not in path.read_bytes()


def test_a_full_disk_at_the_submit_keeps_the_case_for_a_second_try(person: Any, answers: Mapping[str, str]):
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "consent")
    secret = person.app.parts.stage.visit.form.receipt.secret
    with full_disk():
        person.tap("agreeButton")
        person.tap("agreeButton")
        person.wait_for_page("problem")
    assert person.views.problem.property("code") == "SP-202"
    assert {"Máy đã đầy. Mời gọi cán bộ.", "Câu trả lời vẫn còn trên màn hình này."} <= said_on(person)
    assert person.app.parts.stage.visit.form.session.value("/data/child/ask_full_name") == "Lò Thị Mai An"
    person.tap("continueButton")
    person.wait_for_page("receipt")
    assert person.views.receipt.handover.receipt.secret == secret
    assert len(person.app.parts.stage.tasks(lambda store: store.list_items())) == 1


def test_refusing_consent_keeps_nothing(person: Any, answers: Mapping[str, str]):
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "consent")
    person.tap("declineButton")
    assert person.views.consent.property("declined") is True
    person.views.consent.leave()
    person.wait_for_page("home")
    tasks = person.app.parts.stage.tasks
    tasks.wait_idle()
    assert tasks(lambda store: store.list_drafts()) == ()
    assert tasks(lambda store: store.list_items()) == ()


@pytest.mark.parametrize(("code", "state"), [("garbage", "bad"), ("", "none")])
def test_a_receipt_that_is_none_and_one_that_is_unknown(person: Any, code: str, state: str):
    from supportpoint.sealing.receipt import make_receipt, qr_text  # noqa: PLC0415 -- only here

    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    assert person.track(code or qr_text(make_receipt().secret)) == state


def test_without_devices_the_form_can_still_be_filled(meet: Callable[..., Any], answers: Mapping[str, str]):
    person = meet(fake_devices=False)
    open_scan(person, answers)
    assert person.views.scan.property("cameraAvailable") is False
    person.tap("scanNoneButton")
    person.wait_until(lambda: person.app.parts.stage.walk.ref != SCAN_REF, "the next question")
    assert person.app.parts.stage.visit.form.session.value(SCAN_REF) == "none"


def test_nothing_of_the_last_visitor_is_left_in_the_pages(person: Any, answers: Mapping[str, str]):
    person.walk_to_form()
    person.fill_birth_form(answers)
    number = person.views.receipt.property("caseNumber")
    person.end_visit()
    marks = ("Quàng", "Lò Thị", "4512", "Nậm Cứm", number)
    views = {**person.views.by_name(), "voice": person.views.shell.voice}
    for name, view in views.items():
        meta = view.metaObject()
        for place in range(meta.propertyCount()):
            words = str(view.property(meta.property(place).name()))
            assert not [mark for mark in marks if mark in words and name != "commune"], name
    assert person.app.parts.photos._images == {}
