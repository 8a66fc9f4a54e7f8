"""Every picture that a form or a page names is there, and is drawn on the box of all drawings."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).resolve().parents[3] / "assets"
PAGES = ASSETS.parent / "supportpoint" / "kiosk"
TABLES = sorted([*ASSETS.glob("forms/*/*.csv"), *ASSETS.glob("blocks/**/*.csv")])
DRAWINGS = {path.stem: path for path in (ASSETS / "art").glob("*.svg")}
#: Drawn for another place than a card.
LARGE = {"counter", "scene", "crops", "scanhand", "cardfront", "cardback"}


def named_in(table: Path) -> set[str]:
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {
        str(value).strip().removesuffix(".svg").removesuffix(".png")
        for row in rows
        for column, value in row.items()
        if column and ("media::image" in column or column.endswith("sp:art") or column == "art")
    }
    return names - {"", "None"}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_form_names_drawings_that_are_there(table: Path):
    assert named_in(table) - set(DRAWINGS) == set()


def test_the_pages_name_drawings_that_are_there():
    words = "\n".join(path.read_text(encoding="utf-8") for path in PAGES.rglob("*.qml"))
    assert set(re.findall(r'\bart: "([a-z0-9]+)"', words)) - set(DRAWINGS) == set()


@pytest.mark.parametrize("name", sorted(set(DRAWINGS) - LARGE))
def test_a_drawing_has_the_box_and_the_line_of_all(name: str):
    drawing = DRAWINGS[name].read_text(encoding="utf-8")
    assert 'viewBox="0 0 200 120"' in drawing
    assert 'stroke-width="3.5"' in drawing
    assert "<script" not in drawing
