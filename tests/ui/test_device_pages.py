"""The pages that try each device by hand: what works, what is missing, what breaks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from supportpoint.devices.printer import PrinterState
from supportpoint.kiosk import bootstrap
from supportpoint.kiosk.trials import sounding, touching
from supportpoint.sealing.receipt import make_receipt, qr_text
from tests.ui.test_page_look import CARD
from tests.ui.test_supplement import said_on

PAGES = Path(bootstrap.QML_DIR) / "SupportPoint" / "Pages"
DEVICES = ["camera", "scanner", "microphone", "speaker", "speech", "printer", "touch"]
LOOK_AGAIN = "Máy chưa thấy thiết bị này. Mời xem lại dây cắm hoặc gọi cán bộ."


@pytest.fixture
def tester(person: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A person before the list of devices."""
    monkeypatch.setattr(sounding, "RECORD_MS", 600)
    monkeypatch.setattr(touching, "WATCH_MS", 20)
    person.app.navigator.open("devices")
    person.wait_for_page("devices")
    return person


def choose(person: Any, device: str) -> None:
    person.tap(f"device_{device}")
    person.wait_for_page("device")
    person.wait_until(lambda: person.app.parts.views.devices._is_open, "the trial")


def verdicts(person: Any) -> dict[str, str]:
    return {row["id"]: row["verdict"] for row in person.views.devices.property("rows")}


def wait_for(person: Any, verdict: str) -> None:
    person.wait_until(lambda: person.views.devices.property("verdict") == verdict, verdict)


def test_every_device_is_listed_untried_and_one_leads_to_the_next(tester: Any) -> None:
    assert verdicts(tester) == dict.fromkeys(DEVICES, "untried")
    choose(tester, "camera")
    for device in DEVICES[1:]:
        tester.tap("continueButton")
        tester.wait_until(lambda wanted=device: tester.views.devices.property("device") == wanted, device)
    tester.tap("listButton")
    tester.wait_for_page("devices")


def test_the_camera_moves_is_pulled_out_and_comes_back(tester: Any) -> None:
    camera = tester.app.devices.camera
    choose(tester, "camera")
    wait_for(tester, "good")
    assert {"Máy ảnh thử", "Máy thử"} <= said_on(tester)
    camera.unplug()
    wait_for(tester, "absent")
    assert {LOOK_AGAIN, "SP-702", "Không thấy"} <= said_on(tester)
    camera.plug()
    wait_for(tester, "good")
    tester.tap("act_take")
    assert "1600 x 1120" in said_on(tester)
    tester.tap("act_again")
    assert "Máy ảnh thử" in said_on(tester)
    tester.tap("backButton")
    tester.wait_for_page("devices")
    assert camera._on_frame is None
    assert tester.app.parts.photos._images == {}
    assert verdicts(tester)["camera"] == "good"


@pytest.mark.parametrize(
    ("text", "kind"),
    [(CARD, "Thẻ căn cước"), (qr_text(make_receipt().secret), "Giấy hẹn"), ("https://x.example", "Mã khác")],
    ids=["card", "receipt", "other"],
)
def test_of_a_code_only_kind_and_length_are_told(tester: Any, text: str, kind: str) -> None:
    choose(tester, "scanner")
    tester.feed_scanner(text)
    wait_for(tester, "good")
    said = said_on(tester)
    assert {kind, f"Dài {len(text)} chữ. Đã đọc 1 lần."} <= said
    assert text not in " ".join(said)
    assert text not in str(tester.app.parts.views.devices._trial.__dict__)
    tester.tap("backButton")
    tester.wait_for_page("devices")
    assert not tester.app.scanner.is_on


def test_a_voice_is_recorded_and_played_back(tester: Any) -> None:
    choose(tester, "microphone")
    assert not tester.find("act_play").isEnabled()
    tester.tap("act_record")
    tester.wait_until(lambda: "Micrô đang bật" in said_on(tester), "the light")
    wait_for(tester, "good")
    assert "Micrô đang bật" not in said_on(tester)
    tester.tap("act_play")
    assert tester.app.devices.speaker.played == 1
    tester.wait_until(lambda: tester.views.devices.property("look")["phase"] == "ready", "the end")
    tester.tap("backButton")
    tester.wait_for_page("devices")
    assert tester.app.parts.views.devices._trial._clip == b""


def test_no_button_goes_away_under_a_finger(tester: Any) -> None:
    choose(tester, "microphone")
    button = tester.find("act_record")
    tester.tap("act_record")
    tester.wait_until(lambda: len(tester.views.devices.property("look")["levels"]) > 2, "some bars")
    assert tester.find("act_record") is button


def test_a_microphone_pulled_out_while_it_records(tester: Any) -> None:
    choose(tester, "microphone")
    tester.tap("act_record")
    tester.app.devices.microphone.unplug()
    wait_for(tester, "absent")
    assert LOOK_AGAIN in said_on(tester)
    tester.tap("act_record")
    wait_for(tester, "absent")
    tester.app.devices.microphone.plug()
    tester.tap("act_record")
    wait_for(tester, "good")


def is_laid_out(person: Any) -> bool:
    """Tell whether both answers are on the screen, one below the other."""
    heard, unheard = person.find("act_heard"), person.find("act_unheard")
    return heard is not None and unheard is not None and heard.y() < unheard.y()


@pytest.mark.parametrize("device", ["speaker", "speech"])
def test_only_an_ear_can_judge_a_sound(tester: Any, device: str) -> None:
    choose(tester, device)
    for answer, verdict in (("unheard", "broken"), ("heard", "good")):
        tester.tap("act_play")
        tester.wait_until(lambda: is_laid_out(tester), "the question")
        assert "Có nghe thấy tiếng không?" in said_on(tester)
        tester.tap(f"act_{answer}")
        wait_for(tester, verdict)
    tester.tap("act_softer")
    assert "Độ to 4 trên 5" in said_on(tester)
    tester.tap("backButton")
    tester.wait_for_page("devices")


def test_a_loudspeaker_that_is_not_there(tester: Any) -> None:
    tester.app.devices.speaker.unplug()
    choose(tester, "speaker")
    wait_for(tester, "absent")
    tester.tap("act_play")
    wait_for(tester, "absent")
    assert tester.find("act_heard") is None


def test_a_printer_without_paper_then_with_some(tester: Any) -> None:
    printer = tester.app.devices.printer
    choose(tester, "printer")
    assert "Giấy cuộn 80 mm" in said_on(tester)
    printer.condition = PrinterState.PAPER_OUT
    wait_for(tester, "broken")
    assert "Máy in hết giấy. Mời gọi cán bộ thêm giấy." in said_on(tester)
    printer.condition = PrinterState.READY
    wait_for(tester, "good")
    tester.tap("act_print")
    tester.wait_until(lambda: printer.printed == 1, "the test slip")
    assert "In xong rồi. Xem chữ có rõ không." in said_on(tester)


def test_the_glass_is_good_when_all_corners_answer(tester: Any) -> None:
    choose(tester, "touch")
    corners = ("topLeft", "topRight", "bottomLeft", "bottomRight")
    for left, corner in zip((3, 2, 1), corners, strict=False):
        tester.tap(f"act_{corner}")
        tester.tap(f"act_{corner}")
        assert f"Chạm vào bốn góc, còn {left}" in said_on(tester)
    assert tester.views.devices.property("verdict") == "untried"
    tester.tap("act_bottomRight")
    wait_for(tester, "good")


def test_a_machine_without_any_device_says_so_kindly(meet: Any) -> None:
    person = meet(fake_devices=False)
    person.app.navigator.open("devices")
    person.wait_for_page("devices")
    for device in DEVICES[:-1]:
        choose(person, device)
        if device != "speech":
            wait_for(person, "absent")
            assert LOOK_AGAIN in said_on(person)
        person.tap("backButton")
        person.wait_for_page("devices")


def test_no_page_of_the_villagers_leads_here() -> None:
    ways = [
        path.name
        for path in PAGES.glob("*.qml")
        if re.search(r"""open\("devices?"\)|devices\.(choose|next|act)\(""", path.read_text())
    ]
    assert sorted(ways) == ["DevicePage.qml", "DeviceTouchPage.qml", "DevicesPage.qml"]


def test_the_command_shows_the_pages_and_ends(qapp: Any, birth_point: Any) -> None:
    seen: list[str] = []

    def look() -> None:
        (window,) = [one for one in QGuiApplication.allWindows() if one.isVisible()]
        items, waiting = {}, [window.contentItem()]
        while waiting:
            item = waiting.pop()
            items[item.objectName()] = item
            waiting += item.childItems()
        seen.extend(items)
        items["continueButton"].click()

    QTimer.singleShot(600, look)
    status = bootstrap.try_devices(birth_point.folder, fake_devices=True, window=(1366, 768))
    assert status == 0
    assert {f"device_{device}" for device in DEVICES} <= set(seen)
