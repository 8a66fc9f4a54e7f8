"""K03: six cards in a fixed order, and the way back into an unfinished form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.pages.learn import LearnViewModel
from supportpoint.kiosk.pages.services import ServicesViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.offer import PAPERS, list_offers
from supportpoint.kiosk.visit.service import Service

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

CARDS = (
    ("papers", "papers"),
    ("sell", "basket"),
    ("law", "scales"),
    ("say", "loud"),
    ("learn", "book"),
    ("mine", "box"),
)
#: The cards that open a section of services.
SECTIONS = frozenset({"papers", "sell", "law", "say"})
TRACK, LEARN = "mine", "learn"


@QmlElement
@QmlUncreatable("made by bootstrap")
class HomeViewModel(QObject):
    """`cards` are maps of id, art, enabled in an order that never changes; `hasDraft` offers to go on.

    A card opens once something is installed behind it.
    """

    changed = Signal()

    def __init__(
        self, navigator: Navigator, service: Service, services: ServicesViewModel, learn: LearnViewModel
    ) -> None:
        super().__init__()
        self._navigator, self._service, self._services = navigator, service, services
        self._learn = learn
        service.draftChanged.connect(self.changed)
        service.formsChanged.connect(self.changed)
        learn.changed.connect(self.changed)

    @Property("QVariantList", notify=changed)
    def cards(self) -> list[dict[str, object]]:
        return [{"id": card, "art": art, "enabled": self._leads_somewhere(card)} for card, art in CARDS]

    @Property(bool, notify=changed)
    def hasDraft(self) -> bool:
        return self._service.draft is not None

    @Slot(str)
    def open(self, card: str) -> None:
        """Open what a card leads to; a card that leads nowhere yet does nothing."""
        if not self._leads_somewhere(card):
            return
        if card in SECTIONS:
            self._services.enter(card)
        elif card == TRACK:
            self._navigator.open("track")
        elif card == LEARN:
            self._learn.enter()

    @Slot()
    def resume(self) -> None:
        """Open the unfinished form at the screen where it was left."""
        self._service.resume()

    def _leads_somewhere(self, card: str) -> bool:
        """Return whether something is installed behind a card; papers say themselves when there are none."""
        if card in SECTIONS and card != PAPERS:
            return bool(list_offers(self._service.forms, card, "vi"))
        return card != LEARN or self._learn.hasArticles
