"""`${name}` in cells: each must name one question of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from supportpoint.forms.publish.faults import Fault, make_fault, make_hint
from supportpoint.forms.publish.outline import Outline
from supportpoint.forms.publish.tables import Row, Workbook

_REFERENCE = re.compile(r"\$\{([^}]*)\}?")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_UNSCANNED = frozenset({"name"})
#: pyxform makes these nodes itself.
_MADE = {"instanceID": "/data/meta/instanceID"}


class References:
    """The names that `${...}` may use, and their paths."""

    def __init__(self, outline: Outline) -> None:
        self._paths: dict[str, list[str]] = {name: [path] for name, path in _MADE.items()}
        for place in outline.places:
            self._paths.setdefault(place.names[-1], []).append(place.path)

    def expand(self, cell: str) -> str:
        """Return an expression with each reference as a path; an unknown one is the root."""
        return _REFERENCE.sub(lambda match: f" {self._path(match[1])} ", cell)

    def _path(self, name: str) -> str:
        paths = self._paths.get(name.strip(), ())
        return paths[0] if paths else "/data"

    def find_faults(self, sheet: str, number: int, row: Row) -> Iterator[Fault]:
        """Yield a fault for each reference of a row that names no question, or several."""
        for column, cell in row.items():
            if "${" not in cell or column in _UNSCANNED:
                continue
            for match in _REFERENCE.finditer(cell):
                code, facts = self._judge(match[0], match[1].strip())
                if code:
                    yield make_fault(sheet, number, column, code, **facts)

    def _judge(self, whole: str, name: str) -> tuple[str, dict[str, object]]:
        if name.startswith("last-saved#"):
            return "unsupported_reference", {"name": whole}
        if not whole.endswith("}") or not _NAME.fullmatch(name):
            return "reference_syntax", {}
        paths = self._paths.get(name, ())
        if not paths:
            near = get_close_matches(name, self._paths, 1)
            return "unknown_reference", {"name": name, "hint": make_hint(near)}
        return ("reference_twice", {"name": name}) if len(paths) > 1 else ("", {})


def find_reference_faults(workbook: Workbook, references: References) -> Iterator[Fault]:
    """Yield the faults of every `${...}` in the form."""
    for sheet in workbook.sheets:
        for number, row in workbook.rows(sheet):
            texts = row if sheet != "choices" else _translated(row)
            yield from references.find_faults(sheet, number, texts)


def _translated(row: Row) -> Row:
    """Other columns of the choices sheet hold values for filters, as they stand."""
    return {column: cell for column, cell in row.items() if column.startswith("label")}
