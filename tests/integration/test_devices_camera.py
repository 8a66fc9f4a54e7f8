"""The camera driver and the camera scanner on pictures that are fed as a camera would give them."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameInput

from supportpoint.devices import qt_camera
from supportpoint.devices.camera_scanner import CameraScanner
from supportpoint.devices.fakes import FakeCamera
from supportpoint.devices.qr import make_qr
from supportpoint.devices.qr_reader import read_qr
from supportpoint.errors import SupportPointError

CARD = "011198004512||Quàng Thị Ơn|12031998|Nữ|Bản Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên|20082022"


def draw_qr(text: str, module_px: int = 6, turned: float = 0) -> QImage:
    """Return a card's QR lying on the desk in a picture of 1600 by 1120."""
    image = QImage(1600, 1120, QImage.Format.Format_RGB32)
    image.fill(QColor("#3A4453"))
    painter = QPainter(image)
    painter.translate(800, 560)
    painter.rotate(turned)
    rows = make_qr(text)
    side = (len(rows) + 8) * module_px
    painter.fillRect(-side // 2, -side // 2, side, side, QColor("#F4F4F0"))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                place = (x + 4) * module_px - side // 2, (y + 4) * module_px - side // 2
                painter.fillRect(*place, module_px, module_px, QColor("#202020"))
    painter.end()
    return image


class FedCamera(qt_camera.FramedCamera):
    """The driver with a source of our own in the place of a device."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self.image, self.plugged, self.gives, self.switched = image, True, True, 0
        self._input = QVideoFrameInput(self)
        self._timer = QTimer(self, interval=33)
        self._timer.timeout.connect(self._send)

    @property
    def is_there(self) -> bool:
        return self.plugged

    def plug(self, *, there: bool) -> None:
        self.plugged = there
        self._reconnect()

    def _send(self) -> None:
        if self.gives:
            self._input.sendVideoFrame(QVideoFrame(self.image))

    def _switch_on(self) -> None:
        self.switched += 1
        self._capture.setVideoFrameInput(self._input)
        self._timer.start()

    def _switch_off(self) -> None:
        self._timer.stop()
        self._capture.setVideoFrameInput(None)


@pytest.fixture
def camera(qapp: object) -> Iterator[FedCamera]:
    camera = FedCamera(FakeCamera().take())
    yield camera
    camera.close()


def test_a_still_is_the_last_picture_in_full_size(camera: FedCamera):
    image = camera.take()
    assert (image.width(), image.height()) == (1600, 1120)
    assert image.pixelColor(5, 5).name() == "#3a4453"
    assert image.pixelColor(800, 1000).value() > 230


def test_pictures_come_at_a_bearable_pace_and_end_with_the_page(camera: FedCamera, qtbot: Any):
    seen: list[QImage] = []
    camera.start(seen.append)
    qtbot.wait(1500)
    shown = len(seen)
    assert 3 <= shown <= 16
    camera.stop()
    camera.stop()
    qtbot.wait(200)
    assert len(seen) == shown
    assert not camera._timer.isActive()
    assert camera._frame is None


def test_an_unplugged_camera_says_so_and_comes_back(camera: FedCamera, qtbot: Any):
    seen: list[QImage] = []
    camera.plug(there=False)
    camera.start(seen.append)
    assert camera.trouble == "SP-702"
    with pytest.raises(SupportPointError, match="SP-702"):
        camera.take()
    assert camera.self_test().code == "SP-702"
    camera.plug(there=True)
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert camera.trouble == ""
    camera.stop()
    switched = camera.switched
    camera.plug(there=True)
    assert camera.switched == switched, "a camera that nobody wants stays off"


def test_a_camera_that_gives_nothing_is_in_use_or_broken(
    camera: FedCamera, qtbot: Any, monkeypatch: pytest.MonkeyPatch
):
    camera._silence.setInterval(200)
    camera.gives = False
    test = camera.self_test()
    assert (test.ok, test.code) == (False, "SP-704")
    camera.start()
    qtbot.waitUntil(lambda: camera.trouble == "SP-704", timeout=5000)
    camera.gives = True
    qtbot.waitUntil(lambda: camera.trouble == "", timeout=5000)
    assert camera.self_test().ok


def test_the_camera_reads_a_card_once_and_rests_with_the_page(camera: FedCamera, qtbot: Any):
    camera.image = draw_qr(CARD)
    scanner, codes = CameraScanner(camera), []
    scanner.start(codes.append)
    qtbot.waitUntil(lambda: bool(codes), timeout=10_000)
    qtbot.wait(800)
    assert codes == [CARD]
    scanner.stop()
    assert not camera._is_on
    scanner.start(codes.append)
    qtbot.waitUntil(lambda: len(codes) == 2, timeout=10_000)
    scanner.close()


def test_a_reader_that_cannot_load_is_said(camera: FedCamera, qtbot: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "supportpoint.devices.qr_reader", None)
    scanner, codes = CameraScanner(camera), []
    camera.image = draw_qr(CARD)
    scanner.start(codes.append)
    qtbot.wait(500)
    scanner.stop()
    assert codes == []
    assert scanner.self_test().code == "SP-704"
    scanner.close()


def test_stopping_the_scanner_leaves_a_camera_alone_that_is_not_its_own(camera: FedCamera):
    scanner = CameraScanner(camera)
    camera.start()
    scanner.stop()
    assert camera._is_on
    scanner.start(lambda _text: None)
    camera.start(lambda _image: None)
    scanner.stop()
    assert camera._is_on, "a page took the camera over before the scanner was stopped"
    scanner.close()


@pytest.mark.parametrize("turned", [0, 17, 90, 200])
def test_a_turned_code_is_read(turned: float):
    assert read_qr(draw_qr(CARD, turned=turned)) == CARD


def test_no_code_is_no_text():
    assert read_qr(FakeCamera().take()) == ""


def test_reading_takes_little(qapp: object):
    times: dict[str, list[float]] = {"code": [], "none": []}
    for name, image in (("code", draw_qr(CARD, turned=9)), ("none", FakeCamera().take())):
        for _ in range(15):
            begun = time.process_time()
            read_qr(image)
            times[name].append((time.process_time() - begun) * 1000)
    medians = {name: round(statistics.median(taken), 1) for name, taken in times.items()}
    print(medians)  # noqa: T201 -- the figures of docs/devices.md
    assert max(medians.values()) <= 32, "16 ms were measured on a quiet machine"


def test_the_best_format_is_large_and_no_larger_than_what_is_sent():
    assert qt_camera.best_format([]) is None
