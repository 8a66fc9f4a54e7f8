"""Workbooks that somebody got wrong, or made to do harm: each maker spoils a good form and returns it."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from supportpoint.forms.publish.assemble import write_xlsx
from tests.unit.forms_publish.conftest import EN, VI, FormFolder

Maker = Callable[[FormFolder], Path]
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{("&" + chr(97 + n) + ";") * 9}">'
        for n in range(9)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def ask(kind: str, name: str, **cells: str) -> dict[str, str]:
    return {"type": kind, "name": name, f"label::{VI}": "Hỏi?", f"label::{EN}": "Ask?"} | cells


def with_cells(row: int, **cells: str) -> Maker:
    """Change cells of one survey row, counted from the first one below the headers."""

    def make(form: FormFolder) -> Path:
        form.survey[row] |= {name.replace("__", "::"): text for name, text in cells.items()}
        return form.write()

    return make


def with_rows(*rows: dict[str, str]) -> Maker:
    def make(form: FormFolder) -> Path:
        form.survey[3:3] = [dict(row) for row in rows]
        return form.write()

    return make


def edited(edit: Callable[[FormFolder], Any]) -> Maker:
    def make(form: FormFolder) -> Path:
        edit(form)
        return form.write()

    return make


def as_xlsx(form: FormFolder) -> Path:
    path = form.folder.parent / "form.xlsx"
    write_xlsx(form.write(), path)
    return path


def with_part(name: str, change: Callable[[bytes], bytes]) -> Maker:
    """Change one part of the .xlsx archive; a part that is not there begins empty."""

    def make(form: FormFolder) -> Path:
        source = as_xlsx(form)
        target = form.folder.parent / "bad.xlsx"
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            names = dict.fromkeys([*old.namelist(), name])
            for part in names:
                content = old.read(part) if part in old.namelist() else b""
                new.writestr(part, change(content) if part == name else content)
        return target

    return make


def after_declaration(insert: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:start] + insert.encode() + content[start:]

    return change


def raw(name: str, content: bytes) -> Maker:
    def make(form: FormFolder) -> Path:
        path = form.folder.parent / name
        path.write_bytes(content)
        return path

    return make


def renamed_sheet(form: FormFolder) -> Path:
    folder = form.write()
    (folder / "choices.csv").rename(folder / "choises.csv")
    return folder


def long_choices(form: FormFolder) -> Path:
    folder = form.write()
    with (folder / "choices.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(["far", f"v{n}", f"Bản {n}", f"Village {n}"] for n in range(100_000))
    return folder


def long_list(rows: int, twice: int = 0) -> Maker:
    def make(form: FormFolder) -> Path:
        form.survey[1] |= {"type": "select_one_from_file villages.csv"}
        folder = form.write()
        lines = [f"v{n},Bản {n}" for n in range(rows)] + ["v1,Bản"] * twice
        (folder / "villages.csv").write_text("name,label\n" + "\n".join(lines), encoding="utf-8")
        return folder

    return make


def latin_list(form: FormFolder) -> Path:
    form.survey[1] |= {"type": "select_one_from_file villages.csv"}
    folder = form.write()
    (folder / "villages.csv").write_bytes("name,label\nv1,Bản".encode("utf-16"))
    return folder


def with_formula(form: FormFolder) -> Path:
    path = as_xlsx(form)
    book = openpyxl.load_workbook(path)
    book["survey"]["C3"] = '=HYPERLINK("http://x.example")'
    book.save(path)
    return path


def renamed(name: str) -> Maker:
    return lambda form: as_xlsx(form).rename(form.folder.parent / name)


def latin_survey(form: FormFolder) -> Path:
    folder = form.write()
    (folder / "survey.csv").write_bytes((folder / "survey.csv").read_text("utf-8").encode("utf-16"))
    return folder


def sheet_of(row: str, times: int) -> Maker:
    """A few kilobytes of archive that unpack to very many cells."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    content = f"<worksheet {space}><sheetData>{row * times}</sheetData></worksheet>".encode()
    return with_part(SHEET, lambda _: content)


def deep(depth: int) -> str:
    return "(" * depth + "1" + ")" * depth


def spoil_choices(form: FormFolder, row: int, **cells: str) -> None:
    form.choices[row] |= cells


def drop_language(form: FormFolder) -> None:
    for row in (*form.survey, *form.choices):
        row.pop(f"label::{EN}", None)


def many_broken(form: FormFolder) -> None:
    rows = [ask("text", f"q{n}", relevant=f"no-such({n})", constraint="1 +") for n in range(500)]
    form.survey[3:3] = rows


def long_circle(form: FormFolder) -> None:
    rows = [
        {"type": "calculate", "name": f"c{n}", "calculation": f"${{c{(n + 1) % 400}}} + 1"}
        for n in range(400)
    ]
    form.survey[3:3] = rows


#: What is wrong → (how it comes about, the code that the clerk reads, the cell).
CASES: dict[str, tuple[Maker, str, str]] = {
    "an entity bomb in the workbook": (with_part("xl/workbook.xml", after_declaration(BOMB)), "entities", ""),
    "an entity bomb in a sheet": (with_part(SHEET, after_declaration(BOMB)), "entities", ""),
    "an external entity": (with_part("xl/sharedStrings.xml", after_declaration(EXTERNAL)), "entities", ""),
    "a sheet in UTF-16": (with_part(SHEET, lambda c: c.decode().encode("utf-16")), "entities", ""),
    "an entity in a label": (
        with_cells(1, **{f"label__{VI}": EXTERNAL + " ${sexx}"}),
        "unknown_reference",
        "survey:3",
    ),
    "a zip bomb": (with_part("xl/media/bomb.xml", lambda _: bytes(60 << 20)), "too_large", ""),
    "a million tags": (sheet_of("<row>" + "<x/>" * 190 + "</row>", 5300), "too_large", ""),
    "too many cells": (sheet_of("<row>" + "<c/>" * 190 + "</row>", 1000), "too_large", "survey:"),
    "too many columns": (
        sheet_of("<row>" + "<c><v>1</v></c>" * 900 + "</row>", 9),
        "too_many_columns",
        "survey:1",
    ),
    "a cell at the far corner": (
        sheet_of('<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>', 1),
        "too_large",
        "survey:",
    ),
    "tags that mean nothing": (sheet_of("<x/>", 190_000), "empty_survey", "survey"),
    "macros": (with_part("xl/vbaProject.bin", lambda _: b"macro"), "macros", ""),
    "a name that says macros": (renamed("form.xlsm"), "macros", ""),
    "a formula": (with_formula, "formula", "survey:3:label"),
    "tables in another encoding": (latin_survey, "not_utf8", "survey"),
    "an old .xls": (raw("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)), "encrypted", ""),
    "binary junk": (raw("a.xlsx", bytes(range(256)) * 40), "SP-311", ""),
    "a cut workbook": (raw("a.xlsx", b"PK\x03\x04" + bytes(500)), "SP-311", ""),
    "a page of a hotel's network": (raw("a.xlsx", b"<html>Welcome</html>"), "SP-311", ""),
    "100,000 choices": (long_choices, "too_large", "choices:5002"),
    "a list of 100,000 rows": (long_list(100_000), "list_too_long", "survey:3:type"),
    "a list with a value twice": (long_list(9_000, twice=1), "list_value_twice", "survey:3:type"),
    "a list in another encoding": (latin_list, "not_utf8", "survey:3:type"),
    "a list that is nowhere": (
        with_cells(1, type="select_one_from_file gone.csv"),
        "missing_list",
        "survey:3:type",
    ),
    "a circle of calculations": (edited(long_circle), "circle", "survey:5:calculation"),
    "a regex that would never end": (
        with_cells(1, constraint="regex(., '(((a{1,999}){1,999}){1,999})+$')"),
        "regex_unsupported",
        "survey:3:constraint",
    ),
    "a regex with look-around": (
        with_cells(1, constraint="regex(., '(?=a)b')"),
        "regex_unsupported",
        "survey:3:constraint",
    ),
    "a wrong sheet name": (renamed_sheet, "sheet_name", "choises"),
    "two questions of one name": (with_rows(ask("text", "full_name")), "name_twice", "survey:5:name"),
    "a language without a column": (edited(drop_language), "missing_language", "survey:1:label"),
    "a huge cell": (with_cells(1, **{f"label__{VI}": "ạ" * 30_000}), "cell_too_long", "survey:3:label"),
    "a choice given twice": (
        edited(lambda form: spoil_choices(form, 1, name="male")),
        "choice_twice",
        "choices:3:name",
    ),
    "a choice with a space": (
        edited(lambda form: spoil_choices(form, 1, name="a b")),
        "choice_space",
        "choices:3:name",
    ),
    "an unknown list": (with_cells(2, type="select_one sexes"), "unknown_list", "survey:4:type"),
    "an unknown question": (
        with_cells(1, relevant="${sexx} = 'male'"),
        "unknown_reference",
        "survey:3:relevant",
    ),
    "a reference not closed": (
        with_cells(1, relevant="${sex = 'male'"),
        "reference_syntax",
        "survey:3:relevant",
    ),
    "a path that leads nowhere": (
        with_cells(1, relevant="../sexx = 'male'"),
        "unknown_path",
        "survey:3:relevant",
    ),
    "a group not closed": (with_rows({"type": "begin_group", "name": "g"}), "not_closed", "survey:2:type"),
    "a group closed twice": (with_rows({"type": "end_group"}), "end_without_begin", "survey:6:type"),
    "a group closed as a repeat": (with_rows({"type": "end_repeat"}), "end_mismatch", "survey:5:type"),
    "no question": (
        edited(lambda form: form.survey.clear() or form.survey.append({"type": "calculate"})),
        "empty_survey",
        "survey",
    ),
    "a reserved name": (with_cells(1, name="instanceID"), "reserved_name", "survey:3:name"),
    "a name with spaces": (with_cells(1, name="họ và tên"), "bad_name", "survey:3:name"),
    "a name with diacritics": (with_cells(1, name="tên"), "bad_name", "survey:3:name"),
    "no name": (with_cells(1, name=""), "missing_name", "survey:3:name"),
    "no type": (with_cells(1, type=""), "missing_type", "survey:3:type"),
    "a misspelt column": (with_cells(1, relevent="true()"), "column_name", "survey:1:relevent"),
    "nesting without end": (with_cells(1, relevant=deep(3000)), "expression", "survey:3:relevant"),
    "a chain of a thousand signs": (
        with_cells(1, calculation="-" * 3000 + "1 +"),
        "expression_end",
        "survey:3:calculation",
    ),
    "five hundred broken rows": (edited(many_broken), "unknown_function", "survey:504:relevant"),
    "a secret file asked for": (
        with_cells(1, type="select_one_from_file ../../secret.csv"),
        "missing_list",
        "survey:3:type",
    ),
}
