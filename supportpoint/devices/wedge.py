"""A scanner that types what it reads, as most do out of the box. Its keys never reach a field.

Every key is held until the next one shows who types: a person's key goes on after 35 ms, a scanner's
never. Two ways of sending Vietnamese letters are understood: letters as the system's layout makes them,
and ALT codes (Alt held, digits on the number pad). What is read without Enter or Tab behind it is
dropped; so is a code that no page waits for.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from shiboken6 import isValid

from supportpoint.devices.key_burst import MAX_GAP_MS, KeyBurst, Verdict
from supportpoint.devices.scanner import OnCode
from supportpoint.devices.selftest import SelfTest

_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_SILENT = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
#: Windows reads ALT codes under 256 that begin with 0 in the code page of the system, 1258 in Vietnamese.
_ALT_PAGE = "cp1258"
#: No letter has more; a keyboard that goes on typing digits fills no memory.
MOST_ALT_DIGITS = 8


class WedgeScanner(QObject):
    """Watches the keys of whichever window has the focus."""

    def __init__(self) -> None:
        app = QGuiApplication.instance()
        super().__init__(app)
        self._on_code: OnCode | None = None
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._burst = KeyBurst()
        self._alt = ""
        self._is_releasing = False
        self._windows: list[QObject] = []
        self._timer = QTimer(self, interval=MAX_GAP_MS, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._time_out)
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.watch)
            self.watch(app.focusWindow())

    @property
    def is_there(self) -> bool:
        """Yes: a scanner that types looks like any keyboard, so the settings vouch for it."""
        return True

    @property
    def name(self) -> str:
        """Return nothing: the system has one name for all keyboards."""
        return ""

    def start(self, on_code: OnCode) -> None:
        """Deliver codes to `on_code` from now on."""
        self._on_code = on_code

    def stop(self) -> None:
        """Deliver no more; what the scanner types is still kept from the fields."""
        self._on_code = None

    def self_test(self) -> SelfTest:
        """Say that it listens: only a scan can show that a scanner is plugged in."""
        return SelfTest(ok=True, facts={"kind": "keyboard", "proven": False})

    def watch(self, window: QObject | None) -> None:
        """Look at the keys of this window."""
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)

    def close(self) -> None:
        """Look at no keys any more; what was held is let go."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self.watch)
        for window in self._windows:
            if isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()
        self._held.clear()
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Hold keys back until it is clear who types; True keeps an event from the window."""
        if self._is_releasing or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            return False
        if not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return self._released(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        at_ms = int(event.timestamp())
        if self._burst.letters and not self._burst.continues(at_ms):
            self._settle(self._burst.end())
        if event.modifiers() & _COMMANDS and not event.text():
            self._settle(self._burst.end())
            return False
        if event.key() == Qt.Key.Key_Alt or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self._alt_pressed(watched, event)
        if event.key() in _ENDS:
            return self._line_ended()
        if event.key() in _SILENT:
            return self._hold(watched, event)
        if not event.text().isprintable() or not event.text():
            self._settle(self._burst.end())
            return False
        return self._letter(watched, event, event.text(), at_ms)

    def _released(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt and self._alt:
            letter, self._alt = _alt_letter(self._alt), ""
            return self._letter(watched, event, letter, int(event.timestamp())) if letter else False
        return self._hold(watched, event) if self._held else False

    def _alt_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and event.text().isdecimal():
            self._alt = (self._alt + event.text())[:MOST_ALT_DIGITS]
        return self._hold(watched, event)

    def _letter(self, watched: QObject, event: QKeyEvent, letter: str, at_ms: int) -> bool:
        self._hold(watched, event)
        if self._burst.add(letter, at_ms) is Verdict.DROP:
            self._settle(Verdict.DROP)
        return True

    def _line_ended(self) -> bool:
        verdict = self._burst.finish_line()
        if verdict is Verdict.CODE:
            self._settle(verdict)
            return True
        self._settle(verdict)
        return False

    def _hold(self, watched: QObject, event: QKeyEvent) -> bool:
        self._held.append((watched, event.clone()))
        self._burst.touch(int(event.timestamp()))
        self._timer.start()
        return True

    def _time_out(self) -> None:
        self._settle(self._burst.end())

    def _settle(self, verdict: Verdict) -> None:
        self._timer.stop()
        held, self._held = self._held, []
        text, self._alt = self._burst.take(), ""
        if verdict is Verdict.RELEASE:
            self._release(held)
        elif verdict is Verdict.CODE and self._on_code is not None:
            self._on_code(text)

    def _release(self, held: list[tuple[QObject, QKeyEvent]]) -> None:
        self._is_releasing = True
        try:
            for watched, event in held:
                if not isValid(watched):
                    break
                QCoreApplication.sendEvent(watched, event)
        finally:
            self._is_releasing = False


def _alt_letter(digits: str) -> str:
    """Return the letter of an ALT code: Unicode from 256 on, below it by the Vietnamese code page."""
    number = int(digits)
    if number >= 0x110000 or 0xD800 <= number < 0xE000:
        return ""
    return chr(number) if number >= 256 else bytes([number]).decode(_ALT_PAGE, "ignore")
