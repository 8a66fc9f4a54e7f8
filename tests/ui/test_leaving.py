"""Ways out: help and back, a receipt typed by hand, and a visitor who simply walks away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from supportpoint.sealing.receipt import read_secret, receipt_hash

RELATION_REF = "/data/requester/relation"


def test_help_is_one_touch_away_and_leads_back(person: Any, answers: Mapping[str, str]):
    person.walk_to_form()
    person.tap("card_mother")
    person.tap("callButton")
    person.wait_for_page("help")
    person.tap("backButton")
    person.wait_for_page("question")
    assert person.views.question.property("value") == "mother"


def test_a_typed_receipt_opens_the_same_page(person: Any, answers: Mapping[str, str]):
    person.walk_to_form()
    receipt = person.fill_birth_form(answers)
    person.end_visit()
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    person.tap("card_mine")
    person.wait_for_page("track")
    person.tap("typeInsteadButton")
    for char in receipt["secret"].replace("-", ""):
        person.tap(f"pad_{char}")
    assert person.views.track.property("typed") == receipt["secret"]
    person.tap("continueButton")
    person.wait_for_page("status")
    assert person.views.track.property("caseState") == "waiting"
    assert person.views.track.property("caseNumber") == receipt["case_number"]
    person.tap("homeButton")
    person.wait_for_page("home")
    assert person.views.track.property("caseNumber") == ""


def test_who_walks_away_leaves_nothing_on_the_screen(meet: Callable[..., Any], answers: Mapping[str, str]):
    person = meet()
    person.walk_to_form()
    person.tap("card_mother")
    person.app.parts.stage.presence.hurry(2)
    person.wait_for_page("attract")
    assert person.app.parts.stage.visit.form is None
    person.app.parts.stage.tasks.wait_idle()
    (draft,) = person.app.parts.stage.tasks(lambda store: store.list_drafts())
    assert draft.page_ref == ""
    assert person.app.parts.service.draft is None


def test_home_during_the_submit_does_not_bring_the_draft_back(person: Any, answers: Mapping[str, str]):
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "consent")
    person.views.consent.agree()
    person.views.consent.agree()
    person.app.navigator.home()
    person.views.shell.endVisit()
    person.wait_for_page("receipt")
    tasks = person.app.parts.stage.tasks
    tasks.wait_idle()
    assert tasks(lambda store: store.list_drafts()) == ()
    secret = read_secret(person.views.receipt.property("secretText"))
    assert tasks(lambda store: store.find_item_state(receipt_hash(secret))) is not None


def test_of_two_services_touched_at_once_the_last_one_opens(person: Any):
    person.walk_to_form()
    person.tap("card_mother")
    person.tap("homeButton")
    person.wait_until(lambda: person.find("resumeButton") is not None, "the draft")
    service = person.app.parts.service
    service.resume()
    service.open("small-form")
    person.wait_for_page("preparation")
    person.app.parts.stage.tasks.wait_idle()
    assert person.app.parts.stage.visit.form.package.manifest.id == "small-form"
    person.tap("backButton")
    person.wait_for_page("home")
    assert person.app.parts.stage.walk.ref == ""
