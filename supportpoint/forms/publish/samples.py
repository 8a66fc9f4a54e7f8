"""Invented texts that fit the `regex()` of a question, so that an invented walk gets past it."""

from __future__ import annotations

import random
import re
import string

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition
from supportpoint.forms.xpath.pattern_syntax import (
    Alternatives,
    Anchor,
    Chars,
    Part,
    Repeated,
    Sequence,
    parse_pattern,
)

#: Letters to try for a place in a pattern, the plainest first.
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase + "ăâđêôơư" + " -/.,:@_+()"
RARER = [chr(number) for number in range(0x20, 0x2000)]
MORE_REPEATS = 3
_REGEX = re.compile(r"""regex\(\s*\.\s*,\s*(['"])(.*?)\1\s*\)""")
_POSITION = re.compile(r"\[\d+\]")


def find_pattern(definition: FormDefinition, ref: str) -> str:
    """Return the pattern that the constraint of a question asks for, "" when it asks for none."""
    names = tuple(_POSITION.sub("", ref).strip("/").split("/"))
    spec = definition.specs.get(names)
    found = (
        _REGEX.search(spec.constraint.source) if spec is not None and spec.constraint is not None else None
    )
    return found[2] if found else ""


def make_sample(pattern: str, rng: random.Random) -> str:
    """Return a text that matches, "" when none is found; the same chance gives the same text."""
    try:
        return _sample(parse_pattern(pattern), rng)
    except SupportPointError:
        return ""


def _sample(part: Part, rng: random.Random) -> str:
    if isinstance(part, Anchor):
        return ""
    if isinstance(part, Chars):
        fitting = [letter for letter in ALPHABET if part.test(letter)]
        return rng.choice(fitting) if fitting else next(filter(part.test, RARER), "")
    if isinstance(part, Sequence):
        return "".join(_sample(item, rng) for item in part.items)
    if isinstance(part, Alternatives):
        return _sample(rng.choice(part.items), rng)
    return _repeat(part, rng)


def _repeat(part: Repeated, rng: random.Random) -> str:
    most = part.fewest + MORE_REPEATS
    times = rng.randint(part.fewest, most if part.most is None else min(most, part.most))
    return "".join(_sample(part.item, rng) for _ in range(times))
