"""The cell `parameters`: pairs `name=value`, parted by blanks, commas or semicolons."""

from __future__ import annotations

import re

_PARTING = re.compile(r"[\s,;]+")


def split_parameters(cell: str) -> tuple[dict[str, str], bool]:
    """Return name → value and whether the whole cell was pairs; names in small letters."""
    words = [word for word in _PARTING.split(cell.replace("=", " = ")) if word]
    triples = list(zip(words[::3], words[1::3], words[2::3], strict=False))
    good = [(name, value) for name, mark, value in triples if mark == "=" and "=" not in {name, value}]
    is_whole = len(words) == 3 * len(triples) == 3 * len(good)
    return {name.lower(): value for name, value in good}, is_whole
