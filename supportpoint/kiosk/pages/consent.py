"""K12: what the person agrees to, one purpose at a time, each with two equal answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.forms.view import Question
from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.visit import OpenForm, Visit

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

CONSENT = "consent"
SENSITIVE = "sensitive"
#: No case can go without them. A form asks for those it really uses; one that asks for none uses both.
NEEDED = ("basic", SENSITIVE)
YES = ("yes", "OK", "agree", "1", "true")
NO = ("no", "decline", "0", "false")


def find_consents(form: OpenForm) -> dict[str, Question]:
    """Return the form's own consent questions by purpose (`sp:consent` on their bind)."""
    return {
        question.attributes[CONSENT]: question
        for page in form.session.pages()
        for question in page.questions
        if question.attributes.get(CONSENT)
    }


def record_consent(form: OpenForm, purpose: str, *, agreed: bool) -> None:
    """Keep the person's answer to one purpose, in the form's own question where it has one."""
    form.consents[purpose] = agreed
    question = find_consents(form).get(purpose)
    if question is None:
        return
    words = YES if agreed else NO
    offered = {choice.value for choice in question.choices}
    value = next((word for word in words if word in offered), words[0])
    form.session.answer(question.ref, value)


@QmlElement
@QmlUncreatable("made by bootstrap")
class ConsentViewModel(QObject):
    """`purposes` are maps of id and text ("" when QML has the words); `declined` when a needed one was.

    `route` tells who will read the case.
    """

    changed = Signal()
    agreed = Signal()

    def __init__(self, visit: Visit, navigator: Navigator, service: Service) -> None:
        super().__init__()
        self._visit, self._navigator, self._service = visit, navigator, service
        self._index = 0
        self._declined = False
        navigator.pageChanged.connect(self._page_changed)
        visit.languageChanged.connect(self.changed)

    @Property("QVariantList", notify=changed)
    def purposes(self) -> list[dict[str, str]]:
        return [{"id": purpose, "text": text} for purpose, text in self._purposes().items()]

    @Property(int, notify=changed)
    def purposeIndex(self) -> int:
        return self._index

    @Property(int, notify=changed)
    def purposeCount(self) -> int:
        return len(self._purposes())

    @Property(str, notify=changed)
    def purposeId(self) -> str:
        return self._current()

    @Property(bool, notify=changed)
    def isSensitive(self) -> bool:
        return self._current() == SENSITIVE

    @Property(str, notify=changed)
    def route(self) -> str:
        return self._visit.form.route if self._visit.form is not None else ""

    @Property(bool, notify=changed)
    def declined(self) -> bool:
        return self._declined

    @Slot()
    def agree(self) -> None:
        self._answer(agreed=True)

    @Slot()
    def decline(self) -> None:
        """Say no. A needed purpose ends the case: nothing goes, and the page says so."""
        if self._current() in NEEDED:
            self._declined = True
            self.changed.emit()
            return
        self._answer(agreed=False)

    @Slot()
    def reconsider(self) -> None:
        """Look at the purpose again."""
        self._declined = False
        self.changed.emit()

    @Slot()
    def leave(self) -> None:
        """Keep nothing and go home."""
        self._service.drop()
        self._navigator.open("home")

    def _purposes(self) -> dict[str, str]:
        form = self._visit.form
        if form is None:
            return {}
        own = {purpose: question.label for purpose, question in find_consents(form).items()}
        needed = [purpose for purpose in NEEDED if purpose in own] or NEEDED
        # the needed ones come first and in the page's own words; the form's labels are for the office
        return dict.fromkeys(needed, "") | {each: text for each, text in own.items() if each not in NEEDED}

    def _current(self) -> str:
        purposes = list(self._purposes())
        return purposes[self._index] if self._index < len(purposes) else ""

    def _answer(self, *, agreed: bool) -> None:
        form = self._visit.form
        if form is None:
            return
        record_consent(form, self._current(), agreed=agreed)
        if self._index + 1 < len(self._purposes()):
            self._index += 1
            self.changed.emit()
            return
        self.agreed.emit()

    def _page_changed(self) -> None:
        if self._navigator.current == "consent":
            self._index, self._declined = 0, False
            self.changed.emit()
