"""regex(): anchored, size-limited matching that cannot hang a kiosk."""

from __future__ import annotations

import re
from functools import lru_cache

from supportpoint.errors import SupportPointError

_MAX_TEXT = 4_000
_MAX_PATTERN = 1_000


def full_match(pattern: str, text: str) -> bool:
    """Return whether the whole text matches; a text over 4,000 characters never does.

    Errors: SP-303 when the pattern is no regular expression.
    """
    return len(text) <= _MAX_TEXT and _compile(pattern).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _compile(pattern: str) -> re.Pattern[str]:
    if len(pattern) > _MAX_PATTERN:
        raise SupportPointError("SP-303", function="regex", length=len(pattern))
    try:
        return re.compile(pattern)
    except re.error as error:
        raise SupportPointError("SP-303", function="regex", at=error.pos) from error
