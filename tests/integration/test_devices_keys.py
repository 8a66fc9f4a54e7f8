"""A scanner that types, before a real text field: its keys never arrive there, a person's all do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from supportpoint.devices.scanner import JoinedScanner, NoScanner
from supportpoint.devices.wedge import WedgeScanner

CARD = "011198004512||Quàng Thị Ơn|12031998|Nữ|Bản Nậm Cứm|20082022"
PAGE = b"import QtQuick\nWindow { visible: true; TextInput { objectName: 'field'; focus: true } }"
PLAIN, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Keyboard:
    """Sends keys to a window at given times, as the system would."""

    def __init__(self, window: QQuickWindow) -> None:
        self.window, self.now_ms = window, 1000

    def key(
        self, key: int, text: str = "", modifiers: Qt.KeyboardModifier = PLAIN, *, repeat: bool = False
    ) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.send(kind, key, text, modifiers, repeat=repeat)

    def send(
        self,
        kind: QEvent.Type,
        key: int,
        text: str = "",
        modifiers: Qt.KeyboardModifier = PLAIN,
        *,
        repeat: bool = False,
    ) -> None:
        event = QKeyEvent(kind, key, modifiers, text, repeat)
        event.setTimestamp(self.now_ms)
        QCoreApplication.sendEvent(self.window, event)

    def type(self, text: str, gap_ms: int, end: int = 0) -> None:
        for letter in text:
            if letter.isupper():
                self.send(QEvent.Type.KeyPress, Qt.Key.Key_Shift)
            self.key(0, letter, SHIFT if letter.isupper() else PLAIN)
            self.now_ms += gap_ms
        if end:
            self.key(end, "\r")

    def alt_code(self, number: str, gap_ms: int) -> None:
        self.send(QEvent.Type.KeyPress, Qt.Key.Key_Alt)
        for digit in number:
            self.now_ms += gap_ms
            self.key(ord(digit), digit, ALT | Qt.KeyboardModifier.KeypadModifier)
        self.now_ms += gap_ms
        self.send(QEvent.Type.KeyRelease, Qt.Key.Key_Alt)


@pytest.fixture
def window(qapp: object, qtbot: Any) -> Iterator[QQuickWindow]:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(PAGE, QUrl())
    window = component.create()
    assert isinstance(window, QQuickWindow)
    window.requestActivate()
    qtbot.waitUntil(window.isActive)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def scanner(window: QQuickWindow) -> Iterator[WedgeScanner]:
    scanner = WedgeScanner()
    yield scanner
    scanner.close()


@pytest.fixture
def keyboard(window: QQuickWindow) -> Keyboard:
    return Keyboard(window)


def written(window: QQuickWindow) -> str:
    return str(window.findChild(object, "field").property("text"))


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_is_a_code_and_never_in_the_field(
    scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any, end: int
):
    codes: list[str] = []
    scanner.start(codes.append)
    keyboard.type(CARD, gap_ms=8, end=end)
    qtbot.wait(100)
    assert codes == [CARD]
    assert written(window) == ""
    scanner.stop()
    keyboard.now_ms += 500
    keyboard.type(CARD, gap_ms=8, end=end)
    qtbot.wait(100)
    assert codes == [CARD]
    assert written(window) == "", "a scan that no page waits for is written nowhere"


def test_a_person_writes_every_letter(
    scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any
):
    codes: list[str] = []
    scanner.start(codes.append)
    keyboard.type("Lo Van Bun sinh 1998", gap_ms=60, end=Qt.Key.Key_Return)
    qtbot.wait(100)
    assert written(window) == "Lo Van Bun sinh 1998"
    assert codes == []


def test_keys_that_waited_behind_slow_work_are_still_a_persons(
    scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any
):
    """All arrive within a moment; their own times tell the truth."""
    keyboard.type("nguyenvan", gap_ms=90, end=Qt.Key.Key_Return)
    qtbot.wait(100)
    assert written(window) == "nguyenvan"


def test_a_key_held_down_repeats(scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any):
    for _ in range(12):
        keyboard.key(Qt.Key.Key_A, "a", repeat=True)
        keyboard.now_ms += 30
    qtbot.wait(100)
    assert written(window) == "a" * 12


def test_a_scan_that_breaks_off_is_written_nowhere(
    scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any
):
    codes: list[str] = []
    scanner.start(codes.append)
    keyboard.type("0111980", gap_ms=5)
    qtbot.wait(150)
    assert (written(window), codes) == ("", [])
    keyboard.now_ms += 500
    keyboard.type("ab", gap_ms=80)
    qtbot.wait(150)
    assert written(window) == "ab"


def test_letters_as_alt_codes(scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any):
    codes: list[str] = []
    scanner.start(codes.append)
    keyboard.type("1234|L", gap_ms=10)
    keyboard.alt_code("0242", gap_ms=10)
    keyboard.type(" ", gap_ms=10)
    keyboard.alt_code("7882", gap_ms=10)
    keyboard.type("n", gap_ms=10, end=Qt.Key.Key_Return)
    qtbot.wait(100)
    assert written(window) == ""
    assert codes == ["1234|L" + bytes([242]).decode("cp1258") + " Ịn"]


def test_a_keyboard_that_types_digits_without_end_is_no_fault(
    scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any
):
    codes: list[str] = []
    scanner.start(codes.append)
    keyboard.alt_code("9" * 5000, gap_ms=0)
    keyboard.now_ms += 1000
    keyboard.type("1234567", gap_ms=10, end=Qt.Key.Key_Return)
    qtbot.wait(100)
    assert codes == ["1234567"]


def test_keys_that_are_no_letters_pass(
    scanner: WedgeScanner, keyboard: Keyboard, window: QQuickWindow, qtbot: Any
):
    keyboard.type("ab", gap_ms=80)
    keyboard.now_ms += 80
    keyboard.key(Qt.Key.Key_Backspace, "\b")
    qtbot.wait(100)
    assert written(window) == "a"


def test_joined_scanners_start_and_stop_together(scanner: WedgeScanner):
    joined = JoinedScanner((NoScanner(), scanner))
    joined.start(lambda _text: None)
    assert joined.is_there
    assert scanner._on_code is not None
    joined.stop()
    assert scanner._on_code is None
    assert joined.self_test().ok
    assert JoinedScanner((NoScanner(),)).self_test().code == "SP-702"
