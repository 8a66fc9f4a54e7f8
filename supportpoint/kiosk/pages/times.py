"""The time of a day by touch: the hour, then the minute; for a moment after its date."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: Between the date of a moment and its time.
MARK = "T"
UNKNOWN = -1


def is_time(question: Question | None) -> bool:
    """Whether a time of the day answers this question, alone or after a date."""
    return question is not None and question.type in {QuestionType.TIME, QuestionType.DATETIME}


@QmlElement
@QmlUncreatable("made by bootstrap")
class TimeViewModel(QObject):
    """`step` is "date" (a moment without its date yet), "hour" or "minute"; parts are -1 until chosen."""

    changed = Signal()

    def __init__(self, answer: OpenAnswer) -> None:
        super().__init__()
        self._answer = answer
        self._step = "hour"
        self._hour = self._minute = UNKNOWN
        answer.opened.connect(self._opened)
        answer.changed.connect(self._value_changed)
        answer.reworded.connect(self.changed)

    @Property(str, notify=changed)
    def step(self) -> str:
        return "date" if self._is_moment() and not self._day() else self._step

    @Property(int, notify=changed)
    def chosenHour(self) -> int:
        return self._hour

    @Property(int, notify=changed)
    def chosenMinute(self) -> int:
        return self._minute

    @Slot(int)
    def pickHour(self, hour: int) -> None:
        """Take an hour; the full hour is the answer until a minute is chosen."""
        self._hour, self._minute = hour, 0
        self._step = "minute"
        self._write()

    @Slot(int)
    def pickMinute(self, minute: int) -> None:
        self._minute = minute
        self._write()

    def step_back(self) -> bool:
        """Go one step back inside the time; False at its first step."""
        if not is_time(self._answer.question):
            return False
        if self._step == "minute":
            self._step = "hour"
            self.changed.emit()
            return True
        if self._is_moment() and self._day():
            self._hour = self._minute = UNKNOWN
            self._answer.set("")
            return True
        return False

    def _is_moment(self) -> bool:
        question = self._answer.question
        return question is not None and question.type is QuestionType.DATETIME

    def _day(self) -> str:
        return self._answer.value.partition(MARK)[0] if self._is_moment() else ""

    def _write(self) -> None:
        clock = f"{self._hour:02d}:{self._minute:02d}"
        self._answer.set(f"{self._day()}{MARK}{clock}" if self._is_moment() else clock)
        self.changed.emit()

    def _opened(self) -> None:
        self._step = "hour"
        text = self._answer.value
        clock = (text.partition(MARK)[2] if self._is_moment() else text)[:5]
        parts = clock.split(":") if is_time(self._answer.question) else []
        self._hour, self._minute = (int(part) for part in parts) if len(parts) == 2 else (UNKNOWN, UNKNOWN)
        self.changed.emit()

    def _value_changed(self) -> None:
        if is_time(self._answer.question):
            self.changed.emit()
