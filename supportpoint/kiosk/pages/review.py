"""K11: every answer, a few rows a page, with a way to change each one and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.devices.ogg import find_sound_ms
from supportpoint.devices.photo import read_picture
from supportpoint.forms.view import OutlineRow, Question, QuestionType
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.numbers import kind_of, mask
from supportpoint.kiosk.visit.parts import ReviewPart, list_parts
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.walk import LISTING, REVIEW, SIGNATURE, list_steps
from supportpoint.kiosk.words.translations import SOURCE_LANGUAGE
from supportpoint.kiosk.words.wording import partial_date_text

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

ROWS_PER_PAGE = 5
#: How long a masked number is shown after a touch.
SHOWN_MS = 3000
WITHOUT_WORDS = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.ACKNOWLEDGE})
#: Answers of few kinds, which name nobody.
SPOKEN = frozenset(
    {
        QuestionType.SELECT_ONE,
        QuestionType.SELECT_MULTIPLE,
        QuestionType.DATE,
        QuestionType.TIME,
        QuestionType.DATETIME,
        QuestionType.INTEGER,
        QuestionType.DECIMAL,
        QuestionType.RANGE,
    }
)
SPOKEN_APPEARANCES = frozenset({"sp:partial-date", "sp:commune"})
_ICONS = {
    QuestionType.DATE: "calendar-blank",
    QuestionType.IMAGE: "image",
    QuestionType.AUDIO: "microphone",
    QuestionType.INTEGER: "hash",
    QuestionType.SELECT_ONE: "list-checks",
    QuestionType.SELECT_MULTIPLE: "list-checks",
    QuestionType.ACKNOWLEDGE: "hand-heart",
}
_APPEARANCE_ICONS = {
    "sp:name": "user",
    "sp:partial-date": "calendar-blank",
    "sp:commune": "map-pin",
    SIGNATURE: "signature",
    "numbers": "identification-card",
}

_NAME_ICONS = {"phone": "phone", "ethnic": "users"}


@QmlElement
@QmlUncreatable("made by bootstrap")
class ReviewViewModel(QObject):
    """`sections` are the pages of the review (maps of title, toMend); `rows` of the open one.

    The first `mainCount` pages hold what must be looked at; the others are there for who wants them.

    A row is a map of ref, label, value ("" for photos, ticks and recordings), said (what may be spoken of
    it), sub, icon, art, kind (the type or signature), seconds (of a recording), image, problem, answered,
    masked, revealed; `art` is the drawing of the chosen card, "" when it has none.
    Numbers that tell who somebody is are masked; `reveal` shows one for three seconds.
    """

    changed = Signal()

    def __init__(self, stage: Stage, photos: Photos) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._photos = photos
        self._thumbnails: dict[str, str] = {}
        self._rows_per_page = ROWS_PER_PAGE
        self._index = 0
        self._parts: list[ReviewPart] = []
        self._questions: dict[str, Question] = {}
        self._revealed = ""
        self._hide_timer = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._hide_timer.timeout.connect(self._hide)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.languageChanged.connect(self._read)
        stage.visit.formChanged.connect(self._first)

    @Property("QVariantList", notify=changed)
    def sections(self) -> list[dict[str, object]]:
        return [{"title": part.title, "toMend": part.to_mend} for part in self._parts]

    @Property(int, notify=changed)
    def sectionIndex(self) -> int:
        return self._index

    @Property(int, notify=changed)
    def sectionCount(self) -> int:
        return len(self._parts)

    @Property(str, notify=changed)
    def sectionTitle(self) -> str:
        return self._parts[self._index].title if self._parts else ""

    @Property("QVariantList", notify=changed)
    def rows(self) -> list[dict[str, object]]:
        return [self._row(row) for row in self._parts[self._index].rows] if self._parts else []

    @Property(int, notify=changed)
    def mainCount(self) -> int:
        return sum(part.is_main for part in self._parts)

    @Property(str, notify=changed)
    def route(self) -> str:
        return self._visit.form.route if self._visit.form is not None else ""

    @Property(int, notify=changed)
    def problemCount(self) -> int:
        return self._count_problems()

    @Property("QStringList", notify=changed)
    def problems(self) -> list[str]:
        """The short labels of what is missing or wrong, in the order of the form."""
        return [self._label(row) for row in self._wrong_rows()]

    @Property(bool, notify=changed)
    def lacksOnly(self) -> bool:
        """Nothing that was answered is wrong."""
        return not any(row.answered for row in self._wrong_rows())

    @Slot(int)
    def setRowsPerPage(self, count: int) -> None:
        """Say how many rows fit the screen."""
        if count > 0 and count != self._rows_per_page:
            self._rows_per_page = count
            self._read()

    @Slot(str)
    def fix(self, ref: str) -> None:
        """Open one question; its Continue leads back here."""
        self._walk.jump(ref)

    @Slot(str)
    def reveal(self, ref: str) -> None:
        """Show a masked number for a moment; once more hides it."""
        if ref == self._revealed:
            self._hide()
            return
        self._revealed = ref
        self._hide_timer.start()
        self.changed.emit()

    @Slot()
    def next(self) -> None:
        self._turn(1)

    @Slot()
    def previous(self) -> None:
        self._turn(-1)

    @Slot()
    def confirm(self) -> None:
        """Everything is right: on to consent; or to the first page, which has something to mend."""
        if not self._count_problems():
            self._navigator.open("consent")
            return
        self._index = 0
        self.changed.emit()
        self._navigator.open(REVIEW)  # from the seller's preview; here already it does nothing

    def _row(self, row: OutlineRow) -> dict[str, object]:
        question = self._questions.get(row.ref)
        whole = _shown_value(row, question)
        value = mask(whole, kind_of(question))
        return {
            "ref": row.ref,
            "label": self._label(row),
            "value": whole if row.ref == self._revealed else value,
            "said": whole if value == whole and _may_be_said(row, question) else "",
            "sub": row.problem.message if row.problem is not None else "",
            "icon": _icon(row, question),
            "art": _chosen_art(question),
            "kind": SIGNATURE if _is_signature(question) else row.type.value,
            "seconds": self._seconds(row),
            "image": self._thumbnail(row, question),
            "problem": row.problem is not None,
            "answered": row.answered,
            "masked": row.answered and value != whole,
            "revealed": row.ref == self._revealed,
        }

    def _thumbnail(self, row: OutlineRow, question: Question | None) -> str:
        form = self._visit.form
        if row.type is not QuestionType.IMAGE or question is None or form is None:
            return ""
        name = str(question.value)
        if name in form.attachments and name not in self._thumbnails:
            self._thumbnails[name] = self._photos.put(read_picture(form.attachments[name].content))
        return self._thumbnails.get(name, "")

    def _seconds(self, row: OutlineRow) -> int:
        form = self._visit.form
        kept = form.find_file(row.ref) if form is not None and row.type is QuestionType.AUDIO else None
        return (find_sound_ms(kept.content) or 0) // 1000 if kept is not None else 0

    def _label(self, row: OutlineRow) -> str:
        return _short_label(self._questions.get(row.ref), self._visit.language) or row.label

    def _wrong_rows(self) -> list[OutlineRow]:
        return [row for part in self._parts if part.to_mend for row in part.rows]

    def _count_problems(self) -> int:
        return len(self._wrong_rows())

    def _hide(self) -> None:
        self._hide_timer.stop()
        if self._revealed:
            self._revealed = ""
            self.changed.emit()

    def _turn(self, by: int) -> None:
        self._index = max(0, min(len(self._parts) - 1, self._index + by))
        self.changed.emit()

    def _page_changed(self) -> None:
        self._hide()
        if self._navigator.current in {REVIEW, LISTING}:
            self._read()

    def _read(self) -> None:
        form = self._visit.form
        steps = list_steps(form.session) if form is not None else []
        self._questions = {step.ref: step.question for step in steps if step.question is not None}
        before = _count_mending(self._parts)
        self._parts = list_parts(form, self._rows_per_page) if form is not None else []
        now = _count_mending(self._parts)
        # Who comes back from a fix finds the same section, unless there is something new to mend.
        moved = 0 if now > before else self._index + now - before
        self._index = max(0, min(len(self._parts) - 1, moved))
        self.changed.emit()

    def _first(self) -> None:
        self._hide()
        self._index, self._parts, self._questions = 0, [], {}
        for url in self._thumbnails.values():
            self._photos.drop(url)
        self._thumbnails = {}
        self.changed.emit()


def _count_mending(parts: list[ReviewPart]) -> int:
    return sum(part.to_mend for part in parts)


def _is_signature(question: Question | None) -> bool:
    return question is not None and SIGNATURE in question.appearance


def _short_label(question: Question | None, language: str) -> str:
    """Return the few words of a question in the language: `short_en` for English, `short` for Vietnamese."""
    name = "short" if language == SOURCE_LANGUAGE else f"short_{language}"
    return question.attributes.get(name, "") if question is not None else ""


def _icon(row: OutlineRow, question: Question | None) -> str:
    words = question.appearance if question is not None else ()
    by_look = next((_APPEARANCE_ICONS[word] for word in words if word in _APPEARANCE_ICONS), "")
    name = question.name if question is not None else ""
    by_name = next((icon for word, icon in _NAME_ICONS.items() if word in name), "")
    return by_name or by_look or _ICONS.get(row.type, "file-text")


def _chosen_art(question: Question | None) -> str:
    if question is None or question.type is not QuestionType.SELECT_ONE:
        return ""
    images = {choice.value: choice.media.image or "" for choice in question.choices}
    return images.get(str(question.value), "").removesuffix(".svg").removesuffix(".png")


def _shown_value(row: OutlineRow, question: Question | None) -> str:
    if row.type in WITHOUT_WORDS or not row.answered:
        return ""
    if question is not None and "sp:partial-date" in question.appearance:
        return partial_date_text(str(question.value))
    return row.display


def _may_be_said(row: OutlineRow, question: Question | None) -> bool:
    """Return whether an answer may be spoken; what was written may name somebody."""
    if question is None:
        return False
    return row.type in SPOKEN or not SPOKEN_APPEARANCES.isdisjoint(question.appearance)
