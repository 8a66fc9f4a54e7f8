"""K15: the receipt: what the person carries away, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import Clock, local_day
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.words.wording import long_date
from supportpoint.records import Receipt
from supportpoint.sealing.receipt import qr_text, write_secret

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class Handover:
    """What the receipt page says of a case that was queued; `adds_to` is the number it brings more to."""

    receipt: Receipt
    service_title: str
    person_masked: str
    deadline: str
    missing_papers: tuple[str, ...]
    route: str = ""
    is_private: bool = False
    adds_to: str = ""


@QmlElement
@QmlUncreatable("made by bootstrap")
class ReceiptViewModel(QObject):
    """`steps` are maps of id (queued, looked, result) and sub; `sent` once the server holds all of it."""

    changed = Signal()
    finished = Signal()

    def __init__(self, visit: Visit, clock: Clock) -> None:
        super().__init__()
        self._visit, self._clock = visit, clock
        self._handover: Handover | None = None
        self._sent = False
        visit.ended.connect(self._forget)
        visit.languageChanged.connect(self.changed)

    @property
    def handover(self) -> Handover | None:
        """What the page shows, None when there is nothing to show."""
        return self._handover

    def show(self, handover: Handover) -> None:
        """Show the receipt of a queued case."""
        self._handover, self._sent = handover, False
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

    @Property(bool, constant=True)
    def canPrint(self) -> bool:
        return False

    @Property("QVariantList", notify=changed)
    def steps(self) -> list[dict[str, str]]:
        waiting = [] if self._sent else [{"id": "queued", "sub": ""}]
        return [
            *waiting,
            {"id": "looked", "sub": ""},
            {"id": "result", "sub": "" if self.addsTo else self._deadline()},
        ]

    @Property("QStringList", notify=changed)
    def missingPapers(self) -> list[str]:
        return list(self._handover.missing_papers) if self._handover is not None else []

    @Slot()
    def finish(self) -> None:
        """The person takes the receipt and leaves."""
        self.finished.emit()

    def _deadline(self) -> str:
        return self._handover.deadline if self._handover is not None else ""

    def _forget(self) -> None:
        self._handover, self._sent = None, False
        self.changed.emit()
