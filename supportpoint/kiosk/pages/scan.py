"""K06 and K07: scan a citizen card or take somebody over, look at it, fill the person's questions with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.devices.citizen_card import CitizenCard, read_card
from supportpoint.devices.scanner import Scanner
from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Question
from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.card_answers import card_answer
from supportpoint.kiosk.visit.people import (
    RESIDENCE,
    SCAN,
    Person,
    Reuse,
    group_of,
    list_others,
    reused_answer,
)
from supportpoint.kiosk.visit.places import Commune, find_new_commune, is_old_address
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import mask_number, partial_date_text, short_date

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

SCANNED, NONE = "scanned", "none"
SCANNER = "scanner"
HINTS_AFTER_S = {12: "far", 24: "tilt", 40: "pad"}
#: People offered at once; more are a page away.
PEOPLE_PER_PAGE = 3
#: Answers that open other questions, such as the kind of paper, are few; more rounds never end.
MAX_ROUNDS = 6
ROOT = "/data/"


@QmlElement
@QmlUncreatable("made by bootstrap")
class ScanViewModel(QObject):
    """`hint` is "" or far, tilt, pad (type the number instead), bad (no citizen card) or seen (used already).

    `card` is a map of name, birth, sex (male, female, or a label), address, communeNew, isOld (the address
    is in the words of before the merger), idMasked, issuedOn, from (the section of a person taken over).
    `people` are maps of name and section. The text of the code is read once and let go.
    """

    changed = Signal()
    cardChanged = Signal()

    def __init__(self, stage: Stage, scanner: Scanner, communes: tuple[Commune, ...]) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._autosave, self._clock = stage.autosave, stage.clock
        self._scanner, self._communes, self._presence = scanner, communes, stage.presence
        self._seconds = 0
        self._hint = ""
        self._card: CitizenCard | None = None
        self._person: Person | None = None
        self._people: tuple[Person, ...] = ()
        self._paging = Paging(PEOPLE_PER_PAGE)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._second)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.walk.moved.connect(self._walked)
        stage.walk.on_forward(self._fill_reused)
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

    @Property("QVariantList", notify=changed)
    def people(self) -> list[dict[str, str]]:
        shown = self._paging.shown(self._people)
        return [{"name": person.name, "section": person.section} for person in shown]

    @Property(int, notify=changed)
    def peoplePages(self) -> int:
        return self._paging.count(self._people)

    @Property("QVariantMap", notify=cardChanged)
    def card(self) -> dict[str, object]:
        if self._person is not None:
            return self._person_card(self._person)
        card = self._card
        if card is None:
            return {}
        return {
            "name": card.full_name,
            "birth": short_date(card.birth_date),
            "sex": card.sex,
            **self._address(card.residence),
            "idMasked": card.masked_no,
            "issuedOn": short_date(card.issue_date) if card.issue_date is not None else "",
            "from": "",
        }

    @Slot(int)
    def reuse(self, place: int) -> None:
        """Take somebody of this form over, counted from 0 on the open page; they are looked at first."""
        shown = self._paging.shown(self._people)
        if 0 <= place < len(shown):
            self._person = shown[place]
            self.cardChanged.emit()
            self._navigator.open("confirmCard")

    @Slot()
    def nextPeople(self) -> None:
        """Show the next people, after the last ones the first again."""
        last = self._paging.index + 1 >= self._paging.count(self._people)
        self._paging.index = 0 if last else self._paging.index + 1
        self.changed.emit()

    @Slot()
    def skip(self) -> None:
        """No card: the questions are asked one by one."""
        self._answer_scan(NONE)
        self._go_on()

    @Slot()
    def accept(self) -> None:
        """This is right: fill the person's questions and pass over what is known of them."""
        form = self._visit.form
        if form is None:
            return
        if self._person is not None:
            self._answer_scan(NONE)
            form.reused[group_of(self._walk.ref)] = Reuse(self._person)
            self._fill_reused()
        elif self._card is not None:
            self._answer_scan(SCANNED)
            self._fill(self._card)
        else:
            return
        self._forget_card()
        self._go_on()

    @Slot()
    def reject(self) -> None:
        """Not this person: back to the scan."""
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
        self._card, self._person = card, None
        self.cardChanged.emit()
        self._navigator.open("confirmCard")

    def _fill(self, card: CitizenCard) -> None:
        for question in self._card_questions():
            self._take(question, card_answer(question, card, self._communes))

    def _card_questions(self) -> list[Question]:
        """Return the questions of the scanned person; where they ask for no home, the address beside them."""
        own = self._walk.group_questions()
        if any(_is_home(question) for question in own):
            return own
        outer = _outer(group_of(self._walk.ref))
        around = self._walk.group_questions(outer) if outer != ROOT else []
        return own + [one for one in around if _is_home(one) and _outer(group_of(one.ref)) == outer]

    def _fill_reused(self) -> None:
        """Fill what is known of people taken over: an answer can open more questions, now or later."""
        form = self._visit.form
        for group, reuse in form.reused.items() if form is not None else ():
            for _ in range(MAX_ROUNDS):
                asked = self._walk.group_questions(group)
                waiting = [one for one in asked if one.ref not in reuse.done]
                for question in waiting:
                    reuse.done.add(question.ref)
                    value = reused_answer(question, reuse.person, group, self._communes)
                    self._take(question, value)
                if not waiting:
                    break

    def _take(self, question: Question, value: str) -> None:
        """Answer a question that the confirmed page has shown; a wrong answer is asked again."""
        form = self._visit.form
        if form is None or not value:
            return
        try:
            problem = form.session.answer(question.ref, value).problem
        except SupportPointError:
            return
        if problem is None:
            form.prefilled.add(question.ref)

    def _person_card(self, person: Person) -> dict[str, object]:
        birth, sex, number = (person.find(asked) for asked in ("birth_date", "sex", "id_no"))
        homes = [one for one in person.answers if one.attributes.get("scan") == "residence"]
        chosen = next((one.display for one in homes if one.choices), "")
        written = next((str(one.value) for one in homes if not one.choices), "")
        place = {"address": ", ".join(filter(None, (written, chosen))), "communeNew": "", "isOld": False}
        return {
            "name": person.name,
            "birth": partial_date_text(str(birth.value)) if birth is not None else "",
            "sex": sex.display if sex is not None else "",
            **(place if chosen else self._address(written)),
            "idMasked": mask_number(str(number.value)) if number is not None else "",
            "issuedOn": "",
            "from": person.section,
        }

    def _address(self, text: str) -> dict[str, object]:
        commune = find_new_commune(self._communes, text)
        return {
            "address": text,
            "communeNew": commune.name if commune is not None else "",
            "isOld": is_old_address(self._communes, text),
        }

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
            if self._scanner.is_there:
                self._presence.hold(SCANNER)
        elif self._timer.isActive():
            self._scanner.stop()
            self._timer.stop()
            self._presence.release(SCANNER)

    def _walked(self) -> None:
        form = self._visit.form
        if form is not None and self._walk.step is not None and self._walk.step.screen == "scan":
            self._people = list_others(form.session.pages(), self._walk.ref)
            self._paging.index = 0
            self._restart()
        self.changed.emit()

    def _restart(self) -> None:
        self._seconds = 0
        self._set_hint("")

    def _second(self) -> None:
        self._seconds += 1
        self._hint = HINTS_AFTER_S.get(self._seconds, self._hint)
        self.changed.emit()

    def _set_hint(self, hint: str) -> None:
        self._hint = hint
        self.changed.emit()

    def _forget_card(self) -> None:
        self._card = self._person = None
        self.cardChanged.emit()

    def _forget(self) -> None:
        self._people = ()
        self._forget_card()
        self._restart()


def _is_home(question: Question) -> bool:
    return question.attributes.get(SCAN, "").startswith(RESIDENCE)


def _outer(group: str) -> str:
    return group_of(group.rstrip("/"))
