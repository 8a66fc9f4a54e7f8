"""Paths in expressions that lead to no question: the engine takes them for empty, the clerk does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from supportpoint.forms.publish.outline import Names
from supportpoint.forms.xpath.syntax import Binary, Call, Expression, Filter, Negate, Path, Step


def find_lost_paths(tree: Expression, here: Names | None, known: Collection[Names]) -> Iterator[str]:
    """Yield each path that leads outside the `known` ones; relative ones need `here`, None in a list."""
    if isinstance(tree, Path):
        yield from _walk(tree, here, known)
    elif isinstance(tree, Binary):
        yield from find_lost_paths(tree.left, here, known)
        yield from find_lost_paths(tree.right, here, known)
    elif isinstance(tree, Negate):
        yield from find_lost_paths(tree.operand, here, known)
    elif isinstance(tree, Call):
        for argument in tree.arguments:
            yield from find_lost_paths(argument, here, known)
    elif isinstance(tree, Filter):
        yield from find_lost_paths(tree.primary, here, known)
        for predicate in tree.predicates:
            yield from find_lost_paths(predicate, None, known)


def _walk(path: Path, here: Names | None, known: Collection[Names]) -> Iterator[str]:
    at = _begin(path, here)
    if isinstance(path.start, Binary | Call | Filter | Path):
        yield from find_lost_paths(path.start, here, known)
    for step in path.steps:
        at = None if at is None else _step(step, at)
        if at is not None and at and at not in known:
            yield write_path(path)
            at = None
        for predicate in step.predicates:
            yield from find_lost_paths(predicate, at, known)


def find_columns(tree: Expression) -> Iterator[str]:
    """Yield the first name of each relative path of a predicate: a column of the list it stands in."""
    if isinstance(tree, Path):
        first = tree.steps[0] if tree.steps else None
        if tree.start is None and first is not None and first.axis == "child" and first.test != "*":
            yield first.test
    elif isinstance(tree, Binary):
        yield from find_columns(tree.left)
        yield from find_columns(tree.right)
    elif isinstance(tree, Negate):
        yield from find_columns(tree.operand)
    elif isinstance(tree, Call):
        for argument in tree.arguments:
            yield from find_columns(argument)


def resolve(path: Path, here: Names | None) -> Names | None:
    """Return where a path of plain steps leads, None for any other path."""
    at = _begin(path, here)
    for step in path.steps:
        at = None if at is None or step.predicates else _step(step, at)
    return at


def _begin(path: Path, here: Names | None) -> Names | None:
    if path.start == "/":
        return ()
    if path.start is None:
        return here
    return None


def _step(step: Step, at: Names) -> Names | None:
    if step.axis == "child" and step.test != "*" and not step.test.endswith(")"):
        return (*at, step.test.rpartition(":")[2])
    if step.axis == "parent" and at:
        return at[:-1]
    return at if step.axis == "self" else None


def write_path(path: Path) -> str:
    """Return a path as its writer would read it, without predicates."""
    words = {"parent": "..", "self": "."}
    steps = "/".join(words.get(step.axis, step.test) for step in path.steps)
    return f"/{steps}" if path.start == "/" else steps
