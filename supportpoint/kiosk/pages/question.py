"""K08: one question, its choices, its error, and Continue."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Choice, Question, QuestionType
from supportpoint.kiosk.pages.communes import COMMUNE
from supportpoint.kiosk.pages.dates import PARTIAL_DATE
from supportpoint.kiosk.pages.keyboard import NAME
from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.visit.stage import Stage

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "question"
PER_PAGE = 6
ACKNOWLEDGED = "OK"
NUMBERS = "numbers"
_WIDGETS = {
    QuestionType.INTEGER: "number",
    QuestionType.DECIMAL: "number",
    QuestionType.RANGE: "number",
    QuestionType.DATE: "date",
    QuestionType.SELECT_ONE: "select_one",
    QuestionType.SELECT_MULTIPLE: "select_multiple",
    QuestionType.ACKNOWLEDGE: "acknowledge",
    QuestionType.NOTE: "note",
    QuestionType.TIME: "time",
    QuestionType.DATETIME: "moment",
    QuestionType.FILE: "file",
}
#: Choices that say «none of these»: they stand alone.
ALONE = frozenset({"none", "no", "unknown"})
#: Answered by nothing this machine has yet: the page says so and goes on.
NOT_YET = frozenset({"file"})
#: Widgets that show and take no answer.
SHOWN_ONLY = frozenset({"note", *NOT_YET})
_APPEARANCES = {COMMUNE: "commune", PARTIAL_DATE: "partial_date", NAME: "name", NUMBERS: "number"}


def widget_of(question: Question | None) -> str:
    """Return the name of the widget that answers a question; the repeat's own screen has no question."""
    if question is None:
        return "repeat"
    if question.readonly and question.type is not QuestionType.NOTE:
        return "note"
    for word, widget in _APPEARANCES.items():
        if word in question.appearance:
            return widget
    return _WIDGETS.get(question.type, "text")


@QmlElement
@QmlUncreatable("made by bootstrap")
class QuestionViewModel(QObject):
    """The open question. `value` is in lexical form, a select_multiple separated by spaces.

    `choices` are maps of value, label, art, selected, as many a page as fit. `errorText` holds the form's own
    words, `errorCode` (required, type, rule) chooses the page's.
    """

    changed = Signal()
    valueChanged = Signal()
    choicesChanged = Signal()
    errorChanged = Signal()
    savingChanged = Signal()

    def __init__(self, stage: Stage, answer: OpenAnswer) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._answer, self._autosave = answer, stage.autosave
        self._paging = Paging(PER_PAGE)
        self._error_code = self._error_text = self._let_go = ""
        answer.opened.connect(self._opened)
        answer.changed.connect(self._value_changed)
        answer.reworded.connect(self._reworded)
        stage.autosave.savingChanged.connect(self.savingChanged)

    @Property(str, notify=changed)
    def ref(self) -> str:
        return self._walk.ref

    @Property(str, notify=changed)
    def name(self) -> str:
        question = self._answer.question
        return question.name if question is not None else ""

    @Property(str, notify=changed)
    def widget(self) -> str:
        return widget_of(self._answer.question)

    @Property(str, notify=changed)
    def label(self) -> str:
        question = self._answer.question
        return question.label if question is not None else self._section()

    @Property(str, notify=changed)
    def hint(self) -> str:
        question = self._answer.question
        return question.hint if question is not None else ""

    @Property(str, notify=changed)
    def guidance(self) -> str:
        question = self._answer.question
        return question.guidance if question is not None else ""

    @Property(str, notify=changed)
    def whyText(self) -> str:
        question = self._answer.question
        return question.attributes.get("why", "") if question is not None else ""

    @Property(str, notify=changed)
    def unitName(self) -> str:
        question = self._answer.question
        return question.attributes.get("unit", "") if question is not None else ""

    @Property(str, notify=valueChanged)
    def value(self) -> str:
        return self._answer.value

    @Property(str, notify=valueChanged)
    def display(self) -> str:
        chosen = set(self._answer.value.split())
        choices = self._answer.question.choices if self._answer.question is not None else ()
        labels = [choice.label for choice in choices if choice.value in chosen]
        return ", ".join(labels) or self._answer.value

    @Property(bool, notify=changed)
    def required(self) -> bool:
        return self._required()

    @Property("QVariantList", notify=choicesChanged)
    def choices(self) -> list[dict[str, object]]:
        chosen = set(self._answer.value.split())
        return [
            {
                "value": choice.value,
                "label": choice.label,
                "art": (choice.media.image or "").removesuffix(".svg").removesuffix(".png"),
                "selected": choice.value in chosen,
            }
            for choice in self._paging.shown(self._all_choices())
        ]

    @Property(int, notify=choicesChanged)
    def pageIndex(self) -> int:
        return self._paging.index

    @Property(int, notify=choicesChanged)
    def pageCount(self) -> int:
        return self._paging.count(self._all_choices())

    @Property(int, notify=valueChanged)
    def selectedCount(self) -> int:
        return len(self._answer.value.split())

    @Property(int, notify=valueChanged)
    def letGoCount(self) -> int:
        """How many choices the last touch let go of, because the new one stands alone."""
        return len(self._let_go.split())

    @Property(str, notify=errorChanged)
    def errorText(self) -> str:
        return self._error_text

    @Property(str, notify=errorChanged)
    def errorCode(self) -> str:
        return self._error_code

    @Property(bool, notify=valueChanged)
    def answerable(self) -> bool:
        question = self._answer.question
        if question is not None and question.type is QuestionType.DATETIME and self._answer.value:
            return "T" in self._answer.value
        return bool(self._answer.value.strip()) or not self._required()

    @Property(bool, notify=changed)
    def canSkip(self) -> bool:
        question = self._answer.question
        if question is None or widget_of(question) in NOT_YET:
            return False
        return not question.required and not question.readonly

    @Property(bool, notify=savingChanged)
    def saving(self) -> bool:
        return self._autosave.is_saving

    @Property(int, notify=changed)
    def repeatCount(self) -> int:
        return self._walk.step.page.repeat_count if self._walk.step is not None else 0

    @Property(bool, notify=changed)
    def canAdd(self) -> bool:
        return self._walk.step is not None and self._walk.step.page.can_add

    @Property(bool, notify=changed)
    def canRemove(self) -> bool:
        return self._walk.step is not None and self._walk.step.page.can_remove

    @Slot(str)
    def setText(self, text: str) -> None:
        """Hold a typed value; nothing is checked before Continue."""
        self._answer.set(text)

    @Slot(str)
    def choose(self, value: str) -> None:
        """Take a choice; in a select_multiple take it or let it go."""
        question = self._answer.question
        if question is None:
            return
        if question.type is QuestionType.SELECT_MULTIPLE:
            self._choose_many(question, value)
        elif question.type is QuestionType.ACKNOWLEDGE:
            self._answer.set("" if self._answer.value else ACKNOWLEDGED)
        else:
            self._answer.set(value)

    @Slot(int)
    def setChoicesPerPage(self, count: int) -> None:
        """Say how many choices fit the screen; the page with the chosen one is shown."""
        if count > 0 and count != self._paging.per_page:
            self._paging = Paging(count)
            self._show_chosen()
            self.choicesChanged.emit()

    @Slot()
    def takeBack(self) -> None:
        """Choose again what the last touch let go of."""
        before, self._let_go = self._let_go, ""
        if before:
            self._answer.set(before)

    @Slot()
    def nextChoices(self) -> None:
        self._turn(1)

    @Slot()
    def previousChoices(self) -> None:
        self._turn(-1)

    @Slot()
    def continueForm(self) -> None:
        """Check the answer, keep it, save the draft, and open the next screen."""
        question = self._answer.question
        if question is not None and widget_of(question) not in SHOWN_ONLY and not self._accept(question):
            return
        self._walk.forward()
        self._autosave.save(self._walk.ref)

    @Slot()
    def changeUnit(self) -> None:
        """Open the question for the unit of this one; what is typed here stays."""
        self.keep_unfinished()
        self._walk.detour(self.unitName)

    @Slot()
    def dontKnow(self) -> None:
        """Leave the question without an answer and go on."""
        self._answer.set("")
        self.continueForm()

    @Slot()
    def addRepeat(self) -> None:
        """Add one more and open its first question."""
        form, step = self._visit.form, self._walk.step
        if form is not None and step is not None and step.page.can_add:
            form.session.add_repeat(step.page.ref)
            self._walk.enter_group(f"{step.page.ref}[{step.page.repeat_count + 1}]/")
            self._autosave.save(self._walk.ref)

    @Slot(int)
    def removeRepeat(self, position: int) -> None:
        """Remove one, counted from 1."""
        form, step = self._visit.form, self._walk.step
        if form is not None and step is not None and step.page.can_remove:
            form.session.remove_repeat(f"{step.page.ref}[{position}]")
            self._walk.reread()
            self._autosave.save(self._walk.ref)

    def keep_unfinished(self) -> None:
        """Keep what is typed when the person goes back or home, if the form can hold it."""
        form, question = self._visit.form, self._answer.question
        if (
            form is None
            or question is None
            or not self._answer.is_changed
            or self._navigator.current != "question"
        ):
            return
        try:
            form.answer(question.ref, self._answer.value or None)
        except SupportPointError:
            return
        self._autosave.save(question.ref)

    def _choose_many(self, question: Question, value: str) -> None:
        """Take a choice or let it go; «none of these» and the others never stand together."""
        before = self._answer.value.split()
        kept = [one for one in before if (one in ALONE) == (value in ALONE) and value not in ALONE]
        chosen = [one for one in before if one != value] if value in before else [*kept, value]
        lost = [one for one in before if one not in chosen and one != value]
        self._let_go = " ".join(before) if lost else ""
        order = [choice.value for choice in question.choices]
        self._answer.set(" ".join(sorted(chosen, key=order.index)))

    def _accept(self, question: Question) -> bool:
        form = self._visit.form
        text = self._answer.value.strip()
        if form is None:
            return False
        if not text and question.required:
            form.session.answer(question.ref, None)
            problems = {problem.ref: problem for problem in form.session.validate()}
            found = problems.get(question.ref)
            return self._refuse("required", found.message if found is not None else "")
        try:
            problem = form.answer(question.ref, text or None).problem
        except SupportPointError:
            return self._refuse("type")
        form.prefilled.discard(question.ref)
        if problem is not None:
            return self._refuse("rule", problem.message)
        return True

    def _refuse(self, code: str, words: str = "") -> bool:
        self._error_code, self._error_text = code, words
        self.errorChanged.emit()
        return False

    def _clear_error(self) -> None:
        if self._error_code:
            self._refuse("")

    def _required(self) -> bool:
        question = self._answer.question
        return question is not None and question.required and widget_of(question) not in SHOWN_ONLY

    def _all_choices(self) -> tuple[Choice, ...]:
        question = self._answer.question
        return question.choices if question is not None and widget_of(question).startswith("select") else ()

    def _section(self) -> str:
        return self._walk.step.page.section if self._walk.step is not None else ""

    def _turn(self, by: int) -> None:
        self._paging.turn(by, self._all_choices())
        self.choicesChanged.emit()

    def _opened(self) -> None:
        self._let_go = ""
        self._clear_error()
        self._show_chosen()
        step = self._walk.step
        if step is not None and step.screen != PAGE:
            return  # the page of the question before is about to go: it need not be drawn for this one
        self.changed.emit()
        self.valueChanged.emit()
        self.choicesChanged.emit()

    def _show_chosen(self) -> None:
        chosen = set(self._answer.value.split())
        places = [place for place, choice in enumerate(self._all_choices()) if choice.value in chosen]
        self._paging.show(places[0] if places else 0)

    def _value_changed(self) -> None:
        self._clear_error()
        self.valueChanged.emit()
        self.choicesChanged.emit()

    def _reworded(self) -> None:
        self.changed.emit()
        self.valueChanged.emit()
        self.choicesChanged.emit()
