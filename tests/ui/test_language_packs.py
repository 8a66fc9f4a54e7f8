"""A language that comes as a pack: chosen live, its words shown, the rest Vietnamese, its coverage said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import QObject

from supportpoint.kiosk.words.packs import message_id

SAID = {"Tiếp tục": "⟦tiếp tục⟧", "Quay lại": "⟦quay lại⟧"}


@pytest.fixture
def pack_point(birth_point: Any) -> Any:
    folder = birth_point.folder / "packs" / "hmn"
    folder.mkdir(parents=True)
    (folder / "pack.json").write_text('{"language": "hmn", "name": "Tiếng Mông"}', encoding="utf-8")
    rows = "".join(f"{message_id(words)},{words},{said}\n" for words, said in SAID.items())
    (folder / "words.rpa.csv").write_text("id,vietnamese,translation\n" + rows, encoding="utf-8")
    settings = {"languages": ["vi", "en", "blt", "hmn", "kjg"], "mong_script": "rpa"}
    (birth_point.folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return birth_point


def label(person: Any, name: str) -> str:
    return str(person.find(name).property("text"))


def coverage_shown(person: Any, row: str) -> str:
    """Return what a row of the language page says of its translation, "" when it says nothing."""
    item = person.find(row)
    words = item.findChild(QObject, "coverage")
    return str(words.property("text")) if words.property("visible") else ""


def test_a_pack_is_chosen_live_and_what_it_lacks_is_vietnamese(pack_point: Any, meet: Any):
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    languages = {one["code"]: one for one in person.views.shell.property("languages")}
    assert list(languages) == ["vi", "en", "blt", "hmn", "kjg"]
    assert languages["blt"]["coverage"] == 0
    assert 0 <= languages["hmn"]["coverage"] < 2
    assert coverage_shown(person, "language_blt") == "Chưa dịch, còn chữ Việt"
    assert coverage_shown(person, "language_en") == ""
    person.tap("language_hmn")
    assert label(person, "continueButton") == "⟦tiếp tục⟧"
    person.tap("continueButton")
    person.wait_for_page("home")
    assert label(person, "card_papers") == "Làm giấy tờ"
    person.tap("languageButton")
    person.wait_for_page("language")
    person.tap("language_en")
    assert label(person, "continueButton") == "Continue"
    assert person.find("language_kjg") is not None
