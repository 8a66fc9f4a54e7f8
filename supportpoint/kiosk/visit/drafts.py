"""Drafts: saved after each accepted answer, off the main thread, the newest state last."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from supportpoint.clock import Clock
from supportpoint.kiosk.tasks import StoreTasks
from supportpoint.kiosk.visit.visit import OpenForm, Visit
from supportpoint.records import Draft
from supportpoint.store.store import Store

#: The setting of a form that no draft may be kept of, not even for a minute.
NEVER = "never"

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
    """Saves the open form. Saves of one form that wait for the disk become one: only its newest state counts.

    Every save has its place on the store thread, so that work given afterwards finds it done.
    `savingChanged` follows `is_saving`; `failed` carries the store's code and nothing was lost from memory.
    """

    savingChanged = Signal()
    failed = Signal(str)

    def __init__(self, visit: Visit, tasks: StoreTasks, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._tasks, self._clock = visit, tasks, clock
        self._outstanding = 0
        self._newest: dict[str, Draft] = {}

    @property
    def is_saving(self) -> bool:
        """A save is running or waits."""
        return self._outstanding > 0

    def save(self, page_ref: str) -> None:
        """Save the open form with `page_ref` as the screen to open again; returns at once.

        A form whose drafts are never kept is not saved.
        """
        form = self._visit.form
        if form is None or form.session.definition.settings.autosave == NEVER:
            return
        draft = make_draft(form, language=self._visit.language, page_ref=page_ref, clock=self._clock)
        self._newest[draft.id] = draft
        self._outstanding += 1
        self.savingChanged.emit()
        self._tasks.run(lambda store: self._save_newest(store, draft.id), self._saved, self._not_saved)

    def let_go(self, draft_id: str) -> None:
        """Drop a save that still waits: what comes after it on the store thread ends the draft."""
        self._newest.pop(draft_id, None)

    def discard(self, draft_id: str) -> None:
        """Delete a draft; a save that waits for the same form is dropped."""
        self.let_go(draft_id)
        self._tasks.run(lambda store: store.delete_draft(draft_id))

    def _save_newest(self, store: Store, draft_id: str) -> None:
        """Save the newest state of a draft, on the store thread; an earlier turn may have done it."""
        draft = self._newest.pop(draft_id, None)
        if draft is not None:
            store.save_draft(draft)

    def _saved(self, _result: object = None) -> None:
        self._outstanding -= 1
        self.savingChanged.emit()

    def _not_saved(self, code: str) -> None:
        logger.warning("draft not saved: %s", code)
        self._saved()
        self.failed.emit(code)
