"""The commune picker: near ones first, then letters, then a list of one letter."""

from __future__ import annotations

from unicodedata import normalize

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.forms.view import Choice
from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.pages.shell import ShellViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.visit.places import Commune, bare_name, list_near

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: Grave, acute, hook, tilde, dot below.
TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
#: The order of the letters that begin a name: marks and tones stand under their letter, Đ after D.
ALPHABET = "AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZ"
COMMUNE = "sp:commune"
NEAR_COUNT = 5
#: Until the page says how many fit.
PER_PAGE = 6


@QmlElement
@QmlUncreatable("made by bootstrap")
class CommuneViewModel(QObject):
    """`near` are maps of code, label, art, selected; `items` of code, label, sub (former units), selected."""

    changed = Signal()

    def __init__(self, answer: OpenAnswer, shell: ShellViewModel, communes: tuple[Commune, ...]) -> None:
        super().__init__()
        self._answer, self._shell, self._communes = answer, shell, communes
        self._by_code = {commune.code: commune for commune in communes}
        self._step, self._letter, self._paging = "near", "", Paging(PER_PAGE)
        answer.opened.connect(self._opened)
        answer.changed.connect(self.changed)
        answer.reworded.connect(self.changed)

    @Property(str, notify=changed)
    def step(self) -> str:
        return self._step

    @Property("QVariantList", notify=changed)
    def near(self) -> list[dict[str, object]]:
        offered = {choice.value: choice for choice in self._choices()}
        near = list_near(self._communes, self._shell.place.commune_code, NEAR_COUNT)
        return [
            {
                "code": commune.code,
                "label": offered[commune.code].label,
                "art": "pin" if place == 0 else "home",
                "selected": commune.code == self._answer.value,
            }
            for place, commune in enumerate(near)
            if commune.code in offered
        ]

    @Property("QStringList", notify=changed)
    def letters(self) -> list[str]:
        found = {letter for choice in self._choices() for letter in self._letters(choice)}
        return sorted(found, key=ALPHABET.find)

    @Property("QVariantList", notify=changed)
    def items(self) -> list[dict[str, object]]:
        return [
            {
                "code": choice.value,
                "label": choice.label,
                "sub": ", ".join(self._shown_former(choice)),
                "selected": choice.value == self._answer.value,
            }
            for choice in self._paging.shown(self._listed())
        ]

    @Property(int, notify=changed)
    def pageIndex(self) -> int:
        return self._paging.index

    @Property(int, notify=changed)
    def pageCount(self) -> int:
        return self._paging.count(self._listed())

    @Slot(int)
    def setPerPage(self, count: int) -> None:
        """Say how many communes, with all their former names, fit the screen."""
        self._paging.per_page = count

    @Slot()
    def showLetters(self) -> None:
        self._go("letters")

    @Slot(str)
    def pickLetter(self, letter: str) -> None:
        """List what starts with a letter."""
        self._letter, self._paging.index = letter, 0
        self._go("list")

    @Slot(str)
    def pick(self, code: str) -> None:
        """Answer with a commune."""
        self._answer.set(code)

    @Slot()
    def nextPage(self) -> None:
        self._turn(1)

    @Slot()
    def previousPage(self) -> None:
        self._turn(-1)

    def step_back(self) -> bool:
        """Go one step back inside the picker; False at its first step."""
        before = {"list": "letters", "letters": "near"}.get(self._step)
        if before is None:
            return False
        self._go(before)
        return True

    def _choices(self) -> tuple[Choice, ...]:
        question = self._answer.question
        return question.choices if question is not None and COMMUNE in question.appearance else ()

    def _listed(self) -> list[Choice]:
        """Return what begins with the letter, then what was called so before the merger."""
        found = [choice for choice in self._choices() if self._letter in self._letters(choice)]
        ordered = sorted(found, key=lambda choice: _order(choice.label))
        return sorted(ordered, key=lambda choice: first_letter(choice.label) != self._letter)

    def _letters(self, choice: Choice) -> set[str]:
        return {first_letter(choice.label), *map(first_letter, self._former(choice))}

    def _shown_former(self, choice: Choice) -> list[str]:
        """Return its former names: only the ones looked for where today's begins otherwise."""
        names = self._former(choice)
        if first_letter(choice.label) == self._letter:
            return names
        return [name for name in names if first_letter(name) == self._letter]

    def _former(self, choice: Choice) -> list[str]:
        commune = self._by_code.get(choice.value)
        return [bare_name(unit) for unit in commune.former] if commune is not None else []

    def _turn(self, by: int) -> None:
        self._paging.turn(by, self._listed())
        self.changed.emit()

    def _go(self, step: str) -> None:
        self._step = step
        self.changed.emit()

    def _opened(self) -> None:
        self._letter, self._paging.index = "", 0
        self._go("near")


def first_letter(name: str) -> str:
    """Return the letter that a name begins with, without its tone: "Ẳng Tở" begins with Ă."""
    return _plain(bare_name(name)[:1].upper())


def _plain(letters: str) -> str:
    """Return letters without their tones."""
    return normalize("NFC", "".join(part for part in normalize("NFD", letters) if part not in TONES))


def _order(name: str) -> tuple[list[int], str]:
    """Return what sorts names as a Vietnamese list does: by letters, then by tones; a space comes first."""
    bare = bare_name(name).upper()
    return [ALPHABET.find(letter) for letter in _plain(bare)], bare
