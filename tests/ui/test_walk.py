"""The whole walk on the real birth form, from the first touch to the receipt in the hand and back with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from supportpoint.content.shelf import Shelf
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.kiosk.bootstrap import App
from supportpoint.sealing.case import open_case, open_file
from supportpoint.sealing.receipt import qr_text, read_secret, receipt_hash

SCREENS = {
    "K01-attract",
    "K02-language",
    "K03-home",
    "K04-services",
    "K05-preparation",
    "K06-scan",
    "K07-confirm-card",
    "K08-select_one",
    "K08-name",
    "K08-date",
    "K08-partial_date",
    "K08-number",
    "K08-acknowledge",
    "K09-photo",
    "K09-photo-shot",
    "K10-path",
    "K11-review-0",
    "K12-consent-0",
    "K14-sending",
    "K15-receipt",
    "K24-track",
    "K25-status",
}
DEVICE_ANSWERS = ("birth_notice_photo", "marriage_photo", "ask_detail")


def read_sealed(app: App, point: Any) -> tuple[Any, list[bytes]]:
    """Open the one case in the outbox as the commune's office would."""
    keys = {point.trust.commune.kid: point.trust.commune}
    (item,) = app.parts.stage.tasks(lambda store: store.take_batch())
    dictionary = Shelf(point.folder).open_form("birth-registration").files["dictionary.zstd"]
    files = {
        hashlib.sha256(path.read_bytes()).digest(): path for path in point.folder.rglob("*") if path.is_file()
    }
    photos = [open_file(files[blob.sha256].read_bytes(), keys) for blob in item.blobs]
    return open_case(item.envelope, keys, lambda _id: dictionary), photos


def test_a_villager_registers_a_birth_and_carries_the_receipt(
    meet: Callable[..., Any], birth_point: Any, answers: Mapping[str, str], tmp_path: Path
):
    person = meet(tmp_path / "shots")
    person.walk_to_form()
    receipt = person.fill_birth_form(answers)
    secret = read_secret(receipt["secret"])

    opened, photos = read_sealed(person.app, birth_point)
    assert opened.record.receipt_secret == secret
    assert opened.record.case_number == receipt["case_number"]
    assert len(photos) == 2
    assert all(photo.startswith(b"\xff\xd8") for photo in photos)

    person.end_visit()
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    assert person.find("resumeButton") is None
    assert person.track(qr_text(secret)) == "waiting"
    assert {name[3:-4] for name in person.shots} >= SCREENS


def test_what_arrives_is_what_was_answered(
    person: Any, birth_point: Any, answers: Mapping[str, str], clock: Any
):
    person.walk_to_form()
    person.fill_birth_form(answers)
    opened, _ = read_sealed(person.app, birth_point)
    package = Shelf(birth_point.folder).open_form("birth-registration")
    definition = FormDefinition.load(package.files["form.xml"], files=package.files)
    session = FormSession.from_xml(definition, opened.record.xml, clock=clock)
    assert session.validate() == ()
    for ref, wanted in answers.items():
        if not ref.endswith(DEVICE_ANSWERS):
            value = session.value(ref)
            assert str(value) == wanted, ref
    assert session.value("/data/child/ask_full_name") == "Lò Thị Mai An"


def test_after_the_submit_the_draft_is_gone_and_the_case_is_queued_once(
    person: Any, answers: Mapping[str, str]
):
    person.walk_to_form()
    receipt = person.fill_birth_form(answers)
    tasks = person.app.parts.stage.tasks
    assert tasks(lambda store: store.list_drafts()) == ()
    row = tasks(lambda store: store.find_item_state(receipt_hash(read_secret(receipt["secret"]))))
    assert (row.state.value, row.blobs_total) == ("queued", 2)
