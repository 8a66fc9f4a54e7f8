"""K27, K28 and K30: the sheets that hide a page, the last seconds, and what leaving does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.config import Settings
from supportpoint.content.article import Article
from supportpoint.kiosk.navigator import FORM_PAGES
from supportpoint.kiosk.pages.consent import ConsentViewModel
from supportpoint.kiosk.pages.learn import LearnViewModel
from supportpoint.kiosk.pages.lock import PAGE as LOCK_PAGE
from supportpoint.kiosk.pages.lock import LockViewModel
from supportpoint.kiosk.pages.receipt import ReceiptViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.drafts import fate_of
from supportpoint.kiosk.visit.presence import Patience
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.lunar import to_lunar
from supportpoint.kiosk.words.seasons import season_of
from supportpoint.kiosk.words.wording import partial_date_text

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

CURTAIN, COVER = "curtain", "cover"
UNWATCHED = frozenset({"attract", "sending", "devices", "device"})
STATUS = "status"
#: Private whatever form is open; and pages that are private when their case is.
PRIVATE_PAGES = frozenset({"triage", "door", "lock"})
PATIENT_PAGES = FORM_PAGES | {"receipt"}
FIELD_TOPICS = ("crops", "livestock")
SENTENCES = 4


@QmlElement
@QmlUncreatable("made by bootstrap")
class PrivacyViewModel(QObject):
    """`sheet` is "", curtain or cover; `asking` while it wants the pictures; `warning` the last seconds.

    `fate` is what leaving does to the private form that is open: wiped, locked or kept, "" without one.
    `season` is what the cover shows: maps of day, month, isLeap of the moon, term, sentences, source, asOf.
    """

    changed = Signal()
    tick = Signal()
    seasonChanged = Signal()
    covered = Signal()
    endAsked = Signal()

    def __init__(  # noqa: PLR0913, PLR0917 -- what a private page is, each said by its own
        self,
        stage: Stage,
        settings: Settings,
        lock: LockViewModel,
        consent: ConsentViewModel,
        receipt: ReceiptViewModel,
        learn: LearnViewModel,
    ) -> None:
        super().__init__()
        self._visit, self._navigator, self._presence = stage.visit, stage.navigator, stage.presence
        self._clock, self._settings = stage.clock, settings
        self._lock, self._consent, self._receipt, self._learn = lock, consent, receipt, learn
        self._sheet = ""
        self._is_asking = False
        self._cover_timer = QTimer(self, interval=settings.cover_kept_s * 1000, singleShot=True)
        self._cover_timer.timeout.connect(self.endAsked)
        stage.presence.changed.connect(self._second)
        stage.presence.ended.connect(self.endAsked)
        stage.navigator.pageChanged.connect(self._watch)
        stage.visit.formChanged.connect(self._watch)
        stage.visit.ended.connect(self._forget)
        stage.visit.languageChanged.connect(self.seasonChanged)
        learn.changed.connect(self.seasonChanged)

    @Property(str, notify=changed)
    def sheet(self) -> str:
        return self._sheet

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        return self._is_asking

    @Property(bool, notify=tick)
    def warning(self) -> bool:
        return self._presence.is_warning and self._sheet != COVER

    @Property(int, notify=tick)
    def secondsLeft(self) -> int:
        return self._presence.seconds_left

    @Property(int, notify=tick)
    def countdownS(self) -> int:
        return self._settings.countdown_s

    @Property(int, notify=changed)
    def endPageS(self) -> int:
        return self._settings.end_page_s

    @Property(str, notify=changed)
    def fate(self) -> str:
        form = self._visit.form
        return fate_of(form, self._visit.lock).value if form is not None and form.is_private else ""

    @Property("QVariantMap", notify=seasonChanged)
    def season(self) -> dict[str, object]:
        today, article = local_day(self._clock.now()), self._find_article()
        language = article.language_for(self._visit.language) if article is not None else ""
        moon = to_lunar(today)
        return {
            "day": moon.day,
            "month": moon.month,
            "isLeap": moon.is_leap,
            "term": season_of(today),
            "art": article.art if article is not None else "",
            "title": article.title[language] if article is not None else "",
            "sentences": list(article.sentences[language][:SENTENCES]) if article is not None else [],
            "source": article.source.agency if article is not None else "",
            "asOf": partial_date_text(article.as_of) if article is not None else "",
        }

    @Slot()
    def touched(self) -> None:
        """A finger touched the glass; while the last seconds run only the big button counts."""
        if not self.warning:
            self._presence.touched()

    @Slot()
    def stay(self) -> None:
        """«Tôi còn đây»."""
        self._presence.touched()

    @Slot()
    def cover(self) -> None:
        """Hide everything at once, on the pages that can be covered."""
        if self._sheet == COVER or not self._can_cover():
            return
        self._sheet, self._is_asking = COVER, False
        if self._visit.lock is None:
            self._cover_timer.start()
        self.seasonChanged.emit()  # it may be another day
        self.changed.emit()
        self.tick.emit()
        self.covered.emit()

    @Slot()
    def lift(self) -> None:
        """Bring the page back; with a lock the three pictures are asked for first."""
        if not self._sheet:
            return
        if self._visit.lock is None:
            self._open()
        elif not self._is_asking:
            self._is_asking = True
            self._lock.ask(self._try, on_page=False)
            self.changed.emit()

    @Slot()
    def stopAsking(self) -> None:
        """Leave the pictures and show the sheet again."""
        self._is_asking = False
        self.changed.emit()

    def _try(self, pictures: Sequence[str], done: Callable[[bool], None]) -> None:
        def tried(is_right: bool) -> None:
            done(is_right)
            if is_right:
                self._open()

        self._lock.try_lock(pictures, tried)

    def _open(self) -> None:
        self._cover_timer.stop()
        self._sheet, self._is_asking = "", False
        self._presence.touched()
        self.changed.emit()
        if self._navigator.current == LOCK_PAGE:
            self._navigator.leave()  # the sheet has asked for pictures; the page's own asking is over

    def _second(self) -> None:
        if self._presence.wants_curtain and not self._sheet:
            self._sheet = CURTAIN
            self.changed.emit()
        self.tick.emit()

    def _watch(self) -> None:
        page = self._navigator.current
        self._presence.watch(None if page in UNWATCHED else self._patience(page))
        self.changed.emit()

    def _patience(self, page: str) -> Patience:
        settings = self._settings
        if self._is_private(page):
            return Patience(settings.curtain_private_s, settings.warn_private_s)
        if page == STATUS:
            return Patience(settings.curtain_status_s, settings.warn_public_s)
        if page in PATIENT_PAGES:
            return Patience(settings.curtain_form_s, settings.warn_form_s)
        return Patience(0, settings.warn_public_s)

    def _is_private(self, page: str) -> bool:
        handover = self._receipt.handover
        if page in PRIVATE_PAGES or (page == "receipt" and handover is not None and handover.is_private):
            return True
        return self._visit.form is not None and self._visit.form.is_private

    def _can_cover(self) -> bool:
        page = self._navigator.current
        asks_privately = page == "consent" and self._consent.isSensitive
        return page == STATUS or asks_privately or self._is_private(page)

    def _find_article(self) -> Article | None:
        current = self._learn.list_current(FIELD_TOPICS)
        return current[0] if current else None

    def _forget(self) -> None:
        self._cover_timer.stop()
        self._sheet, self._is_asking = "", False
        self.changed.emit()
        self.tick.emit()
