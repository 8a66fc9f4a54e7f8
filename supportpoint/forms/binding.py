"""Fits an expression to the node it stands at.

JavaRosa reads an absolute path inside a repeat as "of this same repeat instance". That is done here
once, by rewriting such paths into relative ones; on the way the nodes that the expression reads are
collected, which is what incremental recomputation runs on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from supportpoint.errors import SupportPointError
from supportpoint.forms.parts import Dependency, Names, Rule, Spec
from supportpoint.forms.xpath.compiler import compile_tree
from supportpoint.forms.xpath.parser import parse
from supportpoint.forms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Literal,
    Negate,
    Number,
    Path,
    Step,
)

_UP = Step("parent", "node()")
_CURRENT = Call("current", ())
#: functions that depend on the node they stand at, or whose arguments are looked into
_PLACED = frozenset({"indexed-repeat", "instance", "pulldata", "once", "jr:choice-name"})
#: the functions without argument that do not speak of the node they stand at
_ALONE = frozenset({"true", "false", "today", "now", "pi", "version"})


class Binder:
    """Compiles the expressions of one form.

    `specs` are the nodes of the primary instance by path, `lists` the ids of the secondary ones.
    """

    def __init__(self, specs: Mapping[Names, Spec], lists: Collection[str]) -> None:
        self.specs = specs
        self.lists = lists
        self._parsed: dict[str, Expression] = {}
        self._shared: dict[str, Rule] = {}
        self._plain: dict[int, tuple[Dependency, ...] | None] = {}

    def parse(self, source: str) -> Expression:
        """Return the syntax tree of an expression, the same one for the same text."""
        tree = self._parsed.get(source)
        if tree is None:
            tree = self._parsed[source] = parse(source)
        return tree

    def rule(self, source: str, home: Names) -> Rule:
        """Return an expression compiled for the node at `home`.

        Errors: SP-302, SP-303, with `ref` (the path of the node) and `expression`.
        """
        shared = self._shared.get(source)
        if shared is not None:
            return shared
        try:
            return self._rule(source, home)
        except RecursionError:
            raise SupportPointError("SP-303", ref="/" + "/".join(home), expression=source) from None
        except SupportPointError as error:
            facts = {"expression": source, **error.facts, "ref": "/" + "/".join(home)}
            raise SupportPointError(error.code, **facts) from error

    def _rule(self, source: str, home: Names) -> Rule:
        tree = self.parse(source)
        reads: list[Dependency] = []
        if self._is_free(tree, reads):
            known = tuple(dict.fromkeys(reads))
            rule = Rule(compile_tree(tree), known, source, constant=_is_truth(tree), free=True)
            self._shared[source] = rule
            return rule
        return self.bind(tree, home, source)

    def _is_free(self, tree: Expression, reads: list[Dependency]) -> bool:
        """Return whether an expression means the same wherever it stands, and collect what it reads."""
        if isinstance(tree, Path):
            plain = self._plain_reads(tree)
            if plain is None:
                return False
            reads += plain
            return True
        if isinstance(tree, Binary):
            return self._is_free(tree.left, reads) and self._is_free(tree.right, reads)
        if isinstance(tree, Call):
            local = tree.name in _PLACED or (not tree.arguments and tree.name not in _ALONE)
            return not local and all(self._is_free(argument, reads) for argument in tree.arguments)
        return isinstance(tree, Number | Literal)

    def _plain_reads(self, tree: Path) -> tuple[Dependency, ...] | None:
        """Return what an absolute path of plain names outside of every repeat reads, None for another."""
        if tree.start != "/":
            return None
        if id(tree) not in self._plain:  # the trees live as long as their text is known
            self._plain[id(tree)] = self._find_plain(tree)
        return self._plain[id(tree)]

    def _find_plain(self, tree: Path) -> tuple[Dependency, ...] | None:
        names: Names = ()
        for step in tree.steps:
            if step.axis != "child" or step.predicates or step.test == "*" or step.test[-1] == ")":
                return None
            names = (*names, step.test.rpartition(":")[2])
            spec = self.specs.get(names)
            if spec is not None and spec.repeat is not None:
                return None
        return (Dependency(names, 0),) if names in self.specs else ()

    def bind(self, tree: Expression, home: Names, source: str = "") -> Rule:
        """Return a syntax tree compiled for the node at `home`."""
        visit = _Visit(self.specs, home, self.lists)
        bound = visit.expression(tree, home)
        return Rule(compile_tree(bound), tuple(dict.fromkeys(visit.reads)), source)


def _is_truth(tree: Expression) -> bool:
    return isinstance(tree, Call) and not tree.arguments and tree.name in {"true", "false"}


class _Visit:
    def __init__(self, specs: Mapping[Names, Spec], home: Names, lists: Collection[str]) -> None:
        self.specs = specs
        self.lists = lists
        self.home = home
        self.reads: list[Dependency] = []

    def expression(self, tree: Expression, here: Names | None) -> Expression:  # noqa: PLR0911  # one return a kind
        if isinstance(tree, Path):
            return self.path(tree, here)
        if isinstance(tree, Number | Literal):
            return tree
        if isinstance(tree, Binary):
            return Binary(tree.operator, self.expression(tree.left, here), self.expression(tree.right, here))
        if isinstance(tree, Negate):
            return Negate(self.expression(tree.operand, here))
        if isinstance(tree, Filter):
            predicates = tuple(self.expression(predicate, None) for predicate in tree.predicates)
            return Filter(self.expression(tree.primary, here), predicates)
        if tree.name == "indexed-repeat":
            return self.indexed_repeat(tree, here)
        if tree.name in {"instance", "pulldata"} and tree.arguments:
            self.check_list(tree.arguments[0])
        return Call(tree.name, tuple(self.expression(argument, here) for argument in tree.arguments))

    def check_list(self, name: Expression) -> None:
        """Make sure that a list named in so many words exists. Errors: SP-301."""
        if not isinstance(name, Literal) or name.value in self.lists:
            return
        if name.value.removesuffix(".csv") not in self.lists:
            raise SupportPointError("SP-301", list=name.value)

    def indexed_repeat(self, tree: Call, here: Names | None) -> Expression:
        """Bind target and repeats only to what stands above the first repeat that is given by index."""
        found: dict[int, Names] = {}
        for place, argument in enumerate(tree.arguments):
            if isinstance(argument, Path) and (place == 0 or place % 2):
                names = self.simple_names(argument, here)
                if names is not None:
                    found[place] = names
        limit = min((len(names) for place, names in found.items() if place), default=1) - 1
        arguments: list[Expression] = []
        for place, argument in enumerate(tree.arguments):
            if place in found:
                arguments.append(self.outside(found[place], limit, here))
            else:
                arguments.append(self.expression(argument, here))
        return Call(tree.name, tuple(arguments))

    def outside(self, names: Names, limit: int, here: Names | None) -> Path:
        """Return the path to `names` that shares the repeat instances of this node down to depth `limit`."""
        context = self.home if here is None else here
        shared = 0
        for depth in range(1, min(limit, len(context), len(names)) + 1):
            if names[:depth] != context[:depth]:
                break
            spec = self.specs.get(names[:depth])
            if spec is not None and spec.repeat is not None:
                shared = depth
        self.read({names}, shared if context == self.home else 0)
        steps = tuple(Step("child", name) for name in names[shared:])
        if not shared:
            return Path("/", steps)
        return Path(_CURRENT if here is None else None, (_UP,) * (len(context) - shared) + steps)

    def simple_names(self, tree: Path, here: Names | None) -> Names | None:
        """Return where a path of plain names and `..` leads, None for any other path."""
        names = self.beginning(tree, here)
        if names is None:
            return None
        for step in tree.steps:
            if step.axis == "child" and step.test != "*" and not step.test.endswith(")"):
                names = (*names, step.test.rpartition(":")[2])
            elif step.axis == "parent":
                names = names[:-1]
            elif step.axis != "self":
                return None
        return names

    def beginning(self, tree: Path, here: Names | None) -> Names | None:
        if tree.start == "/":
            return ()
        if tree.start == _CURRENT:
            return self.home
        return here if tree.start is None else None

    def plain_walk(self, tree: Path, here: Names | None) -> tuple[Names, int] | None:
        """Return where a path of names and `..` leads and how high up it comes, None for any other path."""
        names = self.beginning(tree, here)
        if names is None:
            return None
        highest = len(names)
        for step in tree.steps:
            if step.predicates:
                return None
            if step.axis == "child" and step.test != "*" and step.test[-1] != ")" and step.test[-2:] != ":*":
                names = (*names, step.test.rpartition(":")[2])
            elif step.axis == "parent":
                names = names[:-1]
                highest = min(highest, len(names))
            elif step.axis != "self":
                return None
        return names, highest

    def path(self, tree: Path, here: Names | None) -> Path:
        plain = self.plain_walk(tree, here)
        if plain is not None:
            return self.anchor(tree, here, {plain[0]}, plain[1])
        start = tree.start
        if isinstance(start, Expression) and start != _CURRENT:
            start = self.expression(start, here)
        base = self.beginning(tree, here)
        found = None if base is None else {base}
        lowest = 0 if base is None else len(base)
        steps: list[Step] = []
        for step in tree.steps:
            found = None if found is None else self.along(step, found)
            if found:
                lowest = min(lowest, *(len(names) for names in found))
            inside = next(iter(found)) if found and len(found) == 1 else None
            predicates = tuple(self.expression(predicate, inside) for predicate in step.predicates)
            steps.append(replace(step, predicates=predicates) if step.predicates else step)
        bound = Path(start, tuple(steps))
        if found is None:
            return bound
        return self.anchor(bound, here, found, lowest)

    def anchor(self, tree: Path, here: Names | None, found: set[Names], lowest: int) -> Path:
        """Bind a path to the repeat instance it stands in, and note what it reads."""
        context = self.home if here is None or tree.start == _CURRENT else here
        names = self.simple_names(tree, here)
        shared = 0 if names is None else self.shared_repeat(tree, names, context)
        own = context == self.home
        meets = max(shared, 0 if tree.start == "/" else lowest)
        self.read(found, meets if own else 0)
        if names is None or not shared or (shared <= lowest and tree.start != "/"):
            return tree
        kept = tree.steps[len(tree.steps) - (len(names) - shared) :]
        ups = (_UP,) * (len(context) - shared)
        start = _CURRENT if here is None or tree.start == _CURRENT else None
        return Path(start, ups + kept)

    def shared_repeat(self, tree: Path, names: Names, context: Names) -> int:
        """Return the depth of the deepest repeat that both paths stand in, 0 when there is none."""
        downs = [step for step in tree.steps if step.axis == "child"]
        free = len(names) - len(downs)
        deepest = 0
        for depth in range(1, min(len(names) - 1, len(context)) + 1):
            if names[depth - 1] != context[depth - 1]:
                break
            if depth > free and downs[depth - free - 1].predicates:
                break
            spec = self.specs.get(names[:depth])
            if spec is not None and spec.repeat is not None:
                deepest = depth
        return deepest

    def along(self, step: Step, found: set[Names]) -> set[Names]:
        """Return the paths that one step leads to; the axes no form uses are taken generously."""
        name = step.test.rpartition(":")[2]
        if step.axis in {"self", "attribute"}:
            return found
        if step.axis == "parent":
            return {names[:-1] for names in found}
        if step.axis == "child" and name != "*" and not name.endswith(")"):
            return {(*names, name) for names in found}
        if step.axis == "child":
            return {names for names in self.specs if names[:-1] in found}
        if step.axis in {"descendant", "descendant-or-self"}:
            return found | {
                spec for spec in self.specs if any(spec[: len(names)] == names for names in found)
            }
        return set(self.specs) | found

    def read(self, found: set[Names], anchor: int) -> None:
        self.reads += [Dependency(names, min(anchor, len(names))) for names in found if names in self.specs]
