"""K24 to K26: the receipt is shown again."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from supportpoint.kiosk.pages.track import Found
from supportpoint.protocol import CaseNews, MissingThing
from tests.ui.conftest import NOW
from tests.ui.scene import Scene
from tests.ui.states.forms import RECEIPT
from tests.ui.states.making import State, opened
from tests.ui.states.private import LOCKED

PAPER = MissingThing(kind="photo", label="Giấy kết hôn", reason="Ảnh mờ. Mời chụp lại.")
PHONE = MissingThing(
    kind="answer", label="Số điện thoại", reason="Thiếu số. Mời ghi lại.", ref="/data/requester/phone"
)
MANY = (
    PAPER,
    PHONE,
    MissingThing(kind="photo", label="Giấy chứng sinh", reason="Mất một góc. Mời chụp lại."),
    MissingThing(kind="answer", label="Ngày sinh của bố", reason="Chưa ghi tháng."),
    MissingThing(kind="photo", label="Thẻ căn cước của mẹ", reason="Ảnh bị lóa. Mời chụp lại."),
    MissingThing(kind="answer", label="Quê của bé", reason="Chưa ghi xã."),
    MissingThing(kind="photo", label="Giấy nơi ở", reason="Chưa có ảnh. Chụp cả tờ."),
    MissingThing(kind="answer", label="Dân tộc của bé", reason="Bố mẹ khác dân tộc. Mời chọn một."),
)
NEWS = CaseNews(
    case_number=RECEIPT.case_number,
    state="need",
    at="2026-11-22T02:00:00Z",
    unit="cán bộ xã Nà Tấu",
    missing=(PAPER, PHONE),
    due_on="2026-11-30",
)
REASON = "Trẻ đã đăng ký khai sinh ở xã khác. Mời bà con gặp cán bộ để hỏi thêm."
QUIET = ("received", "working", "accepted")
SAYS = {state: replace(NEWS, state=state, missing=(), due_on="") for state in QUIET}
SAYS["refused"] = replace(NEWS, state="refused", missing=(), due_on="", reason=REASON)


def _hinted(hint: str) -> State:
    def show(scene: Scene) -> None:
        scene.open("track")
        scene.views.track._hint = hint
        scene.views.track.changed.emit()

    return show


def _held(code: str, state: str) -> State:
    def show(scene: Scene) -> None:
        scene.open("track")
        scene.person.feed_scanner(code)
        scene.person.wait_until(lambda: scene.views.track.property("state") == state, state)

    return show


def _typed(text: str) -> State:
    def show(scene: Scene) -> None:
        opened("track", "typeInsteadButton")(scene)
        scene.views.track.typeSecret(text)
        scene.tap("continueButton")
        scene.person.wait_until(lambda: scene.views.track.property("state") in {"none", "bad"}, "the answer")

    return show


def _no_reader(scene: Scene) -> None:
    scene.unplug(scene.app.scanner)
    scene.open("track")


def _told(news: CaseNews | Found) -> State:
    return lambda scene: scene.show_news(news)


def _supplement(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.show_news(NEWS)
        scene.tap("continueButton")
        scene.person.wait_for_page("supplement")
        scene.tap(*taps)

    return show


def _answered(scene: Scene) -> None:
    _supplement("answer_2")(scene)
    scene.person.wait_for_page("question")
    scene.tap(*(f"pad_{digit}" for digit in "0912345678"), "continueButton")
    scene.person.wait_for_page("supplement")


NEWS_STATES: dict[str, State] = {
    "K24-track": opened("track"),
    "K24-track.far": _hinted("far"),
    "K24-track.flat": _hinted("flat"),
    "K24-track.type": _hinted("type"),
    "K24-track.typing": opened("track", "typeInsteadButton", "pad_2", "pad_A"),
    "K24-track.none": _held("SP1:" + "0" * 27, "none"),
    "K24-track.bad": _held("garbage", "bad"),
    "K24-track.typed-none": _typed("0" * 27),
    "K24-track.typed-bad": _typed("0123456789ABCDEFGHJKMNPQRST"),
    "K24-track.no-reader": _no_reader,
    "K25-status": _told(NEWS),
    **{
        f"K25-status.{phase}": _told(Found(None, RECEIPT.case_number, phase, NOW - timedelta(days=1)))
        for phase in ("waiting", "sent", "checking")
    },
    **{f"K25-status.{state}": _told(news) for state, news in SAYS.items()},
    "K25-status.late": _told(replace(NEWS, due_on="2026-11-20")),
    "K25-status.many": _told(replace(NEWS, missing=MANY)),
    "K25-status.one": _told(replace(NEWS, missing=(PAPER,))),
    "K25-status.hidden": _told(Found(news=NEWS, is_private=True)),
    "K25-status.hidden-locked": _told(Found(news=NEWS, is_private=True, locked=LOCKED)),
    "K26-supplement": _supplement(),
    "K26-supplement.photo": _supplement("answer_1"),
    "K26-supplement.answer": _supplement("answer_2"),
    "K26-supplement.one-done": _answered,
}
