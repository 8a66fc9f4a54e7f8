"""K26: everything that a case still needs, answered one by one and sent at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Page, PageKind
from supportpoint.kiosk.pages.track import TrackViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.numbers import NumberKind, mask
from supportpoint.kiosk.visit.papers import art_of_paper
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.supplement import Asked, SupplementRequest, can_answer
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.kiosk.visit.walk import Step
from supportpoint.protocol import CaseNews
from supportpoint.sync.submission import SUPPLEMENT

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "supplement"


@QmlElement
@QmlUncreatable("made by bootstrap")
class SupplementViewModel(QObject):
    """`items` are maps of kind, label, reason, art, done, shown. Only news opened by a receipt lead here.

    `offered` while the receipt on the status page can be answered from this machine, `alreadySent` once it
    was in this visit; `isLate` when the day to answer by, `dueText`, has passed.
    """

    changed = Signal()

    def __init__(self, stage: Stage, service: Service, track: TrackViewModel) -> None:
        super().__init__()
        self._visit, self._navigator, self._walk = stage.visit, stage.navigator, stage.walk
        self._service, self._track = service, track
        self._sent: set[str] = set()
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.formChanged.connect(self.changed)
        stage.walk.moved.connect(self.changed)
        service.formsChanged.connect(self.changed)
        track.changed.connect(self.changed)
        stage.visit.ended.connect(self._sent.clear)

    @Property(bool, notify=changed)
    def offered(self) -> bool:
        if self.alreadySent or not (can_answer(self._track.news) and self._track.purpose):
            return False
        return any(form.id == SUPPLEMENT for form in self._service.forms)

    @Property(bool, notify=changed)
    def alreadySent(self) -> bool:
        return self._track.news is not None and self._track.news.case_number in self._sent

    @Property(str, notify=changed)
    def dueText(self) -> str:
        return str(self._track.dueText)

    @Property(bool, notify=changed)
    def isLate(self) -> bool:
        return bool(self._track.isLate)

    @Property("QVariantList", notify=changed)
    def items(self) -> list[dict[str, object]]:
        request = self._request()
        return [_as_item(request, asked) for asked in request.things] if request is not None else []

    @Property(int, notify=changed)
    def doneCount(self) -> int:
        request = self._request()
        return request.done_count if request is not None else 0

    @Property(str, notify=changed)
    def caseNumber(self) -> str:
        request = self._request()
        return request.number if request is not None else ""

    @Slot()
    def open(self) -> None:
        """Open the list of the receipt that was just looked up; what was answered before is still there."""
        news = self._track.news
        if news is None or not self.offered:
            return
        request = self._request()
        if request is not None and request.number == news.case_number:
            self._navigator.open(PAGE)
            return
        purpose = self._track.purpose
        self._service.open_for(SUPPLEMENT, purpose, lambda form: self._opened(form, news))

    @Slot(int)
    def answer(self, index: int) -> None:
        """Open the camera or the keys for one thing."""
        request = self._request()
        if request is None or not 0 <= index < len(request.things):
            return
        asked = request.things[index]
        page = Page(0, PageKind.QUESTION, asked.ref, "", 0, 0, ())
        self._walk.ask(Step(page, request.question(asked)), PAGE)

    @Slot()
    def send(self) -> None:
        """Go on to what the form asks leave for; from there it is sealed and queued like any case."""
        if self.doneCount:
            self._navigator.open("consent")

    def note_sent(self, number: str) -> None:
        """Remember for this visit that a request was answered; "" is none."""
        self._sent.add(number)
        self.changed.emit()

    def drop_empty(self) -> None:
        """Close a request in which nothing was answered: there is nothing to keep."""
        request = self._request()
        if request is not None and not request.done_count:
            self._service.drop()

    def _opened(self, form: OpenForm, news: CaseNews) -> None:
        try:
            form.request = SupplementRequest(form.session, news)
        except SupportPointError as error:
            self._visit.close_form()
            self._service.failed.emit(error.code)
            return
        self._navigator.open(PAGE)

    def _request(self) -> SupplementRequest | None:
        return self._visit.form.request if self._visit.form is not None else None

    def _page_changed(self) -> None:
        if self._navigator.current == "status":
            self.drop_empty()
        self.changed.emit()


def _as_item(request: SupplementRequest, asked: Asked) -> dict[str, object]:
    return {
        "kind": asked.thing.kind,
        "label": asked.thing.label,
        "reason": asked.thing.reason,
        "art": _art(asked),
        "done": request.is_done(asked),
        "shown": _shown(request, asked),
    }


def _art(asked: Asked) -> str:
    if asked.is_photo:
        return art_of_paper(asked.thing.label)
    return "phone" if asked.is_phone else "writing"


def _shown(request: SupplementRequest, asked: Asked) -> str:
    """Return what others may see of a written answer: of digits only the last ones."""
    kind = NumberKind.NONE
    if asked.is_digits:
        kind = NumberKind.PHONE if asked.is_phone else NumberKind.ID
    return mask(request.said(asked), kind)
