"""The functions over answers: selects, lists, logic, text and numbers beyond XPath 1.0 (ODK XForms)."""

from __future__ import annotations

import base64
import hashlib
import math
import random
from collections.abc import Callable
from uuid import UUID

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Node
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.functions.registry import MANY, Library, items_of, nodes_of, refuse, words_of
from supportpoint.forms.xpath.patterns import full_match
from supportpoint.forms.xpath.values import (
    NAN,
    Value,
    atom_of,
    to_atom,
    to_boolean,
    to_integer,
    to_number,
    to_string,
)

ANSWERS = Library()


@ANSWERS.add("is-selected", 2)
@ANSWERS.add("selected", 2)
def _selected(context: Context, answer: Value, choice: Value) -> bool:
    if not isinstance(to_atom(choice), str):
        refuse(context, "selected")
    return is_selected(to_string(answer), to_string(choice).strip())


def is_selected(answer: str, choice: str) -> bool:
    """Return whether a choice, or several in a row, stand in an answer; an empty one in an empty answer."""
    return f" {choice} " in f" {answer} " or (bool(choice) and choice in answer.split())


@ANSWERS.add("count-selected", 1)
def _count_selected(_context: Context, answer: Value) -> float:
    return float(len(words_of(answer)))


@ANSWERS.add("selected-at", 2)
def _selected_at(_context: Context, answer: Value, index: Value) -> str:
    words, place = words_of(answer), to_integer(index)
    return words[place] if 0 <= place < len(words) else ""


@ANSWERS.add("coalesce", 2)
def _coalesce(_context: Context, value: Value, other: Value) -> Value:
    atom = to_atom(value)
    empty = math.isnan(atom) if isinstance(atom, float) else atom == ""
    return other if empty else value


@ANSWERS.add("boolean-from-string", 1)
def _boolean_from_string(_context: Context, value: Value) -> bool:
    return to_string(value).lower() in {"true", "1"}


@ANSWERS.add("count-non-empty", 1)
def _count_non_empty(context: Context, nodes: Value) -> float:
    if not isinstance(nodes, list):
        refuse(context, "count-non-empty")
    return float(sum(1 for node in nodes_of(nodes) if to_string([node])))


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    def call(_context: Context, *values: Value) -> float:
        numbers = [to_number(item) for item in items_of(values)]
        known = [number for number in numbers if not math.isnan(number)]
        return choose(known) if known else NAN

    return call


ANSWERS.add("max", 1, MANY)(_extreme(max))
ANSWERS.add("min", 1, MANY)(_extreme(min))


@ANSWERS.add("int", 1)
def _int(_context: Context, value: Value) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


@ANSWERS.add("join", 1, MANY)
def _join(_context: Context, separator: Value, *values: Value) -> str:
    return to_string(separator).join(to_string(item) for item in items_of(values))


@ANSWERS.add("substr", 2, 3)
def _substr(_context: Context, text: Value, first: Value, end: Value = math.inf) -> str:
    whole = to_string(text)
    size, start, stop = len(whole), to_integer(first), to_integer(end)
    start = max(0, start + size if start < 0 else start)
    stop = max(0, stop + size if stop < 0 else stop)
    return whole[start:stop]


@ANSWERS.add("ends-with", 2)
def _ends_with(_context: Context, text: Value, end: Value) -> bool:
    return to_string(text).endswith(to_string(end))


@ANSWERS.add("regex", 2)
def _regex(context: Context, text: Value, pattern: Value) -> bool:
    try:
        return full_match(to_string(pattern), to_string(text))
    except SupportPointError:  # a pattern made at run time; literal ones are checked when a form is read
        return bool(refuse(context, "regex"))


@ANSWERS.add("checklist", 2, MANY)
def _checklist(_context: Context, fewest: Value, most: Value, *factors: Value) -> bool:
    low, high = to_integer(fewest), to_integer(most)
    count = sum(1 for item in items_of(factors) if _truth(item))
    return (low < 0 or count >= low) and (high < 0 or count <= high)


@ANSWERS.add("weighted-checklist", 2, MANY)
def _weighted_checklist(context: Context, fewest: Value, most: Value, *pairs: Value) -> bool:
    if len(pairs) == 2:
        flags, weights = items_of(pairs[:1]), items_of(pairs[1:])
    else:
        flags, weights = list(pairs[::2]), list(pairs[1::2])
    if len(flags) != len(weights):
        refuse(context, "weighted-checklist")
    total = sum(to_number(weight) for flag, weight in zip(flags, weights, strict=False) if _truth(flag))
    return to_number(fewest) <= total <= to_number(most)


def _truth(value: Value) -> bool:
    return to_boolean(to_atom(value))


@ANSWERS.add("uuid", 0, 1)
def _uuid(context: Context, *length: Value) -> str:
    if length:
        size = max(0, min(to_integer(length[0]), 100))
        return "".join(context.env.random.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=size))
    return str(UUID(int=context.env.random.getrandbits(128), version=4))


@ANSWERS.add("random", 0)
def _random(context: Context) -> float:
    return context.env.random.random()


@ANSWERS.add("randomize", 1, 2)
def _randomize(context: Context, nodes: Value, *seed: Value) -> list[Node]:
    if not isinstance(nodes, list):
        refuse(context, "randomize")
    shuffled = list(nodes_of(nodes))
    if not seed:
        random.Random(context.env.shuffle_seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
        return shuffled
    state = _seed(seed[0])
    for last in range(len(shuffled) - 1, 0, -1):
        state = state * 16_807 % 2_147_483_647
        other = int((state - 1) / 2_147_483_646 * (last + 1))
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def _seed(value: Value) -> int:
    """Return the first state of the Park-Miller generator; a text that is no number is hashed."""
    number = to_number(value)
    if math.isfinite(number):
        seed = math.trunc(number)
    else:
        text = to_string(value).encode(errors="replace")
        seed = int.from_bytes(hashlib.sha256(text).digest()[:8], "big", signed=True) if text else 0
    seed = int(math.fmod(seed, 2_147_483_647))
    return seed if seed > 0 else seed + 2_147_483_646


_DIGESTS = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}


def check_digest(algorithm: str) -> str:
    """Return the name hashlib knows an algorithm of digest() by. Errors: SP-302."""
    found = _DIGESTS.get(algorithm.upper().replace("-", ""))
    if found is None:
        raise SupportPointError("SP-302", function="digest", algorithm=algorithm)
    return found


@ANSWERS.add("digest", 2, 3)
def _digest(context: Context, text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    written = to_string(encoding).lower()
    try:
        name = check_digest(to_string(algorithm))
    except SupportPointError:  # a name made at run time; literal ones are checked when a form is read
        return refuse(context, "digest")
    if written not in {"base64", "hex"}:
        return refuse(context, "digest")
    found = hashlib.new(name, to_string(text).encode(errors="replace"), usedforsecurity=False).digest()
    return found.hex() if written == "hex" else base64.b64encode(found).decode()


@ANSWERS.add("base64-decode", 1)
def _base64_decode(_context: Context, text: Value) -> str:
    try:
        return base64.b64decode(to_string(text)).decode(errors="replace")
    except ValueError:  # no base64, or not even ASCII
        return ""


@ANSWERS.add("version", 0)
def _version(context: Context) -> str:
    return context.env.version


@ANSWERS.add("property", 1)
def _property(context: Context, name: Value) -> str:
    return context.env.properties.get(to_string(name), "")


@ANSWERS.add("depend", 1, MANY)
def _depend(_context: Context, value: Value, *_others: Value) -> Value:
    return value


@ANSWERS.add("current", 0)
def _current(context: Context) -> list[Node]:
    return [context.current]


@ANSWERS.add("instance", 1)
def _instance(context: Context, name: Value) -> list[Node]:
    found = context.env.instances.get(to_string(name))
    return [found] if found is not None else []


@ANSWERS.add("pulldata", 4)
def _pulldata(context: Context, name: Value, column: Value, key: Value, wanted: Value) -> str:
    document = context.env.instances.get(to_string(name).removesuffix(".csv"))
    root = document.find("root") if document is not None else None
    if root is None:
        return ""
    found = root.index("item", to_string(key)).get(to_string(wanted), [])
    return to_string(found[0].by_name.get(to_string(column), [])) if found else ""


@ANSWERS.add("jr:itext", 1)
def _itext(context: Context, key: Value) -> Value:
    return context.env.find_text(to_string(key))


@ANSWERS.add("jr:choice-name", 2)
def _choice_name(context: Context, value: Value, path: Value) -> str:
    return context.env.find_choice(to_string(path).strip(), to_string(value), context.node)


@ANSWERS.add("once", 1)
def _once(context: Context, value: Value) -> Value:
    held = atom_of(context.node)
    if to_string(held):
        return held
    atom = to_atom(value)
    return "" if isinstance(atom, float) and math.isnan(atom) else value  # what is no number is not stored
