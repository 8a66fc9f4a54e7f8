"""K15: the receipt: what the person carries away, on paper or in a picture, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.devices.printer import CODES, Printer, PrinterState
from supportpoint.kiosk.pages.shell import Place
from supportpoint.kiosk.pictures.slip import LANGUAGES, Slip, draw_slip
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import long_date
from supportpoint.records import Receipt
from supportpoint.sealing.receipt import qr_text, write_secret

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: How often the open page looks whether paper was put in, or ran out.
WATCH_MS = 2000
NONE, READY, PRINTING, PRINTED = "none", "ready", "printing", "printed"
PAPER_OUT, FAILED = "paperOut", "failed"
IDLE_STATES = {
    PrinterState.NONE: NONE,
    PrinterState.READY: READY,
    PrinterState.PAPER_OUT: PAPER_OUT,
    PrinterState.ERROR: FAILED,
}


@dataclass(frozen=True)
class Handover:
    """What the receipt page says of a case that was queued; `adds_to` is the number it brings more to.

    `titles` are the service's names by language, for the slip.
    """

    receipt: Receipt
    service_title: str
    person_masked: str
    deadline: str
    missing_papers: tuple[str, ...]
    route: str = ""
    is_private: bool = False
    adds_to: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)


@QmlElement
@QmlUncreatable("made by bootstrap")
class ReceiptViewModel(QObject):
    """`steps` are maps of id (queued or sent, looked, result) and sub; `sent` once the server holds it all.

    `printState` is none (no printer), ready, printing, printed, paperOut or failed; `photographed` once the
    large code was looked at. The drawn slip goes to the printer and is kept nowhere.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, stage: Stage, printer: Printer, place: Callable[[], Place], phone: str) -> None:
        super().__init__()
        self._visit, self._clock, self._tasks = stage.visit, stage.clock, stage.tasks
        self._navigator = stage.navigator
        self._printer, self._place, self._phone = printer, place, phone
        self._handover: Handover | None = None
        self._sent = self._photographed = False
        self._print_state = NONE
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_at_printer)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.ended.connect(self._forget)
        stage.visit.languageChanged.connect(self.changed)

    @property
    def handover(self) -> Handover | None:
        """What the page shows, None when there is nothing to show."""
        return self._handover

    def show(self, handover: Handover) -> None:
        """Show the receipt of a queued case."""
        self._handover, self._sent, self._photographed = handover, False, False
        self._print_state = IDLE_STATES[self._printer.state]
        self.changed.emit()

    def set_sent(self, *, sent: bool) -> None:
        """Say whether the server holds the whole case."""
        if sent != self._sent:
            self._sent = sent
            self.changed.emit()

    @Property(str, notify=changed)
    def caseNumber(self) -> str:
        return self._handover.receipt.case_number if self._handover is not None else ""

    @Property(str, notify=changed)
    def serviceTitle(self) -> str:
        """The service; "" when the slip must not name it."""
        if self._handover is None or self._handover.is_private:
            return ""
        return self._handover.service_title

    @Property(str, notify=changed)
    def route(self) -> str:
        return self._handover.route if self._handover is not None else ""

    @Property(str, notify=changed)
    def addsTo(self) -> str:
        return self._handover.adds_to if self._handover is not None else ""

    @Property(bool, notify=changed)
    def isPrivate(self) -> bool:
        return self._handover is not None and self._handover.is_private

    @Property(str, notify=changed)
    def personMasked(self) -> str:
        if self._handover is None or self._handover.is_private:
            return ""
        return self._handover.person_masked

    @Property(str, notify=changed)
    def dayText(self) -> str:
        return long_date(local_day(self._clock.now()), self._visit.language)

    @Property(str, notify=changed)
    def resultByText(self) -> str:
        return self._handover.deadline if self._handover is not None else ""

    @Property(str, notify=changed)
    def secretText(self) -> str:
        return write_secret(self._handover.receipt.secret) if self._handover is not None else ""

    @Property(str, notify=changed)
    def qrText(self) -> str:
        return qr_text(self._handover.receipt.secret) if self._handover is not None else ""

    @Property(bool, notify=changed)
    def sent(self) -> bool:
        return self._sent

    @Property(str, notify=changed)
    def printState(self) -> str:
        return self._print_state

    @Property(bool, notify=changed)
    def photographed(self) -> bool:
        return self._photographed

    @Property("QVariantList", notify=changed)
    def steps(self) -> list[dict[str, str]]:
        return [
            {"id": "sent" if self._sent else "queued", "sub": ""},
            {"id": "looked", "sub": ""},
            {"id": "result", "sub": "" if self.addsTo or self.isPrivate else self._deadline()},
        ]

    @Property("QStringList", notify=changed)
    def missingPapers(self) -> list[str]:
        return list(self._handover.missing_papers) if self._handover is not None else []

    @Slot()
    def printSlip(self) -> None:
        """Print the slip; drawn off the main thread, once at a time."""
        handover = self._handover
        if handover is None or self._print_state in {NONE, PRINTING}:
            return
        self._set_print_state(PRINTING)
        slip, paper = self._make_slip(handover), self._printer.paper
        ended = self._visit.during(self._printed)

        def drawn(image: QImage) -> None:
            self._printer.print_images([image], paper, ended)

        self._tasks.compute(lambda: draw_slip(slip, paper), self._visit.during(drawn), ended)

    @Slot()
    def photograph(self) -> None:
        """The large code was on the screen for a phone's camera, or a pencil."""
        self._photographed = True
        self.changed.emit()

    @Slot()
    def finish(self) -> None:
        """The person takes the receipt and leaves."""
        self.finished.emit()

    def _deadline(self) -> str:
        return self._handover.deadline if self._handover is not None else ""

    def _make_slip(self, handover: Handover) -> Slip:
        today, place = local_day(self._clock.now()), self._place()
        return Slip(
            secret=handover.receipt.secret,
            case_number=handover.receipt.case_number,
            days={language: long_date(today, language) for language in LANGUAGES},
            language=self._visit.language,
            is_private=handover.is_private,
            services=handover.titles,
            route=handover.route,
            commune=place.commune_name,
            missing=handover.missing_papers,
            deadline="" if handover.adds_to else handover.deadline,
            adds_to=handover.adds_to,
            point=place.point_name,
            phone=self._phone,
        )

    def _printed(self, code: str) -> None:
        if code == CODES[PrinterState.PAPER_OUT]:
            self._set_print_state(PAPER_OUT)
        else:
            self._set_print_state(FAILED if code else PRINTED)

    def _look_at_printer(self) -> None:
        """Paper that ran out is said at once, and again when there is some; what was printed stays so."""
        if self._print_state in {READY, PAPER_OUT, NONE}:
            self._set_print_state(IDLE_STATES[self._printer.state])

    def _set_print_state(self, state: str) -> None:
        if state != self._print_state:
            self._print_state = state
            self.changed.emit()

    def _page_changed(self) -> None:
        if self._navigator.current == "receipt":
            self._watch.start()
        else:
            self._watch.stop()

    def _forget(self) -> None:
        self._handover, self._sent, self._photographed = None, False, False
        self._print_state = NONE
        self.changed.emit()
