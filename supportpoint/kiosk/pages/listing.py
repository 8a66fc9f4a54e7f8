"""K16f: the seller's preview: the product as its buyer will see it, before anything is sent."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.devices.photo import read_picture
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.lexical import lexical
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.walk import LISTING
from supportpoint.kiosk.words.wording import group_digits

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: The fields of a product's sheet that a buyer sees first, by `sp:field`.
PHOTOS, TITLE, PRICE, UNIT, STOCK = "photos", "title", "price", "unit", "stock"
VILLAGE, COMMUNE, SELLER = "origin.ban", "origin.commune", "seller.name"


@QmlElement
@QmlUncreatable("made by bootstrap")
class ListingViewModel(QObject):
    """The product on the buyer's card. `photos` are addresses of pictures; `price` is grouped, in đồng."""

    changed = Signal()

    def __init__(self, stage: Stage, photos: Photos) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._store = photos
        self._urls: dict[str, str] = {}
        self._fields: dict[str, list[Question]] = {}
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.languageChanged.connect(self._page_changed)
        stage.visit.formChanged.connect(self._forget)

    @Property("QVariantList", notify=changed)
    def photos(self) -> list[str]:
        questions = self._fields.get(PHOTOS, [])
        return [self._picture(str(question.value)) for question in questions if question.value]

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._shown(TITLE)

    @Property(str, notify=changed)
    def price(self) -> str:
        return self._number(PRICE)

    @Property(str, notify=changed)
    def unit(self) -> str:
        return self._shown(UNIT)

    @Property(str, notify=changed)
    def stock(self) -> str:
        return self._number(STOCK)

    @Property(str, notify=changed)
    def village(self) -> str:
        return self._shown(VILLAGE)

    @Property(str, notify=changed)
    def commune(self) -> str:
        return self._shown(COMMUNE)

    @Property(str, notify=changed)
    def seller(self) -> str:
        return self._shown(SELLER)

    @Property(bool, notify=changed)
    def canAddPhoto(self) -> bool:
        return self._empty_photo() is not None

    @Slot()
    def addPhoto(self) -> None:
        """Take one more picture, as long as the form has room for one."""
        empty = self._empty_photo()
        if empty is not None:
            self._walk.jump(empty.ref)

    @Slot()
    def lookAtAll(self) -> None:
        """Open the review of every answer."""
        self._navigator.open("review")

    def _empty_photo(self) -> Question | None:
        return next((question for question in self._fields.get(PHOTOS, []) if not question.value), None)

    def _number(self, field: str) -> str:
        questions = self._fields.get(field, [])
        return group_digits(lexical(questions[0].value)) if questions else ""

    def _shown(self, field: str) -> str:
        questions = self._fields.get(field, [])
        return questions[0].display if questions else ""

    def _picture(self, name: str) -> str:
        form = self._visit.form
        if form is not None and name in form.attachments and name not in self._urls:
            self._urls[name] = self._store.put(read_picture(form.attachments[name].content))
        return self._urls.get(name, "")

    def _page_changed(self) -> None:
        if self._navigator.current != LISTING:
            return
        self._fields = {}
        for step in self._walk.steps():
            question = step.question
            if question is not None and question.type is not QuestionType.NOTE:
                self._fields.setdefault(question.attributes.get("field", ""), []).append(question)
        self.changed.emit()

    def _forget(self) -> None:
        for url in self._urls.values():
            self._store.drop(url)
        self._urls, self._fields = {}, {}
        self.changed.emit()
