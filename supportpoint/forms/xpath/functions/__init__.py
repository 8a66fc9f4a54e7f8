"""The function library: XPath 1.0 core and what ODK forms use."""

from __future__ import annotations

from supportpoint.forms.xpath.functions.answers import ANSWERS
from supportpoint.forms.xpath.functions.core import CORE
from supportpoint.forms.xpath.functions.dates import DATES
from supportpoint.forms.xpath.functions.places import PLACES
from supportpoint.forms.xpath.functions.registry import Function

FUNCTIONS: dict[str, Function] = {**CORE, **ANSWERS, **DATES, **PLACES}

#: Functions that evaluate their arguments themselves (xpath/compiler.py).
LAZY = frozenset({"if", "indexed-repeat"})
