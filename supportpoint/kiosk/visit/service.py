"""Opens a service: its package from the shelf, its form, a new case or the draft that waits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import msgspec
from PySide6.QtCore import QObject, Signal

from supportpoint.clock import make_case_id
from supportpoint.content.package import Manifest, Package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.kiosk.visit.drafts import PUT_AWAY, SESSION, open_locked
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.kiosk.words.packs import LanguagePack
from supportpoint.records import Draft
from supportpoint.sealing.picture_lock import PictureLock, make_lock
from supportpoint.sealing.receipt import make_receipt
from supportpoint.store.store import Store
from supportpoint.sync.submission import FORM_FILE, address_to

logger = logging.getLogger(__name__)

Loaded = tuple[Package, FormDefinition]

OFFERING_PAGES = frozenset({"services", "triage"})


def load_definition(package: Package, packs: Mapping[str, LanguagePack] | None = None) -> FormDefinition:
    """Return the form of a package, which also speaks the languages of the packs as far as they go.

    Errors: SP-301 to SP-304 when the engine cannot run it, SP-601 when the package holds no form.
    """
    definition = FormDefinition.load(package.files[FORM_FILE], files=package.files)
    for language, pack in (packs or {}).items():
        if language not in definition.languages:
            definition.itext.translate(language, pack.text)
    return definition


def say_title(manifest: Manifest, packs: Mapping[str, LanguagePack]) -> Manifest:
    """Return the manifest with its title also in the languages of the packs."""
    said = {language: pack.text(manifest.title.get("vi", "")) for language, pack in packs.items()}
    return msgspec.structs.replace(
        manifest, title={code: one for code, one in said.items() if one} | manifest.title
    )


class Service(QObject):
    """The forms of this machine and the one that is open. Disk and parsing happen off the main thread."""

    formsChanged = Signal()
    draftChanged = Signal()
    opened = Signal()
    openingChanged = Signal()
    failed = Signal(str)

    def __init__(
        self,
        stage: Stage,
        shelf: Shelf,
        draft_kept_s: int,
        packs: Mapping[str, LanguagePack] | None = None,
    ) -> None:
        super().__init__()
        self._visit, self._navigator, self._walk = stage.visit, stage.navigator, stage.walk
        self._tasks, self._autosave, self._clock = stage.tasks, stage.autosave, stage.clock
        self._shelf, self._draft_kept_s, self._packs = shelf, draft_kept_s, packs or {}
        self._asked = 0
        self.forms: tuple[Manifest, ...] = ()
        self.draft: Draft | None = None
        self.metadata: Mapping[str, str] = {}
        self.broken: frozenset[str] = frozenset()
        self.is_opening = False

    def refresh(self) -> None:
        """Read the installed forms and the waiting draft again."""
        self._tasks.compute(self._shelf.list_forms, self._got_forms, self.failed.emit)
        self._look_for_draft()

    def open(self, form_id: str) -> None:
        """Open a service and show what to bring."""

        def load() -> Loaded:
            package = self._shelf.open_form(form_id)
            return package, load_definition(package, self._packs)

        def not_opened(code: str) -> None:
            """Show what cannot be opened as paused where it is offered; elsewhere say it on a page."""
            logger.warning("form %s cannot be opened: %s", form_id, code)
            self.broken |= {form_id}
            self.formsChanged.emit()
            if self._navigator.current not in OFFERING_PAGES:
                self.failed.emit(code)

        self._load(load, self._opened_new, not_opened)

    def open_for(self, form_id: str, purpose: str, done: Callable[[OpenForm], None]) -> None:
        """Open a form for a page that asks its questions itself, its answers for the readers of `purpose`.

        `done` gets it once it is the open one.
        """

        def load() -> Loaded:
            package = address_to(self._shelf.open_form(form_id), purpose)
            return package, load_definition(package, self._packs)

        def opened(found: Loaded) -> None:
            done(self._open_new(found))

        self._load(load, opened, self.failed.emit)

    def begin(self) -> None:
        """Open the first screen of the form."""
        self._walk.start()

    def resume(self) -> None:
        """Open the waiting draft at its screen, on the version of the form it was begun with."""
        if self.draft is not None:
            self._open_draft(self.draft)

    def _open_draft(self, draft: Draft, lock: PictureLock | None = None) -> None:
        def load() -> Loaded:
            package = self._shelf.open_form(draft.form_id, int(draft.form_version))
            return package, load_definition(package, self._packs)

        def opened(found: Loaded) -> None:
            self._opened_draft(found, draft, lock)

        self._load(load, opened, self.failed.emit)

    def unlock(self, pictures: Sequence[str], done: Callable[[bool], None]) -> None:
        """Open the locked draft that these pictures lock, at its screen; `done` hears whether there is one.

        A wrong try counts against every locked draft, because nobody can tell whose it was meant to be.
        """

        def found(opened: tuple[Draft, PictureLock] | None) -> None:
            done(opened is not None)
            if opened is not None:
                self._open_draft(*opened)

        self._tasks.run(
            lambda store: _find_locked(store, pictures), self._visit.during(found), self.failed.emit
        )

    def leave(self) -> None:
        """Close the open form; what was answered stays in its draft."""
        if self._visit.form is not None:
            self._autosave.save(self._walk.ref)
        self._visit.close_form()
        self._walk.reset()
        self._look_for_draft()

    def put_away(self) -> None:
        """End of the visit: keep the draft for staff to open, but offer it to nobody at this screen."""
        form = self._visit.form
        if form is not None and form.autosave == SESSION and self._visit.lock is None:
            self._autosave.discard(form.id)
        elif form is not None:
            self._autosave.save(PUT_AWAY if self._visit.lock is None else self._walk.ref)
        elif self.draft is not None:
            draft = replace(self.draft, page_ref=PUT_AWAY)
            self._tasks.run(lambda store: store.save_draft(draft), None, self.failed.emit)
        self._visit.close_form()
        self._walk.reset()
        self._got_draft(None)

    def drop(self) -> None:
        """Close the open form and delete its draft: the person does not want it kept."""
        form = self._visit.form
        if form is not None:
            self._autosave.discard(form.id)
        self._visit.close_form()
        self._walk.reset()
        self._look_for_draft()

    def _load(
        self, load: Callable[[], Loaded], opened: Callable[[Loaded], None], failed: Callable[[str], None]
    ) -> None:
        """Read a form off the main thread; `is_opening` holds until the last one asked for is there."""
        self._asked += 1
        asked, in_this_visit = self._asked, self._visit.during(opened)

        def ended() -> bool:
            if asked != self._asked:
                return False
            self.is_opening = False
            self.openingChanged.emit()
            return True

        def done(found: Loaded) -> None:
            if ended():
                in_this_visit(found)

        def not_done(code: str) -> None:
            if ended():
                failed(code)

        self.is_opening = True
        self.openingChanged.emit()
        self._tasks.compute(load, done, not_done)

    def _look_for_draft(self) -> None:
        """Offer the waiting draft to this visit, and never to the next one."""
        self._tasks.run(self._newest_draft, self._visit.during(self._got_draft), self.failed.emit)

    def _got_forms(self, forms: tuple[Manifest, ...]) -> None:
        self.forms = tuple(say_title(manifest, self._packs) for manifest in forms)
        self.broken = frozenset()
        self.formsChanged.emit()

    def _got_draft(self, draft: Draft | None) -> None:
        self.draft = draft
        self.draftChanged.emit()

    def _opened_new(self, found: Loaded) -> None:
        form = self._open_new(found)
        if form.has_door:
            self._navigator.open("door")
        elif form.needs_preparation:
            self._navigator.open("preparation")
        else:
            self.begin()

    def _open_new(self, found: Loaded) -> OpenForm:
        package, definition = found
        session = FormSession(
            definition,
            clock=self._clock,
            instance_id=make_case_id(package.manifest.settings, self._clock.now()),
            language=self._visit.language,
            metadata=self.metadata,
        )
        form = OpenForm(package, session)
        self._visit.open_form(form)
        self.opened.emit()
        return form

    def _opened_draft(self, found: Loaded, draft: Draft, lock: PictureLock | None) -> None:
        package, definition = found
        session = FormSession.from_xml(definition, draft.xml, clock=self._clock)
        receipt = make_receipt(draft.receipt_secret)
        files = {attachment.name: attachment for attachment in draft.attachments}
        self._visit.open_form(OpenForm(package, session, receipt, files), lock)
        self._visit.set_language(draft.language)
        self.opened.emit()
        self._walk.start(draft.page_ref)

    def _newest_draft(self, store: Store) -> Draft | None:
        """Return the draft of the visit that a kill or a power cut ended; old drafts go for good."""
        store.list_locked_drafts()  # which lets go of those that are over
        oldest = self._clock.now() - timedelta(seconds=self._draft_kept_s)
        drafts = store.list_drafts()
        for draft in drafts:
            if draft.updated_at < oldest:
                store.delete_draft(draft.id)
        open_ones = [draft for draft in drafts if draft.page_ref != PUT_AWAY and draft.updated_at >= oldest]
        newest = max(open_ones, key=lambda draft: draft.updated_at, default=None)
        return store.find_draft(newest.id) if newest is not None else None  # the list comes without files


def _find_locked(store: Store, pictures: Sequence[str]) -> tuple[Draft, PictureLock] | None:
    """Return the draft that the pictures open and its lock; without one, count a wrong try against all."""
    entries = store.list_locked_drafts()
    for entry in entries:
        lock = make_lock(pictures, entry.salt)
        with suppress(SupportPointError):
            return open_locked(entry, lock), lock
    if not entries:
        make_lock(pictures)  # as long as with one: the time does not tell whether a draft waits
    for entry in entries:
        store.note_wrong(entry.id)
    return None
