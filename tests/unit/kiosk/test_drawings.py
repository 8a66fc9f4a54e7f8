"""Every picture that a form or a page names is there; each keeps the box, the line and the colours of all."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from supportpoint.kiosk.words.births import ANIMALS

ASSETS = Path(__file__).resolve().parents[3] / "assets"
PAGES = ASSETS.parent / "supportpoint" / "kiosk"
TABLES = sorted(
    [*ASSETS.glob("forms/*/*.csv"), *ASSETS.glob("blocks/**/*.csv"), *ASSETS.glob("articles/*.csv")]
)
DRAWINGS = {path.stem: path for path in (ASSETS / "art").glob("*.svg")}
#: Drawn for another place than a card.
LARGE = {"counter", "scene", "crops", "scanhand", "cardfront", "cardback"}
#: Their colours are laid down by law.
FLAGS = {"vietnam", "laos", "china", "allvietnamese", "school", "passport"}
INK = "#1C2430"
COLOURS = {
    *(INK, "#454E5C", "#5B6470", "#8A8578", "#B9B2A5", "#DDD6C8", "#F1ECE2", "#FFFFFF"),
    *("#1F3A6E", "#E6ECF7", "#0F5C66", "#E0F1F2", "#1E6B3F", "#7FB08D", "#E4F3E9"),
    *("#A3262A", "#FBE9E7", "#E8B4A8", "#E08A3C", "#F2B632", "#B4820F", "#D9A83A", "#FFF3D1", "#F7E3AE"),
    *("#7A4B2A", "#6B5A3A", "#C79A63", "#D9A57C"),
}


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
    assert f'<g stroke="{INK}" stroke-width="3.5" stroke-linejoin="round" stroke-linecap="round"' in drawing


@pytest.mark.parametrize("name", sorted(set(DRAWINGS) - LARGE - FLAGS))
def test_a_drawing_has_only_the_colours_of_the_house(name: str):
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", DRAWINGS[name].read_text(encoding="utf-8"))) - COLOURS == set()


def test_drawings_are_flat_and_without_words():
    for name, path in DRAWINGS.items():
        drawing = path.read_text(encoding="utf-8")
        found = re.findall(r"<(?:text|image|script|style|filter|\w*Gradient)\b|\bopacity", drawing)
        assert found == [], name


def test_no_two_drawings_are_the_same():
    seen = Counter(path.read_bytes() for path in DRAWINGS.values())
    assert [name for name, path in DRAWINGS.items() if seen[path.read_bytes()] > 1] == []


def test_each_animal_of_the_cycle_is_drawn():
    assert {name for name, _, _ in ANIMALS} - set(DRAWINGS) == set()


def test_the_pictures_of_a_lock_are_twelve_unlike_things():
    with (ASSETS / "lists" / "lock_pictures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    for column in ("id", "name", "name_en", "art"):
        assert len({row[column] for row in rows} - {""}) == 12
    assert {row["art"] for row in rows} - set(DRAWINGS) == set()


def test_every_kind_of_asset_has_its_licence():
    told = (ASSETS / "README.md").read_text(encoding="utf-8")
    kinds = {path.relative_to(ASSETS).parts[0] for path in ASSETS.rglob("*") if path.is_file()} - {
        "README.md"
    }
    assert [kind for kind in kinds if f"`{kind}/" not in told] == []
    for licence in ASSETS.rglob("OFL-*.txt"):
        assert licence.name in told
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")
    fonts = {path.stem.split("_")[0] for path in ASSETS.rglob("*.ttf")}
    assert fonts == {licence.stem.removeprefix("OFL-") for licence in ASSETS.rglob("OFL-*.txt")}
