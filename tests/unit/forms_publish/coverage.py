"""What each form asks of its field sheet; run as a module, this writes docs/coverage.md."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.faults import Fault
from supportpoint.forms.publish.workbook import read_workbook
from supportpoint.forms.reading.names import SUPPORT_POINT, xf

REPOSITORY = Path(__file__).parents[3]
FIELDS = REPOSITORY / "tests" / "data" / "fields"
PAGE = REPOSITORY / "docs" / "coverage.md"
FORMS = shipped_dir("assets") / "forms"
SHARE = 0.9
NOT_ASKED = "auto"  # the road gives these: receipt, route, state
SIGNED = "sign"
HEAD = """# What each form asks

Written by `python -m tests.unit.forms_publish.coverage`; `test_field_sheets.py` beside it holds it true.
*Rows* are the fields of the procedure's sheet (an address counts once), *required* those that a case
cannot do without, always or under a condition. A signature is drawn on the screen, or there is
a word that the person cannot sign; where a form does not ask for it, it is given in ink. A form may ask more
than its sheet.

| form | sheet | required | rows | share |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of tests/data/fields/FORM.csv."""

    id: str
    required: str
    kind: str
    row: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a form asks. `missing` are the rows that it does not."""

    form: str
    sheet: str
    rows: tuple[Row, ...]
    missing: tuple[Row, ...]

    @property
    def share(self) -> float:
        """The part of all rows that is asked."""
        return 1 - len(self.missing) / len(self.rows)

    def required(self) -> list[Row]:
        """Return the rows that must be asked."""
        return [row for row in self.rows if row.required in {"Y", "C"} and row.kind != SIGNED]


def read_table(name: str) -> list[dict[str, str]]:
    """Return a table of tests/data/fields."""
    with (FIELDS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_sheets() -> dict[str, str]:
    """Return form id → its sheet, "own" when there is none."""
    return {row["form"]: row["sheet"] for row in read_table("sheets")}


def read_rows(form: str) -> list[Row]:
    """Return every line of a form's list."""
    return [Row(row["id"], row["required"], row["kind"], row["row"]) for row in read_table(form)]


def read_reasons() -> dict[tuple[str, str], str]:
    """Return (form, id) → why it is not asked."""
    return {(row["form"], row["id"]): row["reason"] for row in read_table("reasons")}


@cache
def asked_ids(form: str) -> frozenset[str]:
    """Return the sheet ids that the form's XForm carries in `sp:field`."""
    xform = make_xform(read_workbook(FORMS / form))
    assert not isinstance(xform, Fault), xform
    binds = etree.fromstring(xform).iter(xf("bind"))
    return frozenset(found for bind in binds if (found := bind.get(f"{{{SUPPORT_POINT}}}field")))


def is_asked(row: Row, asked: frozenset[str]) -> bool:
    """An id counts with what lies below it, "other, in words" apart; an address needs its commune."""
    if row.kind == "addr":
        return row.id in asked or f"{row.id}.commune" in asked
    below = {name for name in asked if name.startswith(f"{row.id}.")}
    return row.id in asked or bool(below - {f"{row.id}.other"})


def cover(form: str) -> Coverage:
    """Return what one form asks of its list."""
    rows = tuple(row for row in read_rows(form) if row.kind != NOT_ASKED)
    missing = tuple(row for row in rows if not is_asked(row, asked_ids(form)))
    return Coverage(form, read_sheets()[form], rows, missing)


def published_forms() -> list[str]:
    """Return the forms that have tables, by name."""
    return sorted(path.parent.name for path in FORMS.glob("*/survey.csv"))


def write_page() -> str:
    """Return docs/coverage.md for the forms as they are."""
    return HEAD + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    covered = [cover(form) for form in published_forms()]
    for one in covered:
        needed = one.required()
        given = sum(row not in one.missing for row in needed)
        sheet = _name_sheet(one.sheet)
        asked = len(one.rows) - len(one.missing)
        cells = (one.form, sheet, f"{given}/{len(needed)}", f"{asked}/{len(one.rows)}")
        yield f"| {' | '.join(cells)} | {one.share:.0%} |"
    reasons = read_reasons()
    missing = [(one.form, row) for one in covered for row in one.missing]
    if missing:
        yield "\n## What is not asked, and why\n"
        yield from (f"- {form} `{row.id}`: {reasons.get((form, row.id), '?')}" for form, row in missing)
    listed = {(one.form, row.id) for one in covered for row in one.rows}
    forms = {one.form for one in covered}
    left_out = [key for key in sorted(reasons) if key not in listed and key[0] in forms]
    if left_out:
        yield "\n## Rows of a shared sheet that are for another form\n"
        yield from (f"- {form} `{name}`: {reasons[form, name]}" for form, name in left_out)


def _name_sheet(sheet: str) -> str:
    if sheet == "own":
        return "none, our own list"
    return sheet.replace(".md#", ", part ").replace(".md", "").replace("+", " + ")


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
    sys.stdout.write(write_page())
