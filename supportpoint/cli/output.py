"""What a command says: JSON on stdout, one line of plain words on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import msgspec

from supportpoint.config import error_words
from supportpoint.errors import SupportPointError

FAILED = 2


def print_json(values: Mapping[str, object]) -> None:
    """Write one JSON line and flush it: what stands there is done."""
    sys.stdout.write(msgspec.json.encode(values).decode() + "\n")
    sys.stdout.flush()


def user_language(environment: Mapping[str, str]) -> str:
    """Return "en" where the user's locale is English, "vi" everywhere else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].lower().startswith("en") else "vi"
    return "vi"


def print_failure(error: SupportPointError) -> int:
    """Write the code, its plain words and the facts on one line; return the exit status."""
    facts = " ".join(f"{name}={fact}" for name, fact in error.facts.items())
    words = error_words(error.code, user_language(os.environ))
    line = f"{error.code} {words}" + (f" [{facts}]" if facts else "")
    sys.stderr.write(" ".join(line.split()) + "\n")
    return FAILED
