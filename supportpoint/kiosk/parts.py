"""The parts of a running kiosk, by name: what bootstrap makes and `reactions` joins."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import QObject

from supportpoint.kiosk.link import ServerLink
from supportpoint.kiosk.pages.article import ArticleViewModel
from supportpoint.kiosk.pages.communes import CommuneViewModel
from supportpoint.kiosk.pages.consent import ConsentViewModel
from supportpoint.kiosk.pages.dates import DateViewModel
from supportpoint.kiosk.pages.devices import DevicesViewModel
from supportpoint.kiosk.pages.door import DoorViewModel
from supportpoint.kiosk.pages.home import HomeViewModel
from supportpoint.kiosk.pages.keyboard import KeyboardViewModel
from supportpoint.kiosk.pages.learn import LearnViewModel
from supportpoint.kiosk.pages.listing import ListingViewModel
from supportpoint.kiosk.pages.lock import LockViewModel
from supportpoint.kiosk.pages.numberpad import NumberPadViewModel
from supportpoint.kiosk.pages.path import PathViewModel
from supportpoint.kiosk.pages.photo import PhotoViewModel
from supportpoint.kiosk.pages.privacy import PrivacyViewModel
from supportpoint.kiosk.pages.problem import ProblemViewModel
from supportpoint.kiosk.pages.question import QuestionViewModel
from supportpoint.kiosk.pages.receipt import ReceiptViewModel
from supportpoint.kiosk.pages.recorder import RecorderViewModel
from supportpoint.kiosk.pages.review import ReviewViewModel
from supportpoint.kiosk.pages.scan import ScanViewModel
from supportpoint.kiosk.pages.sending import SendingViewModel
from supportpoint.kiosk.pages.services import PreparationViewModel, ServicesViewModel
from supportpoint.kiosk.pages.shell import ShellViewModel
from supportpoint.kiosk.pages.signature import SignatureViewModel
from supportpoint.kiosk.pages.supplement import SupplementViewModel
from supportpoint.kiosk.pages.times import TimeViewModel
from supportpoint.kiosk.pages.track import TrackViewModel
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.stage import Stage


@dataclass(frozen=True)
class ViewModels:
    """One view model per page or two; the names are the required properties of Main.qml."""

    shell: ShellViewModel
    home: HomeViewModel
    services: ServicesViewModel
    preparation: PreparationViewModel
    scan: ScanViewModel
    question: QuestionViewModel
    keyboard: KeyboardViewModel
    numberPad: NumberPadViewModel
    date: DateViewModel
    time: TimeViewModel
    commune: CommuneViewModel
    path: PathViewModel
    photo: PhotoViewModel
    recorder: RecorderViewModel
    signature: SignatureViewModel
    review: ReviewViewModel
    listing: ListingViewModel
    consent: ConsentViewModel
    sending: SendingViewModel
    receipt: ReceiptViewModel
    track: TrackViewModel
    supplement: SupplementViewModel
    problem: ProblemViewModel
    learn: LearnViewModel
    article: ArticleViewModel
    devices: DevicesViewModel
    lock: LockViewModel
    door: DoorViewModel
    privacy: PrivacyViewModel

    def by_name(self) -> dict[str, QObject]:
        """Return them as the initial properties of Main.qml."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Parts:
    """Everything that lives as long as the application."""

    stage: Stage
    service: Service
    link: ServerLink
    photos: Photos
    views: ViewModels

    def adopt(self, root: QObject) -> None:
        """Make every Qt object here a child of `root`, to be deleted with it on the main thread.

        Left to the garbage collector, one could go on another thread while its timer still runs.
        """
        stage = self.stage
        joined: tuple[QObject, ...] = (
            *(stage.visit, stage.navigator, stage.walk),
            *(stage.tasks, stage.autosave, stage.presence),
        )
        for one in (*joined, self.service, self.link, *self.views.by_name().values()):
            one.setParent(root)
