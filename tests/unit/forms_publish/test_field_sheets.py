"""Every form asks what its field sheet asks, under the sheet's own ids; what it leaves out has a reason."""

from __future__ import annotations

import sys

import pytest

from tests.unit.forms_publish import coverage, field_sheets
from tests.unit.forms_publish.coverage import SHARE, SIGNED, cover, published_forms, read_rows, read_sheets

SHEETS = read_sheets()
REASONS = coverage.read_reasons()
# a sheet's need → what its ids may say, and what one of them must: a shared sheet's C can be a form's Y
ALLOWED = {"Y": {"Y", "C", "N"}, "C": {"Y", "C"}, "N": {"N"}, "auto": {"auto"}, "": {"auto"}}
LEAST = {"Y": {"Y"}, "C": {"Y", "C"}, "N": {"N"}, "auto": {"auto"}, "": {"auto"}}
OF_A_SHEET = sorted(form for form, sheet in SHEETS.items() if sheet != "own")
at_hand = pytest.mark.skipif(
    not field_sheets.SHEETS.is_dir(), reason="the field sheets are background material, not always here"
)


@pytest.fixture(params=published_forms())
def covered(request):
    assert request.param in SHEETS, "a form needs a list in tests/data/fields and a line in sheets.csv"
    return cover(request.param)


def test_every_form_of_the_mission_is_there():
    assert published_forms() == sorted(SHEETS)


def test_every_required_row_is_asked(covered):
    absent = [row.id for row in covered.required() if row in covered.missing]
    assert not absent


def test_nine_in_ten_of_all_rows_are_asked(covered):
    assert covered.share >= SHARE, [row.id for row in covered.missing]


def test_what_is_not_asked_has_its_reason(covered):
    unexplained = [row.id for row in covered.missing if not REASONS.get((covered.form, row.id))]
    assert not unexplained


def test_no_reason_outlives_its_row(covered):
    asked = {row.id for row in covered.rows} - {row.id for row in covered.missing}
    assert not [name for form, name in REASONS if form == covered.form and name in asked]


def test_the_page_says_what_is_true(capsys):
    page = coverage.write_page()
    with capsys.disabled():
        sys.stdout.write("\n" + page[page.index("| form |") :].partition("\n\n")[0] + "\n")
    assert coverage.PAGE.read_text(encoding="utf-8") == page, "write it anew: see the head of the page"


@pytest.mark.parametrize("form", SHEETS)
def test_a_list_is_well_formed(form):
    rows = read_rows(form)
    assert len({row.id for row in rows}) == len(rows)
    assert {row.required for row in rows} <= {"Y", "N", "C", "auto"}
    assert {row.kind for row in rows} <= {"", "addr", "file", SIGNED, "auto"}


@at_hand
@pytest.mark.parametrize("form", OF_A_SHEET)
def test_the_list_holds_every_cell_of_the_sheet(form):
    cells = field_sheets.read_sheet(SHEETS[form])
    requester = field_sheets.read_requester() if any("NYC" in cell for cell in cells) else {}
    rows = read_rows(form)
    given = {row.row for row in rows} - {"prose"}
    assert given <= set(cells) | set(requester), "a cell that the sheet does not have"
    wanted = {cell for cell in cells if cell != "NYC" and not cell.startswith("NYC +")}
    for cell in wanted - given:
        assert REASONS.get((form, cell)), f"{cell} is not in the list and has no reason"
    for cell in set(requester) - {"req.relation"}:
        assert cell in given, cell


@at_hand
@pytest.mark.parametrize("form", OF_A_SHEET)
def test_the_list_has_the_ids_and_the_need_that_each_cell_names(form):
    cells = field_sheets.read_requester() | field_sheets.read_sheet(SHEETS[form])
    by_cell: dict[str, list[coverage.Row]] = {}
    for row in read_rows(form):
        by_cell.setdefault(row.row, []).append(row)
    by_cell.pop("prose", None)
    for cell, rows in by_cell.items():
        ids = [row.id for row in rows]
        for name in field_sheets.named_ids(cell):
            assert any(one == name or one.startswith((f"{name}.", f"{name}_")) for one in ids), (cell, name)
        needs = {row.required for row in rows}
        assert needs <= ALLOWED[cells[cell]], (cell, needs)
        assert needs & LEAST[cells[cell]], (cell, needs)


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("mother.ethnic / nationality", ["mother.ethnic", "mother.nationality"]),
        ("gi.claimed, gi.name", ["gi.claimed", "gi.name"]),
        ("origin.commune, ban, lat/lon?", ["origin.commune", "origin.ban", "origin.lat", "origin.lon"]),
        ("period, commune, board no.", ["period", "commune"]),
        ("members[]", ["members"]),
        ("mother.id_no (+type, no, date, issuer)", ["mother.id_no"]),
        ("d.id_no…", []),
        ("father.*", []),
        ("m.id_no; doc type/no/date/issuer", []),
        ("BAN SAO", ["copy_wanted", "copy_qty"]),
    ],
)
def test_cells_are_read_by_the_rules(cell, ids):
    assert field_sheets.named_ids(cell) == ids
