"""What the frame around every page shows: language, place, day, path of the form, help."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.config import Settings
from supportpoint.kiosk.pages.voice import PrivateListening, VoiceViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.opening import read_opening
from supportpoint.kiosk.words.packs import LanguagePack
from supportpoint.kiosk.words.translations import SOURCE_LANGUAGE
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
#: The one line that a language must have before the first page is shown in it.
GREETING = "Chạm vào đây"
CAPTION_MS = 6000
#: How long the first page stays in one language, and says that the screen was wiped.
GREETING_MS = 4000
WIPED_MS = 5000
ATTRACT = "attract"
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
    """The frame: language, text size, contrast, the place and day, the section of the form, captions, voice.

    `languages` are maps of code, name, native, coverage (percent of words translated), hasVoice, greets
    (the first page has words in it). `opening` is {} or a map of isOpen, from and until (hour, minute).
    `captionSilent` says that nobody speaks what the caption shows.
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

    def __init__(
        self,
        stage: Stage,
        settings: Settings,
        coverage: dict[str, int],
        packs: dict[str, LanguagePack],
        voice: VoiceViewModel,
    ) -> None:
        super().__init__()
        self._packs, self._voice = packs, voice
        voice.setParent(self)
        self._opening = read_opening(settings.open_from, settings.open_until, settings.open_days)
        self._visit, self._navigator, self._walk = stage.visit, stage.navigator, stage.walk
        self._clock, self._settings, self._coverage = stage.clock, settings, coverage
        self._place = Place()
        self._text_large = self._high_contrast = False
        self._fake_devices = False
        self._refused = False
        self._motion = True
        self._caption = ""
        self._is_caption_silent = False
        self._caption_timer = QTimer(self, interval=CAPTION_MS, singleShot=True)
        self._caption_timer.timeout.connect(self.clear_caption)
        self._wiped_timer = QTimer(self, interval=WIPED_MS, singleShot=True)
        self._wiped_timer.timeout.connect(self.wipedChanged)
        self._day_timer = QTimer(self, interval=DAY_CHECK_MS)
        self._day_timer.timeout.connect(self.dayChanged)
        self._day_timer.start()
        self._greeting_timer = QTimer(self, interval=GREETING_MS)
        self._greeting_timer.timeout.connect(self._greet_next)
        stage.visit.languageChanged.connect(self._language_changed)
        stage.visit.ended.connect(self._forget)
        stage.visit.formChanged.connect(self.sectionChanged)
        stage.walk.moved.connect(self.sectionChanged)
        stage.navigator.pageChanged.connect(self._page_changed)
        voice.captionAsked.connect(self._show_caption)
        voice.preparedChanged.connect(self.languagesChanged)

    def set_place(self, place: Place) -> None:
        """Show where this kiosk stands."""
        self._place = place
        self.changed.emit()

    def set_machine(self, *, fake_devices: bool, motion: bool) -> None:
        """Say whether the devices are stand-ins, and whether pages may move."""
        self._fake_devices, self._motion = fake_devices, motion
        self.changed.emit()
        self._page_changed()

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
                "native": self._native_name(code),
                "coverage": self._coverage.get(code, 0),
                "hasVoice": self._voice.has_voice(code),
                "greets": self._greets(code),
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

    @Property(bool, notify=changed)
    def refused(self) -> bool:
        return self._refused

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

    @Property("QVariantMap", notify=dayChanged)
    def opening(self) -> dict[str, object]:
        opening = self._opening
        if opening is None:
            return {}
        return {
            "isOpen": opening.is_open(self._clock.now()),
            "from": {"hour": opening.start.hour, "minute": opening.start.minute},
            "until": {"hour": opening.end.hour, "minute": opening.end.minute},
        }

    @Property(str, notify=sectionChanged)
    def title(self) -> str:
        form = self._visit.form
        return str(form.session.definition.title(self._visit.language)) if form is not None else ""

    @Property(bool, notify=sectionChanged)
    def isPrivate(self) -> bool:
        return self._visit.form is not None and self._visit.form.is_private

    @Property(bool, notify=sectionChanged)
    def answersRequest(self) -> bool:
        """Whether the open form sends what an agency asked for."""
        return self._visit.form is not None and self._visit.form.request is not None

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

    @Property(bool, notify=captionChanged)
    def captionSilent(self) -> bool:
        return self._is_caption_silent

    @Property(VoiceViewModel, notify=changed)
    def voice(self) -> VoiceViewModel:
        return self._voice

    @Slot()
    def start(self) -> None:
        """A person touched the first page."""
        self._navigator.open("language")

    @Slot(str)
    def startIn(self, code: str) -> None:
        """A person touched a language on the first page: home in it, nothing more is asked."""
        self._greeting_timer.stop()
        self.setLanguage(code)
        self._navigator.open("home")

    @Slot()
    def openDemo(self) -> None:
        """Show how the kiosk is used; leaving it leads back here."""
        self._navigator.open("demo")

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
        """Speak words of the page that were touched, or show them where no voice has them; "" is silence."""
        self.clear_caption()
        self._voice.speak(text)

    @Slot(str)
    def notice(self, text: str) -> None:
        """Speak and show words that stand nowhere on the page."""
        self._voice.notice(text)

    @Slot(bool)
    def setEarphones(self, worn: bool) -> None:
        """The person chose earphones for private pages, or a low voice."""
        self._voice.setPrivateListening(PrivateListening.EARPHONES if worn else PrivateListening.SOFT)

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

    def set_refused(self, *, refused: bool) -> None:
        """Say that the province does not accept this machine until somebody connects it again."""
        if refused != self._refused:
            self._refused = refused
            self.changed.emit()

    def say_wiped(self) -> None:
        """Say for a moment that nothing of the last person is on the screen."""
        self._wiped_timer.start()
        self.wipedChanged.emit()

    def _native_name(self, code: str) -> str:
        """Return what a language calls itself: its pack knows, and nobody else makes one up."""
        native = self._packs[code].note.native if code in self._packs else ""
        return native or LANGUAGE_NAMES.get(code, (code, code))[1]

    def _greets(self, code: str) -> bool:
        """Return whether the first page has words in a language."""
        if code in self._packs:
            return bool(self._packs[code].text(GREETING))
        return self._coverage.get(code, 0) > 0

    def _greet_next(self) -> None:
        codes = [code for code in self._settings.languages if self._greets(code)]
        here = codes.index(self._visit.language) if self._visit.language in codes else -1
        self._visit.set_language(codes[(here + 1) % len(codes)] if codes else self._visit.language)

    def _page_changed(self) -> None:
        """The first page goes through the languages; whoever touches it begins in Vietnamese."""
        self.clear_caption()
        if self._navigator.current == ATTRACT:
            if self._motion:
                self._greeting_timer.start()
        elif self._greeting_timer.isActive():
            self._greeting_timer.stop()
            self._visit.set_language(SOURCE_LANGUAGE)

    def _show_caption(self, text: str, is_silent: bool) -> None:
        self._caption, self._is_caption_silent = text, is_silent
        self._caption_timer.start()
        self.captionChanged.emit()

    def clear_caption(self) -> None:
        """Show no words of a voice any longer."""
        self._caption_timer.stop()
        if self._caption:
            self._caption = ""
            self.captionChanged.emit()

    def _language_changed(self) -> None:
        self.clear_caption()
        self.languagesChanged.emit()
        self.dayChanged.emit()
        self.sectionChanged.emit()

    def _forget(self) -> None:
        self._text_large = self._high_contrast = False
        self.clear_caption()
        self.changed.emit()
