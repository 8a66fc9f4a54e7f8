"""Everything wrong with a workbook, found in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from supportpoint.forms.publish.answers import find_default_faults, find_strange_values
from supportpoint.forms.publish.choices import find_choice_faults, read_choices
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.engine import find_engine_faults
from supportpoint.forms.publish.expressions import Expressions
from supportpoint.forms.publish.faults import Fault
from supportpoint.forms.publish.filters import find_filter_faults
from supportpoint.forms.publish.headers import find_header_faults, find_unread
from supportpoint.forms.publish.lists import find_list_faults, find_list_uses
from supportpoint.forms.publish.media import (
    Recordings,
    count_recordings,
    find_media_faults,
    find_media_warnings,
)
from supportpoint.forms.publish.outline import Outline, read_outline
from supportpoint.forms.publish.references import References, find_reference_faults
from supportpoint.forms.publish.rules import find_faults, find_markup
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.workbook import read_workbook

#: Faults of the file itself: what was not read cannot be looked into.
_UNREAD = frozenset({"too_large", "too_many_columns", "macros", "entities", "encrypted", "not_utf8"})
#: Faults that say nothing about whether the engine can run the form.
_HARMLESS = frozenset({"missing_translation", "missing_setting", "missing_recording", "unknown_value"}) | {
    *("order", "version", "form_id", "settings_rows", "missing_language", "column_name"),
}
#: A path that a shared block asks for and this form left out is no fault of the form.
_LENIENT_IN_BLOCKS = frozenset({"unknown_path"})
_BLOCKS = "blocks/"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `faults` refuse the form, `warnings` are shown and counted; both by place.

    `xform` is b"" as long as there are faults.
    """

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    recordings: tuple[Recordings, ...] = ()
    xform: bytes = b""
    workbook: Workbook = field(default_factory=lambda: Workbook({}, Path()), repr=False)


def inspect(path: Path) -> Report:
    """Return everything wrong with a workbook.

    Errors: SP-104 nothing there; SP-311 neither a workbook nor a folder of tables.
    """
    workbook = read_workbook(path)
    if any(fault.code in _UNREAD for fault in workbook.faults) or "survey" not in workbook.sheets:
        return Report(_sorted(workbook.faults))
    outline = read_outline(workbook)
    choices = read_choices(workbook)
    expressions = Expressions(outline, References(outline), _list_names(workbook, choices))
    found = [*workbook.faults, *_find_own_faults(workbook, outline, expressions)]
    xform = make_xform(workbook)
    if isinstance(xform, Fault):
        found += _news(xform, found)
    elif all(fault.code in _HARMLESS for fault in found):
        found += find_engine_faults(xform, workbook, outline)
    placed = [_locate(fault, workbook) for fault in found]
    lenient = [fault for fault in placed if _is_lenient(fault)]
    faults = _sorted(fault for fault in placed if not _is_lenient(fault))
    warnings = [*find_unread(workbook), *find_media_warnings(workbook), *find_markup(workbook)]
    warnings += find_strange_values(outline, choices, expressions)
    return Report(
        faults,
        _sorted([*lenient, *(_locate(warning, workbook) for warning in warnings)]),
        count_recordings(workbook),
        b"" if faults or isinstance(xform, Fault) else xform,
        workbook,
    )


def _find_own_faults(workbook: Workbook, outline: Outline, expressions: Expressions) -> Iterator[Fault]:
    yield from find_header_faults(workbook)
    yield from find_faults(workbook)
    yield from outline.faults
    yield from find_choice_faults(workbook, outline)
    yield from find_list_faults(workbook)
    yield from find_reference_faults(workbook, expressions.references)
    yield from expressions.find_faults()
    yield from find_filter_faults(workbook, outline, expressions)
    yield from find_default_faults(outline, read_choices(workbook), expressions)
    name = workbook.settings().get("instance_name", "")
    if name:
        yield from expressions.check_setting(2, "instance_name", name)
    yield from find_media_faults(workbook)


def _list_names(workbook: Workbook, choices: Iterable[str]) -> frozenset[str]:
    """Return the names that `instance('…')` may use; a file that is missing is told where it is named."""
    files = {name.removesuffix(".csv") for _, _, name, _ in find_list_uses(workbook)}
    return frozenset({*choices, *files})


def _news(complaint: Fault, found: list[Fault]) -> list[Fault]:
    """Return what pyxform says, unless this check has said it already in better words."""
    if complaint.row:
        told = any((fault.sheet, fault.row) == (complaint.sheet, complaint.row) for fault in found)
    else:
        told = any(fault.code not in _HARMLESS for fault in found)
    return [] if told else [complaint]


def _locate(fault: Fault, workbook: Workbook) -> Fault:
    """Return the fault at the place where the clerk wrote the row, which may be in a block."""
    sheet, row = workbook.origin(fault.sheet, fault.row)
    return replace(fault, sheet=sheet, row=row)


def _is_lenient(fault: Fault) -> bool:
    return fault.code in _LENIENT_IN_BLOCKS and fault.sheet.startswith(_BLOCKS)


def _sorted(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(set(faults)))
