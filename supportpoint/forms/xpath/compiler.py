"""Turns syntax trees into closures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Node, order_key
from supportpoint.forms.xpath import operators, paths
from supportpoint.forms.xpath.context import Context, Evaluate
from supportpoint.forms.xpath.functions import CHECKS, FUNCTIONS
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
from supportpoint.forms.xpath.values import Value, to_boolean, to_number


@dataclass(frozen=True, slots=True)
class Dialect:
    """`strict`: an empty node-set equals nothing. `lazy`: an unknown function fails only when called."""

    strict: bool = False
    lazy: bool = False


FORMS = Dialect()


def compile_expression(expression: str, dialect: Dialect = FORMS) -> Evaluate:
    """Return the closure of an expression.

    Errors: SP-303 when it cannot be parsed or a function gets a wrong number of arguments;
            SP-302 with the name of a function that does not exist here.
    """
    return compile_tree(parse(expression), dialect)


def compile_tree(tree: Expression, dialect: Dialect = FORMS) -> Evaluate:
    """Return the closure of a syntax tree. Errors: as `compile_expression`."""
    return _Compiler(dialect).expression(tree)


class _Compiler:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def expression(self, tree: Expression) -> Evaluate:
        if isinstance(tree, Number | Literal):
            value = tree.value
            return lambda _context: value
        if isinstance(tree, Negate):
            operand = self.expression(tree.operand)
            return lambda context: -to_number(operand(context))
        if isinstance(tree, Binary):
            return self.binary(tree)
        if isinstance(tree, Call):
            return self.call(tree)
        if isinstance(tree, Filter):
            return self.filter(tree)
        return self.path(tree)

    def binary(self, tree: Binary) -> Evaluate:
        name = tree.operator
        if name in {"or", "and"}:
            return self.logic(tree)
        left, right = self.expression(tree.left), self.expression(tree.right)
        if name in {"=", "!="} and isinstance(tree.right, Literal):
            return equals_literal(left, tree.right.value, equal=name == "=", strict=self.dialect.strict)
        if name == "|":
            return lambda context: operators.union(left(context), right(context), order_key)
        if name in operators.ARITHMETIC:
            return operators.arithmetic(name, left, right)
        if name in operators.ORDER:
            test = operators.ordering(name)
        else:
            test = operators.equality(equal=name == "=", strict=self.dialect.strict)
        return lambda context: test(left(context), right(context))

    def logic(self, tree: Binary) -> Evaluate:
        """Compile a chain of `or` or `and` as one: forms have chains of hundreds."""
        name = tree.operator
        chain: list[Expression] = [tree.right]
        first = tree.left
        while isinstance(first, Binary) and first.operator == name:
            chain.append(first.right)
            first = first.left
        operands = [self.expression(operand) for operand in reversed([*chain, first])]
        if len(operands) == 2:
            left, right = operands
            if name == "or":
                return lambda context: to_boolean(left(context)) or to_boolean(right(context))
            return lambda context: to_boolean(left(context)) and to_boolean(right(context))
        whole = any if name == "or" else all
        return lambda context: whole(to_boolean(operand(context)) for operand in operands)

    def call(self, tree: Call) -> Evaluate:  # noqa: PLR0911  # one return an arity keeps calls quick
        if tree.name == "if":
            return self.choose(tree)
        if tree.name == "indexed-repeat":
            return self.indexed_repeat(tree)
        function = FUNCTIONS.get(tree.name)
        if function is None:
            return self.refuse(SupportPointError("SP-302", function=tree.name))
        if not function.fewest <= len(tree.arguments) <= function.most:
            return self.refuse(SupportPointError("SP-303", function=tree.name, arguments=len(tree.arguments)))
        check = CHECKS.get(tree.name)
        if check is not None and isinstance(tree.arguments[1], Literal):
            check(tree.arguments[1].value)
        if tree.name == "selected" and isinstance(tree.arguments[1], Literal):
            return selected_literal(self.expression(tree.arguments[0]), tree.arguments[1].value)
        call, arguments = function.call, [self.expression(argument) for argument in tree.arguments]
        if not arguments:
            return call
        if len(arguments) == 1:
            only = arguments[0]
            return lambda context: call(context, only(context))
        if len(arguments) == 2:
            first, second = arguments
            return lambda context: call(context, first(context), second(context))
        return lambda context: call(context, *[argument(context) for argument in arguments])

    def refuse(self, error: SupportPointError) -> Evaluate:
        if not self.dialect.lazy:
            raise error

        def fail(_context: Context) -> Value:
            raise error

        return fail

    def choose(self, tree: Call) -> Evaluate:
        if len(tree.arguments) != 3:
            raise SupportPointError("SP-303", function="if", arguments=len(tree.arguments))
        test, then, other = (self.expression(argument) for argument in tree.arguments)
        return lambda context: then(context) if to_boolean(test(context)) else other(context)

    def indexed_repeat(self, tree: Call) -> Evaluate:
        """Take the instance of each repeat by its index, and of the target what is in all of them."""
        pairs = tree.arguments[1:]
        if not pairs or len(pairs) % 2:
            return self.refuse(SupportPointError("SP-303", function=tree.name, arguments=len(tree.arguments)))
        target = self.expression(tree.arguments[0])
        repeats = [
            (self.expression(pairs[at]), self.expression(pairs[at + 1])) for at in range(0, len(pairs), 2)
        ]

        def evaluate(context: Context) -> list[Node]:
            chosen: Node | None = None
            for repeat, index in repeats:
                instances = paths.within(repeat(context), chosen)
                number = to_number(index(context))
                if number >= len(instances) + 1:
                    return []
                chosen = next(iter(instances[int(number) - 1 :] if number >= 1 else instances), None)
                if chosen is None:
                    return []
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
        plain = _plain_path(tree)
        if plain is not None:
            return paths.plain_path(*plain)
        start, steps = self.start(tree), [self.step(step) for step in tree.steps]
        if len(steps) == 1:
            only = steps[0]
            return lambda context: only(context, start(context))

        def evaluate(context: Context) -> list[Node]:
            nodes = start(context)
            for step in steps:
                nodes = step(context, nodes)
            return nodes

        return evaluate

    def step(self, step: Step) -> paths.Select:
        selects = [paths.select(self.expression(predicate)) for predicate in step.predicates]
        plain = paths.step(step.axis, step.test, selects)
        key = _index_key(step)
        if key is None:
            return plain
        name, wanted = key
        rest = selects[1:] if _is_whole(step.predicates[0]) else selects
        return paths.indexed_step(step.test, name, self.expression(wanted), plain, rest)


def _plain_path(tree: Path) -> tuple[str, int, tuple[str, ...]] | None:
    """Return (start, steps up, child names) of a path that is only `..` and then names: most paths are."""
    starts = {None: "node", "/": "root", Call("current", ()): "current"}
    start = starts.get(tree.start) if tree.start is None or isinstance(tree.start, str | Call) else None
    if isinstance(tree.start, Call) and tree.start.name == "instance" and tree.steps:
        name = tree.start.arguments[0] if len(tree.start.arguments) == 1 else None
        start = f"list:{name.value}" if isinstance(name, Literal) else None
    if start is None:
        return None
    ups = 0
    names: list[str] = []
    for step in tree.steps:
        local = step.test.rpartition(":")[2]
        if step.predicates:
            return None
        if step.axis == "parent" and step.test == "node()" and not names:
            ups += 1
        elif step.axis == "child" and local != "*" and not local.endswith(")"):
            names.append(local)
        elif step.axis != "self" or step.test != "node()" or len(tree.steps) > 1:
            return None
    return start, ups, tuple(names)


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
        return tree.start in {"/", Call("current", ())}
    return False
