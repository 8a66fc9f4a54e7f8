"""K24 and K25: what became of a case, by the receipt alone, without a network."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.devices.scanner import Scanner
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.pages.lock import LockViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.papers import art_of_paper
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import long_date, short_date
from supportpoint.protocol import CaseNews
from supportpoint.records import ItemState
from supportpoint.sealing.keyset import ORDINARY, read_keyset
from supportpoint.sealing.mailbox import open_box
from supportpoint.sealing.picture_lock import PictureLock, make_lock
from supportpoint.sealing.receipt import make_receipt, read_secret, receipt_hash
from supportpoint.store.store import Store
from supportpoint.store.values import Locked

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

logger = logging.getLogger(__name__)

SCANNING, TYPING, WAITING = "scanning", "typing", "waiting"
#: Pages that leave what was found on the screen, or come back to it.
KEEPING_PAGES = frozenset(
    {"status", "help", "language", "supplement", "photo", "question", "consent", "lock"}
)
MAX_TYPED = 27
RECEIPT_SCANNER = "receipt scanner"
GROUP = 4
#: Seconds without a code until each hint: hold it farther off, smooth it, type the code instead.
HINTS_AFTER_S = {8: "far", 16: "flat", 26: "type"}
#: What a case that no agency has spoken of yet is called, by where it stands here.
PHASES = {
    ItemState.QUEUED: "waiting",
    ItemState.STORED: "waiting",
    ItemState.COMPLETE: "sent",
    ItemState.ARCHIVED: "sent",
    ItemState.NEEDS_PERSON: "checking",
}


@dataclass(frozen=True)
class Found:
    """What this machine knows of a receipt: news from a box, or a case that was sealed here.

    Without news `phase` is waiting, sent, or checking by a person. `is_private`: who looks on may learn that
    there is something, and no more. `purpose`: who reads what is added. `locked`: what three pictures open.
    """

    news: CaseNews | None = None
    number: str = ""
    phase: str = "waiting"
    since: datetime | None = None
    is_private: bool = False
    locked: Locked | None = None
    purpose: str = ORDINARY


def look_up(store: Store, secret: bytes) -> Found | None:
    """Return what this machine knows of a receipt, None when it knows nothing.

    Errors: SP-102 before enrolment. A box that does not open or is not signed as it must be is no error
            of the person who holds the receipt: it is "checking".
    """
    address = receipt_hash(secret)
    entry = store.find_locked(address.hex())
    locked = entry if entry is not None and entry.salt else None
    body = store.find_box(address)
    if body is not None:
        identity = store.get_identity()
        try:
            keyset = read_keyset(identity.keyset, identity.root_public)
            box = open_box(body, secret, keyset)
        except SupportPointError as error:
            logger.warning("a box is not opened: %s", error.code)
            number = make_receipt(secret).case_number
            return Found(number=number, phase="checking", is_private=entry is not None, locked=locked)
        is_private = entry is not None or box.is_from_agency
        return Found(news=box.news, purpose=box.purpose, is_private=is_private, locked=locked)
    row = store.find_item_state(address)
    if row is None:
        return None
    return Found(
        number=row.case_number,
        phase=PHASES[row.state],
        since=row.created_at,
        is_private=entry is not None,
        locked=locked,
    )


def _try_pictures(store: Store, entry: Locked, pictures: Sequence[str]) -> PictureLock | None:
    """Return the lock that the pictures open; otherwise count a wrong try."""
    lock = make_lock(pictures, entry.salt)
    try:
        lock.unseal(entry.sealed, entry.id)
    except SupportPointError:
        store.note_wrong(entry.id)
        return None
    return lock


@QmlElement
@QmlUncreatable("made by bootstrap")
class TrackViewModel(QObject):
    """`state` is scanning, typing, waiting, none or bad; the page "status" shows what was found.

    The scanner is on from the moment the page opens; `hint` is "" or far, flat, type. `caseState` is a
    state of CaseNews, or waiting, sent, checking. `missing` are maps of kind, label, reason, art. The secret
    is used once and let go. `hidden` while a private case shows nothing, `canUnlock` where three pictures
    would show more.
    """

    changed = Signal()
    typedChanged = Signal()

    def __init__(self, stage: Stage, scanner: Scanner, lock: LockViewModel) -> None:
        super().__init__()
        self._visit, self._navigator, self._tasks = stage.visit, stage.navigator, stage.tasks
        self._scanner, self._clock, self._presence, self._lock = scanner, stage.clock, stage.presence, lock
        self._state, self._typed, self._hint, self._seconds = SCANNING, "", "", 0
        self._found: Found | None = None
        self._is_unlocked = False
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._second)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.ended.connect(self._forget)
        stage.visit.languageChanged.connect(self.changed)

    @property
    def news(self) -> CaseNews | None:
        """What the agency says to whoever holds the receipt that was shown, None without any."""
        return self._news()

    @property
    def purpose(self) -> str:
        """Who reads what is added to that case: a purpose of the keyset, "" for nobody."""
        return self._found.purpose if self._found is not None else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._state

    @Property(bool, notify=changed)
    def cameraAvailable(self) -> bool:
        return self._scanner.is_there

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=typedChanged)
    def typed(self) -> str:
        return "-".join(self._typed[start : start + GROUP] for start in range(0, len(self._typed), GROUP))

    @Property(int, notify=typedChanged)
    def missingChars(self) -> int:
        return MAX_TYPED - len(self._typed)

    @Property(int, notify=typedChanged)
    def groupNow(self) -> int:
        """Which group of `GROUP` letters is being typed, from 1; the last one when all are."""
        return min(len(self._typed) // GROUP + 1, self._count_groups())

    @Property(int, notify=typedChanged)
    def groupCount(self) -> int:
        return self._count_groups()

    @Property(bool, notify=changed)
    def hidden(self) -> bool:
        return self._is_hidden()

    @Property(bool, notify=changed)
    def canUnlock(self) -> bool:
        return self._is_hidden() and self._found is not None and self._found.locked is not None

    @Property(str, notify=changed)
    def caseNumber(self) -> str:
        found = self._found
        if found is None or self._is_hidden():
            return ""
        return found.news.case_number if found.news is not None else found.number

    @Property(str, notify=changed)
    def caseState(self) -> str:
        if self._is_hidden():
            return "working"
        if self._found is None:
            return "waiting"
        return self._found.news.state if self._found.news is not None else self._found.phase

    @Property(str, notify=changed)
    def unit(self) -> str:
        news = self._news()
        return news.unit if news is not None else ""

    @Property(str, notify=changed)
    def newsDayText(self) -> str:
        news = self._news()
        return self._day_text(news.at) if news is not None else ""

    @Property(str, notify=changed)
    def newsDayShort(self) -> str:
        """Day and month of the news, with the year when it is not this one."""
        news = self._news()
        day = _read_day(news.at) if news is not None else None
        if day is None:
            return ""
        return f"{day:%d/%m}" if day.year == local_day(self._clock.now()).year else short_date(day)

    @Property(str, notify=changed)
    def receivedDayText(self) -> str:
        found = self._found
        if found is None or found.since is None or self._is_hidden():
            return ""
        return long_date(local_day(found.since), self._visit.language)

    @Property(str, notify=changed)
    def reason(self) -> str:
        news = self._news()
        return news.reason if news is not None else ""

    @Property("QVariantList", notify=changed)
    def missing(self) -> list[dict[str, str]]:
        news = self._news()
        if news is None:
            return []
        return [
            {
                "kind": thing.kind,
                "label": thing.label,
                "reason": thing.reason,
                "art": art_of_paper(thing.label) if thing.kind == "photo" else "phone",
            }
            for thing in news.missing
        ]

    @Property(str, notify=changed)
    def dueText(self) -> str:
        news = self._news()
        return self._day_text(news.due_on) if news is not None and news.due_on else ""

    @Property(bool, notify=changed)
    def isLate(self) -> bool:
        """The day by which the missing things were to come has passed."""
        news = self._news()
        day = _read_day(news.due_on) if news is not None else None
        return day is not None and day < local_day(self._clock.now())

    @Slot()
    def scanReceipt(self) -> None:
        """Wait for the receipt's QR."""
        self._typed, self._hint, self._seconds = "", "", 0
        self._set_state(SCANNING)
        self._scanner.start(self.take_code)
        self._presence.hold(RECEIPT_SCANNER)
        self._timer.start()
        self.typedChanged.emit()

    @Slot()
    def startTyping(self) -> None:
        """Type the small code instead."""
        self._stop_scanning()
        self._set_state(TYPING)

    @Slot(str)
    def typeSecret(self, text: str) -> None:
        """Hold a typed code, in any case and grouping."""
        self._typed = "".join(char for char in text.upper() if char.isalnum())[:MAX_TYPED]
        self._state = TYPING
        self.changed.emit()
        self.typedChanged.emit()

    @Slot(str)
    def padPress(self, char: str) -> None:
        """Type one more character; "backspace" takes the last one off."""
        self.typeSecret(self._typed[:-1] if char == "backspace" else self._typed + char)

    @Slot()
    def submitTyped(self) -> None:
        self.take_code(self._typed)

    @Slot()
    def unlock(self) -> None:
        """Show more of a private case, to whoever knows its three pictures."""
        if self._found is not None and self._found.locked is not None:
            self._lock.ask(self._try)

    @Slot()
    def done(self) -> None:
        """Look at another receipt, or go home from there."""
        self._navigator.open("home")

    def take_code(self, text: str) -> None:
        """Look a receipt up by its QR text or its typed code; the scanner stays on until one is found."""
        if self._state == WAITING:
            return
        try:
            secret = read_secret(text)
        except SupportPointError:
            self._set_state("bad")
            return
        self._set_state(WAITING)
        self._tasks.run(lambda store: look_up(store, secret), self._visit.during(self._show))

    def _try(self, pictures: Sequence[str], done: Callable[[bool], None]) -> None:
        entry = self._found.locked if self._found is not None else None
        if entry is None:
            return

        def tried(lock: PictureLock | None) -> None:
            done(lock is not None)
            if lock is not None:
                self._visit.lock, self._is_unlocked = lock, True
                self.changed.emit()
                self._navigator.leave()

        self._tasks.run(lambda store: _try_pictures(store, entry, pictures), self._visit.during(tried))

    @staticmethod
    def _count_groups() -> int:
        return -(-MAX_TYPED // GROUP)

    def _is_hidden(self) -> bool:
        return self._found is not None and self._found.is_private and not self._is_unlocked

    def _show(self, found: Found | None) -> None:
        self._found, self._is_unlocked = found, False
        if found is None:
            self._set_state("none")
            return
        self._set_state(SCANNING)
        self._navigator.open("status")

    def _second(self) -> None:
        self._seconds += 1
        self._hint = HINTS_AFTER_S.get(self._seconds, self._hint)
        self.changed.emit()  # also says whether the reader is still there

    def _news(self) -> CaseNews | None:
        return self._found.news if self._found is not None and not self._is_hidden() else None

    def _day_text(self, text: str) -> str:
        day = _read_day(text)
        return long_date(day, self._visit.language) if day is not None else ""

    def _set_state(self, state: str) -> None:
        self._state = state
        self.changed.emit()

    def _page_changed(self) -> None:
        """Open the scanner with the page and close it with the page; a code half typed is kept."""
        page = self._navigator.current
        if page == "track":
            self._found = None
            if self._typed or not self._scanner.is_there:
                self.startTyping()
            else:
                self.scanReceipt()
            return
        self._stop_scanning()
        if page not in KEEPING_PAGES:
            self._forget()

    def _stop_scanning(self) -> None:
        if self._timer.isActive():  # the scanner may be on for another page
            self._timer.stop()
            self._scanner.stop()
            self._presence.release(RECEIPT_SCANNER)

    def _forget(self) -> None:
        self._stop_scanning()
        if self._is_unlocked:
            self._visit.lock = None
        self._state, self._typed, self._hint, self._found = SCANNING, "", "", None
        self._is_unlocked = False
        self.changed.emit()
        self.typedChanged.emit()


def _read_day(text: str) -> date | None:
    """Return the day in Vietnam of an ISO moment or day, None when it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return local_day(moment) if moment.tzinfo is not None else moment.date()
