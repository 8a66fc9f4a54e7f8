"""The only composition root: makes every part of the kiosk, joins them, opens the window."""

from __future__ import annotations

import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from supportpoint.clock import Clock
from supportpoint.config import Settings, read_settings, shipped_dir
from supportpoint.content.article import read_topics
from supportpoint.content.shelf import Shelf
from supportpoint.devices.machine import Devices, find_devices, make_fakes
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.link import ServerLink
from supportpoint.kiosk.navigator import Navigator
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
from supportpoint.kiosk.pages.voice import VoiceViewModel
from supportpoint.kiosk.parts import Parts, ViewModels
from supportpoint.kiosk.pictures.ink import InkPad
from supportpoint.kiosk.pictures.providers import ArtProvider, IconProvider, PhotoProvider, Photos
from supportpoint.kiosk.pictures.qrcode import QrCode
from supportpoint.kiosk.reactions import Reactions
from supportpoint.kiosk.tasks import StoreTasks
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.visit.drafts import Autosave
from supportpoint.kiosk.visit.emergency import read_emergency
from supportpoint.kiosk.visit.places import read_communes
from supportpoint.kiosk.visit.presence import Presence
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.visit.walk import FormWalk
from supportpoint.kiosk.voice.player import Player
from supportpoint.kiosk.voice.tongues import make_tongues
from supportpoint.kiosk.words.packs import LanguagePack, read_messages
from supportpoint.kiosk.words.telex import Method
from supportpoint.kiosk.words.translations import PAGE_WORDS, PageWords, find_packs, measure_coverage
from supportpoint.kiosk.words.vietnamese import Style
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.lock import lock_kiosk
from supportpoint.store.signed_clock import SignedClock
from supportpoint.store.store import Store

logger = logging.getLogger(__name__)

QML_DIR = Path(__file__).parent / "qml"
#: Types that QML makes itself; naming them here registers them before the pages load.
PAINTED_TYPES = (QrCode, InkPad)
FONT_FAMILIES = ["Be Vietnam Pro", "Noto Sans Tai Viet"]


class App:
    """The running kiosk. `close` ends it in the order that Qt needs: the pages first, the store last."""

    def __init__(self, data_dir: Path, devices: Devices, clock: Clock) -> None:
        self._lock = lock_kiosk(data_dir)
        settings = read_settings(data_dir)
        self._draft_kept_s = settings.draft_kept_s
        self.devices, self.scanner, self.camera = devices, devices.scanner, devices.camera
        self.parts = make_parts(data_dir, devices, clock, settings)
        self.engine = make_engine(self.parts)
        self._words = PageWords(shipped_dir("translations"), self.engine, make_packs(data_dir, settings))
        self._root = QObject()
        self._reactions = Reactions(self.parts, self._root)
        self.parts.adopt(self._root)
        self.parts.stage.visit.languageChanged.connect(self._use_language)
        self._window: QQuickWindow | None = None
        self._is_closed = False

    @property
    def navigator(self) -> Navigator:
        """Which page is open."""
        return self.parts.stage.navigator

    @property
    def window(self) -> QQuickWindow:
        """The one window.

        Errors: SP-101 when the pages could not be loaded.
        """
        if self._window is None:
            roots = self.engine.rootObjects()
            if not roots or not isinstance(roots[0], QQuickWindow):
                raise SupportPointError("SP-101", part="pages")
            self._window = roots[0]  # kept: the items' wrappers live no longer than the window's
        return self._window

    def open(self, size_px: tuple[int, int] | None, *, with_sync: bool) -> None:
        """Load the pages and show them, full screen without a size; then read forms, draft and identity."""
        self.engine.loadFromModule("SupportPoint.Pages", "Main")
        if size_px is None:
            self.window.showFullScreen()
        else:
            self.window.resize(*size_px)
            self.window.show()
        self.parts.link.open(with_sync=with_sync)
        if with_sync:
            self.parts.link.keep_up(timedelta(seconds=self._draft_kept_s))
        self.parts.service.refresh()
        self.parts.views.learn.refresh()
        self.parts.views.shell.voice.prepare_later()

    def close(self) -> None:
        """End the sync loop, the pages, the store and the lock; a second call does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self.parts.link.close()
        self.parts.views.shell.voice.stop()
        self.devices.close()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.parts.stage.tasks.close()
        self._root.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._lock.release()

    def _use_language(self) -> None:
        self._words.use(self.parts.stage.visit.language)


def make_app(  # noqa: PLR0913 -- the one entrance for the command line, the tests and the demo
    data_dir: Path,
    *,
    fake_devices: bool = False,
    window: tuple[int, int] | None = None,
    clock: Clock | None = None,
    motion: bool = True,
    with_sync: bool = True,
) -> App:
    """Return the kiosk with its window shown; the caller runs the event loop and closes it.

    Units:  `window` is width and height in px, None for the full screen.
    Errors: SP-204 when another kiosk has the folder open; SP-101 for unusable settings or pages.
    """
    prepare_qt()
    app = App(data_dir, make_devices(data_dir, fake=fake_devices), clock or SignedClock.of_folder(data_dir))
    app.parts.views.shell.set_machine(fake_devices=fake_devices, motion=motion)
    app.open(window, with_sync=with_sync)
    return app


def run(data_dir: Path, *, fake_devices: bool = False, window: tuple[int, int] | None = None) -> int:
    """Run the kiosk until its window closes and return the exit status."""
    sys.excepthook = _log_fault
    app = make_app(data_dir, fake_devices=fake_devices, window=window)
    try:
        return int(QGuiApplication.exec())
    finally:
        app.close()


def try_devices(data_dir: Path, *, fake_devices: bool = False, window: tuple[int, int] | None = None) -> int:
    """Show the pages that try each device until they are ended, and return the exit status.

    Errors: SP-204 while the kiosk runs: a device has one user.
    """
    app = make_app(data_dir, fake_devices=fake_devices, window=window, with_sync=False)
    app.navigator.open("devices")
    app.parts.views.shell.endAsked.connect(QCoreApplication.quit)
    try:
        return int(QGuiApplication.exec())
    finally:
        app.close()


def prepare_qt() -> None:
    """Make the Qt application, once, with the software renderer and the shipped fonts."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if QGuiApplication.instance() is None:
        QGuiApplication(["supportpoint"])
    QGuiApplication.setApplicationDisplayName("Support Point")
    if FONT_FAMILIES[0] not in QFontDatabase.families():
        for path in sorted((shipped_dir("assets") / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
    font = QFont(FONT_FAMILIES)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    QGuiApplication.setFont(font)


def make_devices(data_dir: Path, *, fake: bool) -> Devices:
    """Return stand-ins when asked for, otherwise what this machine has; drivers load when first used."""
    return make_fakes() if fake else find_devices(read_settings(data_dir))


def make_stage(data_dir: Path, clock: Clock, settings: Settings) -> Stage:
    """Return the visit, its navigation and the store behind it; the store opens on its own thread."""
    visit, navigator = Visit(), Navigator()
    floor = settings.free_space_floor_bytes
    tasks = StoreTasks(
        lambda: Store.open(data_dir, clock, load_or_make_keys(data_dir), free_space_floor_bytes=floor)
    )
    autosave = Autosave(visit, tasks, clock, settings.locked_kept_s)
    presence = Presence(settings.countdown_s)
    return Stage(visit, navigator, FormWalk(visit, navigator), tasks, autosave, presence, clock)


def make_parts(data_dir: Path, devices: Devices, clock: Clock, settings: Settings) -> Parts:
    """Return every part of the kiosk, not yet joined."""
    stage = make_stage(data_dir, clock, settings)
    shelf = Shelf(data_dir)
    packs = make_packs(data_dir, settings)
    service = Service(stage, shelf, settings.draft_kept_s, packs)
    photos = Photos()
    views = make_views(stage, service, shelf, devices, photos, settings, packs)
    return Parts(stage, service, ServerLink(stage.tasks, shelf, data_dir, clock), photos, views)


def make_packs(data_dir: Path, settings: Settings) -> dict[str, LanguagePack]:
    """Return the language packs of this machine: those brought to it before those shipped."""
    folders = [data_dir, shipped_dir("translations")]
    return find_packs(settings.languages, folders, {"hmn": settings.mong_script})


def make_views(  # noqa: PLR0913, PLR0917 -- what the pages stand on, each once
    stage: Stage,
    service: Service,
    shelf: Shelf,
    devices: Devices,
    photos: Photos,
    settings: Settings,
    packs: dict[str, LanguagePack],
) -> ViewModels:
    """Return one view model per page or two."""
    communes = read_communes(shipped_dir("assets") / "lists")
    folder = shipped_dir("translations")
    coverage = {code: measure_coverage(folder, code, packs.get(code)) for code in settings.languages}
    voice = VoiceViewModel(
        stage,
        Player(devices.speaker, devices.speech),
        lambda: make_tongues(read_messages(folder / PAGE_WORDS), packs),
    )
    shell = ShellViewModel(stage, settings, coverage, packs, voice)
    answer = OpenAnswer(stage.visit, stage.walk, stage.walk)
    receipt = ReceiptViewModel(stage, devices.printer, lambda: shell.place, settings.call_phone)
    emergency = read_emergency(shipped_dir("assets") / "lists")
    lock = LockViewModel(stage)
    track = TrackViewModel(stage, devices.scanner, lock)
    services = ServicesViewModel(stage.visit, stage.navigator, service, emergency)
    learn = LearnViewModel(stage, shelf, read_topics(shipped_dir("assets") / "articles"))
    return ViewModels(
        shell=shell,
        home=HomeViewModel(stage.navigator, service, services, learn),
        services=services,
        preparation=PreparationViewModel(stage.visit, service),
        scan=ScanViewModel(stage, devices.scanner, communes),
        question=QuestionViewModel(stage, answer),
        keyboard=KeyboardViewModel(
            stage.visit, answer, Method(settings.typing_keys), Style(settings.tone_style)
        ),
        numberPad=NumberPadViewModel(answer),
        date=DateViewModel(answer, stage.clock),
        time=TimeViewModel(answer),
        commune=CommuneViewModel(answer, shell, communes),
        path=PathViewModel(stage),
        photo=PhotoViewModel(stage, devices.camera, photos, settings.photo),
        recorder=RecorderViewModel(stage, devices.microphone, voice),
        signature=SignatureViewModel(stage, photos),
        review=ReviewViewModel(stage, photos),
        listing=ListingViewModel(stage, photos),
        consent=ConsentViewModel(stage.visit, stage.navigator, service),
        sending=SendingViewModel(stage, receipt),
        receipt=receipt,
        track=track,
        supplement=SupplementViewModel(stage, service, track),
        problem=ProblemViewModel(stage.navigator),
        learn=learn,
        article=ArticleViewModel(stage, learn, voice),
        devices=DevicesViewModel(stage, devices, photos),
        lock=lock,
        door=DoorViewModel(stage, service, lock, voice),
        privacy=PrivacyViewModel(stage, settings, lock, receipt, learn),
    )


def make_engine(parts: Parts) -> QQmlApplicationEngine:
    """Return the engine with its pictures and the view models as required properties of the window."""
    assets = shipped_dir("assets")
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML_DIR))
    engine.addImageProvider("icon", IconProvider(assets / "icons"))
    engine.addImageProvider("art", ArtProvider(assets / "art"))
    engine.addImageProvider("photo", PhotoProvider(parts.photos))
    engine.setInitialProperties({"navigator": parts.stage.navigator, **parts.views.by_name()})
    return engine


def _log_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log a fault by its type and place alone: its words may hold what a person wrote."""
    del error
    last = trace
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last is not None else "?"
    logger.error("fault type=%s at=%s", kind.__name__, place)
