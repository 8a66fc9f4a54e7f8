"""Dates by touch: an event, the day of a paper, or a birth of which only a part may be known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import Clock, local_day
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.words.births import KnownBirth, candidate_years, known_animal, known_date, known_lunar
from supportpoint.kiosk.words.births import year_name as name_of_year
from supportpoint.kiosk.words.lunar import LunarDate, months_of
from supportpoint.kiosk.words.wording import long_date, short_date

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PARTIAL_DATE = "sp:partial-date"
RECENT_YEARS = 12
YEARS_TO_COME = 3
DECADES = 11
OLDER = 0
#: Added to the number of a leap month of the moon.
LEAP = 20
UNKNOWN = -1
AGES = tuple(range(10, 110, 10))
#: The step before each one, by mode.
BACK = {
    "event": {"month": "day", "year": "month", "decade": "year", "day": "cards"},
    "paper": {"decade": "year", "month": "year", "day": "month"},
    "birth": {"decade": "precision", "year": "decade", "month": "year", "day": "month"},
    "animal": {"animal": "precision", "age": "animal", "candidates": "age"},
    "lunar": {"decade": "precision", "year": "decade", "lunarMonth": "year", "lunarDay": "lunarMonth"},
}
#: Where each way to know a birth begins, and the way back it takes.
PRECISIONS = {"full": "decade", "year": "decade", "animal": "animal", "lunar": "decade"}


def is_date(question: Question | None) -> bool:
    """Whether the date page answers this question."""
    return question is not None and (
        question.type in {QuestionType.DATE, QuestionType.DATETIME} or PARTIAL_DATE in question.appearance
    )


def is_birth(question: Question | None) -> bool:
    """Whether the date is one of a birth, so that an age can be said."""
    return question is not None and (
        question.attributes.get("scan") == "birth_date" or "birth" in question.name.split("_")
    )


def is_paper_date(question: Question | None) -> bool:
    """Whether the date stands on a paper, often of long ago."""
    return question is not None and question.attributes.get("scan") == "issue_date"


@QmlElement
@QmlUncreatable("made by bootstrap")
class DateViewModel(QObject):
    """One step at a time. Chosen parts are 0 until chosen; a year alone is a full answer to a partial date.

    mode "event": cards → day → month → year (→ decade → year); mode "paper": year (→ decade) → month → day;
    mode "birth": precision, then by `way`: "full", "month" and "year" decade → year (→ month → day);
    "animal" animal → age → candidates; "lunar" decade → year → lunarMonth → lunarDay.
    A leap month of the moon is its number and `LEAP` more.
    """

    changed = Signal()

    def __init__(self, answer: OpenAnswer, clock: Clock) -> None:
        super().__init__()
        self._answer, self._clock = answer, clock
        self._step, self._way = "cards", "full"
        self._animal = UNKNOWN
        self._day = self._month = self._year = self._decade = self._age = 0
        answer.opened.connect(self._opened)
        answer.reworded.connect(self.changed)

    @Property(str, notify=changed)
    def mode(self) -> str:
        return self._mode()

    @Property(str, notify=changed)
    def way(self) -> str:
        return self._way

    @Property(str, notify=changed)
    def step(self) -> str:
        return self._step

    @Property(bool, notify=changed)
    def isBirth(self) -> bool:
        return is_birth(self._answer.question)

    @Property("QVariantList", notify=changed)
    def years(self) -> list[int]:
        """The recent years and those to come that the form allows, `OLDER` last; or the years of a decade."""
        this_year = self._today().year
        if self._mode() == "birth" or self._decade:
            decade = range(self._decade, self._decade + 10)
            return [year for year in decade if year <= this_year or self._may_come(year)]
        coming = [year for year in range(this_year + YEARS_TO_COME, this_year, -1) if self._may_come(year)]
        return [*coming, *(this_year - back for back in range(RECENT_YEARS)), OLDER]

    @Property("QVariantList", notify=changed)
    def decades(self) -> list[int]:
        this_year = self._today().year
        latest = next(
            (year for year in range(this_year + 10, this_year, -1) if self._may_come(year)), this_year
        )
        return [latest // 10 * 10 - 10 * back for back in range(DECADES)]

    @Property("QVariantList", notify=changed)
    def ages(self) -> list[int]:
        return list(AGES)

    @Property("QVariantList", notify=changed)
    def candidates(self) -> list[dict[str, object]]:
        """The years of the animal near the age: {year, name, age}."""
        if self._animal == UNKNOWN or not self._age:
            return []
        this_year = self._today().year
        years = candidate_years(self._animal, self._age, this_year)
        return [{"year": year, "name": name_of_year(year), "age": this_year - year} for year in years]

    @Property("QVariantList", notify=changed)
    def lunarMonths(self) -> list[int]:
        return [number for number, _ in self._months()]

    @Property(int, notify=changed)
    def lastDay(self) -> int:
        if self._way == "lunar":
            lengths = [days for number, days in self._months() if number == self._month]
            return lengths[0] if lengths else 30
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

    @Property(int, notify=changed)
    def chosenAnimal(self) -> int:
        return self._animal

    @Property(int, notify=changed)
    def chosenAge(self) -> int:
        return self._age

    @Property(bool, notify=changed)
    def wholeDate(self) -> bool:
        return self._way == "full"

    @Property(str, notify=changed)
    def toldText(self) -> str:
        """The date of the moon as chosen, or the name of the animal's year; "" for dates of the sun."""
        known = self._known()
        return known.told if known is not None else ""

    @Property(str, notify=changed)
    def dateText(self) -> str:
        """Weekday and date when the date is whole, otherwise the parts chosen so far."""
        known = self._known()
        if known is not None and self._way == "lunar":
            return short_date(date.fromisoformat(known.value))
        day = self._chosen()
        if day is not None:
            return long_date(day)
        if self._way == "month" and self._year and self._month:
            return f"{self._month:02d}/{self._year}"
        return str(self._year) if self._year else ""

    @Property("QVariantMap", notify=changed)
    def known(self) -> dict[str, str]:
        """What is known: value, precision, calendar, how_known, told; empty without an answer."""
        known = self._known()
        return known.parts() if known is not None else {}

    @Property(int, notify=changed)
    def age(self) -> int:
        """Whole years until today, by the year alone when no more is known; -1 without a year or a birth."""
        if not self._year or not is_birth(self._answer.question):
            return -1
        today = self._today()
        day = self._chosen()
        later = day is not None and (day.month, day.day) > (today.month, today.day)
        return today.year - self._year - int(later)

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
        """Say what is known: "full", "month", "year", "animal" or "lunar"."""
        if precision in PRECISIONS:
            self._way = precision
            self._day = self._month = self._age = 0
            self._animal = UNKNOWN
            self._year = 0 if precision in {"animal", "lunar"} else self._year
            self._go(PRECISIONS[precision])

    @Slot(int)
    def pickDecade(self, decade: int) -> None:
        self._decade = decade
        self._go("year")

    @Slot(int)
    def pickYear(self, year: int) -> None:
        """Take a year; `OLDER` leads to the decades, and the month follows where it is still to be chosen."""
        if year == OLDER:
            self._decade = 0
            self._go("decade")
            return
        self._year = year
        if self._way == "lunar":
            self._month = self._day = 0
            self._go("lunarMonth")
            return
        goes_on = self._mode() == "paper" or (self._mode() == "birth" and self._way in {"full", "month"})
        self._go("month" if goes_on else "year")

    @Slot(int)
    def pickMonth(self, month: int) -> None:
        self._month = month
        if self._way == "lunar":
            self._day = 0
            self._go("lunarDay")
        elif self._way == "month":
            self._go("month")
        else:
            self._go("year" if self._mode() == "event" else "day")

    @Slot(int)
    def pickDay(self, day: int) -> None:
        self._day = day
        if self._way == "lunar":
            self._go("lunarDay")
        else:
            self._go("month" if self._mode() == "event" else "day")

    @Slot(int)
    def pickAnimal(self, animal: int) -> None:
        self._animal, self._year = animal, 0
        self._go("age")

    @Slot(int)
    def pickAge(self, age: int) -> None:
        self._age, self._year = age, 0
        self._go("candidates")

    @Slot(int)
    def pickCandidate(self, year: int) -> None:
        self._year = year
        self._go("candidates")

    def step_back(self) -> bool:
        """Go one step back inside the date; False at its first step."""
        if not is_date(self._answer.question):
            return False
        roads = BACK[self._way if self._way in BACK else self._mode()]
        if self._mode() != "birth" and self._step == "year" and self._decade:
            self._decade = 0  # from the years of a decade to the decades
            before: str | None = "decade"
        else:
            before = roads.get(self._step)
        if before is None:
            return False
        self._step = before
        self.changed.emit()
        return True

    def _mode(self) -> str:
        question = self._answer.question
        if question is not None and PARTIAL_DATE in question.appearance:
            return "birth"
        return "paper" if is_paper_date(question) else "event"

    def _may_come(self, year: int) -> bool:
        """Whether the form allows a day of a year: its first, its last, or one at the end of a month."""
        if year <= self._today().year:
            return True
        if self._mode() == "birth":
            return self._answer.allows(f"{year:04d}")
        ends = [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]
        return any(self._answer.allows(day.isoformat()) for day in (date(year, 1, 1), *ends))

    def _today(self) -> date:
        return local_day(self._clock.now())

    def _months(self) -> list[tuple[int, int]]:
        """Return the months of the lunar year chosen, each with its number of days."""
        if not self._year:
            return []
        return [(month.month + LEAP * month.is_leap, days) for month, days in months_of(self._year)]

    def _chosen(self) -> date | None:
        if not (self._year and self._month and self._day) or self._way == "lunar":
            return None
        if self._day > monthrange(self._year, self._month)[1]:
            return None
        return date(self._year, self._month, self._day)

    def _known(self) -> KnownBirth | None:
        """Return what has been chosen so far when it is an answer."""
        if self._way == "animal":
            return known_animal(self._year) if self._year else None
        if self._way == "lunar":
            month, is_leap = self._month % LEAP, self._month > LEAP
            whole = self._year and self._month and self._day
            return known_lunar(LunarDate(self._year, month, self._day, is_leap)) if whole else None
        day = self._chosen()
        if day is not None:
            return known_date(day.year, day.month, day.day)
        if self._way == "month" and self._year and self._month:
            return known_date(self._year, self._month)
        return known_date(self._year) if self._way == "year" and self._year else None

    def _take(self, day: date) -> None:
        self._day, self._month, self._year = day.day, day.month, day.year
        self._step = "cards"
        self._write()

    def _go(self, step: str) -> None:
        self._step = step
        self._write()

    def _write(self) -> None:
        known = self._known()
        self._answer.set(known.value if known is not None else "")
        self.changed.emit()

    def _opened(self) -> None:
        day = self._answer.value.partition("T")[0]
        parts = [int(part) for part in day.split("-")] if self._is_open() else []
        self._year, self._month, self._day = (*parts, 0, 0, 0)[:3]
        self._age, self._animal = 0, UNKNOWN
        self._way = {1: "year", 2: "month"}.get(len(parts), "full")
        self._step = self._first_step()
        recent = self._year > self._today().year - RECENT_YEARS
        self._decade = 0 if self._mode() != "birth" and recent else self._year // 10 * 10
        self.changed.emit()

    def _is_open(self) -> bool:
        return is_date(self._answer.question) and bool(self._answer.value)

    def _first_step(self) -> str:
        if self._mode() == "event":
            return "cards"
        if self._mode() == "paper":
            return "day" if self._day else "year"
        if not self._year:
            return "precision"
        return {"full": "day", "month": "month"}.get(self._way, "year")
