"""An .xlsx workbook gives the same form as its tables, and cannot bring a macro, formula or bomb."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.forms.publish import check
from supportpoint.forms.publish.assemble import write_xlsx
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.workbook import read_workbook


@pytest.fixture
def xlsx(form, tmp_path):
    path = tmp_path / "trial.xlsx"
    write_xlsx(form.write(), path)
    return path


def change(path, edit):
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def test_workbook_and_folder_give_the_same_form(form, xlsx):
    assert check(xlsx) == ()
    assert make_xform(read_workbook(xlsx)) == make_xform(read_workbook(form.folder))


def test_the_birth_form_survives_the_way_through_a_spreadsheet(tmp_path):
    folder = shipped_dir("assets") / "forms" / "birth-registration"
    path = tmp_path / "birth.xlsx"
    write_xlsx(folder, path)
    assert check(path) == ()
    assert make_xform(read_workbook(path)) == make_xform(read_workbook(folder))


def test_numbers_and_dates_of_the_spreadsheet_are_read_as_seen(xlsx):
    def edit(book):
        book["settings"]["D2"] = 2026112301.0
        book["survey"]["F9"] = True

    change(xlsx, edit)
    workbook = read_workbook(xlsx)
    assert workbook.settings()["version"] == "2026112301"


def test_a_formula_is_refused_at_its_cell(xlsx):
    def edit(book):
        book["survey"]["C3"] = '=HYPERLINK("http://x.example")'

    change(xlsx, edit)
    (fault,) = check(xlsx)
    assert (fault.sheet, fault.row, fault.code) == ("survey", 3, "formula")
    assert fault.column.startswith("label")


def test_macros_are_refused_whatever_the_name_says(xlsx, tmp_path):
    renamed = xlsx.rename(tmp_path / "trial.xlsm")
    assert [fault.code for fault in check(renamed)] == ["macros"]
    disguised = renamed.rename(tmp_path / "again.xlsx")
    with zipfile.ZipFile(disguised, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert [fault.code for fault in check(disguised)] == ["macros"]


def test_a_workbook_that_unpacks_too_large_is_refused(xlsx):
    with zipfile.ZipFile(xlsx, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/bomb.xml", bytes(51 * 1024 * 1024))
    assert xlsx.stat().st_size < 1024 * 1024
    assert [fault.code for fault in check(xlsx)] == ["too_large"]


def test_a_file_too_large_is_refused(tmp_path):
    path = tmp_path / "large.xlsx"
    path.write_bytes(bytes(6 * 1024 * 1024))
    assert [fault.code for fault in check(path)] == ["too_large"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"<html>captive portal</html>"])
def test_what_is_no_workbook_says_so(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(SupportPointError, match="SP-311"):
        check(path)


@pytest.mark.parametrize("spoil", ["compression", "encrypted", "truncated"])
def test_an_archive_that_cannot_be_unpacked_says_so(xlsx, spoil):
    """Each of these made the zip library raise an error of another kind."""
    content = bytearray(xlsx.read_bytes())
    entry = content.index(b"PK\x01\x02")
    if spoil == "compression":
        content[entry + 10] = 99
        content[content.index(b"PK\x03\x04") + 8] = 99
    elif spoil == "encrypted":
        content[entry + 8] |= 1
        content[content.index(b"PK\x03\x04") + 6] |= 1
    else:
        content[60:200] = bytes(140)
    xlsx.write_bytes(bytes(content))
    with pytest.raises(SupportPointError, match="SP-311"):
        check(xlsx)


@pytest.mark.parametrize("seed", range(60))
def test_a_part_damaged_by_chance_is_read_or_refused(xlsx, seed):
    rng = random.Random(seed)
    with zipfile.ZipFile(xlsx) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hit = rng.choice(sorted(parts))
    content = bytearray(parts[hit])
    start, end = sorted(rng.sample(range(len(content)), 2))
    if seed % 2:
        content[start] = rng.randrange(32, 127)
    else:
        del content[start:end]
    with zipfile.ZipFile(xlsx, "w") as archive:
        for name, part in (parts | {hit: bytes(content)}).items():
            archive.writestr(name, part)
    with suppress(SupportPointError):
        check(xlsx)


def test_a_zip_that_is_no_workbook_says_so(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(SupportPointError, match="SP-311"):
        check(path)


def test_a_sheet_the_product_does_not_run_is_refused_by_name(xlsx):
    change(xlsx, lambda book: book.create_sheet("entities").append(["dataset"]))
    assert ("entities", "unsupported_sheet") in {(fault.sheet, fault.code) for fault in check(xlsx)}
