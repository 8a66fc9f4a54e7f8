"""One person's stay at the kiosk: all that must be gone when the next person comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from supportpoint.content.package import Package
from supportpoint.forms import FormSession
from supportpoint.forms.view import Changes
from supportpoint.kiosk.visit.offer import has_door, is_private
from supportpoint.kiosk.visit.people import Reuse
from supportpoint.kiosk.visit.supplement import SupplementRequest
from supportpoint.records import Attachment, Receipt
from supportpoint.sealing.picture_lock import PictureLock
from supportpoint.sealing.receipt import make_receipt

T = TypeVar("T")


@dataclass
class OpenForm:
    """A form being filled in. `receipt` is drawn once, so that a retried submit is the same case.

    `prefilled` are refs that a citizen card or somebody taken over answered and the person confirmed in
    one look; `shown` are refs that had a screen of their own; `reused` who was taken over, by the address
    of the group. `request` is what an agency asks for, when the form answers that.
    """

    package: Package
    session: FormSession
    receipt: Receipt = field(default_factory=make_receipt)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    prefilled: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    consents: dict[str, bool] = field(default_factory=dict)
    reused: dict[str, Reuse] = field(default_factory=dict)
    request: SupplementRequest | None = None

    @property
    def route(self) -> str:
        """Whose desk the case goes to, a word of docs/packages.md; "" when the form does not say."""
        return str(self.package.manifest.settings.get("route", ""))

    @property
    def review(self) -> str:
        """How the answers are looked at again: short, listing, or "" for section by section."""
        return str(self.package.manifest.settings.get("review", ""))

    @property
    def needs_preparation(self) -> bool:
        """Whether the page of what to bring stands before the first question."""
        return self.package.manifest.settings.get("preparation") != "none"

    @property
    def is_private(self) -> bool:
        """Others must not see at a glance what this is about."""
        return is_private(self.package.manifest)

    @property
    def has_door(self) -> bool:
        """It begins at the door, where a person chooses how to be alone with it."""
        return has_door(self.package.manifest)

    @property
    def autosave(self) -> str:
        """What may be kept of a draft: resume, session or never (docs/packages.md).

        Nothing outlives the visit of a form that begins at the door, whatever its own setting says. A draft
        knows its form and not for whom it is, so of what is added to a private case there is never one.
        """
        if self.has_door and self.request is not None:
            return "never"
        setting = str(self.session.definition.settings.autosave)
        return "session" if self.has_door and setting == "resume" else setting

    @property
    def id(self) -> str:
        """The case id, which is the draft's id too."""
        return str(self.session.instance_id)

    def answer(self, ref: str, value: str | None) -> Changes:
        """Answer the question of the open screen, also one that an agency asks outside the form.

        Errors: those of the session.
        """
        if self.request is not None and self.request.is_asked(ref):
            return self.request.answer(ref, value)
        return self.session.answer(ref, value)

    def allows(self, ref: str, value: str) -> bool:
        """Whether an answer would stand, as far as the form knows its question; nothing is changed."""
        is_asked_outside = self.request is not None and self.request.is_asked(ref)
        return is_asked_outside or self.session.allows(ref, value)

    def attach(self, ref: str, file: Attachment | None) -> None:
        """Answer a question with a file, or with none; the file that it held before is let go of.

        Errors: those of the session.
        """
        self.attachments.pop(str(self.session.value(ref)), None)
        if file is not None:
            self.attachments[file.name] = file
        self.session.answer(ref, file.name if file is not None else None)

    def find_file(self, ref: str) -> Attachment | None:
        """Return the file that a question holds, None while there is none."""
        return self.attachments.get(str(self.session.value(ref)))

    def kept_attachments(self) -> tuple[Attachment, ...]:
        """Return the attachments that a relevant answer still names."""
        names = self.session.attachment_names()
        return tuple(self.attachments[name] for name in names if name in self.attachments)


class Visit(QObject):
    """The session object. It owns every personal value outside the draft in the store.

    `ended` tells every view model to forget; `languageChanged` to read its words again. `lock` are the
    three pictures that cover, curtain and locked draft ask for.
    """

    ended = Signal()
    formChanged = Signal()
    languageChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = "vi"
        self.form: OpenForm | None = None
        self.papers: dict[str, int] = {}
        self.lock: PictureLock | None = None
        self._serial = 0

    def set_language(self, language: str) -> None:
        """Change the language of the visit and of the open form; answers stay."""
        if language == self.language:
            return
        self.language = language
        if self.form is not None:
            self.form.session.set_language(language)
        self.languageChanged.emit()

    def open_form(self, form: OpenForm, lock: PictureLock | None = None) -> None:
        """Take a form as the one being filled in, behind a lock where its draft was locked."""
        self.form, self.lock = form, lock
        form.session.set_language(self.language)
        self.formChanged.emit()

    def close_form(self) -> None:
        """Let go of the form; a saved draft stays in the store."""
        self.form = None
        self.papers = {}
        self.formChanged.emit()

    def during(self, call: Callable[[T], None]) -> Callable[[T], None]:
        """Return `call` for work that ends later: it does nothing once this visit is over."""
        serial = self._serial

        def guarded(value: T) -> None:
            if serial == self._serial:
                call(value)

        return guarded

    def end(self) -> None:
        """Forget everything of this person."""
        self._serial += 1
        self.lock = None
        self.close_form()
        self.ended.emit()
        self.set_language("vi")
