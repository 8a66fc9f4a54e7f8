"""How the receipt, its news, the troubles and the pages of devices look in every state, size and dress."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace as with_fields

from supportpoint.devices.printer import PrinterState
from supportpoint.kiosk.pages.track import Found
from tests.ui.looks import MODES, SIZES, wear
from tests.ui.test_page_look import NEWS, RECEIPT, faults, settle
from tests.ui.test_pseudo_language import clipped, unmarked
from tests.ui.test_pseudo_language import pseudo as pseudo  # noqa: PLC0414 -- a fixture of the other file

SINCE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PRINT_STATES = ("none", "ready", "printing", "printed", "paperOut", "failed")
TROUBLES = ("SP-109", "SP-202", "SP-210", "SP-301", "SP-704", "SP-705", "SP-105")
REASON = "Trẻ đã đăng ký khai sinh ở xã khác. Mời bà con gặp cán bộ để hỏi thêm."


@pytest.fixture(params=MODES)
def app(request: pytest.FixtureRequest, size: str, open_kiosk: Any) -> Any:
    app = open_kiosk(window=SIZES[size])
    wear(app, request.param)
    settle()
    return app


def bad(found: dict[str, Any]) -> dict[str, Any]:
    return {state: what for state, what in found.items() if what}


def page_item(app: Any, name: str) -> Any:
    return app.window.findChild(object, name) or next(
        item for item in app.window.contentItem().findChildren(object) if item.objectName() == name
    )


def test_the_receipt_in_every_state(app: Any, size: str) -> None:
    views, found = app.parts.views, {}
    kinds = {"": RECEIPT, "private": replace(RECEIPT, is_private=True)}
    kinds["adds"] = replace(RECEIPT, adds_to="DB7-4K2-9X8")
    for kind, handover in kinds.items():
        views.receipt.show(handover)
        app.navigator.open("receipt")
        for state in PRINT_STATES:
            views.receipt._set_print_state(state)
            found[f"{kind} {state}"] = faults(app, size, "receipt")
    views.receipt.set_sent(sent=True)
    views.receipt.photograph()
    found["sent"] = faults(app, size, "receipt")
    page_item(app, "page_receipt").setProperty("showingCode", True)
    found["large code"] = faults(app, size, "receipt code")
    assert bad(found) == {}


def test_the_sending_page_with_and_without_a_link(app: Any, size: str) -> None:
    sending, found = app.parts.views.sending, {}
    app.navigator.open("sending")
    for online in (False, True):
        sending._checked, sending._saved, sending._photos_done, sending._photos_total = True, online, 1, 2
        sending.set_online(online=online)
        found[f"online {online}"] = faults(app, size, "sending")
    assert bad(found) == {}


def test_looking_a_receipt_up(app: Any, size: str) -> None:
    track, found = app.parts.views.track, {}
    app.navigator.open("track")
    for second in range(27):
        track._second()
        if track.hint and track.hint not in found:
            found[track.hint] = faults(app, size, "track")
        assert second < 27
    track.take_code("no code")
    found["bad"] = faults(app, size, "track")
    app.scanner.unplug()
    track._second()
    found["no reader"] = faults(app, size, "track")
    track.startTyping()
    track.typeSecret("0123456789ABCDEFGHJKMNPQRST")
    found["typed"] = faults(app, size, "track")
    track.submitTyped()
    found["typed bad"] = faults(app, size, "track")
    assert {"far", "flat", "type"} <= found.keys()
    assert bad(found) == {}


def test_every_state_of_a_case(app: Any, size: str) -> None:
    track, found = app.parts.views.track, {}
    states = {phase: Found(None, "DB7-4K2-9X8", phase, SINCE) for phase in ("waiting", "sent", "checking")}
    for state in ("received", "working", "accepted", "refused", "need"):
        states[f"{state}, no words"] = Found(with_fields(NEWS, state=state, missing=()))
    states["refused"] = Found(with_fields(NEWS, state="refused", missing=(), reason=REASON))
    for count in (1, 2, 3, 9):
        missing = (NEWS.missing * 2)[:count]
        states[f"{count} missing"] = Found(with_fields(NEWS, missing=missing, due_on="2026-11-20"))
    for name, state in states.items():
        app.navigator.open("home")
        track._show(state)
        found[name] = faults(app, size, "status")
    assert bad(found) == {}


def test_every_trouble(app: Any, size: str) -> None:
    found = {}
    for code in TROUBLES:
        app.parts.views.problem.show(code)
        found[code] = faults(app, size, "problem")
    assert bad(found) == {}


def test_the_pages_of_devices(app: Any, size: str, qtbot: Any) -> None:
    devices, found = app.parts.views.devices, {}
    app.navigator.open("devices")
    found["list"] = faults(app, size, "devices")
    for device in [row["id"] for row in devices.rows]:
        devices.choose(device)
        qtbot.waitUntil(lambda: devices._is_open)
        found[device] = faults(app, size, "device")
        for code in ("SP-702", "SP-704"):
            devices._trial._judge(code)
            found[f"{device} {code}"] = faults(app, size, "device")
        for action in ("take", "record", "play"):
            devices.act(action)
            found[f"{device} {action}"] = faults(app, size, "device")
        app.navigator.leave()
    app.devices.printer.condition = PrinterState.PAPER_OUT
    devices.choose("printer")
    qtbot.waitUntil(lambda: devices.code == "SP-705")
    found["no paper"] = faults(app, size, "device")
    app.navigator.leave()
    found["list after"] = faults(app, size, "devices")
    assert bad(found) == {}


def own_words(app: Any) -> set[str]:
    """Return what a case, a box, the machine and the day say themselves on these pages."""
    receipt, track, devices = app.parts.views.receipt, app.parts.views.track, app.parts.views.devices
    said = {receipt.property(name) for name in ("dayText", "resultByText", "secretText", "personMasked")}
    said |= {receipt.serviceTitle, receipt.caseNumber, track.caseNumber}
    said |= {devices.advice, devices.code, "SP-705"}
    said |= {words for thing in track.missing for words in thing.values()}
    half = str(receipt.secretText).split("-")
    said |= {"-".join(half[:4]), "-".join(half[4:]), track.receivedDayText}
    return {text for one in said for text in (one, one[:1].upper() + one[1:])}


def test_no_word_of_these_pages_stays_vietnamese_and_a_third_more_fits(pseudo: Any, qtbot: Any) -> None:
    app, found = pseudo.app, {}
    views = app.parts.views

    def look(name: str) -> None:
        left = [text for text in unmarked(pseudo) if text not in own_words(app)]
        if left or clipped(pseudo):
            found[name] = left, clipped(pseudo)

    views.receipt.show(RECEIPT)
    app.navigator.open("receipt")
    for state in PRINT_STATES:
        views.receipt._set_print_state(state)
        look(f"receipt {state}")
    page_item(app, "page_receipt").setProperty("showingCode", True)
    look("large code")
    for page in ("sending", "track"):
        app.navigator.open(page)
        look(page)
    views.track.startTyping()
    look("typing")
    for phase in ("waiting", "sent", "checking"):
        app.navigator.open("home")
        views.track._show(Found(None, "DB7-4K2-9X8", phase, SINCE))
        look(phase)
    views.problem.show("SP-705")
    look("problem")
    app.navigator.open("devices")
    look("devices")
    for row in views.devices.rows:
        views.devices.choose(row["id"])
        qtbot.waitUntil(lambda: views.devices._is_open)
        look(row["id"])
        app.navigator.leave()
    assert found == {}
