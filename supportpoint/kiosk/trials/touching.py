"""Trying the printer, with a slip that is none, and the glass, at its four corners."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from supportpoint.devices.printer import CODES, Paper, Printer, PrinterState
from supportpoint.kiosk.pictures.slip import Code, Row, Rule, draw_parts, read_words
from supportpoint.kiosk.tasks import StoreTasks
from supportpoint.kiosk.trials.trial import Trial

WATCH_MS = 2000
CORNERS = ("topLeft", "topRight", "bottomLeft", "bottomRight")
TEST_CODE = "TEST"
#: Every letter that a bad head smears first.
TEST_LETTERS = "Ễ Ậ Ữ Ợ Ẵ ễ ậ ữ ợ ẵ"


class PrinterTrial(Trial):
    """Prints a test slip. `look`: paper (slip, a4), phase (idle, printing, printed)."""

    def __init__(self, printer: Printer, tasks: StoreTasks) -> None:
        super().__init__(printer)
        self._printer, self._tasks = printer, tasks
        self._phase, self._paper = "idle", Paper.SLIP
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_after)

    @property
    def look(self) -> dict[str, object]:
        """Return what is known of the printer."""
        return {"phase": self._phase, "paper": self._paper.value}

    def open(self) -> None:
        """Look now and from time to time."""
        self._phase, self._paper = "idle", self._printer.paper
        self._watch.start()
        self._look_after()

    def act(self, what: str) -> None:
        """Print."""
        if what != "print" or self._phase == "printing":
            return
        self._phase = "printing"
        self.changed.emit()
        paper = self._paper
        self._tasks.compute(partial(draw_test, paper), partial(self._drawn, paper), self._printed)

    def close(self) -> None:
        """Look no more."""
        self._watch.stop()

    def _drawn(self, paper: Paper, image: QImage) -> None:
        self._printer.print_images([image], paper, self._printed)

    def _printed(self, code: str) -> None:
        self._phase = "idle" if code else "printed"
        self._judge(code)

    def _look_after(self) -> None:
        code = CODES[self._printer.state]
        if code and self._phase != "printing":
            self._judge(code)
        elif self.code and self._printer.state is PrinterState.READY:
            self._judge("")


class TouchTrial(Trial):
    """All four corners of the page must be touched. `look`: touched, a list of corners; left, how many."""

    def __init__(self) -> None:
        super().__init__()
        self._touched: list[str] = []

    @property
    def look(self) -> dict[str, object]:
        """Return the corners."""
        return {"touched": list(self._touched), "left": len(CORNERS) - len(self._touched)}

    def open(self) -> None:
        """Begin anew."""
        self._touched = []

    def act(self, what: str) -> None:
        """A corner was touched."""
        if what in CORNERS and what not in self._touched:
            self._touched.append(what)
        if len(self._touched) == len(CORNERS):
            self._judge("")
        else:
            self.changed.emit()


def draw_test(paper: Paper) -> QImage:
    """Return a slip that tries the head and says that it is none."""
    words = read_words("vi")
    letters = Row(TEST_LETTERS, 6.0, is_centred=True, above_mm=3.0)
    return draw_parts([Row(words["test"], is_centred=True), Rule(), Code(TEST_CODE), Rule(), letters], paper)
