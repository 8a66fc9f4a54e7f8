"""The core function library of XPath 1.0, section 4."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext

from supportpoint.forms.tree import Kind, Node
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.functions.registry import MANY, Library, items_of, nodes_of, refuse
from supportpoint.forms.xpath.values import NAN, Value, holds, to_boolean, to_integer, to_number, to_string

CORE = Library()
#: the functions that differ by the letter of XPath 1.0
LETTER = Library()
_BLANKS = re.compile(r"[ \t\r\n]+")
XML_URI = "http://www.w3.org/XML/1998/namespace"


@CORE.add("last", 0)
def _last(context: Context) -> float:
    return float(context.size)


@CORE.add("position", 0, 1)
def _position(context: Context, *nodes: Value) -> float:
    if not nodes:
        return float(context.position or context.node.position())
    if not isinstance(nodes[0], list):
        refuse(context, "position")
    found = nodes_of(nodes[0])
    return float(found[0].position()) if found else 0.0


@CORE.add("count", 1)
def _count(context: Context, nodes: Value) -> float:
    if not isinstance(nodes, list):
        refuse(context, "count")
    return float(len(nodes_of(nodes)))


@CORE.add("id", 1)
def _id(context: Context, value: Value) -> list[Node]:
    texts = [to_string([node]) for node in value] if isinstance(value, list) else [to_string(value)]
    wanted = {word for text in texts for word in text.split()}
    top = context.node
    while top.parent is not None:
        top = top.parent
    return [node for node in top.walk() if {node.attribute("id"), node.attribute("id", XML_URI)} & wanted]


@CORE.add("name", 0, 1)
def _name(context: Context, *nodes: Value) -> str:
    found = nodes_of(nodes[0]) if nodes else [context.node]
    prefix = context.env.prefixes.get(found[0].uri, "") if found else ""
    return f"{prefix}:{found[0].name}" if prefix else _local_name(context, *nodes)


@CORE.add("local-name", 0, 1)
def _local_name(context: Context, *nodes: Value) -> str:
    found = nodes_of(nodes[0]) if nodes else [context.node]
    return found[0].name if found else ""


@CORE.add("namespace-uri", 0, 1)
def _namespace_uri(context: Context, *nodes: Value) -> str:
    found = nodes_of(nodes[0]) if nodes else [context.node]
    return found[0].uri if found else ""


@CORE.add("string", 0, 1)
def _string(context: Context, *values: Value) -> str:
    return to_string(values[0] if values else [context.node])


@CORE.add("concat", 0, MANY)
def _concat(_context: Context, *values: Value) -> str:
    return "".join(to_string(item) for item in items_of(values))


@CORE.add("starts-with", 2)
def _starts_with(_context: Context, text: Value, start: Value) -> bool:
    return to_string(text).startswith(to_string(start))


@CORE.add("contains", 2)
def _contains(_context: Context, text: Value, part: Value) -> bool:
    return to_string(part) in to_string(text)


@CORE.add("substring-before", 2)
def _substring_before(_context: Context, text: Value, part: Value) -> str:
    before, found, _ = to_string(text).partition(to_string(part) or "\0")
    return before if found else ""


@CORE.add("substring-after", 2)
def _substring_after(_context: Context, text: Value, part: Value) -> str:
    sought = to_string(part)
    return to_string(text).partition(sought)[2] if sought else to_string(text)


@CORE.add("substring", 2, 3)
def _substring(_context: Context, text: Value, first: Value, length: Value = math.inf) -> str:
    start = round_half_up(to_number(first))
    end = math.inf if length is math.inf else start + round_half_up(to_number(length))
    if math.isnan(start) or math.isnan(end):
        return ""
    return "".join(char for place, char in enumerate(to_string(text), 1) if start <= place < end)


@CORE.add("string-length", 0, 1)
def _string_length(context: Context, *values: Value) -> float:
    return float(len(to_string(values[0] if values else [context.node])))


@CORE.add("normalize-space", 0, 1)
def _normalize_space(context: Context, *values: Value) -> str:
    return " ".join(
        word for word in _BLANKS.split(to_string(values[0] if values else [context.node])) if word
    )


@CORE.add("translate", 3)
def _translate(_context: Context, text: Value, old: Value, new: Value) -> str:
    into = to_string(new)
    table: dict[int, str | None] = {}
    for place, char in enumerate(to_string(old)):
        table.setdefault(ord(char), into[place] if place < len(into) else None)
    return to_string(text).translate(table)


@CORE.add("boolean", 1)
def _boolean(_context: Context, value: Value) -> bool:
    return to_boolean(value)


@CORE.add("not", 1)
def _not(_context: Context, value: Value) -> bool:
    return not to_boolean(value)


@LETTER.add("boolean", 1)
def _holds(_context: Context, value: Value) -> bool:
    return holds(value)


@LETTER.add("not", 1)
def _holds_not(_context: Context, value: Value) -> bool:
    return not holds(value)


@CORE.add("true", 0)
def _true(_context: Context) -> bool:
    return True


@CORE.add("false", 0)
def _false(_context: Context) -> bool:
    return False


@CORE.add("lang", 1)
def _lang(context: Context, language: Value) -> bool:
    wanted = to_string(language).lower()
    node: Node | None = context.node
    while node is not None:
        found = node.attribute("lang", XML_URI) if node.kind is Kind.ELEMENT else None
        if found is not None:
            return found.lower() == wanted or found.lower().startswith(wanted + "-")
        node = node.parent
    return False


@CORE.add("number", 0, 1)
def _number(context: Context, *values: Value) -> float:
    return to_number(values[0] if values else [context.node])


@CORE.add("sum", 1)
def _sum(context: Context, nodes: Value) -> float:
    if not isinstance(nodes, list):
        refuse(context, "sum")
    numbers = [to_number([node]) for node in nodes_of(nodes)]
    return sum((number for number in numbers if not math.isnan(number)), 0.0)


@LETTER.add("sum", 1)
def _sum_of_all(_context: Context, nodes: Value) -> float:
    return sum((to_number([node]) for node in nodes_of(nodes)), 0.0)


@CORE.add("floor", 1)
def _floor(_context: Context, value: Value) -> float:
    number = to_number(value)
    return math.copysign(math.floor(number), number) if math.isfinite(number) else number


@CORE.add("ceiling", 1)
def _ceiling(_context: Context, value: Value) -> float:
    number = to_number(value)
    return math.copysign(math.ceil(number), number) if math.isfinite(number) else number


@CORE.add("round", 1, 2)
def _round(_context: Context, value: Value, places: Value = 0.0) -> float:
    number, digits = to_number(value), to_integer(places)
    if not math.isfinite(number):
        return number
    return round_places(number, digits) if abs(digits) <= 30 else NAN


def round_half_up(number: float) -> float:
    """Return the nearest whole number, halves towards positive infinity."""
    return float(math.floor(number + 0.5)) if math.isfinite(number) else number


def round_places(number: float, places: int) -> float:
    """Return a number rounded to decimal places, halves towards positive infinity."""
    mode = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    with localcontext() as digits:
        digits.prec = 400  # 1e308 with 30 decimal places
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), mode))
