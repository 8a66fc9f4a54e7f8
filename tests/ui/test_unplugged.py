"""A device that is pulled out in the middle of a form: a kind way on, and back by itself when it returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supportpoint.clock import EARLIEST
from tests.ui.test_supplement import said_on
from tests.ui.test_troubles import SCAN_REF, open_scan

PAPER = "/data/papers/id_photo"
NOTICE, NOTICE_PHOTO = "/data/papers/birth_notice", "/data/papers/birth_notice_photo"


def test_a_camera_pulled_out_before_the_touch(person: Any) -> None:
    camera, photo = person.app.devices.camera, person.views.photo
    person.walk_to_form()
    person.app.parts.stage.walk.jump(PAPER)
    person.wait_for_page("photo")
    camera.unplug()
    person.tap("continueButton")
    assert photo.property("photoState") == "noCamera", "said with the touch, not a second later"
    assert {"Máy ảnh chưa chạy. Vẫn làm tiếp được.", "Máy ảnh chưa chạy"} <= said_on(person)
    assert photo.property("errorCode") == ""
    camera.plug()
    person.wait_until(lambda: photo.property("photoState") == "live", "that it is back")
    person.tap("continueButton")
    person.wait_until(lambda: photo.property("photoState") == "shot", "the photo")


def test_a_paper_can_wait_while_there_is_no_camera(person: Any) -> None:
    person.app.devices.camera.unplug()
    person.walk_to_form()
    person.app.parts.stage.walk.jump(PAPER)
    person.wait_for_page("photo")
    assert person.views.photo.property("photoState") == "noCamera"
    assert "Chưa có giấy, làm tiếp" in said_on(person)
    person.tap("continueButton")
    person.wait_for_page("review")
    assert person.app.parts.stage.visit.form.session.value(PAPER) is None


def test_a_paper_that_was_promised_comes_later_when_there_is_no_camera(person: Any) -> None:
    person.app.devices.camera.unplug()
    person.walk_to_form()
    visit, walk = person.app.parts.stage.visit, person.app.parts.stage.walk
    visit.form.answer(NOTICE, "yes")
    walk.start(NOTICE_PHOTO)
    person.wait_for_page("photo")
    assert person.find("continueButton").property("enabled")
    person.tap("continueButton")
    person.wait_until(lambda: walk.ref == PAPER, "the next paper")
    assert visit.form.session.value(NOTICE) == "later"
    assert NOTICE_PHOTO not in {step.ref for step in walk.steps()}
    person.tap("backButton")
    person.wait_until(lambda: walk.ref == NOTICE, "the question of the paper")


def test_goods_without_a_camera_lead_to_staff_or_wait(real_forms: Any, meet: Any) -> None:
    real_forms("product-listing", "sale-result")
    seller = meet()
    seller.app.devices.camera.unplug()
    seller.walk_to_home()
    seller.wait_until(lambda: len(seller.app.parts.service.forms) > 2, "the forms")
    seller.enter_form("sell", "product-listing")
    assert seller.page == "photo"
    assert not seller.views.photo.property("canBringLater")
    seller.tap("continueButton")
    seller.wait_for_page("help")
    seller.tap("backButton")
    seller.wait_for_page("photo")
    seller.tap("waitForPhotoButton")
    seller.wait_until(lambda: seller.page != "photo", "the way out")


def test_a_reader_pulled_out_while_a_card_is_waited_for(person: Any, answers: Mapping[str, str]) -> None:
    from answering import make_card_text  # noqa: PLC0415 -- found beside the driver

    open_scan(person, answers)
    person.app.scanner.unplug()
    person.wait_until(lambda: "Máy quét đang tắt" in said_on(person), "the words")
    assert {"Chạm «Không mang thẻ» để gõ.", "Không cần thẻ vẫn làm được"} <= said_on(person)
    person.app.scanner.plug()
    person.wait_until(lambda: "Máy quét đang bật" in said_on(person), "the reader")
    person.feed_scanner(make_card_text(answers, "/data/requester"))
    person.wait_for_page("confirmCard")


def test_without_a_reader_the_questions_are_asked(person: Any, answers: Mapping[str, str]) -> None:
    open_scan(person, answers)
    person.app.scanner.unplug()
    person.tap("scanNoneButton")
    person.wait_until(lambda: person.app.parts.stage.walk.ref != SCAN_REF, "the next question")


def test_a_clock_that_lost_its_battery_stops_new_forms_only(person: Any, clock: Any) -> None:
    right = clock.at
    clock.at = EARLIEST.replace(year=2003)
    person.walk_to_home()
    person.tap("card_papers")
    person.wait_for_page("services")
    person.wait_until(lambda: bool(person.app.parts.service.forms), "the services")
    person.tap("card_birth-registration")
    person.wait_for_page("problem")
    assert {"Máy chạy sai ngày giờ. Mời gọi cán bộ.", "SP-109"} <= said_on(person)
    clock.at = right
    person.tap("continueButton")
    person.wait_for_page("preparation")
