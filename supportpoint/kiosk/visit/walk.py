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
REVIEW, LISTING, PATH = "review", "listing", "path"
#: Pages on which the person looks at the answers again; the form's setting `review` chooses the first one.
REVIEWS = (REVIEW, LISTING)
#: A question with this attribute is asked only when the person opens it from there.
ON_WISH = "wish"
#: A form of fewer screens is soon done, and a section of fewer is no stage of a way: no path is shown.
LONG_FORM, LONG_SECTION = 20, 3


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


def is_left_out(question: Question) -> bool:
    """Return whether a question waits for the person's wish: it may stay open, or has an answer already."""
    return bool(question.attributes.get(ON_WISH)) and (not question.required or bool(question.value))


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
        self._review = self._back_to = REVIEW
        self._known: frozenset[str] = frozenset()
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
        self._known = frozenset()
        self.moved.emit()

    def start(self, ref: str = "") -> None:
        """Open the screen of `ref`, or the first one."""
        form = self._visit.form
        self._review = LISTING if form is not None and form.review == LISTING else REVIEW
        self._to_review, self._known = False, frozenset()
        steps = self.steps()
        found = next((step for step in steps if step.ref == ref), None)
        if steps:
            self._show(found or next((step for step in steps if not self._is_skipped(step)), steps[0]))

    def forward(self) -> None:
        """Open the next screen that no card has answered already; the review at the end.

        Between two sections of a long form stands its path, and its Continue comes here too.
        """
        self._before_step()
        following = self._newly_asked() if self._to_review else self.following
        if following is None:
            self._open_review()
        elif not self._to_review and self._navigator.current != PATH and self._ends_stage(following):
            self._navigator.open(PATH)
        else:
            self._show(following)

    @property
    def following(self) -> Step | None:
        """The next screen that no card has answered already, None at the end."""
        steps, place = self._placed()
        return next((step for step in steps[place + 1 :] if not self._is_skipped(step)), None)

    def steps(self) -> list[Step]:
        """Return every screen of the open form, [] outside one."""
        form = self._visit.form
        return list_steps(form.session) if form is not None else []

    def backward(self) -> bool:
        """Open the screen before this one; False at the first one."""
        page = self._navigator.current
        if page == self._review and page not in REVIEWS:
            return False
        if page == "confirmCard":
            self._navigator.open("scan")
        elif page == PATH and self._step is not None:
            self._show(self._step)
        elif page == "consent" or (page == REVIEW and self._review == LISTING):
            self._to_review = False
            self._open_review()
        elif self._to_review:
            self._open_review()
        else:
            return self._show_before(page)
        return True

    def jump(self, ref: str) -> None:
        """Open one screen from the review page; the next step leads back to the review."""
        found = next((step for step in self.steps() if step.ref == ref), None)
        if found is not None:
            page = self._navigator.current
            self._to_review, self._back_to = True, page if page in REVIEWS else self._review
            steps = (
                self.steps() if found.question is not None and ON_WISH in found.question.attributes else []
            )
            self._known = frozenset(step.ref for step in steps)
            self._show(found)

    def forward_from(self, ref: str) -> None:
        """Go on as from the screen of `ref`: an answer there took the open screen out of the form."""
        self._ref, self._step = ref, next((step for step in self.steps() if step.ref == ref), None)
        self.forward()

    def detour(self, name: str) -> None:
        """Open the question of that name beside the open one; its Continue leads back through the form."""
        group = self._ref.rpartition("/")[0]
        found = next((step for step in self.steps() if step.ref == f"{group}/{name}"), None)
        if found is not None:
            self._show(found)

    def ask(self, step: Step, review: str) -> None:
        """Open a screen in other words than the form's; forward and back lead to the page `review`."""
        self._to_review, self._review, self._back_to = True, review, review
        self._known = frozenset()
        self._show(step, is_own=True)

    def enter_group(self, prefix: str) -> None:
        """Open the first screen whose address begins with `prefix`, if there is one."""
        found = next((step for step in self.steps() if step.ref.startswith(prefix)), None)
        if found is not None:
            self._show(found)

    def reread(self) -> None:
        """Read the open screen again, after a change of language or of an answer."""
        if self._is_own:
            self.moved.emit()
            return
        found = next((step for step in self.steps() if step.ref == self._ref), None)
        if found is not None:
            self._step = found
            self.moved.emit()

    def group_questions(self, group: str = "") -> list[Question]:
        """Return the questions of a group and of the groups inside it, by default of the open screen's."""
        group = group or self._ref.rpartition("/")[0] + "/"
        questions = [step.question for step in self.steps()]
        return [question for question in questions if question is not None and question.ref.startswith(group)]

    def _placed(self) -> tuple[list[Step], int]:
        steps = self.steps()
        place = next((index for index, step in enumerate(steps) if step.ref == self._ref), 0)
        return steps, place

    def _ends_stage(self, following: Step) -> bool:
        """Return whether a section ends here that the person walked through, in a form long enough."""
        done, coming = self._step.page if self._step is not None else following.page, following.page
        if done.section_index == coming.section_index or not (done.section and coming.section):
            return False
        asked = [step for step in self.steps() if not self._is_skipped(step)]
        walked = sum(step.page.section_index == done.section_index for step in asked)
        return len(asked) >= LONG_FORM and walked >= LONG_SECTION

    def _newly_asked(self) -> Step | None:
        """Return the next screen that only the answer from the review brought, None where it brought none."""
        steps, place = self._placed()
        fresh = (step for step in steps[place + 1 :] if self._known and step.ref not in self._known)
        return next((step for step in fresh if not self._is_skipped(step)), None)

    def _is_skipped(self, step: Step) -> bool:
        form = self._visit.form
        if form is not None and step.ref in form.prefilled:
            return True
        return step.question is not None and is_left_out(step.question)

    def _show_before(self, page: str) -> bool:
        steps, place = self._placed()
        before = steps if page in REVIEWS else steps[:place]
        found = next((step for step in reversed(before) if not self._is_skipped(step)), None)
        if found is not None:
            self._show(found)
        return found is not None

    def _open_review(self) -> None:
        page = self._back_to if self._to_review else self._review
        self._to_review = False
        self._navigator.open(page)
        self.moved.emit()

    def _show(self, step: Step, *, is_own: bool = False) -> None:
        self._ref, self._step, self._is_own = step.ref, step, is_own
        if self._visit.form is not None:
            self._visit.form.shown.add(step.ref)
        self.moved.emit()
        self._navigator.open(step.screen)
