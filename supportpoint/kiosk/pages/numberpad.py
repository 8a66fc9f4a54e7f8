"""The number pad: digits one by one, the number in groups and in words."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.forms.view import QuestionType
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.visit.numbers import NumberKind, hide_typed, kind_of
from supportpoint.kiosk.words.wording import group_digits
from supportpoint.numerals import number_words

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

MAX_DIGITS = 12
GROUP, PHONE_START = 3, 4
PHONE_DIGITS = 10
WORDS_UP_TO = 10**12
MONEY = "sp:money"
AMOUNTS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE})
THOUSAND, MILLION = "000", "000000"
#: How long a typed digit of a personal number stays readable, and the whole number after a touch of the eye.
FRESH_MS, SHOWN_MS = 1000, 3000


@QmlElement
@QmlUncreatable("made by bootstrap")
class NumberPadViewModel(QObject):
    """`groupedText` shows the digits; `wordsText` for amounts; `missingDigits` when a length is fixed.

    The digits of a person's number turn to dots a second after they are typed; `reveal` shows them again.
    """

    changed = Signal()

    def __init__(self, answer: OpenAnswer) -> None:
        super().__init__()
        self._answer = answer
        self._hidden_count = 0
        self._hide_timer = QTimer(self, singleShot=True)
        self._hide_timer.timeout.connect(self._hide)
        answer.opened.connect(self._opened)
        answer.changed.connect(self._typed)

    @Property(bool, notify=changed)
    def isMoney(self) -> bool:
        question = self._answer.question
        return question is not None and MONEY in question.appearance

    @Property(bool, notify=changed)
    def canComma(self) -> bool:
        return self._is_decimal()

    @Property(bool, notify=changed)
    def canReveal(self) -> bool:
        return self._hidden_count > 0

    @Property(str, notify=changed)
    def groupedText(self) -> str:
        digits = (
            hide_typed(self._answer.value[: self._hidden_count]) + self._answer.value[self._hidden_count :]
        )
        if self._is_amount():
            whole, mark, parts = digits.partition(".")
            return group_digits(whole) + ("," if mark else "") + parts
        first = PHONE_START if self._is_phone() else GROUP
        groups = [
            digits[:first],
            *(digits[start : start + GROUP] for start in range(first, len(digits), GROUP)),
        ]
        return " ".join(groups)

    @Property(str, notify=changed)
    def wordsText(self) -> str:
        digits = self._answer.value
        if not self._is_amount() or not digits.isdecimal() or int(digits) >= WORDS_UP_TO:
            return ""
        return number_words(int(digits))

    @Property(int, notify=changed)
    def missingDigits(self) -> int:
        value, wanted, usual = self._answer.value, self._wanted(), self._usual()
        if not wanted and usual and value and self._answer.allows(value):
            return 0
        return max(0, (wanted or usual) - len(value))

    @Slot()
    def reveal(self) -> None:
        """Show the whole number for a moment."""
        if not self._is_personal():
            return
        self._hidden_count = 0
        self._hide_timer.start(SHOWN_MS)
        self.changed.emit()

    @Slot(int)
    def padDigit(self, digit: int) -> None:
        """Type one digit."""
        digits = self._answer.value
        if len(digits) < (self._wanted() or MAX_DIGITS):
            self._answer.set(str(digit) if digits == "0" and self._is_amount() else f"{digits}{digit}")

    @Slot()
    def padThousand(self) -> None:
        """Say the number in thousands: 120 becomes 120 000."""
        self._times(THOUSAND)

    @Slot()
    def padMillion(self) -> None:
        """Say the number in millions."""
        self._times(MILLION)

    @Slot()
    def padComma(self) -> None:
        """Begin the parts of a decimal number."""
        digits = self._answer.value
        if self._is_decimal() and "." not in digits and len(digits) < MAX_DIGITS:
            self._answer.set(f"{digits or '0'}.")

    @Slot()
    def padBackspace(self) -> None:
        self._answer.set(self._answer.value[:-1])

    def _is_personal(self) -> bool:
        return kind_of(self._answer.question) is NumberKind.ID

    def _opened(self) -> None:
        self._hide_timer.stop()
        self._hidden_count = len(self._answer.value) if self._is_personal() else 0
        self.changed.emit()

    def _typed(self) -> None:
        if self._is_personal():
            self._hidden_count = min(self._hidden_count, len(self._answer.value))
            self._hide_timer.start(FRESH_MS)
        self.changed.emit()

    def _hide(self) -> None:
        self._hidden_count = len(self._answer.value)
        self.changed.emit()

    def _times(self, zeros: str) -> None:
        digits = self._answer.value
        if self.isMoney and digits.strip("0") and len(digits) + len(zeros) <= MAX_DIGITS:
            self._answer.set(digits + zeros)

    def _is_decimal(self) -> bool:
        question = self._answer.question
        return question is not None and question.type is QuestionType.DECIMAL

    def _is_phone(self) -> bool:
        question = self._answer.question
        return question is not None and "phone" in question.name

    def _is_amount(self) -> bool:
        question = self._answer.question
        return question is not None and question.type in {
            QuestionType.INTEGER,
            QuestionType.DECIMAL,
            QuestionType.RANGE,
        }

    def _usual(self) -> int:
        """Return how long such a number is, 0 when that is open; an older, shorter one may stand as well."""
        question = self._answer.question
        if self._is_phone():
            return PHONE_DIGITS
        is_citizen_number = question is not None and "id_no" in {
            question.name,
            question.attributes.get("scan"),
        }
        return MAX_DIGITS if is_citizen_number else 0

    def _wanted(self) -> int:
        question = self._answer.question
        text = question.attributes.get("digits", "") if question is not None else ""
        return int(text) if text.isdecimal() else 0
