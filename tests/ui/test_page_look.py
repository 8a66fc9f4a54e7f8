"""How every page looks, measured: nothing clips, nothing is too small, the fixed things stay fixed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF
from PySide6.QtQuick import QQuickItem

from supportpoint.kiosk.pages.receipt import Handover
from supportpoint.kiosk.pages.track import Found
from supportpoint.kiosk.visit.walk import list_steps
from supportpoint.kiosk.voice.chain import Mark
from supportpoint.protocol import CaseNews, MissingThing
from supportpoint.sealing.receipt import make_receipt
from tests.ui.looks import SIZES, wear

SMALLEST_TOUCH_PX = 51
SMALLEST_TEXT_PX = 24
SMALLEST_GAP_PX = 12
#: Drawn 52 px high, but touched over the whole height of the top bar.
WHOLE_BAR = {"homeButton", "coverButton", "languageButton", "callButton"}
FIXED = {
    "small": {
        "continueButton": (854, 681, 480, 80),
        "backButton": (32, 681, 280, 80),
        "listenButton": (32, 92, 80, 80),
    },
    "large": {
        "continueButton": (1120, 981, 560, 88),
        "backButton": (240, 981, 320, 88),
        "listenButton": (240, 104, 80, 80),
    },
}
#: Where the loudspeaker stands elsewhere by design: in the receipt's banner, beside a field being written.
ELSEWHERE = {("receipt", "listenButton"), ("attract", "listenButton"), ("writing", "listenButton")}
CARD = (
    "011198000123|012345678|Quàng Thị Nguyệt Ơn|12031998|Nữ"
    "|Bản Nậm Cứm, xã Ngối Cáy, huyện Mường Ảng, tỉnh Điện Biên|05082021"
)
RECEIPT = Handover(
    receipt=make_receipt(),
    service_title="Cấp bản sao trích lục khai sinh",
    person_masked="Lò Thị M••• A•",
    deadline="Trong 1 ngày làm việc; đi khai trong 60 ngày",
    missing_papers=("Giấy chứng sinh", "Giấy kết hôn"),
)
NEWS = CaseNews(
    case_number="DB7-4K2-9X8",
    state="need",
    at="2026-11-24T02:00:00Z",
    unit="cán bộ xã Nà Tấu",
    missing=(
        MissingThing(kind="photo", label="Giấy kết hôn", reason="Chưa có ảnh. Chụp cả tờ, đủ bốn góc."),
        MissingThing(kind="answer", label="Số điện thoại", reason="Số bị thiếu một chữ số."),
    )
    * 3,
    due_on="2026-11-30",
)
#: Each section that is listed, and its page.
SECTIONS = {"papers": "services", "staff": "services", "sell": "services", "say": "triage"}
OUTSIDE_FORMS = [
    "attract",
    "language",
    "demo",
    "home",
    "services",
    "triage",
    "help",
    "problem",
    "track",
    "status",
]


def every_item(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from every_item(child)


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def place_of(item: QQuickItem) -> QRectF:
    corner = item.mapToScene(QPointF(0, 0))
    return QRectF(corner.x(), corner.y(), item.width(), item.height())


def name_of(item: QQuickItem) -> str:
    return item.objectName() or str(item.property("text"))


def root_of(looked_at: Any) -> QQuickItem:
    """A sheet is looked at alone, a window as a whole."""
    return looked_at if isinstance(looked_at, QQuickItem) else looked_at.contentItem()


def texts(window: Any) -> list[QQuickItem]:
    return [
        item for item in every_item(root_of(window)) if item.inherits("QQuickText") and item.property("text")
    ]


def buttons(window: Any) -> list[QQuickItem]:
    return [item for item in every_item(root_of(window)) if item.inherits("QQuickAbstractButton")]


def is_inside(item: QQuickItem, other: QQuickItem) -> bool:
    above = item.parentItem()
    while above is not None and above is not other:
        above = above.parentItem()
    return above is other


def clipped(window: Any) -> list[str]:
    found = []
    for item in texts(window):
        too_tall = item.property("contentHeight") > item.height() + 2
        too_wide = item.property("contentWidth") > item.width() + 2
        if item.property("truncated") or too_tall or too_wide:
            found.append(item.property("text"))
    return found


def written_over(window: Any) -> list[str]:
    """Lines that run into the words below them on a page, where nothing lies over the page."""
    painted = []
    for item in texts(window):
        place = place_of(item)
        height = item.property("contentHeight")
        top = place.y() + max(0.0, (item.height() - height) / 2)
        painted.append((item, QRectF(place.x(), top + 6, place.width(), max(1.0, height - 12))))
    return [
        f"{name_of(one)} / {name_of(other)}"
        for (one, place), (other, next_place) in combinations(painted, 2)
        if place.intersects(next_place)
    ]


def small_texts(window: Any) -> list[str]:
    return [
        item.property("text")
        for item in texts(window)
        if item.property("font").pixelSize() < SMALLEST_TEXT_PX
    ]


def small_targets(window: Any) -> list[str]:
    return [
        f"{name_of(item)} {item.width():.0f}x{item.height():.0f}"
        for item in buttons(window)
        if min(item.width(), item.height()) < SMALLEST_TOUCH_PX
    ]


def outside(window: Any) -> list[str]:
    screen = QRectF(0, 0, window.width(), window.height())
    return [
        name_of(item) for item in [*buttons(window), *texts(window)] if not screen.contains(place_of(item))
    ]


def overlapping(window: Any) -> list[str]:
    return [
        f"{name_of(one)} / {name_of(other)}"
        for one, other in combinations(buttons(window), 2)
        if not is_inside(one, other)
        and not is_inside(other, one)
        and place_of(one).intersects(place_of(other))
    ]


def crowded(window: Any) -> list[str]:
    half = SMALLEST_GAP_PX / 2 - 0.1
    grown = [
        (item, place_of(item).adjusted(-half, -half, half, half))
        for item in buttons(window)
        if item.objectName() not in WHOLE_BAR
    ]
    return [
        f"{name_of(one)} / {name_of(other)}"
        for (one, place), (other, next_place) in combinations(grown, 2)
        if not is_inside(one, other) and not is_inside(other, one) and place.intersects(next_place)
    ]


def moved(window: Any, size: str, page: str) -> list[str]:
    found = []
    for item in buttons(window):
        wanted = FIXED[size].get(item.objectName())
        place = place_of(item)
        if wanted is None or (page, item.objectName()) in ELSEWHERE:
            continue
        got = tuple(round(value) for value in (place.x(), place.y(), place.width(), place.height()))
        if got[: len(wanted)] != wanted:
            found.append(f"{item.objectName()} {got}")
    return found


def render(window: Any) -> None:
    """Draw one frame: Column and Row place what they hold only when the scene is polished for one."""
    settle()
    window.grabWindow()
    settle()


def faults(app: Any, size: str, page: str) -> dict[str, list[str]]:
    window = app.window
    render(window)
    found = {
        "clipped": clipped(window),
        "written over": written_over(window),
        "small text": small_texts(window),
        "small targets": small_targets(window),
        "outside": outside(window),
        "overlapping": overlapping(window),
        "crowded": crowded(window),
        "moved": moved(window, size, page),
    }
    return {what: which for what, which in found.items() if which}


@pytest.fixture(params=["normal", "A+", "English A+"])
def looked_at(request: pytest.FixtureRequest, size: str, open_kiosk: Any) -> Any:
    """A kiosk at one size of screen and of text, past its first page."""
    app = open_kiosk(window=SIZES[size])
    wear(app, request.param)
    settle()
    return app


def test_pages_outside_forms(looked_at: Any, size: str) -> None:
    found = {}
    for page in OUTSIDE_FORMS:
        looked_at.navigator.open(page)
        found[page] = faults(looked_at, size, page)
    assert {page: what for page, what in found.items() if what} == {}


def test_sections_of_a_point_that_offers_everything(
    full_point: Any, looked_at: Any, size: str, qtbot: Any
) -> None:
    del full_point  # first, so that its forms are on the shelf when the kiosk opens
    app, services, found = looked_at, looked_at.parts.views.services, {}
    qtbot.waitUntil(lambda: len(app.parts.service.forms) > 10)
    for section, page in SECTIONS.items():
        app.navigator.open("home")
        services.enter(section)
        for turn in range(services.pageCount):
            found[f"{section} {turn}"] = faults(app, size, page)
            services.nextPage()
    for form in ("feedback-denunciation", "legal-aid", "product-listing"):
        app.navigator.open("home")
        services.open(form)
        page = "preparation" if form == "product-listing" else "door"
        qtbot.waitUntil(lambda page=page: app.navigator.page == page)
        found[form] = faults(app, size, page)
    assert {page: what for page, what in found.items() if what} == {}


def test_pages_while_they_are_read(looked_at: Any, size: str) -> None:
    """The mark of the voice comes and goes over nothing, and a title gives way to it."""
    found = {}
    voice = looked_at.parts.views.shell.voice
    for page in OUTSIDE_FORMS:
        looked_at.navigator.open(page)
        voice._player._show("Bà con cần làm gì?", Mark.VIETNAMESE_MACHINE)
        if page != "attract":
            assert "voiceMark" in [item.objectName() for item in every_item(looked_at.window.contentItem())]
        found[page] = faults(looked_at, size, page)
    assert {page: what for page, what in found.items() if what} == {}


def test_a_caption_covers_neither_the_question_nor_a_button(looked_at: Any, size: str, qtbot: Any) -> None:
    found, shown, app = {}, set(), looked_at
    player = app.parts.views.shell.voice._player

    def look(page: str, name: str) -> None:
        frame = app.window.findChild(QQuickItem, f"page_{app.navigator.current}")
        for words in (frame.property("spoken"), "Mục này chưa mở. Mời bà con quay lại sau."):
            player._show(words, Mark.SILENT)
            found[name, words] = faults(app, size, page)
            shown.update(item.objectName() for item in buttons(app.window))

    for page in (page for page in OUTSIDE_FORMS if page != "attract"):
        app.navigator.open(page)
        look(page, page)
    app.navigator.open("home")
    open_birth_form(app, qtbot)
    app.parts.views.preparation.start()
    stage = app.parts.stage
    for step in list_steps(stage.visit.form.session):
        stage.walk.jump(step.ref)
        is_writing = size == "small" and app.parts.views.question.widget in {"text", "name"}
        look("writing" if is_writing else step.screen, step.ref)
    assert "captionStrip" in shown
    assert {page: what for page, what in found.items() if what} == {}


def open_birth_form(app: Any, qtbot: Any) -> None:
    services = app.parts.views.services
    qtbot.waitUntil(lambda: bool(app.parts.service.forms))
    services.open("birth-registration")
    qtbot.waitUntil(lambda: app.navigator.page == "preparation")


def test_every_screen_of_the_birth_form(looked_at: Any, size: str, qtbot: Any) -> None:
    app = looked_at
    open_birth_form(app, qtbot)
    found = {"preparation": faults(app, size, "preparation")}
    app.parts.views.preparation.start()
    stage = app.parts.stage
    for step in list_steps(stage.visit.form.session):
        stage.walk.jump(step.ref)
        is_writing = size == "small" and app.parts.views.question.widget in {"text", "name"}
        found[step.ref] = faults(app, size, "writing" if is_writing else step.screen)
    for page in ("review", "consent"):
        app.navigator.open(page)
        found[page] = faults(app, size, page)
    assert len(found) > 20
    assert {ref: what for ref, what in found.items() if what} == {}


def test_pages_with_much_on_them(looked_at: Any, size: str, qtbot: Any) -> None:
    app, views, found = looked_at, looked_at.parts.views, {}
    open_birth_form(app, qtbot)
    app.parts.stage.walk.enter_group("/data/requester/scan")
    qtbot.waitUntil(lambda: app.scanner.feed(CARD))
    found["confirmCard"] = faults(app, size, "confirmCard")
    app.parts.stage.walk.jump("/data/papers/id_photo")
    views.photo.shoot()
    qtbot.waitUntil(lambda: views.photo.photoState == "shot")
    found["photo"] = faults(app, size, "photo")
    app.navigator.open("consent")
    views.consent.decline()
    found["declined"] = faults(app, size, "consent")
    views.receipt.show(RECEIPT)
    app.navigator.open("receipt")
    found["receipt"] = faults(app, size, "receipt")
    for state in ("need", "accepted", "working"):
        app.navigator.open("home")
        news = NEWS if state == "need" else replace(NEWS, state=state, missing=())
        views.track._show(Found(news=news))
        found[f"status {state}"] = faults(app, size, "status")
    for press in "0123456789ABCDEFGHJKMNPQRST":
        views.track.padPress(press)
    app.navigator.open("track")
    views.track.startTyping()
    found["track"] = faults(app, size, "track")
    assert {page: what for page, what in found.items() if what} == {}


def test_what_a_caption_covers_comes_back(kiosk: Any) -> None:
    shell = kiosk.parts.views.shell
    shell.setLanguage("en")  # nobody speaks it
    kiosk.navigator.open("home")
    settle()
    listen = next(item for item in buttons(kiosk.window) if item.objectName() == "listenButton")
    listen.click()
    settle()
    assert shell.captionText.startswith("What do you need?")
    strip = next(item for item in buttons(kiosk.window) if item.objectName() == "captionStrip")
    strip.click()
    settle()
    assert "captionStrip" not in [item.objectName() for item in buttons(kiosk.window)]


def test_somebody_who_left_is_asked_and_then_forgotten(kiosk: Any, qtbot: Any) -> None:
    kiosk.navigator.open("home")
    kiosk.parts.stage.presence.hurry(5)
    qtbot.waitUntil(
        lambda: "stillHereButton" in [item.objectName() for item in buttons(kiosk.window)], timeout=15_000
    )
    stay = next(item for item in buttons(kiosk.window) if item.objectName() == "stillHereButton")
    stay.click()
    settle()
    kiosk.parts.stage.presence.hurry(1000)
    assert "stillHereButton" not in [item.objectName() for item in buttons(kiosk.window)]
    assert kiosk.navigator.page == "home"
    kiosk.parts.stage.presence.hurry(5)
    qtbot.waitUntil(lambda: kiosk.navigator.page == "attract", timeout=15_000)
