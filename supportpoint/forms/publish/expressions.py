"""Every expression of the workbook, compiled one by one by the engine: each fault shows at its cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from supportpoint.errors import SupportPointError
from supportpoint.forms.binding import Binder
from supportpoint.forms.graph import make_graph
from supportpoint.forms.parts import Repeat, Rule, Spec, Text
from supportpoint.forms.publish.engine import make_circle
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.outline import Names, Outline, Place
from supportpoint.forms.publish.paths import find_columns, find_lost_paths
from supportpoint.forms.publish.references import References
from supportpoint.forms.publish.refusals import describe
from supportpoint.forms.publish.vocabulary import ROOT

YES_NO = frozenset({"yes", "no", "true", "false", "true()", "false()"})
MAX_CIRCLES = 20
#: Stands for the list of a question whose filter is looked at.
_ANY_LIST = "the list"
_TRIGGER = re.compile(r"\s*\$\{[^}]+\}\s*(,\s*\$\{[^}]+\}\s*)*")
_ATTRIBUTES = {
    "relevant": "relevant",
    "constraint": "constraint",
    "required": "required",
    "read_only": "readonly",
    "calculation": "calculate",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """An expression and where it stands; `home` is the node it is evaluated at."""

    place: Place
    column: str
    text: str
    home: Names


class Expressions:
    """The expressions of a form over a tree of its names, as the engine will see them."""

    def __init__(self, outline: Outline, references: References, lists: Collection[str]) -> None:
        self.outline = outline
        self.references = references
        self.specs = _make_specs(outline)
        self.binder = Binder(self.specs, {*lists, _ANY_LIST})
        self.broken: set[tuple[int, str]] = set()
        #: row → the columns that its choice filter names
        self.columns: dict[int, tuple[str, ...]] = {}

    def find_faults(self) -> Iterator[Fault]:
        """Yield a fault for each expression that the engine refuses, then for each circle of calculations."""
        for place in self.outline.places:
            for column in (*_ATTRIBUTES, "repeat_count"):
                text = place.row.get(column, "")
                if text and not (column in {"required", "read_only"} and text.lower() in YES_NO):
                    yield from self._check(self._cell(place, column, text))
            if "choice_filter" in place.row:
                yield from self._check_filter(place)
            if "trigger" in place.row and not self._is_trigger(place.row["trigger"]):
                yield make_fault("survey", place.number, "trigger", "trigger")
        yield from self._circles()

    def check(self, place: Place, column: str, text: str) -> Iterator[Fault]:
        """Yield the fault of one more expression of a row."""
        yield from self._check(self._cell(place, column, text))

    def check_setting(self, number: int, column: str, text: str) -> Iterator[Fault]:
        """Yield the fault of an expression of the settings sheet."""
        place = Place(number, {}, "", (ROOT, "meta", "instanceName"))
        for fault in self.check(place, column, text):
            yield replace(fault, sheet="settings")

    def _cell(self, place: Place, column: str, text: str) -> Cell:
        home = place.names
        if column == "repeat_count":
            home = (*place.names[:-1], f"{place.names[-1]}_count")
        return Cell(place, column, self.references.expand(text), home)

    def _check(self, cell: Cell) -> Iterator[Fault]:
        number, column = cell.place.number, cell.column
        try:
            rule = self.binder.rule(cell.text, cell.home)
            lost = tuple(find_lost_paths(self.binder.parse(cell.text), cell.home, self.specs))
        except (SupportPointError, RecursionError) as error:
            self.broken.add((number, column))
            yield describe(error, number, column)
            return
        self._keep(cell, rule)
        for path in lost:
            yield make_fault("survey", number, column, "unknown_path", path=path)

    def _check_filter(self, place: Place) -> Iterator[Fault]:
        """A filter stands in the predicate of a list; what it names without `${}` are columns of the list."""
        text = self.references.expand(place.row["choice_filter"])
        try:
            self.binder.rule(f"instance('{_ANY_LIST}')/root/item[{text}]", place.names)
            tree = self.binder.parse(text)
            lost = tuple(find_lost_paths(tree, None, self.specs))
            self.columns[place.number] = tuple(dict.fromkeys(find_columns(tree)))
        except (SupportPointError, RecursionError) as error:
            self.broken.add((place.number, "choice_filter"))
            yield describe(error, place.number, "choice_filter", start=text)
            return
        for path in lost:
            yield make_fault("survey", place.number, "choice_filter", "unknown_path", path=path)

    def _keep(self, cell: Cell, rule: Rule) -> None:
        """Give the rule to the tree, where circles are looked for."""
        spec = self.specs.get(cell.place.names)
        if spec is None:
            return
        if cell.column in _ATTRIBUTES:
            setattr(spec, _ATTRIBUTES[cell.column], rule)
        elif spec.repeat is not None:
            spec.repeat.count = rule

    def _is_trigger(self, cell: str) -> bool:
        """Whether the cell names questions and nothing else; a name that is nowhere is told elsewhere."""
        groups = {place.names[-1] for place in self.outline.places if place.kind.startswith("begin_")}
        return bool(_TRIGGER.fullmatch(cell)) and groups.isdisjoint(re.findall(r"\$\{\s*([^}\s]+)", cell))

    def _circles(self) -> Iterator[Fault]:
        for _ in range(MAX_CIRCLES):
            try:
                make_graph(self.specs)
            except SupportPointError as error:
                paths = str(error.facts.get("refs", "")).split(" > ")
                yield make_circle(self.outline, paths)
                for spec in self.specs.values():
                    if spec.path in paths:
                        spec.calculate = spec.relevant = None
            else:
                return


def _make_specs(outline: Outline) -> dict[Names, Spec]:
    root = Spec((ROOT,))
    specs = {root.names: root}

    def add(names: Names) -> Spec:
        found = specs.get(names)
        if found is None:
            parent = add(names[:-1])
            found = specs[names] = parent.children[names[-1]] = Spec(names, parent)
        return found

    for name in ("instanceID", "instanceName"):
        add((ROOT, "meta", name))
    for place in outline.places:
        spec = add(place.names)
        if place.kind == "begin_repeat":
            spec.repeat = Repeat(spec, Text(), field_list=False, count=None, fixed=False)
            add((*place.names[:-1], f"{place.names[-1]}_count"))
    return specs
