"""Drafts: saved after each accepted answer, off the main thread, the newest state last."""

from __future__ import annotations

import logging
from datetime import timedelta
from enum import StrEnum

import msgspec
from PySide6.QtCore import QObject, Signal

from supportpoint.clock import Clock
from supportpoint.kiosk.tasks import StoreTasks
from supportpoint.kiosk.visit.visit import OpenForm, Visit
from supportpoint.records import Draft
from supportpoint.sealing.picture_lock import PictureLock
from supportpoint.store.locked import DRAFT
from supportpoint.store.store import Store
from supportpoint.store.values import Locked

#: Settings of a form: no draft may be kept, not even for a minute; it ends with the visit.
NEVER, SESSION = "never", "session"
#: The page of a draft whose person has left: only staff open it again.
PUT_AWAY = ""

logger = logging.getLogger(__name__)


class Fate(StrEnum):
    """What becomes of an unfinished form whose person leaves."""

    WIPED = "wiped"
    LOCKED = "locked"
    KEPT = "kept"


def fate_of(form: OpenForm, lock: PictureLock | None) -> Fate:
    """Return what leaving does to a form, by its setting `autosave` and the three pictures."""
    if form.autosave == NEVER:
        return Fate.WIPED
    if lock is not None:
        return Fate.LOCKED
    return Fate.WIPED if form.autosave == SESSION else Fate.KEPT


def make_draft(form: OpenForm, *, language: str, page_ref: str, clock: Clock) -> Draft:
    """Return the open form as a draft that can be opened again at the same screen."""
    return Draft(
        id=form.id,
        form_id=form.package.manifest.id,
        form_version=str(form.package.manifest.version),
        language=language,
        page_ref=page_ref,
        xml=form.session.to_xml(whole=True),
        updated_at=clock.now(),
        attachments=form.kept_attachments(),
        receipt_secret=form.receipt.secret,
    )


def open_locked(entry: Locked, lock: PictureLock) -> Draft:
    """Return the draft of a locked entry.

    Errors: SP-403 when the pictures were others.
    """
    return msgspec.msgpack.decode(lock.unseal(entry.sealed, entry.id), type=Draft)


class Autosave(QObject):
    """Saves the open form. Saves of one form that wait for the disk become one: only its newest state counts.

    Every save has its place on the store thread, so that work given afterwards finds it done.
    `savingChanged` follows `is_saving`; `failed` carries the store's code and nothing was lost from memory.
    """

    savingChanged = Signal()
    failed = Signal(str)

    def __init__(
        self,
        visit: Visit,
        tasks: StoreTasks,
        clock: Clock,
        locked_kept_s: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit, self._tasks, self._clock = visit, tasks, clock
        self._locked_kept = timedelta(seconds=locked_kept_s)
        self._outstanding = 0
        self._newest: dict[str, tuple[Draft, PictureLock | None]] = {}

    @property
    def is_saving(self) -> bool:
        """A save is running or waits."""
        return self._outstanding > 0

    def save(self, page_ref: str) -> None:
        """Save the open form with `page_ref` as the screen to open again; returns at once.

        Under a lock it is saved sealed. Nothing is written of a form whose drafts are never kept, nor of a
        private one that ends with the visit: whoever comes after a power cut would find it.
        """
        form, lock = self._visit.form, self._visit.lock
        if form is None:
            return
        fate = fate_of(form, lock)
        if fate is Fate.WIPED and (form.is_private or form.autosave == NEVER):
            return
        if form.is_private and fate is not Fate.LOCKED:
            page_ref = PUT_AWAY  # the home page offers it to nobody
        draft = make_draft(form, language=self._visit.language, page_ref=page_ref, clock=self._clock)
        self._newest[draft.id] = draft, lock if fate is Fate.LOCKED else None
        self._outstanding += 1
        self.savingChanged.emit()
        self._tasks.run(lambda store: self._save_newest(store, draft.id), self._saved, self._not_saved)

    def let_go(self, draft_id: str) -> None:
        """Drop a save that still waits: what comes after it on the store thread ends the draft."""
        self._newest.pop(draft_id, None)

    def discard(self, draft_id: str) -> None:
        """Delete a draft, locked or not; a save that waits for the same form is dropped."""
        self.let_go(draft_id)

        def work(store: Store) -> None:
            store.delete_draft(draft_id)
            store.delete_locked(draft_id)

        self._tasks.run(work)

    def _seal(self, draft: Draft, lock: PictureLock) -> Locked:
        kept_until = (self._clock.now() + self._locked_kept).isoformat(timespec="milliseconds")
        sealed = lock.seal(msgspec.msgpack.encode(draft), draft.id)
        return Locked(draft.id, DRAFT, lock.salt, sealed, kept_until)

    def _save_newest(self, store: Store, draft_id: str) -> None:
        """Save the newest state of a draft, on the store thread; an earlier turn may have done it."""
        draft, lock = self._newest.pop(draft_id, (None, None))
        if draft is None:
            return
        if lock is None:
            store.save_draft(draft)
        else:
            store.save_locked(self._seal(draft, lock))

    def _saved(self, _result: object = None) -> None:
        self._outstanding -= 1
        self.savingChanged.emit()

    def _not_saved(self, code: str) -> None:
        logger.warning("draft not saved: %s", code)
        self._saved()
        self.failed.emit(code)
