"""Turns syntax trees into closures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Node
from supportpoint.forms.xpath import operators, paths
from supportpoint.forms.xpath.context import Context, Evaluate
from supportpoint.forms.xpath.functions import CHECKS, FUNCTIONS, LETTER
from supportpoint.forms.xpath.parser import parse
from supportpoint.forms.xpath.shortcuts import equals_literal, selected_literal
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
from supportpoint.forms.xpath.values import Value, holds, to_boolean, to_integer, to_number


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an expression is read as; forms use `FORMS`, which follows JavaRosa.

    `strict` keeps to the letter of XPath 1.0 where JavaRosa does not: an empty node-set equals nothing,
    a node-set is true when it is not empty, sum() counts what is no number as NaN.
    `namespaces` (uri by prefix) makes names stand for their namespace; None compares local names alone.
    `lazy`: an unknown function fails only when it is called.
    """

    strict: bool = False
    lazy: bool = False
    namespaces: Mapping[str, str] | None = None


FORMS = Dialect()


def compile_expression(expression: str, dialect: Dialect = FORMS) -> Evaluate:
    """Return the closure of an expression.

    Errors: SP-303 when it cannot be parsed or a function gets a wrong number of arguments;
            SP-302 with the name of a function that does not exist here.
    """
    return compile_tree(parse(expression), dialect)


def compile_tree(tree: Expression, dialect: Dialect = FORMS) -> Evaluate:
    """Return the closure of a syntax tree. Errors: as `compile_expression`."""
    try:
        return _Compiler(dialect).expression(tree)
    except RecursionError:
        raise SupportPointError("SP-303", depth="too deep") from None


class _Compiler:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.truth = holds if dialect.strict else to_boolean

    def expression(self, tree: Expression) -> Evaluate:
        if isinstance(tree, Path):
            return self.path(tree)
        if isinstance(tree, Number | Literal):
            value = tree.value
            return lambda _context: value
        if isinstance(tree, Binary):
            return self.binary(tree)
        if isinstance(tree, Call):
            return self.call(tree)
        if isinstance(tree, Negate):
            operand = self.expression(tree.operand)
            return lambda context: -to_number(operand(context))
        return self.filter(tree)

    def binary(self, tree: Binary) -> Evaluate:
        name = tree.operator
        if name in {"or", "and"}:
            return self.logic(tree)
        if name in {"=", "!="} and isinstance(tree.right, Literal):
            left = self.expression(tree.left)
            return equals_literal(left, tree.right.value, equal=name == "=", strict=self.dialect.strict)
        chain = [tree]
        while isinstance(chain[-1].left, Binary) and chain[-1].left.operator not in {"or", "and"}:
            chain.append(chain[-1].left)
        first = self.expression(chain[-1].left)
        rest = [(self.operator(item.operator), self.expression(item.right)) for item in reversed(chain)]
        if len(rest) == 1:
            apply, right = rest[0]
            return lambda context: apply(first(context), right(context))

        def evaluate(context: Context) -> Value:
            value: Value = first(context)
            for apply, right in rest:
                value = apply(value, right(context))
            return value

        return evaluate

    def operator(self, name: str) -> Callable[[Value, Value], Value]:
        if name == "|":
            return operators.union
        if name in operators.ARITHMETIC:
            return operators.arithmetic(name)
        if name in operators.ORDER:
            return operators.ordering(name)
        return operators.equality(equal=name == "=", strict=self.dialect.strict)

    def logic(self, tree: Binary) -> Evaluate:
        """Compile a chain of `or` or `and` as one: forms have chains of hundreds."""
        name, truth = tree.operator, self.truth
        chain: list[Expression] = [tree.right]
        first = tree.left
        while isinstance(first, Binary) and first.operator == name:
            chain.append(first.right)
            first = first.left
        operands = [self.expression(operand) for operand in reversed([*chain, first])]
        if len(operands) == 2:
            left, right = operands
            if name == "or":
                return lambda context: truth(left(context)) or truth(right(context))
            return lambda context: truth(left(context)) and truth(right(context))
        whole = any if name == "or" else all
        return lambda context: whole(truth(operand(context)) for operand in operands)

    def call(self, tree: Call) -> Evaluate:
        if tree.name == "if":
            return self.choose(tree)
        if tree.name == "indexed-repeat":
            return self.indexed_repeat(tree)
        function = FUNCTIONS.get(tree.name)
        if self.dialect.strict:
            function = LETTER.get(tree.name, function)
        if function is None:
            return self.refuse(SupportPointError("SP-302", function=tree.name))
        if not function.fewest <= len(tree.arguments) <= function.most:
            return self.refuse(SupportPointError("SP-303", function=tree.name, arguments=len(tree.arguments)))
        check = CHECKS.get(tree.name)
        if check is not None and isinstance(tree.arguments[1], Literal):
            check(tree.arguments[1].value)
        if tree.name == "selected" and isinstance(tree.arguments[1], Literal):
            return selected_literal(self.expression(tree.arguments[0]), tree.arguments[1].value)
        return _applied(function.call, [self.expression(argument) for argument in tree.arguments])

    def refuse(self, error: SupportPointError) -> Evaluate:
        if not self.dialect.lazy:
            raise error

        def fail(_context: Context) -> Value:
            raise error

        return fail

    def choose(self, tree: Call) -> Evaluate:
        if len(tree.arguments) != 3:
            raise SupportPointError("SP-303", function="if", arguments=len(tree.arguments))
        test, then, other = [self.expression(argument) for argument in tree.arguments]
        truth = self.truth
        return lambda context: then(context) if truth(test(context)) else other(context)

    def indexed_repeat(self, tree: Call) -> Evaluate:
        """Take the instance of each repeat by its index, and of the target what is in all of them."""
        pairs = tree.arguments[1:]
        if len(pairs) not in {2, 4, 6, 8, 10}:
            return self.refuse(SupportPointError("SP-303", function=tree.name, arguments=len(tree.arguments)))
        target = self.expression(tree.arguments[0])
        repeats = [
            (self.expression(pairs[at]), self.expression(pairs[at + 1])) for at in range(0, len(pairs), 2)
        ]

        def evaluate(context: Context) -> list[Node]:
            chosen: Node | None = None
            for repeat, index in repeats:
                instances = paths.within(repeat(context), chosen)
                place = max(1, to_integer(index(context)))
                if place > len(instances):
                    return []
                chosen = instances[place - 1]
            return paths.within(target(context), chosen)

        return evaluate

    def filter(self, tree: Filter) -> Evaluate:
        primary = self.expression(tree.primary)
        selects = [paths.select(self.expression(predicate)) for predicate in tree.predicates]

        def evaluate(context: Context) -> Value:
            value: Value = primary(context)
            if isinstance(value, list):
                for select in selects:
                    value = select(context, value)
            return value

        return evaluate

    def start(self, tree: Path) -> Callable[[Context], list[Node]]:
        if tree.start is None:
            return lambda context: [context.node]
        if isinstance(tree.start, str):
            return lambda context: [context.env.root]
        begin = self.expression(tree.start)

        def evaluate(context: Context) -> list[Node]:
            value = begin(context)
            return value if isinstance(value, list) else []

        return evaluate

    def path(self, tree: Path) -> Evaluate:
        plain = None if self.dialect.namespaces is not None else _plain_path(tree)
        if plain is not None:
            return paths.plain_path(*plain)
        start = self.start(tree)
        steps = [self.step(step, nested=nested) for step, nested in _nested_steps(tree)]
        if len(steps) == 1:
            only = steps[0]
            return lambda context: only(context, start(context))

        def evaluate(context: Context) -> list[Node]:
            nodes = start(context)
            for step in steps:
                nodes = step(context, nodes)
            return nodes

        return evaluate

    def step(self, step: Step, *, nested: bool) -> paths.Select:
        selects = [paths.select(self.expression(predicate)) for predicate in step.predicates]
        plain = paths.step(step.axis, step.test, selects, self.dialect.namespaces, nested=nested)
        key = None if self.dialect.namespaces is not None else _index_key(step)
        if key is None:
            return plain
        name, wanted = key
        rest = selects[1:] if _is_whole(step.predicates[0]) else selects
        return paths.indexed_step(step.test, name, self.expression(wanted), plain, rest)


def _applied(call: Callable[..., Value], arguments: list[Evaluate]) -> Evaluate:
    """Return the closure of a call; one for each of the usual numbers of arguments keeps calls quick."""
    if not arguments:
        return call
    if len(arguments) == 1:
        only = arguments[0]
        return lambda context: call(context, only(context))
    if len(arguments) == 2:
        first, second = arguments
        return lambda context: call(context, first(context), second(context))
    return lambda context: call(context, *[argument(context) for argument in arguments])


def _nested_steps(tree: Path) -> Iterator[tuple[Step, bool]]:
    """Yield each step, and whether the nodes it starts from may stand inside each other."""
    nested = isinstance(tree.start, Binary | Filter)
    single = not nested
    for step in tree.steps:
        yield step, nested
        nested = nested or not (step.axis in paths.FLAT or (single and step.axis == "parent"))
        single = single and step.axis in {"parent", "self"}


def _plain_path(tree: Path) -> tuple[str, int, tuple[str, ...]] | None:
    """Return (start, steps up, child names) of a path that is only `..` and then names: most paths are."""
    start = _plain_start(tree)
    if start is None:
        return None
    ups = 0
    names: list[str] = []
    for step in tree.steps:
        test = step.test
        if step.predicates:
            return None
        if step.axis == "child" and test[-1] not in "*)":
            names.append(test if ":" not in test else test.rpartition(":")[2])
        elif step.axis == "parent" and test == "node()" and not names:
            ups += 1
        elif step.axis != "self" or test != "node()" or len(tree.steps) > 1:
            return None
    return start, ups, tuple(names)


def _plain_start(tree: Path) -> str | None:
    """Return what `paths.plain_path` calls the start of a path; None for starts it does not know."""
    start = tree.start
    if start is None:
        return "node"
    if start == "/":
        return "root"
    if not isinstance(start, Call):
        return None
    if start.name == "current" and not start.arguments:
        return "current"
    if start.name == "instance" and len(start.arguments) == 1 and tree.steps:
        name = start.arguments[0]
        return f"list:{name.value}" if isinstance(name, Literal) else None
    return None


def _index_key(step: Step) -> tuple[str, Expression] | None:
    """Return (child name, wanted value) when the first predicate asks for `name = something constant here`.

    It may ask for more beside it, with `and`, as long as it does not ask for positions.
    """
    if step.axis != "child" or not step.predicates or step.test == "*" or step.test.endswith(")"):
        return None
    predicate = step.predicates[0]
    while isinstance(predicate, Binary) and predicate.operator == "and":
        if _asks_position(predicate.right):
            return None
        predicate = predicate.left
    if not isinstance(predicate, Binary) or predicate.operator != "=":
        return None
    for one, other in ((predicate.left, predicate.right), (predicate.right, predicate.left)):
        if isinstance(one, Path) and one.start is None and len(one.steps) == 1 and _is_free(other):
            only = one.steps[0]
            if (
                only.axis == "child"
                and not only.predicates
                and only.test != "*"
                and not only.test.endswith(")")
            ):
                return only.test, other
    return None


def _is_whole(predicate: Expression) -> bool:
    """Return whether the index answers a predicate alone, with nothing left to ask."""
    return isinstance(predicate, Binary) and predicate.operator == "="


def _asks_position(tree: Expression) -> bool:
    if isinstance(tree, Binary):
        return _asks_position(tree.left) or _asks_position(tree.right)
    if isinstance(tree, Negate):
        return _asks_position(tree.operand)
    if isinstance(tree, Call):
        return tree.name in {"position", "last"} or any(_asks_position(item) for item in tree.arguments)
    return isinstance(tree, Filter)  # too rare to look into


def _is_free(tree: Expression) -> bool:
    """Return whether a value is the same whichever node the predicate tests."""
    if isinstance(tree, Literal):
        return True
    if isinstance(tree, Path) and not any(step.predicates for step in tree.steps):
        return _plain_start(tree) in {"root", "current"}
    return False
