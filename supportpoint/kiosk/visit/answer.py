"""The answer on the open screen before Continue: one value in lexical form, shared by its input parts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from supportpoint.forms.view import Question
from supportpoint.kiosk.visit.lexical import lexical
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.visit.walk import FormWalk


class OpenAnswer(QObject):
    """`opened` when another question comes, `changed` when its value does, `reworded` when only words did."""

    opened = Signal()
    changed = Signal()
    reworded = Signal()

    def __init__(self, visit: Visit, walk: FormWalk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._walk = visit, walk
        self._ref = ""
        self.value = ""
        walk.moved.connect(self._read)
        visit.ended.connect(self._forget)

    @property
    def question(self) -> Question | None:
        """The question of the open screen, None at a repeat's own screen."""
        return self._walk.step.question if self._walk.step is not None else None

    @property
    def is_changed(self) -> bool:
        """The value differs from the answer in the form."""
        question = self.question
        return question is not None and self.value != lexical(question.value)

    def allows(self, value: str) -> bool:
        """Whether the form would let a value stand here; nothing is changed."""
        form, question = self._visit.form, self.question
        return form is not None and question is not None and form.allows(question.ref, value)

    def set(self, value: str) -> None:
        """Hold another value."""
        if value != self.value:
            self.value = value
            self.changed.emit()

    def reopen(self) -> None:
        """Take the value from the form again."""
        self._ref = ""
        self._read()

    def _read(self) -> None:
        ref = self._walk.ref
        if ref == self._ref:
            self.reworded.emit()
            return
        self._ref = ref
        question = self.question
        self.value = lexical(question.value) if question is not None else ""
        self.opened.emit()

    def _forget(self) -> None:
        self._ref, self.value = "", ""
        self.opened.emit()
