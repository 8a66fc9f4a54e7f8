"""Every icon that a page names is shipped in some weight, and none is shipped that no page names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ICONS = ROOT / "assets" / "icons"
QML = ROOT / "supportpoint" / "kiosk" / "qml"
SOURCES = sorted([*QML.rglob("*.qml"), *(ROOT / "supportpoint" / "kiosk" / "pages").glob("*.py")])
#: What a binding may give: the whole value, or a branch of a choice.
NAMED = re.compile(r'(?:[?:]|return)\s*"([a-z0-9]+(?:-[a-z0-9]+)*)"')
SHIPPED = {path.stem for path in ICONS.glob("*/*.svg")}


def quoted() -> set[str]:
    """Return every plain word in quotes, in the sources of the pages."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    return set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', text))


def named_as_icons() -> set[str]:
    """Return the words that a binding called so, or an icon itself, gives."""
    found: set[str] = set()
    for path in QML.rglob("*.qml"):
        text = path.read_text(encoding="utf-8")
        for binding in re.findall(r"\b\w*[iI]con(?:Name)?: (?!Icon)[^;{}\n]*", text):
            found |= set(NAMED.findall(binding))
        for body in re.findall(r"PictureIcon \{(.*?)\n\s*\}", text, re.DOTALL):
            found |= {name for line in re.findall(r"\bname: .*", body) for name in NAMED.findall(line)}
    return found


def test_every_icon_that_a_page_names_is_shipped():
    named = named_as_icons()
    assert len(named) > 40
    assert named - SHIPPED == set()


def test_every_shipped_icon_is_named_somewhere():
    assert SHIPPED - quoted() == set()


def test_icons_take_their_colour_from_the_page():
    for path in ICONS.glob("*/*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "currentColor" in text, path.name
        assert "<script" not in text, path.name


def test_their_licence_lies_beside_them():
    assert "MIT License" in (ICONS / "MIT-PhosphorIcons.txt").read_text(encoding="utf-8")
    assert {path.suffix for path in ICONS.glob("*/*")} == {".svg"}
