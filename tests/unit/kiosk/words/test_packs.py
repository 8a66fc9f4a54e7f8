"""Language packs: what they say, how much of it, and the table that goes to translators and comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from supportpoint.cli import main
from supportpoint.kiosk.words.packs import (
    COLUMNS,
    find_row_faults,
    load_pack,
    measure,
    message_id,
    read_messages,
    read_rows,
    write_table,
)
from supportpoint.kiosk.words.translations import find_pack, find_packs, measure_coverage

TRANSLATIONS = Path(__file__).resolve().parents[4] / "translations"
PAGES = TRANSLATIONS / "supportpoint_en.ts"
SHIPPED = ("blt", "hmn", "kjg")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "packs" / "blt"
    (folder / "audio").mkdir(parents=True)
    (folder / "pack.json").write_text('{"language": "blt", "name": "Tiếng Thái"}', encoding="utf-8")
    return folder


def fill(table: bytes, words: dict[str, str]) -> bytes:
    """Fill rows of a table by their Vietnamese words, as a translator would."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"translation": words.get(row["vietnamese"], "")})
    return file.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("language", SHIPPED)
def test_packs_ship_empty(language: str):
    shipped = find_pack(language, [TRANSLATIONS])
    assert shipped is not None
    assert (shipped.words, shipped.clips) == ({}, {})
    assert measure_coverage(TRANSLATIONS, language, shipped) == 0


def test_the_table_has_every_string_once_with_its_places(pack: Path):
    messages = read_messages(PAGES)
    rows = read_rows(write_table(load_pack(pack), messages))
    assert len({row["id"] for row in rows}) == len(rows) == len(messages)
    go_on = next(row for row in rows if row["vietnamese"] == "Tiếp tục")
    assert (go_on["english"], go_on["translation"], go_on["recorded"]) == ("Continue", "", "n")
    assert go_on["context"]
    assert any(row["id"] == "num_4_last" and row["vietnamese"] == "tư" for row in rows)


def test_a_filled_table_comes_back_and_is_counted(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    table = tmp_path / "table.csv"
    (pack / "audio" / f"{message_id('Tiếp tục')}@2.opus").write_bytes(b"OggS")
    assert main(["words", "export", str(table), "--pack", str(pack)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["language"], said["words_percent"]) == ("blt", 0)
    table.write_bytes(fill(table.read_bytes(), {"Tiếp tục": "⟦go on⟧", "Quay lại": "⟦back⟧"}))
    assert main(["words", "import", str(table), "--pack", str(pack)]) == 0
    loaded = load_pack(pack)
    assert loaded.text("Tiếp tục") == "⟦go on⟧"
    assert loaded.text("Gọi cán bộ") == ""
    messages = read_messages(PAGES)
    strings = sum(1 for one in messages if not one.id.startswith(("num_", "month_", "date_", "money_")))
    assert measure(loaded, messages).words == 200 // strings
    assert {row["recorded"] for row in read_rows(write_table(loaded, messages))} == {"y", "n"}


def test_an_empty_translation_is_none(pack: Path):
    own = message_id("Tiếp tục")
    (pack / "words.csv").write_text(f"id,vietnamese,translation\n{own},Tiếp tục, \n", encoding="utf-8")
    assert load_pack(pack).words == {}


def test_scripts_of_one_language_stand_apart(pack: Path, tmp_path: Path):
    table = tmp_path / "table.csv"
    assert main(["words", "export", str(table), "--pack", str(pack)]) == 0
    table.write_bytes(fill(table.read_bytes(), {"Tiếp tục": "⟦rpa⟧"}))
    assert main(["words", "import", str(table), "--pack", str(pack), "--script", "rpa"]) == 0
    assert load_pack(pack, "rpa").text("Tiếp tục") == "⟦rpa⟧"
    assert load_pack(pack).text("Tiếp tục") == ""
    assert find_packs(("vi", "blt"), [tmp_path], {"blt": "rpa"})["blt"].text("Tiếp tục") == "⟦rpa⟧"


def test_rows_that_do_not_fit_are_listed_and_nothing_is_taken(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    place = next(one for one in read_messages(PAGES) if "%1" in one.vietnamese)
    own = message_id("Tiếp tục")
    table = tmp_path / "table.csv"
    rows = [
        ("id", "vietnamese", "translation"),
        ("w000000000000", "Tiếp tục", "x"),
        (own, "Tiếp", "x"),
        (own, "Tiếp tục", "x"),
        (own, "Tiếp tục", "y"),
        (place.id, place.vietnamese, "no place"),
        (message_id("Quay lại"), "Quay lại", ""),
    ]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    faults = list(find_row_faults(read_rows(table.read_bytes()), read_messages(PAGES)))
    assert [(fault.row, fault.reason) for fault in faults] == [
        (2, "unknown"),
        (3, "changed"),
        (5, "twice"),
        (6, "places"),
    ]
    assert main(["words", "import", str(table), "--pack", str(pack)]) == 2
    assert "SP-607" in capsys.readouterr().err
    assert not (pack / "words.csv").exists()


def test_a_table_that_is_none_and_a_pack_that_is_none_are_said(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    table = tmp_path / "table.csv"
    table.write_bytes(b"\xff\xfe\x00")
    assert main(["words", "import", str(table), "--pack", str(pack)]) == 2
    assert main(["words", "export", str(table), "--pack", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("SP-104") == 2
    (pack / "pack.json").write_text("{", encoding="utf-8")
    assert find_pack("blt", [tmp_path, TRANSLATIONS]) == find_pack("blt", [TRANSLATIONS])
