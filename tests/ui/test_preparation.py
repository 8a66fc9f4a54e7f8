"""Before a form begins: what to bring, how long, what it costs; in the language of the visit."""

from __future__ import annotations

from typing import Any

PAPERS = ["Giấy chứng sinh", "Giấy kết hôn", "Căn cước"]


def open_preparation(person: Any) -> None:
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    person.tap("card_papers")
    person.wait_for_page("services")
    person.wait_until(lambda: person.find("card_birth-registration") is not None, "the service")
    person.tap("card_birth-registration")
    person.wait_for_page("preparation")


def test_the_papers_come_from_the_form(person: Any):
    open_preparation(person)
    view = person.views.preparation
    assert [paper["title"] for paper in view.property("papers")] == PAPERS
    assert [paper["have"] for paper in view.property("papers")] == [-1, -1, -1]
    assert view.property("papers")[0]["art"] == "birthnote"
    assert view.property("feeText") == "Miễn phí"
    assert 3 <= view.property("minutes") <= 15
    assert view.property("verified") is True


def test_a_missing_paper_never_blocks(person: Any):
    open_preparation(person)
    person.tap("have_birth_notice_photo")
    person.tap("haveNot_marriage_photo")
    person.tap("have_id_photo")
    assert [paper["have"] for paper in person.views.preparation.property("papers")] == [1, 0, 1]
    assert person.views.preparation.property("allReady") is False
    person.tap("have_marriage_photo")
    assert person.views.preparation.property("allReady") is True
    person.tap("haveNot_marriage_photo")
    person.tap("continueButton")
    person.wait_for_page("question")


def test_a_service_that_is_not_there_opens_nothing(person: Any):
    open_preparation(person)
    person.tap("backButton")
    person.wait_for_page("services")
    assert person.app.parts.stage.visit.form is None
    assert "death" not in [item["id"] for item in person.views.services.property("items")]
    person.views.services.open("death")
    person.app.parts.stage.tasks.wait_idle()
    assert person.page == "services"


def test_the_papers_are_named_in_the_language_of_the_visit(person: Any):
    open_preparation(person)
    person.views.shell.setLanguage("en")
    assert person.views.preparation.property("papers")[1]["title"] == "Marriage certificate"
    assert person.views.preparation.property("papers")[1]["giver"] == "if the parents registered"
    assert person.views.preparation.property("title") == "Birth registration"
    assert person.views.preparation.property("feeText") == "Free"
