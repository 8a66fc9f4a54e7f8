"""The rules an answer must keep: type, choices, range, constraint, required."""

from __future__ import annotations

from decimal import Decimal

from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.addresses import ref_of
from supportpoint.forms.parts import Bounds, Control
from supportpoint.forms.render import Renderer
from supportpoint.forms.state import State
from supportpoint.forms.tree import Node
from supportpoint.forms.view import Problem, QuestionType
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.values import to_boolean

_SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})


def check_fit(state: State, control: Control, node: Node, text: str) -> None:
    """Make sure that type, choices and range of a question allow a text.

    Errors: SP-306.
    """
    kind = control.spec.kind
    if datatypes.to_lexical(kind, text) == "" or not text:
        return
    if control.type in _SELECTS:
        words = [text] if control.type is QuestionType.SELECT_ONE else text.split()
        if control.itemset is not None:
            kept = state.keep_choices(control.itemset, node, words)
        else:
            kept = [word for word in words if any(item.value == word for item in control.items)]
        if len(kept) < len(words):
            raise SupportPointError("SP-306", type=control.type.value)
    elif control.bounds is not None and not _in_range(control.bounds, text):
        raise SupportPointError("SP-306", type=control.type.value)


def _in_range(bounds: Bounds, text: str) -> bool:
    start, end, step = bounds
    try:
        number = Decimal(text)
        low, high = min(start, end), max(start, end)
        return low <= number <= high and (not step or (number - start) % step == 0)
    except ArithmeticError:
        return False


def find_problem(state: State, renderer: Renderer, control: Control, node: Node) -> Problem | None:
    """Return what is wrong with the answer of a relevant question, None when it can stand."""
    spec, context = control.spec, Context(state.env, node)
    if not node.text:
        asked = control.type is not QuestionType.NOTE
        if asked and spec.required is not None and to_boolean(spec.required.evaluate(context)):
            return Problem(ref_of(node), "SP-308", renderer.text(spec.required_message, node))
        return None
    try:
        check_fit(state, control, node, node.text)
    except SupportPointError as error:
        return Problem(ref_of(node), error.code)
    if spec.constraint is not None and not to_boolean(spec.constraint.evaluate(context)):
        return Problem(ref_of(node), "SP-307", renderer.text(spec.constraint_message, node))
    return None


def would_stand(state: State, node: Node, text: str) -> bool:
    """Return whether the constraint of a node would hold with another text; the node stays as it is."""
    constraint = node.spec.constraint
    if constraint is None:
        return True
    kept = node.text, node.atom
    node.text, node.atom = text, datatypes.to_atom(node.spec.kind, text)
    try:
        return to_boolean(constraint.evaluate(Context(state.env, node)))
    finally:
        node.text, node.atom = kept
