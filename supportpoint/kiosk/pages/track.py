"""K24 and K25: what became of a case, by the receipt alone, without a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import VIETNAM
from supportpoint.devices.scanner import Scanner
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.pages.lock import LockViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import long_date
from supportpoint.protocol import CaseNews
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.mailbox import open_box
from supportpoint.sealing.picture_lock import PictureLock, make_lock
from supportpoint.sealing.receipt import read_secret, receipt_hash
from supportpoint.store.store import Store
from supportpoint.store.values import Locked

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: Pages that leave what was found on the screen, or come back to it.
KEEPING_PAGES = frozenset(
    {"status", "help", "language", "supplement", "photo", "question", "consent", "lock"}
)
MAX_TYPED = 27
RECEIPT_SCANNER = "receipt scanner"
GROUP = 4


@dataclass(frozen=True)
class Found:
    """What this machine knows of a receipt: news from a box, or a case that still waits here.

    `is_private`: nobody who looks on may learn more than that there is something. `locked` is what three
    pictures of this machine open, None where none were set.
    """

    news: CaseNews | None = None
    waiting_number: str = ""
    waiting_since: datetime | None = None
    is_private: bool = False
    locked: Locked | None = None


def look_up(store: Store, secret: bytes) -> Found | None:
    """Return what this machine knows of a receipt, None when it knows nothing.

    Errors: SP-406 when the box is not signed as it must be; SP-102 before enrolment.
    """
    address = receipt_hash(secret)
    entry = store.find_locked(address.hex())
    locked = entry if entry is not None and entry.salt else None
    body = store.find_box(address)
    if body is not None:
        identity = store.get_identity()
        keyset = read_keyset(identity.keyset, identity.root_public)
        box = open_box(body, secret, keyset)
        return Found(news=box.news, is_private=entry is not None or box.is_from_agency, locked=locked)
    row = store.find_item_state(address)
    if row is None:
        return None
    return Found(
        waiting_number=row.case_number,
        waiting_since=row.created_at,
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
    """`state` is choose, scanning, typing, waiting, none or bad; the page "status" shows what was found.

    `missing` are maps of kind, label, reason, art. The secret is used once and let go. `hidden` while a
    private case shows nothing, `canUnlock` where three pictures would show more.
    """

    changed = Signal()
    typedChanged = Signal()

    def __init__(self, stage: Stage, scanner: Scanner, lock: LockViewModel) -> None:
        super().__init__()
        self._presence = stage.presence
        self._lock = lock
        self._is_unlocked = False
        self._visit, self._navigator, self._tasks = stage.visit, stage.navigator, stage.tasks
        self._scanner = scanner
        self._state, self._typed = "choose", ""
        self._found: Found | None = None
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.ended.connect(self._forget)
        stage.visit.languageChanged.connect(self.changed)

    @property
    def news(self) -> CaseNews | None:
        """What the agency says to whoever holds the receipt that was shown, None without any."""
        return self._news()

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._state

    @Property(bool, notify=changed)
    def cameraAvailable(self) -> bool:
        return self._scanner.is_there

    @Property(str, notify=typedChanged)
    def typed(self) -> str:
        return "-".join(self._typed[start : start + GROUP] for start in range(0, len(self._typed), GROUP))

    @Property(int, notify=typedChanged)
    def missingChars(self) -> int:
        return MAX_TYPED - len(self._typed)

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
        return found.news.case_number if found.news is not None else found.waiting_number

    @Property(str, notify=changed)
    def serviceTitle(self) -> str:
        return ""

    @Property(str, notify=changed)
    def personMasked(self) -> str:
        return ""

    @Property(str, notify=changed)
    def caseState(self) -> str:
        news = self._news()
        if self._is_hidden():
            return "working"
        return news.state if news is not None else "waiting"

    @Property(str, notify=changed)
    def unit(self) -> str:
        news = self._news()
        return news.unit if news is not None else ""

    @Property(str, notify=changed)
    def newsDayText(self) -> str:
        news = self._news()
        return self._day_text(news.at) if news is not None else ""

    @Property(str, notify=changed)
    def receivedDayText(self) -> str:
        found = self._found
        if found is None or found.waiting_since is None or self._is_hidden():
            return ""
        return long_date(found.waiting_since.astimezone(VIETNAM).date(), self._visit.language)

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
                "art": "papers" if thing.kind == "photo" else "phone",
            }
            for thing in news.missing
        ]

    @Property(str, notify=changed)
    def dueText(self) -> str:
        news = self._news()
        return self._day_text(news.due_on) if news is not None and news.due_on else ""

    @Slot()
    def scanReceipt(self) -> None:
        """Wait for the receipt's QR."""
        self._set_state("scanning")
        self._scanner.start(self.take_code)
        self._presence.hold(RECEIPT_SCANNER)

    @Slot()
    def startTyping(self) -> None:
        """Type the small code instead."""
        self._stop_scanner()
        self._set_state("typing")

    @Slot(str)
    def typeSecret(self, text: str) -> None:
        """Hold a typed code, in any case and grouping."""
        self._typed = "".join(char for char in text.upper() if char.isalnum())[:MAX_TYPED]
        self._state = "typing"
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
        """Look a receipt up by its QR text or its typed code."""
        self._stop_scanner()
        try:
            secret = read_secret(text)
        except SupportPointError:
            self._set_state("bad")
            return
        self._tasks.run(
            lambda store: look_up(store, secret), self._visit.during(self._show), self._not_opened
        )

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

    def _is_hidden(self) -> bool:
        return self._found is not None and self._found.is_private and not self._is_unlocked

    def _show(self, found: Found | None) -> None:
        self._found, self._is_unlocked = found, False
        if found is None:
            self._set_state("none")
            return
        self._set_state("waiting" if found.news is None else "choose")
        self._navigator.open("status")

    def _not_opened(self, _code: str) -> None:
        self._set_state("bad")

    def _news(self) -> CaseNews | None:
        return self._found.news if self._found is not None and not self._is_hidden() else None

    def _day_text(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return ""
        day = moment.astimezone(VIETNAM).date() if moment.tzinfo is not None else moment.date()
        return long_date(day, self._visit.language)

    def _stop_scanner(self) -> None:
        self._scanner.stop()
        self._presence.release(RECEIPT_SCANNER)

    def _set_state(self, state: str) -> None:
        self._state = state
        self.changed.emit()

    def _page_changed(self) -> None:
        if self._navigator.current not in KEEPING_PAGES:
            self._forget()

    def _forget(self) -> None:
        if self._state == "scanning":
            self._stop_scanner()
        if self._is_unlocked:
            self._visit.lock = None
        self._state, self._typed, self._found, self._is_unlocked = "choose", "", None, False
        self.changed.emit()
        self.typedChanged.emit()
