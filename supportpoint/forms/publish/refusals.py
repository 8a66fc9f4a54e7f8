"""What the engine refuses in an expression, told in the clerk's words."""

from __future__ import annotations

from difflib import get_close_matches

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.faults import Fault, make_fault, make_hint
from supportpoint.forms.xpath.functions import FUNCTIONS

NEAR_CHARS = 16


def describe(error: SupportPointError | RecursionError, row: int, column: str, *, start: str = "") -> Fault:
    """Return the fault of a survey cell. `start` is the cell's text where the expression held more."""
    if isinstance(error, RecursionError):
        return make_fault("survey", row, column, "expression_deep")
    facts = error.facts
    function = str(facts.get("function", ""))
    if function == "regex" or (function and "arguments" in facts) or function == "format-date":
        code, more = _judge_call(error, function)
    elif function:
        more = {"name": function, "hint": make_hint(get_close_matches(function, FUNCTIONS, 1))}
        code = "unknown_function"
    elif "list" in facts:
        code, more = "unknown_list", {"name": facts["list"], "hint": make_hint(())}
    else:
        code, more = _judge_syntax(facts, start)
    return make_fault("survey", row, column, code, **more)


def _judge_call(error: SupportPointError, function: str) -> tuple[str, dict[str, object]]:
    if "arguments" in error.facts:
        return "arguments", {"name": function, "count": error.facts["arguments"]}
    if function == "format-date":
        return "date_format", {"name": error.facts.get("pattern", "")}
    is_wrong = error.code == "SP-303" and "at" in error.facts
    return ("regex" if is_wrong else "regex_unsupported"), {}


def _judge_syntax(facts: dict[str, object], start: str) -> tuple[str, dict[str, object]]:
    if "at" not in facts:
        return "expression_deep", {}
    text, at = str(facts.get("expression", "")), int(str(facts["at"]))
    if start and start in text and start != text:
        at, text = max(at - text.index(start), 0), start
    near = text[at : at + NEAR_CHARS].strip()
    return ("expression", {"near": near}) if near else ("expression_end", {})
