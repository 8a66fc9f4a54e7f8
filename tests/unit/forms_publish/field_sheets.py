"""Reads the background field sheets: which ids a table's cells name.

Rules: `a.b, c` names a.b and a.c; `a / b` and `a, b` name both; `[]` and `?` say nothing about the id;
words with a space are no ids; in a cell with `…`, `*`, `(` or `;` only plain ids count.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.forms_publish.coverage import REPOSITORY

SHEETS = REPOSITORY.parent / "shared" / "domain" / "forms"
BLOCKS = {
    "BAN SAO": ("copy_wanted", "copy_qty"),
    "CAM ĐOAN": ("statement.truth", "statement.date", "statement.place", "statement.sign"),
}
NYC = "## Block NYC"
_ID = re.compile(r"[A-Za-z_]+(\.[a-z_]+)*")


def read_cells(text: str, heading: str = "") -> dict[str, str]:
    """Return first cell → column R of the first table after a heading, in its order."""
    lines = text[text.index(heading) :].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("| id |"))
    column = [name.strip() for name in lines[start].strip("|").split("|")].index("R")
    found: dict[str, str] = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        found[cells[0]] = cells[column] if len(cells) > column else ""
    return found


def read_sheet(name: str) -> dict[str, str]:
    """Return the cells of `FILE`, `FILE#PART` or `FILE+FILE`; {} for a sheet or part of prose alone."""
    first, _, second = name.partition("+")
    if second:
        return read_sheet(first) | read_sheet(second)
    file, _, part = name.partition("#")
    text = (SHEETS / file).read_text(encoding="utf-8")
    if part:
        text = text[text.index(f"## {part}.") :]
        end = text.find("\n## ", 3)
        text = text if end < 0 else text[:end]
    return read_cells(text) if "| id |" in text else {}


def read_requester() -> dict[str, str]:
    """Return the cells of the requester block that many sheets name in one word."""
    return read_cells(Path(SHEETS / "README.md").read_text(encoding="utf-8"), NYC)


def named_ids(cell: str) -> list[str]:
    """Return the ids that a cell spells out."""
    if cell in BLOCKS or "BAN SAO" in cell:
        return [name for block, names in BLOCKS.items() if block in cell for name in names]
    if "NYC" in cell or ";" in cell:
        return []
    ids: list[str] = []
    prefix = ""
    for part in re.split(r"[,/]", cell.partition("(")[0]):
        name = part.strip().removesuffix("?").removesuffix("[]")
        if not _ID.fullmatch(name):
            continue
        if "." in name:
            prefix = name.rpartition(".")[0] + "."
            ids.append(name)
        else:
            ids.append(prefix + name)
    return ids
