"""Every icon that a page names is shipped in some weight, and none is shipped that no page names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ICONS = ROOT / "assets" / "icons"
QML = ROOT / "supportpoint" / "kiosk" / "qml"
#: The answers of the review page have their icons in tables of its view model.
REVIEW = ROOT / "supportpoint" / "kiosk" / "pages" / "review.py"
#: What a binding may give: the whole value, or a branch of a choice.
NAMED = re.compile(r'(?:[?:]|return)\s*"([a-z0-9]+(?:-[a-z0-9]+)*)"')
#: The stones of the path have theirs in constants.
STONES = ROOT / "supportpoint" / "kiosk" / "visit" / "path.py"
SHIPPED = {path.stem for path in ICONS.glob("*/*.svg")}


def named_as_icons() -> set[str]:
    """Return the words that a binding called so, an icon itself, or the review and the path give."""
    tables = re.findall(
        r"^_\w*ICONS = \{(.*?)\}", REVIEW.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    found = {name for table in tables for name in NAMED.findall(table)}
    constants = re.findall(r"^_.*ICONS? = .*", STONES.read_text(encoding="utf-8"), re.MULTILINE)
    found |= {name for line in constants for name in re.findall(r'"([a-z0-9-]+)"(?!:)', line)}
    for path in QML.rglob("*.qml"):
        text = path.read_text(encoding="utf-8")
        for binding in re.findall(r"\b\w*[iI]con(?:Name)?: (?!Icon)[^;{}\n,]*", text):
            found |= set(NAMED.findall(binding))
        for names in re.findall(r"\b\w*Icons: \[([^\]]*)\]", text):
            found |= set(re.findall(r'"([^"]+)"', names))
        for body in re.findall(r"PictureIcon \{(.*?)\n\s*\}", text, re.DOTALL):
            found |= {name for line in re.findall(r"\bname: .*", body) for name in NAMED.findall(line)}
    return found


def test_every_icon_that_a_page_names_is_shipped():
    named = named_as_icons()
    assert len(named) > 40
    assert named - SHIPPED == set()


def test_every_shipped_icon_is_named_somewhere():
    assert SHIPPED - named_as_icons() == set()


def test_icons_take_their_colour_from_the_page():
    for path in ICONS.glob("*/*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "currentColor" in text, path.name
        assert "<script" not in text, path.name


def test_their_licence_lies_beside_them():
    assert "MIT License" in (ICONS / "MIT-PhosphorIcons.txt").read_text(encoding="utf-8")
    assert {path.suffix for path in ICONS.glob("*/*")} == {".svg"}
