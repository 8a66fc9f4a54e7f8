"""From home to every section: what is offered, in which order, and who receives it."""

from __future__ import annotations

from typing import Any

import pytest

from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from tests.ui.conftest import SMALL_FORM

pytestmark = pytest.mark.usefixtures("full_point")


def go_home(person: Any) -> None:
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    person.wait_until(lambda: bool(person.app.parts.service.forms), "the forms")


def offered(person: Any) -> list[str]:
    """Return the ids of all pages of the open section, turning them by touch."""
    services = person.views.services
    found = [item["id"] for item in services.property("items")]
    for _ in range(services.property("pageCount") - 1):
        person.tap("nextPageButton")
        found += [item["id"] for item in services.property("items")]
    return found


def test_papers_stand_in_their_order_and_end_with_the_work_of_the_staff(person: Any):
    go_home(person)
    person.tap("card_papers")
    person.wait_for_page("services")
    assert offered(person) == [
        "birth-registration",
        "marriage",
        "death",
        "marital-status",
        "residence",
        "social-allowance",
        "health-insurance",
        "study-support",
        "small-form",
        "staff",
    ]
    person.tap("card_staff")
    assert offered(person) == ["support-visit", "meeting"]
    assert person.page == "services"
    person.tap("backButton")
    assert person.views.services.property("section") == "papers"
    person.tap("backButton")
    person.wait_for_page("home")


def test_a_section_of_several_lists_them_and_one_of_a_single_form_opens_it(person: Any):
    go_home(person)
    person.tap("card_sell")
    person.wait_for_page("services")
    assert offered(person) == ["product-listing", "sale-result"]
    person.tap("backButton")
    person.wait_for_page("home")
    person.tap("card_law")
    person.wait_for_page("door")
    assert person.views.door.property("formId") == "legal-aid"
    assert person.views.door.property("reader") == "legal_aid_centre"
    person.tap("backButton")
    person.wait_for_page("home")
    assert person.app.parts.stage.visit.form is None


def test_a_card_that_leads_nowhere_yet_says_so(person: Any):
    go_home(person)
    person.tap("card_learn")
    assert person.page == "home"
    assert person.views.shell.property("captionText") == "Mục này chưa mở. Mời bà con quay lại sau."


def test_the_ways_to_speak_up_name_who_receives_them(person: Any):
    go_home(person)
    person.tap("card_say")
    person.wait_for_page("triage")
    assert offered(person) == [
        "feedback-report",
        "feedback-complaint",
        "feedback-denunciation",
        "feedback-tip",
        "supervision-works",
        "supervision-support",
    ]
    assert person.find("card_feedback-denunciation").property("receiver") == "thanh tra tỉnh"
    assert [one["number"] for one in person.views.services.property("emergency")] == [
        "113",
        "114",
        "115",
        "111",
    ]
    person.tap("card_feedback-denunciation")
    person.wait_for_page("door")
    assert person.find("page_door").property("help") == "Chỉ thanh tra tỉnh mở được việc này."
    assert person.find("cautionStrip").property("message") == "Người bị tố cáo không nhận đơn này."
    person.tap("backButton")
    person.wait_for_page("triage")
    assert person.app.parts.stage.visit.form is None


def test_a_private_form_is_not_named_and_can_be_covered(person: Any):
    go_home(person)
    person.tap("card_say")
    person.wait_for_page("triage")
    person.tap("card_feedback-tip")
    person.wait_for_page("door")
    assert person.find("coverButton") is not None
    person.tap("card_screen")
    person.wait_for_page("question")
    assert person.find("page_question").property("barTitle") == "Việc riêng"
    person.tap("coverButton")
    assert person.find("coverSheet") is not None


def test_the_receipt_of_a_private_form_tells_nothing_on_its_slip(person: Any):
    go_home(person)
    person.tap("card_say")
    person.wait_for_page("triage")
    person.tap("card_feedback-report")
    person.wait_for_page("preparation")
    person.tap("continueButton")
    person.fill_form({"/data/story": "Cầu hỏng"}, lambda: person.page == "receipt")
    receipt = person.views.receipt
    assert (receipt.property("serviceTitle"), receipt.property("personMasked")) == ("", "")
    assert receipt.property("route") == "commune_office"


def test_the_review_says_a_question_in_few_words(person: Any):
    go_home(person)
    person.tap("card_law")
    person.wait_for_page("door")
    person.tap("card_screen")
    person.fill_form({"/data/story": "Đất"}, lambda: person.page == "review")
    (row,) = person.views.review.property("rows")
    assert row["label"] == "Chuyện"
    person.views.shell.setLanguage("en")
    (row,) = person.views.review.property("rows")
    assert row["label"] == "Bà con muốn nói gì?"


def test_an_empty_section_says_whom_to_ask(person: Any):
    go_home(person)
    person.app.parts.service.forms = ()
    person.tap("card_papers")
    person.wait_for_page("services")
    assert person.find("noServices").property("message") == "Chưa có việc nào ở đây. Mời gọi cán bộ."


def suspend(point: Any, form_id: str, section: str) -> None:
    """Publish a newer version of a form that its province has paused."""
    settings = {"purpose": "ordinary", "section": section, "status": "suspended", "order": "1"}
    manifest = Manifest(kind="form", id=form_id, version=2, title={"vi": "Đang dừng"}, settings=settings)
    files = {"form.xml": SMALL_FORM.format(id=form_id).encode()}
    Shelf(point.folder).install(write_package(manifest, files, point.trust.publisher), point.trust.keyset())


@pytest.mark.parametrize(("form_id", "section"), [("marriage", "papers"), ("feedback-report", "say")])
def test_a_paused_service_is_shown_and_not_opened(form_id: str, section: str, full_point: Any, meet: Any):
    suspend(full_point, form_id, section)
    person = meet()
    go_home(person)
    person.tap(f"card_{section}")
    person.wait_until(lambda: person.find(f"card_{form_id}") is not None, "the card")
    paused = {item["id"]: item["suspended"] for item in person.views.services.items}
    assert paused.pop(form_id) is True
    assert not any(paused.values())
    card = person.find(f"card_{form_id}")
    assert "Tạm dừng. Hỏi cán bộ." in {card.property("sub"), card.property("reason")}
    person.views.services.open(form_id)
    if section == "papers":
        person.tap(f"card_{form_id}")
    person.app.parts.stage.tasks.wait_idle()
    assert person.app.parts.stage.visit.form is None
    assert person.page in {"services", "triage"}


def test_a_form_that_spoiled_meanwhile_is_dimmed_where_it_was_offered(
    full_point: Any, meet: Any, caplog: pytest.LogCaptureFixture
):
    caplog.expected_warnings = (  # type: ignore[attr-defined]
        "supportpoint.kiosk.visit.service: form marriage",
        "supportpoint.content.shelf: form marriage",
    )
    person = meet()
    go_home(person)
    person.tap("card_papers")
    person.wait_until(lambda: person.find("card_marriage") is not None, "the card")
    for path in (full_point.folder / "content" / "forms" / "marriage").glob("*.spform"):
        path.write_bytes(b"spoiled")
    person.tap("card_marriage")
    person.wait_until(
        lambda: {item["id"]: item["suspended"] for item in person.views.services.items}["marriage"],
        "the news",
    )
    assert person.page == "services"
