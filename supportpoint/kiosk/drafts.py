"""Drafts: saved after each accepted answer, off the main thread, the newest state last."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from supportpoint.clock import Clock
from supportpoint.kiosk.tasks import StoreTasks
from supportpoint.kiosk.visit import OpenForm, Visit
from supportpoint.records import Draft

logger = logging.getLogger(__name__)


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


class Autosave(QObject):
    """Saves the open form. While one save runs, later ones wait as one: only the newest state counts.

    `savingChanged` follows `is_saving`; `failed` carries the store's code and nothing was lost from memory.
    """

    savingChanged = Signal()
    failed = Signal(str)

    def __init__(self, visit: Visit, tasks: StoreTasks, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._tasks, self._clock = visit, tasks, clock
        self._running = False
        self._next: Draft | None = None

    @property
    def is_saving(self) -> bool:
        """A save is running or waits."""
        return self._running

    def save(self, page_ref: str) -> None:
        """Save the open form with `page_ref` as the screen to open again; returns at once."""
        form = self._visit.form
        if form is None:
            return
        draft = make_draft(form, language=self._visit.language, page_ref=page_ref, clock=self._clock)
        if self._running:
            self._next = draft
            return
        self._start(draft)

    def let_go(self, draft_id: str) -> None:
        """Drop a save that still waits: what comes after it on the store thread ends the draft."""
        if self._next is not None and self._next.id == draft_id:
            self._next = None

    def discard(self, draft_id: str) -> None:
        """Delete a draft; a save that waits for the same form is dropped."""
        self.let_go(draft_id)
        self._tasks.run(lambda store: store.delete_draft(draft_id))

    def _start(self, draft: Draft) -> None:
        self._running = True
        self.savingChanged.emit()
        self._tasks.run(lambda store: store.save_draft(draft), self._saved, self._not_saved)

    def _saved(self, _result: object = None) -> None:
        waiting, self._next = self._next, None
        if waiting is not None:
            self._start(waiting)
            return
        self._running = False
        self.savingChanged.emit()

    def _not_saved(self, code: str) -> None:
        logger.warning("draft not saved: %s", code)
        self._running, self._next = False, None
        self.savingChanged.emit()
        self.failed.emit(code)
