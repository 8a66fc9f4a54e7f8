"""K04, K05 and K21: the services of a section, and what to bring for one of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.content.package import Manifest
from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.emergency import EmergencyNumber
from supportpoint.kiosk.visit.offer import PAPERS, SAY, STAFF, is_suspended, list_offers
from supportpoint.kiosk.visit.papers import Paper, list_papers
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.visit.walk import list_steps

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PER_PAGE = 6
SECONDS_PER_SCREEN = 12
STAFF_ART = "counter"
#: The one confidence that needs no second look; docs/packages.md lists them all.
READ_AT_THE_SOURCE = "read"


@QmlElement
@QmlUncreatable("made by bootstrap")
class ServicesViewModel(QObject):
    """`items` of one page of the open `section`: maps of id, title, art, route, suspended.

    Suspended is what its province has paused, and what could not be opened a moment ago.

    The section "papers" ends with the card of the section "staff", whose title is "": QML words it.
    """

    changed = Signal()
    openingChanged = Signal()

    def __init__(
        self,
        visit: Visit,
        navigator: Navigator,
        service: Service,
        emergency: tuple[EmergencyNumber, ...],
    ) -> None:
        super().__init__()
        self._visit, self._navigator, self._service = visit, navigator, service
        self._emergency = emergency
        self._section = PAPERS
        self._paging = Paging(PER_PAGE)
        service.formsChanged.connect(self.changed)
        service.openingChanged.connect(self.openingChanged)
        visit.languageChanged.connect(self.changed)
        visit.ended.connect(self._forget)

    @Property(str, notify=changed)
    def section(self) -> str:
        return self._section

    @Property("QVariantList", notify=changed)
    def items(self) -> list[dict[str, object]]:
        return list(self._paging.shown(self._all_items()))

    @Property("QVariantList", notify=changed)
    def emergency(self) -> list[dict[str, str]]:
        """Whom to call at once: maps of number and name."""
        return [{"number": one.number, "name": one.name(self._visit.language)} for one in self._emergency]

    @Property(bool, notify=openingChanged)
    def isOpening(self) -> bool:
        return self._service.is_opening

    @Property(int, notify=changed)
    def pageIndex(self) -> int:
        return self._paging.index

    @Property(int, notify=changed)
    def pageCount(self) -> int:
        return self._paging.count(self._all_items())

    @Slot(str)
    def enter(self, section: str) -> None:
        """Show a section; one that holds a single form opens it at once.

        The papers are always listed: who looks for another one sees which there are.
        """
        self._show(section)
        items = self._all_items()
        if section == SAY:
            self._navigator.open("triage")
        elif len(items) == 1 and section != PAPERS and not items[0]["suspended"]:
            self._service.open(str(items[0]["id"]))
        else:
            self._navigator.open("services")

    @Slot(str)
    def open(self, item: str) -> None:
        """Open an installed service, or the section of the staff."""
        if item == STAFF:
            self._show(STAFF)
        elif any(form.id == item and not self._is_paused(form) for form in self._service.forms):
            self._service.open(item)

    @Slot()
    def back(self) -> None:
        """Leave the section of the staff for the papers it was opened from; any other for home."""
        if self._section == STAFF:
            self._show(PAPERS)
        else:
            self._navigator.back()

    @Slot(int)
    def setPerPage(self, count: int) -> None:
        """Say how many cards fit the screen."""
        if count > 0 and count != self._paging.per_page:
            self._paging = Paging(count)
            self.changed.emit()

    @Slot()
    def nextPage(self) -> None:
        self._turn(1)

    @Slot()
    def previousPage(self) -> None:
        self._turn(-1)

    def _all_items(self) -> list[dict[str, object]]:
        items = self._list_items(self._section)
        if self._section == PAPERS and self._list_items(STAFF):
            items.append({"id": STAFF, "title": "", "art": STAFF_ART, "route": "", "suspended": False})
        return items

    def _list_items(self, section: str) -> list[dict[str, object]]:
        return [
            {
                "id": offer.id,
                "title": offer.title,
                "art": offer.art,
                "route": offer.route,
                "suspended": offer.is_suspended or offer.id in self._service.broken,
            }
            for offer in list_offers(self._service.forms, section, self._visit.language)
        ]

    def _is_paused(self, form: Manifest) -> bool:
        return is_suspended(form) or form.id in self._service.broken

    def _turn(self, by: int) -> None:
        self._paging.turn(by, self._all_items())
        self.changed.emit()

    def _show(self, section: str) -> None:
        self._section = section
        self._paging.index = 0
        self.changed.emit()

    def _forget(self) -> None:
        self._show(PAPERS)


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

    @Property(str, notify=changed)
    def formId(self) -> str:
        form = self._visit.form
        return form.package.manifest.id if form is not None else ""

    @Property(str, notify=changed)
    def route(self) -> str:
        return self._visit.form.route if self._visit.form is not None else ""

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
