"""K06, K07, K09 to K16: the pages of a form beside its questions."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

from supportpoint.kiosk.pages.receipt import Handover
from supportpoint.sealing.receipt import make_receipt
from tests.ui.flows import MOTHER, SECRET
from tests.ui.scene import Scene
from tests.ui.states.answers import HAS_PAPERS, NAME, TELL
from tests.ui.states.making import AID, PENSION, SELL, State, after, asked, held, then

RECEIPT = make_receipt(SECRET)
DONE = Handover(
    RECEIPT, "Khai sinh", "Lò Thị M••• A•", "Có kết quả trong 1 ngày làm việc", (), "commune_office"
)
SCAN, PAPER = "/data/requester/scan", "/data/papers/birth_notice_photo"
PAPERS = {"/data/papers/birth_notice": "yes"}
GOODS_PHOTO = "/data/photos/photo_1"
SIGN = "/data/signature/sign"
#: Two strokes, in shares of the pad.
SIGNATURE = (
    tuple((0.12 + step / 60, 0.5 + 0.3 * math.sin(step / 1.3)) for step in range(16)),
    tuple((0.45 + step / 60, 0.55 + 0.2 * math.cos(step / 1.1)) for step in range(18)),
)
GOODS = {
    "/data/goods/category": "livestock",
    "/data/goods/title": "Gà đen bản địa",
    "/data/amount/unit": "kg",
    "/data/amount/price": "150000",
    "/data/amount/stock": "40",
    "/data/seller/name": "Lò Thị Mai",
    "/data/seller/address/ask_commune": "03316",
    "/data/seller/address/ask_detail": "Nậm Cứm",
}
SELLER = {"/data/seller/id": "011198004512", "/data/seller/phone": "0912345678"}


def _scanned(scene: Scene) -> None:
    scene.ask(SCAN, answers=TELL)
    scene.person.feed_scanner(MOTHER)
    scene.person.wait_for_page("confirmCard")


def _scanned_again(scene: Scene) -> None:
    """The mother's card a second time, where the father's is asked for."""
    scene.fill_birth()
    scene.app.parts.stage.walk.jump("/data/parents/father/scan")
    scene.person.wait_for_page("scan")


def _hinted(hint: str) -> State:
    return after(asked(SCAN, told=TELL), lambda scene: scene.views.scan._set_hint(hint))


def _no_scanner(scene: Scene) -> None:
    scene.unplug(scene.app.scanner)
    scene.ask(SCAN, answers=TELL)


def _photo(scene: Scene) -> None:
    scene.ask(PAPER, answers=PAPERS)
    scene.person.wait_until(lambda: bool(scene.views.photo.property("checks")), "the live checks")


def _checked(*bad: str, shots: int = 0, goods: bool = False) -> State:
    """Return the photo page when some checks fail; with shots one was taken, so many in all were bad."""

    def show(scene: Scene) -> None:
        photo = scene.views.photo
        if goods:
            scene.ask(GOODS_PHOTO, SELL)
        else:
            scene.ask(PAPER, answers=PAPERS)
        scene.person.wait_until(lambda: bool(photo.property("checks")), "the live checks")
        if shots:
            scene.shoot()
        photo._verdicts = {name: name not in bad for name in photo.property("checkIds")}
        photo._bad, photo._good_since = shots, 0.0 if bad else time.monotonic()
        photo.changed.emit()

    return show


def _no_camera(scene: Scene) -> None:
    scene.unplug(scene.app.camera)
    scene.ask(PAPER, answers=PAPERS)


def _no_camera_for_goods(scene: Scene) -> None:
    scene.unplug(scene.app.camera)
    scene.ask(GOODS_PHOTO, SELL)


def _page_of_many(scene: Scene) -> None:
    scene.begin(AID, HAS_PAPERS)
    scene.app.parts.stage.walk.enter_group("/data/papers/case_papers[1]/")
    scene.person.wait_for_page("photo")
    scene.shoot()


def _path(scene: Scene) -> None:
    scene.begin()
    walk = scene.app.parts.stage.walk
    first = walk.steps()[0].page.section
    walk.start([step for step in walk.steps() if step.page.section == first][-1].ref)
    walk.forward()
    scene.person.wait_for_page("path")


def _review_with_an_open_answer(scene: Scene) -> None:
    scene.review(0, NAME)
    while not any(row["problem"] for row in scene.views.review.property("rows")):
        scene.tap("continueButton")


def _revealed(scene: Scene) -> None:
    scene.review()
    while not any(row["masked"] for row in scene.views.review.property("rows")):
        scene.tap("continueButton")
    rows = scene.views.review.property("rows")
    scene.tap(f"eye_{next(place for place, row in enumerate(rows) if row['masked'])}")


def _last_of_the_main_part(scene: Scene) -> None:
    _listing("review")(scene)
    while scene.person.find("moreButton") is None:
        scene.tap("continueButton")


def _consent(*taps: str, form: str = "") -> State:
    def show(scene: Scene) -> None:
        if form:
            scene.begin(form)
        else:
            scene.fill_birth()
        scene.app.navigator.open("consent")
        scene.person.wait_for_page("consent")
        scene.tap(*taps)

    return show


def _sending(*, sent_photos: int = -1) -> State:
    def show(scene: Scene) -> None:
        _consent("agreeButton", "agreeButton")(scene)
        sending = scene.views.sending
        scene.person.wait_until(lambda: sending.property("queued"), "the outbox")
        sending._pause.stop()
        if sent_photos >= 0:
            sending._photos_done = sent_photos
            sending.set_online(online=True)

    return show


def _signed(scene: Scene) -> None:
    scene.ask(SIGN, PENSION)
    pad, signature = scene.item("signaturePad"), scene.views.signature
    for first, *others in SIGNATURE:  # not by touch: a slow machine joins the moves of a finger
        signature.begin(first[0] * pad.property("width"), first[1] * pad.property("height"))
        for x, y in others:
            signature.extend(x * pad.property("width"), y * pad.property("height"))
        signature.lift()


def _handed(handover: Handover = DONE, printing: str = "", *, sent: bool = False) -> State:
    def show(scene: Scene) -> None:
        scene.show_receipt(handover, sent=sent)
        if printing:
            scene.views.receipt._set_print_state(printing)

    return show


def _listing(page: str, seller: Mapping[str, str] | None = None) -> State:
    def show(scene: Scene) -> None:
        scene.begin(SELL, GOODS | dict(seller or {}))
        scene.app.parts.stage.walk.jump(GOODS_PHOTO)
        scene.person.wait_for_page("photo")
        scene.wait_for_picture()
        scene.app.camera._count = 1
        scene.shoot()
        scene.views.photo.keep()
        scene.app.navigator.open(page)
        scene.person.wait_for_page(page)

    return show


FORMS: dict[str, State] = {
    "K06-scan": asked(SCAN, told=TELL),
    "K06-scan.far": _hinted("far"),
    "K06-scan.tilt": _hinted("tilt"),
    "K06-scan.pad": _hinted("pad"),
    "K06-scan.bad": _hinted("bad"),
    "K06-scan.seen": _hinted("seen"),
    "K06-scan.people": _scanned_again,
    "K06-scan.no-reader": _no_scanner,
    "K07-card": _scanned,
    "K09-photo": _photo,
    "K09-photo.cut": _checked("corners"),
    "K09-photo.blurred": _checked("sharp"),
    "K09-photo.dark": _checked("light"),
    "K09-photo.glare": _checked("glare"),
    "K09-photo.shot": _checked(shots=1),
    "K09-photo.shot-bad": _checked("corners", "sharp", shots=1),
    "K09-photo.keep-anyway": _checked("corners", "sharp", shots=2),
    "K09-photo.zoom": then(_checked(shots=1), "zoomArea"),
    "K09-photo.no-camera": _no_camera,
    "K09-photo.no-camera-goods": _no_camera_for_goods,
    "K09-photo.more-pages": _page_of_many,
    "K09-photo.goods": _checked(goods=True),
    "K09-photo.goods-shot": _checked(goods=True, shots=1),
    "K10-path": _path,
    "K10-path.pressed": held(_path, "continueButton"),
    "K11-review": lambda scene: scene.review(),
    "K11-review.child": lambda scene: scene.review(2),
    "K11-review.open": _review_with_an_open_answer,
    "K11-review.revealed": _revealed,
    "K11-review.errors": _listing("review"),
    "K11-review.more": _last_of_the_main_part,
    "K12-consent": _consent(),
    "K12-consent.sensitive": _consent("agreeButton"),
    "K12-consent.declined": _consent("declineButton"),
    "K12-consent.publish": _consent("agreeButton", form=SELL),
    "K13-signature": asked(SIGN, form=PENSION),
    "K13-signature.signed": _signed,
    "K13-signature.error": asked(SIGN, "continueButton", form=PENSION),
    "K14-sending": _sending(),
    "K14-sending.online": _sending(sent_photos=1),
    "K15-receipt": _handed(),
    "K15-receipt.sent": _handed(sent=True),
    "K15-receipt.printing": _handed(printing="printing"),
    "K15-receipt.printed": _handed(printing="printed"),
    "K15-receipt.no-paper": _handed(printing="paperOut"),
    "K15-receipt.print-failed": _handed(printing="failed"),
    "K15-receipt.no-printer": _handed(printing="none"),
    "K15-receipt.code": then(_handed(), "photographButton"),
    "K15-receipt.lacking": _handed(
        Handover(RECEIPT, "Khai sinh", "Lò Thị M••• A•", "", ("Giấy chứng sinh", "Giấy kết hôn"))
    ),
    "K15-receipt.private": _handed(
        Handover(RECEIPT, "Trợ giúp pháp lý", "", "", (), "legal_aid_centre", is_private=True)
    ),
    "K15-receipt.added": _handed(
        Handover(RECEIPT, "Khai sinh", "Lò Thị M••• A•", "", (), "commune_office", adds_to="DB7-4K2-9X8")
    ),
    "K16-listing": _listing("listing", SELLER),
    "K16-listing.lacking": _listing("listing"),
}
