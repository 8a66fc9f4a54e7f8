"""From tables to an ODK XForm through pyxform, with its complaints brought back to cells."""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError

from pyxform.errors import PyXFormError  # type: ignore[import-untyped]  # ships no types
from pyxform.utils import default_is_dynamic  # type: ignore[import-untyped]
from pyxform.xls2xform import convert  # type: ignore[import-untyped]

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import ROOT, SP_SETTINGS, TRANSLATED_SETTINGS

SP_NAMESPACE = "https://supportpoint.example/xforms/sp"
#: What pyxform raises over cells it did not expect, beside its own complaints.
_STUMBLES = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, ExpatError)
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
    except _STUMBLES as error:
        return make_fault("survey", 0, "", "pyxform", words=type(error).__name__)
    return xform.encode()


def is_dynamic(default: str, kind: str) -> bool:
    """Return whether the default of a question of that type is an expression."""
    return bool(default_is_dynamic(default, kind))


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
