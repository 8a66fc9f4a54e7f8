"""The on-screen keyboard: letters, special vowels and tones compose syllables; chips give common names."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.words.telex import HardwareKeys, Method
from supportpoint.kiosk.words.vietnamese import TONES, Style, add_letter, add_tone, remove_last

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

NAME = "sp:name"
#: Common family names of the province, and the two usual middle names. Never learnt from people.
NAME_CHIPS = ("Lò", "Quàng", "Cà", "Tòng", "Lường", "Vàng", "Giàng", "Sùng", "Mùa", "Thào", "Văn", "Thị")
CHIPS_SHOWN = 9


def _bare(text: str) -> str:
    """Return small letters without tones and shapes: what a name looks like before they are put."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@QmlElement
@QmlUncreatable("made by bootstrap")
class KeyboardViewModel(QObject):
    """`text` is the answer so far, the cursor always at its end. `chips` are shown for names only.

    `canRestore`: all was cleared just now, and the next key would be the first of something new.
    """

    changed = Signal()
    layoutChanged = Signal()
    chipsChanged = Signal()

    def __init__(
        self, visit: Visit, answer: OpenAnswer, method: Method = Method.BOTH, style: Style = Style.OLD
    ) -> None:
        super().__init__()
        self._visit, self._answer = visit, answer
        self._keys, self._style = HardwareKeys(method, style), style
        self._shift = self._symbols = False
        self._cleared = ""
        answer.opened.connect(self._opened)
        answer.changed.connect(self._changed)

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._answer.value

    @Property(bool, notify=layoutChanged)
    def shift(self) -> bool:
        return self._shift

    @Property(bool, notify=layoutChanged)
    def symbols(self) -> bool:
        return self._symbols

    @Property(bool, notify=changed)
    def canRestore(self) -> bool:
        return bool(self._cleared) and not self._answer.value

    @Property("QStringList", notify=chipsChanged)
    def chips(self) -> list[str]:
        return self._chips()

    @Property("QStringList", notify=changed)
    def usedChips(self) -> list[str]:
        words = set(self._answer.value.split())
        return [chip for chip in self._chips() if chip in words]

    @Slot(str)
    def press(self, char: str) -> None:
        """Type one letter, digit or mark of the screen."""
        typed = char.upper() if self._shift else char
        self._shift = False
        text = self._answer.value
        self._put(add_letter(text, typed, self._style) if typed.isalpha() else text + typed)

    @Slot(str)
    def typeKey(self, char: str) -> None:
        """Type one key of a real keyboard; Telex and VNI keys shape the letters before it."""
        typed = char.upper() if self._shift else char
        self._shift = False
        self._put(self._keys.press(self._answer.value, typed))

    @Slot(str)
    def vowel(self, letter: str) -> None:
        """Type one of ă â đ ê ô ơ ư."""
        self.press(letter)

    @Slot(str)
    def tone(self, name: str) -> None:
        """Put a tone on the current syllable."""
        if name in TONES:
            self._put(add_tone(self._answer.value, name, self._style))

    @Slot()
    def space(self) -> None:
        if self._answer.value and not self._answer.value.endswith(" "):
            self._put(self._answer.value + " ")

    @Slot()
    def backspace(self) -> None:
        self._put(remove_last(self._answer.value, self._style))

    @Slot()
    def clear(self) -> None:
        """Take everything away; `restore` brings it back as long as nothing else was typed."""
        self._cleared = self._answer.value
        self._put("")

    @Slot()
    def restore(self) -> None:
        """Bring back what was cleared."""
        if self.canRestore:
            self._put(self._cleared)

    @Slot()
    def toggleShift(self) -> None:
        self._shift = not self._shift
        self.layoutChanged.emit()

    @Slot()
    def toggleSymbols(self) -> None:
        self._symbols = not self._symbols
        self.layoutChanged.emit()

    @Slot(str)
    def chip(self, word: str) -> None:
        """Add a whole word after those already there, or finish the one that is being typed."""
        text = self._answer.value
        start = text.rfind(" ") + 1
        if _bare(word).startswith(_bare(text[start:])):
            text = text[:start]
        self._put(f"{text.rstrip()} {word} ".lstrip())

    def _is_name(self) -> bool:
        question = self._answer.question
        return question is not None and NAME in question.appearance

    def _chips(self) -> list[str]:
        if not self._is_name():
            return []
        known = dict.fromkeys([*self._family_names(), *NAME_CHIPS])
        return [*list(known)[: CHIPS_SHOWN - 2], "Văn", "Thị"]

    def _family_names(self) -> list[str]:
        """Return the family names already given in this form, so that a child's is one touch."""
        form = self._visit.form
        if form is None:
            return []
        questions = [question for page in form.session.pages() for question in page.questions]
        names = [
            str(question.value) for question in questions if NAME in question.appearance and question.value
        ]
        return [name.split()[0] for name in names]

    def _put(self, text: str) -> None:
        if text:
            self._cleared = ""
        self._answer.set(text)
        self._lift_first_letters()
        self.layoutChanged.emit()

    def _lift_first_letters(self) -> None:
        text = self._answer.value
        if not text or (self._is_name() and text.endswith(" ")):
            self._shift = True

    def _opened(self) -> None:
        self._keys.forget()
        self._shift = self._symbols = False
        self._cleared = ""
        self._lift_first_letters()
        self.changed.emit()
        self.layoutChanged.emit()
        self.chipsChanged.emit()

    def _changed(self) -> None:
        self.changed.emit()
