"""Values written into a form: defaults that do not fit their question, and choices that no list has."""

from __future__ import annotations

from collections.abc import Iterator

from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.publish.choices import Lists, list_of
from supportpoint.forms.publish.convert import is_dynamic
from supportpoint.forms.publish.expressions import Expressions
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.outline import Names, Outline, Place
from supportpoint.forms.publish.paths import resolve
from supportpoint.forms.publish.vocabulary import FILE_SELECTS, SELECTS
from supportpoint.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Negate, Path

KINDS = {"integer": "int", "decimal": "decimal", "range": "decimal"} | {
    kind: kind for kind in ("date", "time", "dateTime")
}
COMPARED = ("relevant", "constraint", "required", "calculation", "read_only", "repeat_count")


def find_default_faults(outline: Outline, lists: Lists, expressions: Expressions) -> Iterator[Fault]:
    """Yield a fault for each default that its question cannot hold, or that is a wrong expression."""
    for place in outline.places:
        text = place.row.get("default", "")
        if not text:
            continue
        if is_dynamic(text, place.kind):
            yield from expressions.check(place, "default", text)
        elif not _fits(place, text, lists):
            yield make_fault("survey", place.number, "default", "bad_default", value=text, type=place.kind)


def _fits(place: Place, text: str, lists: Lists) -> bool:
    if place.kind in SELECTS:
        known = {row.get("name", "") for row in lists.get(list_of(place.row), ())}
        wanted = text.split() if place.kind.startswith("select_multiple") else [text]
        return place.kind in FILE_SELECTS or not known or known.issuperset(wanted)
    try:
        datatypes.to_lexical(KINDS.get(place.kind, "string"), text)
    except SupportPointError:
        return False
    return True


def find_strange_values(outline: Outline, lists: Lists, expressions: Expressions) -> Iterator[Fault]:
    """Yield a warning for each comparison of a choice with a value that its list does not have."""
    by_path = {place.names: list_of(place.row) for place in outline.places if place.kind in SELECTS}
    for place in outline.places:
        for column in COMPARED:
            if column not in place.row or (place.number, column) in expressions.broken:
                continue
            tree = expressions.binder.parse(expressions.references.expand(place.row[column]))
            for names, value in _list_comparisons(tree, place.names):
                name = by_path.get(names, "")
                known = {row.get("name") for row in lists.get(name, ())}
                if known and value and value not in known:
                    yield make_fault(
                        "survey", place.number, column, "value_not_in_list", list=name, value=value
                    )


def _list_comparisons(tree: Expression, here: Names) -> tuple[tuple[Names, str], ...]:
    """Return the comparisons of an expression, none of one nested too deep to look through."""
    try:
        return tuple(_comparisons(tree, here))
    except RecursionError:
        return ()


def _comparisons(tree: Expression, here: Names) -> Iterator[tuple[Names, str]]:
    """Yield (path, value) of each `path = 'value'` and `selected(path, 'value')`."""
    if isinstance(tree, Binary):
        if tree.operator in {"=", "!="}:
            yield from _pair(tree.left, tree.right, here)
            yield from _pair(tree.right, tree.left, here)
        yield from _comparisons(tree.left, here)
        yield from _comparisons(tree.right, here)
    elif isinstance(tree, Negate):
        yield from _comparisons(tree.operand, here)
    elif isinstance(tree, Call):
        if tree.name in {"selected", "is-selected"} and len(tree.arguments) == 2:
            yield from _pair(tree.arguments[0], tree.arguments[1], here)
        for argument in tree.arguments:
            yield from _comparisons(argument, here)
    elif isinstance(tree, Filter):
        yield from _comparisons(tree.primary, here)


def _pair(side: Expression, other: Expression, here: Names) -> Iterator[tuple[Names, str]]:
    if isinstance(side, Path) and isinstance(other, Literal):
        names = resolve(side, here)
        if names is not None:
            yield names, other.value
