"""Quick lanes for what forms ask thousands of times: an answer against a text written in the form.

They give what the general closures give; the tests run both.
"""

from __future__ import annotations

from supportpoint.forms.xpath.context import Context, Evaluate
from supportpoint.forms.xpath.functions.answers import is_selected
from supportpoint.forms.xpath.operators import equality
from supportpoint.forms.xpath.values import to_string


def selected_literal(answer: Evaluate, choice: str) -> Evaluate:
    """Return the closure of `selected(answer, 'choice')`."""
    wanted = choice.strip()

    def evaluate(context: Context) -> bool:
        value = answer(context)
        if isinstance(value, list) and len(value) == 1 and value[0].atom is None and not value[0].children:
            node = value[0]
            text = node.text if node.relevant else ""
        else:
            text = to_string(value)
        return is_selected(text, wanted)

    return evaluate


def equals_literal(left: Evaluate, text: str, *, equal: bool, strict: bool) -> Evaluate:
    """Return the closure of `left = 'text'` or `left != 'text'`."""
    general = equality(equal=equal, strict=strict)

    def evaluate(context: Context) -> bool:
        value = left(context)
        if isinstance(value, list) and len(value) == 1 and value[0].atom is None and not value[0].children:
            node = value[0]
            return ((node.text if node.relevant else "") == text) is equal
        return general(value, text)

    return evaluate
