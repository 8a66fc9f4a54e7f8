"""From tables to an ODK XForm through pyxform, with its complaints brought back to cells."""

from __future__ import annotations

import re

from pyxform.errors import PyXFormError  # type: ignore[import-untyped]  # ships no types
from pyxform.xls2xform import convert  # type: ignore[import-untyped]

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.rules import SP_SETTINGS
from supportpoint.forms.publish.tables import Workbook

ROOT = "data"
SP_NAMESPACE = "https://supportpoint.example/xforms/sp"
TRANSLATED_SETTINGS = frozenset({"form_title", "fee", "deadline"})
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings)' sheet")
_COLUMN = re.compile(r"'([a-z_:]+)' (?:value|column)|column '([a-z_:]+)'")


def make_xform(workbook: Workbook) -> bytes | Fault:
    """Return the XForm, the same bytes for the same tables, or the first fault that pyxform finds."""
    tables: dict[str, object] = {"settings": [_pyxform_settings(workbook.settings())]}
    for name in ("survey", "choices"):
        if name in workbook.sheets:
            sheet = workbook.sheets[name]
            tables[name] = [dict(row) for row in sheet.rows]
            # without it pyxform guesses the columns from the first hundred rows
            tables[f"{name}_header"] = [dict.fromkeys(header for header in sheet.headers if header)]
    try:
        xform: str = convert(tables, form_name=ROOT).xform
    except PyXFormError as error:
        return _read_complaint(str(error))
    return xform.encode()


def _pyxform_settings(settings: dict[str, str]) -> dict[str, str]:
    """Carry our own columns as attributes of the instance root, in our namespace."""
    own = {name: value for name, value in settings.items() if name in SP_SETTINGS or _is_translated(name)}
    rest = {name: value for name, value in settings.items() if name not in own}
    spaces = f'{rest.get("namespaces", "")} sp="{SP_NAMESPACE}"'.strip()
    return (
        rest
        | {f"attribute::sp:{name.removeprefix('form_')}": value for name, value in own.items()}
        | {"namespaces": spaces}
    )


def _is_translated(name: str) -> bool:
    """Return whether a column is one of our facts in another language, such as `fee_en`."""
    return name.rpartition("_")[0] in TRANSLATED_SETTINGS


def _read_complaint(words: str) -> Fault:
    row, sheet, column = _ROW.search(words), _SHEET.search(words), _COLUMN.search(words)
    return make_fault(
        sheet[1] if sheet else "survey",
        int(row[1]) if row else 0,
        next((name for name in column.groups() if name), "") if column else "",
        "pyxform",
        words=" ".join(words.split()),
    )
