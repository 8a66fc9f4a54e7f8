"""The pages' words, Vietnamese first. One JSON file per language, the same keys in each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).parent


@lru_cache
def read_words(language: str) -> dict[str, str]:
    """Return all words of a language by key."""
    return msgspec.json.decode((FOLDER / f"{language}.json").read_bytes(), type=dict[str, str])


def say(key: str, language: str = "vi") -> str:
    """Return the words for a key, in Vietnamese where the language is not known.

    Errors: KeyError for a key that no page should use.
    """
    return read_words(language if language in LANGUAGES else "vi")[key]
