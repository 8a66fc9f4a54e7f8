"""Opens a service: its package from the shelf, its form, a new case or the draft that waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from supportpoint.clock import make_case_id
from supportpoint.content.package import Manifest, Package
from supportpoint.content.shelf import Shelf
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.records import Draft
from supportpoint.sealing.receipt import make_receipt
from supportpoint.store.store import Store

Loaded = tuple[Package, FormDefinition]

FORM_FILE = "form.xml"
#: The page of a draft whose person has left: only staff open it again.
PUT_AWAY = ""


def load_definition(package: Package) -> FormDefinition:
    """Return the form of a package.

    Errors: SP-301 to SP-304 when the engine cannot run it, SP-601 when the package holds no form.
    """
    return FormDefinition.load(package.files[FORM_FILE], files=package.files)


class Service(QObject):
    """The forms of this machine and the one that is open. Disk and parsing happen off the main thread."""

    formsChanged = Signal()
    draftChanged = Signal()
    opened = Signal()
    failed = Signal(str)

    def __init__(self, stage: Stage, shelf: Shelf, draft_kept_s: int) -> None:
        super().__init__()
        self._visit, self._navigator, self._walk = stage.visit, stage.navigator, stage.walk
        self._tasks, self._autosave, self._clock = stage.tasks, stage.autosave, stage.clock
        self._shelf, self._draft_kept_s = shelf, draft_kept_s
        self._asked = 0
        self.forms: tuple[Manifest, ...] = ()
        self.draft: Draft | None = None
        self.metadata: Mapping[str, str] = {}

    def refresh(self) -> None:
        """Read the installed forms and the waiting draft again."""
        self._tasks.compute(self._shelf.list_forms, self._got_forms, self.failed.emit)
        self._look_for_draft()

    def open(self, form_id: str) -> None:
        """Open a service and show what to bring."""

        def load() -> Loaded:
            package = self._shelf.open_form(form_id)
            return package, load_definition(package)

        self._tasks.compute(load, self._latest(self._opened_new), self.failed.emit)

    def open_for(self, form_id: str, done: Callable[[OpenForm], None]) -> None:
        """Open a form for a page that asks its questions itself; `done` gets it once it is the open one."""

        def load() -> Loaded:
            package = self._shelf.open_form(form_id)
            return package, load_definition(package)

        def opened(found: Loaded) -> None:
            done(self._open_new(found))

        self._tasks.compute(load, self._latest(opened), self.failed.emit)

    def begin(self) -> None:
        """Open the first screen of the form."""
        self._walk.start()

    def resume(self) -> None:
        """Open the waiting draft at its screen, on the version of the form it was begun with."""
        draft = self.draft
        if draft is None:
            return

        def load() -> Loaded:
            package = self._shelf.open_form(draft.form_id, int(draft.form_version))
            return package, load_definition(package)

        def opened(found: Loaded) -> None:
            self._opened_draft(found, draft)

        self._tasks.compute(load, self._latest(opened), self.failed.emit)

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
        if form is not None and form.session.definition.settings.autosave == "session":
            self._autosave.discard(form.id)
        elif form is not None:
            self._autosave.save(PUT_AWAY)
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

    def _latest(self, call: Callable[[Loaded], None]) -> Callable[[Loaded], None]:
        """Return `call` for the form asked for now: it does nothing once another was asked for."""
        self._asked += 1
        asked = self._asked

        def guarded(found: Loaded) -> None:
            if asked == self._asked:
                call(found)

        return self._visit.during(guarded)

    def _look_for_draft(self) -> None:
        """Offer the waiting draft to this visit, and never to the next one."""
        self._tasks.run(self._newest_draft, self._visit.during(self._got_draft), self.failed.emit)

    def _got_forms(self, forms: tuple[Manifest, ...]) -> None:
        self.forms = forms
        self.formsChanged.emit()

    def _got_draft(self, draft: Draft | None) -> None:
        self.draft = draft
        self.draftChanged.emit()

    def _opened_new(self, found: Loaded) -> None:
        self._open_new(found)
        self._navigator.open("preparation")

    def _open_new(self, found: Loaded) -> OpenForm:
        package, definition = found
        session = FormSession(
            definition,
            clock=self._clock,
            instance_id=make_case_id(package.manifest.settings.get("purpose", ""), self._clock.now()),
            language=self._visit.language,
            metadata=self.metadata,
        )
        form = OpenForm(package, session)
        self._visit.open_form(form)
        self.opened.emit()
        return form

    def _opened_draft(self, found: Loaded, draft: Draft) -> None:
        package, definition = found
        session = FormSession.from_xml(definition, draft.xml, clock=self._clock)
        receipt = make_receipt(draft.receipt_secret)
        files = {attachment.name: attachment for attachment in draft.attachments}
        self._visit.open_form(OpenForm(package, session, receipt, files))
        self._visit.set_language(draft.language)
        self.opened.emit()
        self._walk.start(draft.page_ref)

    def _newest_draft(self, store: Store) -> Draft | None:
        """Return the draft of the visit that a kill or a power cut ended; old drafts go for good."""
        oldest = self._clock.now() - timedelta(seconds=self._draft_kept_s)
        drafts = store.list_drafts()
        for draft in drafts:
            if draft.updated_at < oldest:
                store.delete_draft(draft.id)
        open_ones = [draft for draft in drafts if draft.page_ref != PUT_AWAY and draft.updated_at >= oldest]
        newest = max(open_ones, key=lambda draft: draft.updated_at, default=None)
        return store.find_draft(newest.id) if newest is not None else None  # the list comes without files
