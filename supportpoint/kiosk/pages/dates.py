"""Dates by touch: an event lately, or a birth of which only the year may be known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import Clock, local_day
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.words.wording import long_date

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PARTIAL_DATE = "sp:partial-date"
RECENT_YEARS = 12
DECADES = 11
#: The step before each one, by mode.
BACK = {
    "event": {"month": "day", "year": "month", "day": "cards"},
    "birth": {"decade": "precision", "year": "decade", "month": "year", "day": "month"},
}


def is_date(question: Question | None) -> bool:
    """Whether the date page answers this question."""
    return question is not None and (
        question.type in {QuestionType.DATE, QuestionType.DATETIME} or PARTIAL_DATE in question.appearance
    )


@QmlElement
@QmlUncreatable("made by bootstrap")
class DateViewModel(QObject):
    """One step at a time. Chosen parts are 0 until chosen; a year alone is a full answer to a partial date.

    mode "event": cards → day → month → year; mode "birth": precision → decade → year (→ month → day).
    """

    changed = Signal()

    def __init__(self, answer: OpenAnswer, clock: Clock) -> None:
        super().__init__()
        self._answer, self._clock = answer, clock
        self._step = "cards"
        self._day = self._month = self._year = self._decade = 0
        self._full = True
        answer.opened.connect(self._opened)
        answer.reworded.connect(self.changed)

    @Property(str, notify=changed)
    def mode(self) -> str:
        return self._mode()

    @Property(str, notify=changed)
    def step(self) -> str:
        return self._step

    @Property("QVariantList", notify=changed)
    def years(self) -> list[int]:
        if self._mode() == "event":
            return [self._today().year - back for back in range(RECENT_YEARS)]
        return [year for year in range(self._decade, self._decade + 10) if year <= self._today().year]

    @Property("QVariantList", notify=changed)
    def decades(self) -> list[int]:
        latest = self._today().year // 10 * 10
        return [latest - 10 * back for back in range(DECADES)]

    @Property(int, notify=changed)
    def lastDay(self) -> int:
        return monthrange(self._year or 2000, self._month)[1] if self._month else 31

    @Property(int, notify=changed)
    def chosenDay(self) -> int:
        return self._day

    @Property(int, notify=changed)
    def chosenMonth(self) -> int:
        return self._month

    @Property(int, notify=changed)
    def chosenYear(self) -> int:
        return self._year

    @Property(int, notify=changed)
    def chosenDecade(self) -> int:
        return self._decade

    @Property(bool, notify=changed)
    def wholeDate(self) -> bool:
        return self._full

    @Property(str, notify=changed)
    def dateText(self) -> str:
        """Weekday and date when the date is whole, otherwise the parts chosen so far."""
        day = self._chosen()
        if day is not None:
            return long_date(day)
        return str(self._year) if self._year else ""

    @Property(int, notify=changed)
    def age(self) -> int:
        """Whole years until today, by the year alone when no more is known; -1 without a year."""
        if not self._year:
            return -1
        today = self._today()
        later = bool(self._month and self._day) and (self._month, self._day) > (today.month, today.day)
        return today.year - self._year - int(later)

    @Property(str, notify=changed)
    def echoText(self) -> str:
        """The words that confirm the choice: the date, or for a birth the age."""
        if self._mode() == "event" or not self._year:
            return self._event_text()
        return f"năm nay {self._today().year - self._year} tuổi"

    @Slot()
    def pickToday(self) -> None:
        self._take(self._today())

    @Slot()
    def pickYesterday(self) -> None:
        self._take(self._today() - timedelta(days=1))

    @Slot()
    def pickOther(self) -> None:
        self._go("day")

    @Slot(str)
    def pickPrecision(self, precision: str) -> None:
        """Say whether the whole date is known ("full") or only the year ("year")."""
        self._full = precision == "full"
        self._day = self._month = 0
        self._go("decade")

    @Slot(int)
    def pickDecade(self, decade: int) -> None:
        self._decade = decade
        self._go("year")

    @Slot(int)
    def pickYear(self, year: int) -> None:
        self._year = year
        birth_goes_on = self._mode() == "birth" and self._full
        self._go("month" if birth_goes_on else "year")

    @Slot(int)
    def pickMonth(self, month: int) -> None:
        self._month = month
        self._go("day" if self._mode() == "birth" else "year")

    @Slot(int)
    def pickDay(self, day: int) -> None:
        self._day = day
        self._go("day" if self._mode() == "birth" else "month")

    def step_back(self) -> bool:
        """Go one step back inside the date; False at its first step."""
        if not is_date(self._answer.question):
            return False
        before = BACK[self._mode()].get(self._step)
        if before is None:
            return False
        self._step = before
        self.changed.emit()
        return True

    def _mode(self) -> str:
        question = self._answer.question
        return "birth" if question is not None and PARTIAL_DATE in question.appearance else "event"

    def _today(self) -> date:
        return local_day(self._clock.now())

    def _chosen(self) -> date | None:
        if not (self._year and self._month and self._day):
            return None
        if self._day > monthrange(self._year, self._month)[1]:
            return None
        return date(self._year, self._month, self._day)

    def _event_text(self) -> str:
        day = self._chosen()
        return long_date(day) if day is not None else ""

    def _take(self, day: date) -> None:
        self._day, self._month, self._year = day.day, day.month, day.year
        self._step = "cards"
        self._write()

    def _go(self, step: str) -> None:
        self._step = step
        self._write()

    def _write(self) -> None:
        day = self._chosen()
        if day is not None:
            self._answer.set(day.isoformat())
        elif self._mode() == "birth" and not self._full and self._year:
            self._answer.set(f"{self._year:04d}")
        else:
            self._answer.set("")
        self.changed.emit()

    def _opened(self) -> None:
        day = self._answer.value.partition("T")[0]
        parts = [int(part) for part in day.split("-")] if self._is_open() else []
        self._year, self._month, self._day = (*parts, 0, 0, 0)[:3]
        self._decade = self._year // 10 * 10
        self._full = self._day > 0 or not self._year
        self._step = self._first_step()
        self.changed.emit()

    def _is_open(self) -> bool:
        return is_date(self._answer.question) and bool(self._answer.value)

    def _first_step(self) -> str:
        if self._mode() == "event":
            return "cards"
        if not self._year:
            return "precision"
        return "day" if self._full else "year"
