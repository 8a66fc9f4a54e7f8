"""The birth registration form asks what the procedure's field sheet asks, under the sheet's own ids."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from supportpoint.config import shipped_dir

REPOSITORY = Path(__file__).parents[3]
SHEETS = REPOSITORY.parent / "shared" / "domain" / "forms"
FORM = shipped_dir("assets") / "forms" / "birth-registration"
FIELDS = json.loads((REPOSITORY / "tests/data/forms/birth-field-ids.json").read_text(encoding="utf-8"))[
    "fields"
]
NOT_ANSWERS = {"statement.sign"}  # signed with ink, or on the signing page; never an answer of the form
GROUPS = {
    "req": "/data/requester",
    "child": "/data/child",
    "mother": "/data/parents/mother",
    "father": "/data/parents/father",
    "statement": "/data/papers/statement",
}
IDENTITY = ["id_no", "id_doc_type", "id_doc_no", "id_issue_date", "id_issuer"]
STATEMENT = [f"statement.{name}" for name in ("truth", "date", "place", "sign")]
SPECIAL = {
    "(NYC) relation": ["req.relation"],
    "mother.ethnic / nationality": ["mother.ethnic", "mother.nationality"],
    "mother.id_no (+type, no, date, issuer)": [f"mother.{name}" for name in IDENTITY],
    "father.*": [],
    "BAN SAO, CAM ĐOAN": ["copy_wanted", "copy_qty", *STATEMENT],
}


def form_fields():
    """Return sheet id → path in the instance, from the column `bind::sp:field`."""
    found: dict[str, str] = {}
    path = ["/data"]
    with (FORM / "survey.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["type"].startswith("end_"):
                path.pop()
                continue
            if row["bind::sp:field"]:
                assert row["bind::sp:field"] not in found, row["bind::sp:field"]
                found[row["bind::sp:field"]] = "/".join([*path, row["name"]])
            if row["type"].startswith("begin_"):
                path.append(row["name"])
    return found


def is_covered(field: str, form: dict[str, str]) -> bool:
    """An address is one id in the sheet and several questions in the form."""
    return field in form or any(name.startswith(f"{field}.") for name in form)


def table_ids(text: str, heading: str) -> list[str]:
    """Return the first cells of the first table after a heading."""
    lines = text[text.index(heading) :].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("|---"))
    rows = list(lines[start + 1 :])
    end = next((i for i, line in enumerate(rows) if not line.startswith("|")), len(rows))
    return [line.split("|")[1].strip() for line in rows[:end]]


def test_every_required_field_of_the_sheet_is_in_the_form():
    form = form_fields()
    required = {field["id"] for field in FIELDS if field["required"] in {"Y", "C"}} - NOT_ANSWERS
    assert {field for field in required if not is_covered(field, form)} == set()


def test_nine_in_ten_of_all_fields_are_in_the_form():
    form = form_fields()
    covered = [field["id"] for field in FIELDS if is_covered(field["id"], form)]
    assert len(covered) >= 0.9 * len(FIELDS), f"{len(covered)} of {len(FIELDS)}"


def test_the_form_has_no_field_that_the_sheet_lacks():
    known = {field["id"] for field in FIELDS}
    for name in form_fields():
        assert any(name == field or name.startswith(f"{field}.") for field in known), name


def test_ids_are_paths():
    elsewhere = {"req.relation.other": "/data/requester/kinship"}
    elsewhere["req.residence_kind"] = "/data/requester/residence/kind"
    for field, path in form_fields().items():
        block, _, rest = field.partition(".")
        if block in GROUPS:
            assert path == elsewhere.get(field, f"{GROUPS[block]}/{rest.replace('.', '/')}")


@pytest.mark.skipif(not SHEETS.is_dir(), reason="the field sheets are background material, not always here")
def test_the_list_of_ids_is_the_sheet():
    requester = table_ids((SHEETS / "README.md").read_text(encoding="utf-8"), "## Block NYC")
    sheet = (SHEETS / "01-khai-sinh.md").read_text(encoding="utf-8")
    ids = set(requester)
    for cell in table_ids(sheet, "# Đăng ký khai sinh"):
        ids |= set(SPECIAL.get(cell, [cell]))
    ids |= {name.replace("mother.", "father.") for name in ids if name.startswith("mother.")}
    assert ids == {field["id"] for field in FIELDS}
