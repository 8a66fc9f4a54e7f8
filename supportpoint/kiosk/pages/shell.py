"""What the frame around every page shows: language, place, day, path of the form, help."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.config import Settings
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import long_date

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

LANGUAGE_NAMES = {
    "vi": ("Tiếng Việt", "Tiếng Việt"),
    "en": ("English", "English"),
    "blt": ("Tiếng Thái", "Tiếng Thái"),
    "hmn": ("Tiếng Mông", "Tiếng Mông"),
    "kjg": ("Tiếng Khơ Mú", "Tiếng Khơ Mú"),
}
CAPTION_MS = 6000
#: How long the first page says that the screen was wiped.
WIPED_MS = 5000
#: How often a kiosk that stays on looks whether a new day began.
DAY_CHECK_MS = 60_000


@dataclass(frozen=True)
class Place:
    """Where this kiosk stands, as enrolment said; empty before it. Codes are official commune codes."""

    point_name: str = ""
    commune_name: str = ""
    commune_code: str = ""


@QmlElement
@QmlUncreatable("made by bootstrap")
class ShellViewModel(QObject):
    """The frame: language, text size, contrast, the place and day, the section of the form, captions.

    `languages` are maps of code, name, native, coverage (percent of words translated), hasVoice.
    """

    changed = Signal()
    languagesChanged = Signal()
    dayChanged = Signal()
    captionChanged = Signal()
    sectionChanged = Signal()
    coverAsked = Signal()
    leaveAsked = Signal()
    moreAsked = Signal()
    endAsked = Signal()
    wipedChanged = Signal()

    def __init__(self, stage: Stage, settings: Settings, coverage: dict[str, int]) -> None:
        super().__init__()
        self._visit, self._navigator, self._walk = stage.visit, stage.navigator, stage.walk
        self._clock, self._settings, self._coverage = stage.clock, settings, coverage
        self._place = Place()
        self._text_large = self._high_contrast = False
        self._fake_devices = False
        self._motion = True
        self._caption = ""
        self._caption_timer = QTimer(self, interval=CAPTION_MS, singleShot=True)
        self._caption_timer.timeout.connect(self._clear_caption)
        self._wiped_timer = QTimer(self, interval=WIPED_MS, singleShot=True)
        self._wiped_timer.timeout.connect(self.wipedChanged)
        self._day_timer = QTimer(self, interval=DAY_CHECK_MS)
        self._day_timer.timeout.connect(self.dayChanged)
        self._day_timer.start()
        stage.visit.languageChanged.connect(self._language_changed)
        stage.visit.ended.connect(self._forget)
        stage.visit.formChanged.connect(self.sectionChanged)
        stage.walk.moved.connect(self.sectionChanged)
        stage.navigator.pageChanged.connect(self._clear_caption)

    def set_place(self, place: Place) -> None:
        """Show where this kiosk stands."""
        self._place = place
        self.changed.emit()

    def set_machine(self, *, fake_devices: bool, motion: bool) -> None:
        """Say whether the devices are stand-ins, and whether pages may move."""
        self._fake_devices, self._motion = fake_devices, motion
        self.changed.emit()

    @property
    def place(self) -> Place:
        """Where this kiosk stands."""
        return self._place

    @Property(str, notify=languagesChanged)
    def language(self) -> str:
        return self._visit.language

    @Property(str, notify=languagesChanged)
    def languageName(self) -> str:
        return LANGUAGE_NAMES.get(self._visit.language, (self._visit.language, ""))[0]

    @Property("QVariantList", notify=languagesChanged)
    def languages(self) -> list[dict[str, object]]:
        return [
            {
                "code": code,
                "name": LANGUAGE_NAMES.get(code, (code, code))[0],
                "native": LANGUAGE_NAMES.get(code, (code, code))[1],
                "coverage": self._coverage.get(code, 0),
                "hasVoice": False,
            }
            for code in self._settings.languages
        ]

    @Property(bool, notify=changed)
    def textLarge(self) -> bool:
        return self._text_large

    @Property(bool, notify=changed)
    def highContrast(self) -> bool:
        return self._high_contrast

    @Property(bool, notify=changed)
    def motion(self) -> bool:
        return self._motion

    @Property(bool, notify=changed)
    def fakeDevices(self) -> bool:
        return self._fake_devices

    @Property(str, notify=changed)
    def pointName(self) -> str:
        return self._place.point_name

    @Property(str, notify=changed)
    def communeName(self) -> str:
        return self._place.commune_name

    @Property(str, notify=changed)
    def callPhone(self) -> str:
        return self._settings.call_phone

    @Property(str, notify=dayChanged)
    def todayText(self) -> str:
        return long_date(local_day(self._clock.now()), self._visit.language)

    @Property(str, notify=sectionChanged)
    def title(self) -> str:
        form = self._visit.form
        return str(form.session.definition.title(self._visit.language)) if form is not None else ""

    @Property(bool, notify=sectionChanged)
    def isPrivate(self) -> bool:
        return self._visit.form is not None and self._visit.form.is_private

    @Property(str, notify=sectionChanged)
    def section(self) -> str:
        step = self._walk.step
        return step.page.section if step is not None else ""

    @Property(int, notify=sectionChanged)
    def sectionIndex(self) -> int:
        step = self._walk.step
        return step.page.section_index - 1 if step is not None else 0

    @Property(int, notify=sectionChanged)
    def sectionCount(self) -> int:
        step = self._walk.step
        return step.page.section_count if step is not None else 0

    @Property(int, notify=sectionChanged)
    def stoneCount(self) -> int:
        step = self._walk.step
        return step.page.section_count if step is not None else 0

    @Property(int, notify=sectionChanged)
    def stoneNow(self) -> int:
        step = self._walk.step
        return step.page.section_index - 1 if step is not None else 0

    @Property(bool, notify=wipedChanged)
    def wiped(self) -> bool:
        return self._wiped_timer.isActive()

    @Property(str, notify=captionChanged)
    def captionText(self) -> str:
        return self._caption

    @Slot()
    def start(self) -> None:
        """A person touched the first page."""
        self._navigator.open("language")

    @Slot(str)
    def setLanguage(self, code: str) -> None:
        """Change the language; answers stay."""
        if code in self._settings.languages:
            self._visit.set_language(code)

    @Slot()
    def enter(self) -> None:
        """Leave the language page: home, or back to where it was opened from."""
        self._navigator.enter()

    @Slot()
    def openLanguage(self) -> None:
        """Open the language page from anywhere; the place is kept."""
        self._navigator.open("language")

    @Slot()
    def toggleTextLarge(self) -> None:
        self._text_large = not self._text_large
        self.changed.emit()

    @Slot()
    def toggleContrast(self) -> None:
        self._high_contrast = not self._high_contrast
        self.changed.emit()

    @Slot(str)
    def listen(self, text: str) -> None:
        """Show what a voice would say: no voice is installed yet, and the page says so."""
        self._caption = text
        self._caption_timer.start()
        self.captionChanged.emit()

    @Slot()
    def callStaff(self) -> None:
        self._navigator.open("help")

    @Slot()
    def cover(self) -> None:
        """«Che màn hình»."""
        self.coverAsked.emit()

    @Slot()
    def leave(self) -> None:
        """«Kết thúc»: ask whether there is something else to do."""
        self.leaveAsked.emit()

    @Slot()
    def doMore(self) -> None:
        """Something else: home, with whatever is kept of an open form."""
        self.moreAsked.emit()

    @Slot()
    def endVisit(self) -> None:
        self.endAsked.emit()

    def say_wiped(self) -> None:
        """Say for a moment that nothing of the last person is on the screen."""
        self._wiped_timer.start()
        self.wipedChanged.emit()

    def _clear_caption(self) -> None:
        self._caption_timer.stop()
        if self._caption:
            self._caption = ""
            self.captionChanged.emit()

    def _language_changed(self) -> None:
        self._clear_caption()
        self.languagesChanged.emit()
        self.dayChanged.emit()
        self.sectionChanged.emit()

    def _forget(self) -> None:
        self._text_large = self._high_contrast = False
        self._clear_caption()
        self.changed.emit()
