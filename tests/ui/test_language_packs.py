"""A language that comes as a pack: chosen live, its words shown, the rest Vietnamese, its coverage said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from supportpoint.cli import main
from supportpoint.kiosk.words.packs import load_pack, message_id, read_rows

SAID = {
    "Tiếp tục": "⟦tiếp tục⟧",
    "Quay lại": "⟦quay lại⟧",
    "Khai sinh": "⟦khai sinh⟧",
    "Bé là trai hay gái?": "⟦trai hay gái⟧",
    "Con trai": "⟦con trai⟧",
}


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


def test_a_pack_speaks_the_words_of_forms_as_far_as_it_has_them(
    pack_point: Any, meet: Any, answers: dict[str, str]
):
    person = meet()
    person.walk_to_form()
    person.fill_form(answers, lambda: person.app.parts.stage.walk.ref == "/data/child/sex")
    person.tap("card_female")
    assert "⟦khai sinh⟧" in {form.title.get("hmn") for form in person.app.parts.service.forms}
    person.app.parts.views.shell.setLanguage("hmn")
    assert person.views.question.property("label") == "⟦trai hay gái⟧"
    assert label(person, "card_male") == "⟦con trai⟧"
    assert label(person, "card_female") == "Con gái"
    assert person.find("card_female").property("chosen")
    person.app.parts.views.shell.setLanguage("vi")
    assert person.views.question.property("label") == "Bé là trai hay gái?"


def test_the_table_holds_the_words_of_the_forms_of_a_machine_and_takes_them_back(
    pack_point: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    pack, table = pack_point.folder / "packs" / "hmn", tmp_path / "table.csv"
    words = ["--pack", str(pack), "--script", "rpa", "--data", str(pack_point.folder)]
    assert main(["words", "export", str(table), *words]) == 0
    listed = read_rows(table.read_bytes())
    rows = {row["vietnamese"]: row for row in listed}
    assert rows["Bé là trai hay gái?"]["english"] == "Boy or girl?"
    assert rows["Bé là trai hay gái?"]["translation"] == "⟦trai hay gái⟧"
    assert rows["Bé là trai hay gái?"]["context"] == "Khai sinh"
    assert len({row["id"] for row in listed}) == len(listed)
    capsys.readouterr()
    assert main(["words", "import", str(table), *words]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == len(listed)
    assert load_pack(pack, "rpa").text("Con trai") == "⟦con trai⟧"
    assert main(["words", "import", str(table), *words[:-2]]) == 2, (
        "without the machine its forms are unknown"
    )
