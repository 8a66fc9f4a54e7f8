"""K04 and K05: the services of this point, and what to bring for one of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.papers import Paper, list_papers
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.visit.walk import list_steps

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PER_PAGE = 6
SECONDS_PER_SCREEN = 12
#: Services that villagers look for and this version does not offer: id and drawing, in life order.
NOT_YET = (
    ("death", "candle"),
    ("marriage", "marry"),
    ("single", "single"),
    ("temporary", "temp"),
    ("residence", "home"),
    ("poor", "poor"),
    ("allowance", "rice"),
    ("health", "clinic"),
    ("land", "pin"),
    ("certify", "papers"),
    ("other", "counter"),
)


#: The one confidence that needs no second look; docs/packages.md lists them all.
READ_AT_THE_SOURCE = "read"


@QmlElement
@QmlUncreatable("made by bootstrap")
class ServicesViewModel(QObject):
    """`items` of one page: id, title ("" when QML knows the words by id), art, enabled."""

    changed = Signal()

    def __init__(self, visit: Visit, service: Service) -> None:
        super().__init__()
        self._visit, self._service = visit, service
        self._paging = Paging(PER_PAGE)
        service.formsChanged.connect(self.changed)
        visit.languageChanged.connect(self.changed)
        visit.ended.connect(self._first_page)

    @Property("QVariantList", notify=changed)
    def items(self) -> list[dict[str, object]]:
        return list(self._paging.shown(self._all_items()))

    @Property(int, notify=changed)
    def pageIndex(self) -> int:
        return self._paging.index

    @Property(int, notify=changed)
    def pageCount(self) -> int:
        return self._paging.count(self._all_items())

    @Slot(str)
    def open(self, item: str) -> None:
        """Open an installed service."""
        if any(manifest.id == item for manifest in self._service.forms):
            self._service.open(item)

    @Slot()
    def nextPage(self) -> None:
        self._turn(1)

    @Slot()
    def previousPage(self) -> None:
        self._turn(-1)

    def _all_items(self) -> list[dict[str, object]]:
        language = self._visit.language
        items: list[dict[str, object]] = [
            {
                "id": manifest.id,
                "title": manifest.title.get(language) or manifest.title.get("vi", manifest.id),
                "art": manifest.settings.get("art", "birth"),
                "enabled": True,
            }
            for manifest in self._service.forms
        ]
        return items + [{"id": item, "title": "", "art": art, "enabled": False} for item, art in NOT_YET]

    def _turn(self, by: int) -> None:
        self._paging.turn(by, self._all_items())
        self.changed.emit()

    def _first_page(self) -> None:
        self._paging.index = 0
        self.changed.emit()


@QmlElement
@QmlUncreatable("made by bootstrap")
class PreparationViewModel(QObject):
    """What to bring: `papers` are the photos that the form may ask for; `have` is -1 unknown, 0 no, 1 yes."""

    changed = Signal()
    papersChanged = Signal()

    def __init__(self, visit: Visit, service: Service) -> None:
        super().__init__()
        self._visit, self._service = visit, service
        self._papers: tuple[Paper, ...] = ()
        visit.formChanged.connect(self._read)
        visit.languageChanged.connect(self._read)

    @Property(str, notify=changed)
    def title(self) -> str:
        form = self._visit.form
        return str(form.session.definition.title(self._visit.language)) if form is not None else ""

    @Property(int, notify=changed)
    def minutes(self) -> int:
        form = self._visit.form
        if form is None:
            return 0
        return -(-len(list_steps(form.session)) * SECONDS_PER_SCREEN // 60)

    @Property(str, notify=changed)
    def feeText(self) -> str:
        form = self._visit.form
        return form.session.definition.fact("fee", self._visit.language) if form is not None else ""

    @Property(str, notify=changed)
    def deadlineText(self) -> str:
        form = self._visit.form
        return form.session.definition.fact("deadline", self._visit.language) if form is not None else ""

    @Property(bool, notify=changed)
    def verified(self) -> bool:
        form = self._visit.form
        return form is not None and form.session.definition.settings.confidence == READ_AT_THE_SOURCE

    @Property("QVariantList", notify=papersChanged)
    def papers(self) -> list[dict[str, object]]:
        return [
            {
                "id": paper.id,
                "title": paper.title,
                "giver": paper.giver,
                "art": paper.art,
                "have": self._visit.papers.get(paper.id, -1),
            }
            for paper in self._papers
        ]

    @Property(bool, notify=papersChanged)
    def allReady(self) -> bool:
        return all(self._visit.papers.get(paper.id) == 1 for paper in self._papers)

    @Slot(str, bool)
    def setHave(self, paper: str, have: bool) -> None:
        """Note that the person has a paper or not. A missing paper never blocks."""
        self._visit.papers[paper] = int(have)
        self.papersChanged.emit()

    @Slot()
    def start(self) -> None:
        """Open the first screen of the form."""
        self._service.begin()

    def _read(self) -> None:
        form = self._visit.form
        self._papers = list_papers(form.session, self._visit.language) if form is not None else ()
        self.changed.emit()
        self.papersChanged.emit()
