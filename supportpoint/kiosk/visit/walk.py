"""The way through a form: one question a screen, forward, back, and from the review page and back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from supportpoint.forms import FormSession
from supportpoint.forms.view import Page, PageKind, Question, QuestionType
from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.visit.visit import Visit

ID_SCAN = "sp:id-scan"
SIGNATURE = "signature"
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the form: a question, or the "add another?" of a repeat (`question` is None)."""

    page: Page
    question: Question | None

    @property
    def ref(self) -> str:
        """The address of the screen: its question, or its repeat."""
        return self.question.ref if self.question is not None else self.page.ref

    @property
    def screen(self) -> str:
        """The name of the page that shows this step."""
        if self.question is None:
            return "question"
        if self.question.type is QuestionType.BARCODE and ID_SCAN in self.question.appearance:
            return "scan"
        if self.question.type is QuestionType.IMAGE:
            return "signature" if SIGNATURE in self.question.appearance else "photo"
        return "voice" if self.question.type is QuestionType.AUDIO else "question"


def list_steps(session: FormSession) -> list[Step]:
    """Return every screen of the form as it stands now; questions asked on the consent page are left out."""
    steps: list[Step] = []
    for page in session.pages():
        if page.kind is PageKind.REPEAT:
            steps.append(Step(page, None))
            continue
        steps += [Step(page, question) for question in page.questions if "consent" not in question.attributes]
    return steps


def find_next_page(session: FormSession, ref: str) -> str:
    """Return where one more answer to the same question would stand, "" where the form takes no more.

    Only a question that is alone in the last instance of its repeat has a next one.
    """
    group = ref.rpartition("/")[0]
    repeat, _, place = group.removesuffix("]").rpartition("[")
    if not place.isdecimal():
        return ""
    pages = session.pages()
    asked = sum(one.ref.startswith(f"{group}/") for page in pages for one in page.questions)
    ends = [page for page in pages if page.kind is PageKind.REPEAT and page.ref == repeat and page.can_add]
    is_last = any(page.repeat_count == int(place) for page in ends)
    return f"{repeat}[{int(place) + 1}]/" if asked == 1 and is_last else ""


class FormWalk(QObject):
    """Where the person stands in the open form. `moved` says that `step` is another one or reads anew."""

    moved = Signal()

    def __init__(self, visit: Visit, navigator: Navigator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._navigator = navigator
        self._ref = ""
        self._step: Step | None = None
        self._to_review = self._is_own = False
        self._review = REVIEW
        self._before_step: Callable[[], None] = lambda: None
        visit.ended.connect(self.reset)
        visit.languageChanged.connect(self.reread)

    def on_forward(self, before_step: Callable[[], None]) -> None:
        """Set what is done before the next screen is looked for."""
        self._before_step = before_step

    @property
    def step(self) -> Step | None:
        """The screen that is open, None outside a form."""
        return self._step

    @property
    def ref(self) -> str:
        """The address of the open screen, "" outside a form."""
        return self._ref

    def reset(self) -> None:
        """Forget the place; the form is closed."""
        self._ref, self._step, self._to_review, self._review = "", None, False, REVIEW
        self.moved.emit()

    def start(self, ref: str = "") -> None:
        """Open the screen of `ref`, or the first one."""
        self._review = REVIEW
        steps = self._steps()
        found = next((step for step in steps if step.ref == ref), None)
        if steps:
            self._show(found or steps[0])

    def forward(self) -> None:
        """Open the next screen that no card has answered already; the review at the end."""
        self._before_step()
        if self._to_review:
            self._open_review()
            return
        steps, place = self._placed()
        for step in steps[place + 1 :]:
            if not self._is_prefilled(step):
                self._show(step)
                return
        self._open_review()

    def backward(self) -> bool:
        """Open the screen before this one; False at the first one."""
        if self._navigator.current == self._review != REVIEW:
            return False
        if self._navigator.current == "confirmCard":
            self._navigator.open("scan")
            return True
        if self._navigator.current == "consent":
            self._open_review()
            return True
        steps, place = self._placed()
        if self._navigator.current == "review":
            place = len(steps)
        elif self._to_review:
            self._open_review()
            return True
        for step in reversed(steps[:place]):
            if not self._is_prefilled(step):
                self._show(step)
                return True
        return False

    def jump(self, ref: str) -> None:
        """Open one screen from the review page; the next step leads back to the review."""
        found = next((step for step in self._steps() if step.ref == ref), None)
        if found is not None:
            self._to_review = True
            self._show(found)

    def ask(self, step: Step, review: str) -> None:
        """Open a screen in other words than the form's; forward and back lead to the page `review`."""
        self._to_review, self._review = True, review
        self._show(step, is_own=True)

    def enter_group(self, prefix: str) -> None:
        """Open the first screen whose address begins with `prefix`, if there is one."""
        found = next((step for step in self._steps() if step.ref.startswith(prefix)), None)
        if found is not None:
            self._show(found)

    def reread(self) -> None:
        """Read the open screen again, after a change of language or of an answer."""
        if self._is_own:
            self.moved.emit()
            return
        found = next((step for step in self._steps() if step.ref == self._ref), None)
        if found is not None:
            self._step = found
            self.moved.emit()

    def group_questions(self, group: str = "") -> list[Question]:
        """Return the questions of a group and of the groups inside it, by default of the open screen's."""
        group = group or self._ref.rpartition("/")[0] + "/"
        questions = [step.question for step in self._steps()]
        return [question for question in questions if question is not None and question.ref.startswith(group)]

    def _steps(self) -> list[Step]:
        form = self._visit.form
        return list_steps(form.session) if form is not None else []

    def _placed(self) -> tuple[list[Step], int]:
        steps = self._steps()
        place = next((index for index, step in enumerate(steps) if step.ref == self._ref), 0)
        return steps, place

    def _is_prefilled(self, step: Step) -> bool:
        form = self._visit.form
        return form is not None and step.ref in form.prefilled

    def _open_review(self) -> None:
        self._to_review = False
        self._navigator.open(self._review)
        self.moved.emit()

    def _show(self, step: Step, *, is_own: bool = False) -> None:
        self._ref, self._step, self._is_own = step.ref, step, is_own
        self.moved.emit()
        self._navigator.open(step.screen)
