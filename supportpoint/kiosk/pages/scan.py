"""K06 and K07: scan a citizen card, look at what it says, fill the person's questions with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.devices.citizen_card import CitizenCard, read_card
from supportpoint.devices.scanner import Scanner
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.card_answers import card_answer, is_proposal
from supportpoint.kiosk.visit.places import Commune, find_new_commune
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import short_date

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

SCANNED, NONE = "scanned", "none"
FAR_AFTER_S, TILT_AFTER_S = 12, 24


@QmlElement
@QmlUncreatable("made by bootstrap")
class ScanViewModel(QObject):
    """`hint` is "" or far, tilt, bad (no citizen card), seen (this card was used for another person).

    `card` is a map of name, birth, sex (male, female), address, communeNew, idMasked, issuedOn.
    The text of the code is read once and let go.
    """

    changed = Signal()
    cardChanged = Signal()

    def __init__(self, stage: Stage, scanner: Scanner, communes: tuple[Commune, ...]) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._autosave, self._clock = stage.autosave, stage.clock
        self._scanner, self._communes = scanner, communes
        self._seconds = 0
        self._hint = ""
        self._card: CitizenCard | None = None
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._second)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.walk.moved.connect(self._walked)
        stage.visit.ended.connect(self._forget)

    @Property(str, notify=changed)
    def personLabel(self) -> str:
        return self._walk.step.page.section if self._walk.step is not None else ""

    @Property(str, notify=changed)
    def questionLabel(self) -> str:
        step = self._walk.step
        return step.question.label if step is not None and step.question is not None else ""

    @Property(int, notify=changed)
    def secondsWaiting(self) -> int:
        return self._seconds

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(bool, notify=changed)
    def cameraAvailable(self) -> bool:
        return self._scanner.is_there

    @Property("QVariantMap", notify=cardChanged)
    def card(self) -> dict[str, str]:
        card = self._card
        if card is None:
            return {}
        commune = find_new_commune(self._communes, card.residence)
        return {
            "name": card.full_name,
            "birth": short_date(card.birth_date),
            "sex": card.sex,
            "address": card.residence,
            "communeNew": commune.name if commune is not None else "",
            "idMasked": card.masked_no,
            "issuedOn": short_date(card.issue_date) if card.issue_date is not None else "",
        }

    @Slot()
    def skip(self) -> None:
        """No card: the questions are asked one by one."""
        self._answer_scan(NONE)
        self._go_on()

    @Slot()
    def accept(self) -> None:
        """The card is right: fill the person's questions and pass over what the card says itself."""
        card, form = self._card, self._visit.form
        if card is None or form is None:
            return
        self._answer_scan(SCANNED)
        for question in self._walk.group_questions():
            value = card_answer(question, card, self._communes)
            if not value or form.session.answer(question.ref, value).problem is not None:
                continue
            if not is_proposal(question):
                form.prefilled.add(question.ref)
        self._forget_card()
        self._go_on()

    @Slot()
    def reject(self) -> None:
        """Not this person: scan again."""
        self._forget_card()
        self._navigator.open("scan")

    def take_code(self, text: str) -> None:
        """Read one code."""
        try:
            card = read_card(text, local_day(self._clock.now()))
        except SupportPointError:
            self._set_hint("bad")
            return
        if self._is_used(card):
            self._set_hint("seen")
            return
        self._card = card
        self.cardChanged.emit()
        self._navigator.open("confirmCard")

    def _is_used(self, card: CitizenCard) -> bool:
        form = self._visit.form
        if form is None:
            return False
        own = {question.ref for question in self._walk.group_questions()}
        return any(
            question.value == card.id_no
            for page in form.session.pages()
            for question in page.questions
            if question.attributes.get("scan") == "id_no" and question.ref not in own
        )

    def _answer_scan(self, value: str) -> None:
        form = self._visit.form
        if form is not None:
            form.session.answer(self._walk.ref, value)

    def _go_on(self) -> None:
        self._walk.forward()
        self._autosave.save(self._walk.ref)

    def _page_changed(self) -> None:
        if self._navigator.current == "scan":
            self._restart()
            self._scanner.start(self.take_code)
            self._timer.start()
        elif self._timer.isActive():
            self._scanner.stop()
            self._timer.stop()

    def _walked(self) -> None:
        if self._walk.step is not None and self._walk.step.screen == "scan":
            self._restart()
        self.changed.emit()

    def _restart(self) -> None:
        self._seconds = 0
        self._set_hint("")

    def _second(self) -> None:
        self._seconds += 1
        if self._seconds in {FAR_AFTER_S, TILT_AFTER_S}:
            self._hint = "far" if self._seconds == FAR_AFTER_S else "tilt"
        self.changed.emit()

    def _set_hint(self, hint: str) -> None:
        self._hint = hint
        self.changed.emit()

    def _forget_card(self) -> None:
        self._card = None
        self.cardChanged.emit()

    def _forget(self) -> None:
        self._forget_card()
        self._restart()
