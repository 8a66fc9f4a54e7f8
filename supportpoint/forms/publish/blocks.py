"""Pieces that many forms share: a survey row `sp:block NAME` becomes the rows of that block, as a group.

The row's `name`, label and `relevant` go to the group; its `parameters` are `key=value; key=value`, and
`{key}` in a cell of the block is replaced by the value. `without=a b` leaves out rows by name, groups with
all they hold. Blocks and the choice lists that every form may use lie in `assets/blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.tables import Origin, Row, Sheet, Workbook, read_csv

TYPE = "sp:block"
MAX_DEPTH = 4
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_GAP = re.compile(r"(?<!\$)\{([a-z_]+)\}")
_OPENS = ("begin_", "begin ")
_CLOSES = ("end_", "end ")


@dataclass(frozen=True, slots=True)
class _Line:
    row: Row
    origin: Origin


def expand_blocks(workbook: Workbook) -> Workbook:
    """Return the workbook with every block in its place, and the shared lists its survey asks for.

    A block that is unknown, lacks a parameter or holds itself is a fault of the workbook.
    """
    survey = workbook.sheets.get("survey")
    if survey is None:
        return workbook
    faults = list(workbook.faults)
    lines = list(_expand(survey.lines("survey"), faults, depth=0))
    sheets = workbook.sheets | {"survey": _make_sheet(survey.headers, lines)}
    sheets["choices"] = _add_lists(sheets.get("choices", Sheet((), ())), lines, faults)
    return replace(workbook, sheets=sheets, faults=tuple(faults))


def _make_sheet(headers: tuple[str, ...], lines: list[_Line]) -> Sheet:
    seen = dict.fromkeys(headers)
    for line in lines:
        seen |= dict.fromkeys(line.row)
    # cells in one order for all rows: pyxform writes attributes as it meets them
    rows = tuple({header: line.row[header] for header in seen if header in line.row} for line in lines)
    return Sheet(tuple(seen), rows, tuple(line.origin for line in lines))


def _expand(lines: Iterator[tuple[Row, Origin]], faults: list[Fault], *, depth: int) -> Iterator[_Line]:
    for row, origin in lines:
        words = row.get("type", "").split()
        if words[:1] == [TYPE]:
            yield from _expand_row(row, origin, faults, depth)
        else:
            yield _Line(row, origin)


def _expand_row(row: Row, origin: Origin, faults: list[Fault], depth: int) -> Iterator[_Line]:
    name = row["type"].removeprefix(TYPE).strip()
    block = find_block(name)
    if block is None or depth == MAX_DEPTH:
        faults.append(make_fault(*origin, "type", "unknown_block", name=name))
        return
    given = read_parameters(row.get("parameters", ""))
    unwanted = frozenset(given.pop("without", "").split())
    missing: set[str] = set()
    kept = list(_without(block.lines(), unwanted))
    filled = [(_fill(cells, given, missing), place) for cells, place in kept]
    faults += [
        make_fault(*origin, "parameters", "block_parameter", name=name, key=key) for key in sorted(missing)
    ]
    inside = {key: cell for key, cell in row.items() if key not in {"type", "parameters"}}
    yield _Line({"type": "begin_group"} | inside, origin)
    yield from _expand(iter(filled), faults, depth=depth + 1)
    yield _Line({"type": "end_group", "name": row.get("name", "")}, origin)


def read_parameters(cell: str) -> dict[str, str]:
    """Return the parameters of a block row; a value may hold `=` but no `;`."""
    pairs = (part.partition("=") for part in cell.split(";") if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _without(lines: Iterator[tuple[Row, Origin]], unwanted: frozenset[str]) -> Iterator[tuple[Row, Origin]]:
    """Yield the rows that stay; an unwanted group goes with all that stands in it."""
    closing = 0
    for row, origin in lines:
        kind = row.get("type", "")
        if closing:
            closing += kind.startswith(_OPENS) - kind.startswith(_CLOSES)
        elif row.get("name") in unwanted and kind.startswith(_OPENS):
            closing = 1
        elif row.get("name") not in unwanted:
            yield row, origin


def _fill(row: Row, given: dict[str, str], missing: set[str]) -> Row:
    def value(gap: re.Match[str]) -> str:
        if gap[1] not in given:
            missing.add(gap[1])
        return given.get(gap[1], "")

    filled = {header: _GAP.sub(value, cell) for header, cell in row.items()}
    begun = {
        header: text[:1].upper() + text[1:]
        for header, text in filled.items()
        if "::" in header and not header.startswith("bind") and row[header].startswith("{")
    }
    return {header: text for header, text in (filled | begun).items() if text}


def _add_lists(choices: Sheet, lines: list[_Line], faults: list[Fault]) -> Sheet:
    """Add the shared lists that the survey names; a form may not give another list of that name."""
    words = (line.row.get("type", "").split() for line in lines)
    asked = {pair[1] for pair in words if len(pair) > 1 and pair[0] in {"select_one", "select_multiple"}}
    shared = _shared_choices()
    own = {row.get("list_name", "") for row in choices.rows}
    found = [_Line(row, place) for row, place in choices.lines("choices")]
    known: set[str] = set()
    for row, place in shared.lines():
        name = row.get("list_name", "")
        if name in asked and name not in own:
            found.append(_Line(row, place))
        elif name in own and name not in known:
            known.add(name)
            faults.append(make_fault("choices", 0, "list_name", "shared_list", name=name))
    headers = choices.headers or shared.headers
    return _make_sheet(headers, found)


def find_block(name: str) -> Sheet | None:
    """Return the rows of a block, None when there is none by that name."""
    if not _NAME.fullmatch(name):
        return None
    path = _folder() / f"{name}.csv"
    return _read_table(path) if path.is_file() and name != "choices" else None


def _shared_choices() -> Sheet:
    return _read_table(_folder() / "choices.csv")


def _folder() -> Path:
    return shipped_dir("assets") / "blocks"


@lru_cache(maxsize=64)
def _read_table(path: Path) -> Sheet:
    header, *lines = read_csv(path)
    rows = [{h: cell.strip() for h, cell in zip(header, line, strict=True) if cell.strip()} for line in lines]
    places = tuple((f"blocks/{path.stem}", number) for number in range(2, len(rows) + 2))
    return Sheet(tuple(header), tuple(rows), places)
